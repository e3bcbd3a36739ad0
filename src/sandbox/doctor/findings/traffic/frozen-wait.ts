import type { Finding, SeenCall } from '../../finding.ts';

const MANY = 5;
const LONG = 30_000;

/** Finds a client that waits for something to become due while the company's clock does not move. */
export const frozenWait: Finding = {
  id: 'frozen-wait',
  severity: 'note',
  message: {
    en: 'Asks again and again while the clock of the company is frozen',
    zh: '公司时钟已冻结，客户端仍在轮询等待',
  },
  remedy: { en: 'Advance the clock', zh: '推进公司时钟' },
  look: (calls) => {
    const polls = Map.groupBy(calls.filter(isRead), pollOf);
    return [...polls.values()].flatMap((same) => {
      const [first] = same;
      const last = same.at(-1);
      if (first === undefined || last === undefined || same.length < MANY || last.at - first.at < LONG) return [];
      return [{ calls: same, about: first.operation ?? '' }];
    });
  },
};

function isRead({ isSuccess, isTokenCall, fields, companyAt }: SeenCall): boolean {
  const writes = fields.some(
    ({ verdict }) => verdict === 'applied' || verdict === 'cleared' || verdict === 'normalised',
  );
  return isSuccess && !isTokenCall && companyAt !== null && !writes;
}

/** The same request at the same instant of the company. */
function pollOf({ method, path, query, text, companyAt }: SeenCall): string {
  return [method, path, query.toString(), text, companyAt].join('\n');
}
