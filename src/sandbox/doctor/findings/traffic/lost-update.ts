import type { Finding, SeenCall } from '../../finding.ts';

/** Finds writes of one employee that overlap and disagree: which one stays is chance. */
export const lostUpdate: Finding = {
  id: 'lost-update',
  severity: 'warning',
  message: {
    en: 'Writes one employee twice at the same time, with different values',
    zh: '同时用不同的值更新同一员工',
  },
  remedy: { en: 'Write one employee one call at a time', zh: '同一员工串行更新' },
  look: (calls) => {
    const byEmployee = new Map<string, SeenCall[]>();
    for (const call of calls) {
      if (call.employee === null || !call.isSuccess || call.fields.length === 0 || call.method === 'GET') continue;
      byEmployee.set(call.employee, [...(byEmployee.get(call.employee) ?? []), call]);
    }
    return [...byEmployee.values()].flatMap((writes) =>
      writes.flatMap((call, index) => {
        const other = writes.slice(index + 1).find((later) => isDuring(later, call) && later.text !== call.text);
        const shared = other?.fields.find(
          ({ field, verdict }) =>
            verdict !== 'used' && call.fields.some((mine) => mine.field === field && mine.verdict !== 'used'),
        );
        return other === undefined || shared === undefined ? [] : [{ calls: [call, other], about: shared.field }];
      }),
    );
  },
};

/** Times are whole milliseconds, and of a frozen clock all the same: what may have come after the other is no overlap. */
function isDuring(later: SeenCall, call: SeenCall): boolean {
  return later.at > call.at && later.at < call.until - 1;
}
