import type { Finding, SeenCall } from '../../finding.ts';

const WINDOW = 60_000;
const MANY = 20;

/** Finds series of single calls where one call does it for many. */
export const noBulk: Finding = {
  id: 'no-bulk',
  severity: 'note',
  message: { en: 'Makes single calls in a row where a bulk operation exists', zh: '逐个调用，而平台有批量接口' },
  remedy: { en: 'Use the bulk operation', zh: '改用批量接口' },
  look: (calls, { bulk }) =>
    Object.entries(bulk).flatMap(([single, many]) => {
      const all = calls.filter(({ operation }) => operation === single);
      for (const [index, first] of all.entries()) {
        const within = all.slice(index).filter(({ at }) => at - first.at < WINDOW);
        if (new Set(within.map(targetOf)).size >= MANY) return [{ calls: within, about: `${single} → ${many}` }];
      }
      return [];
    }),
};

function targetOf({ path, query, text }: SeenCall): string {
  return `${path} ${[...query]
    .filter(([, value]) => !value.startsWith('[secret'))
    .map(String)
    .join('&')} ${text}`;
}
