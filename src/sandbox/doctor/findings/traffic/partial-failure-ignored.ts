import { isObject } from '../../../../lib/json-equal.ts';
import type { Finding, SeenCall } from '../../finding.ts';

const WINDOW = 300_000;
const CALLS = 20;

/** Finds clients that take a success answer with failed items for a success. */
export const partialFailureIgnored: Finding = {
  id: 'partial-failure-ignored',
  severity: 'error',
  message: { en: 'Passes over failed items inside a success answer', zh: '忽略成功响应中失败的条目' },
  remedy: { en: 'Read the result of each item', zh: '逐项检查结果' },
  look: (calls) =>
    calls.flatMap((call, index) => {
      const failed = call.isSuccess ? failedIn(call.answer) : [];
      const after = calls.slice(index + 1, index + 1 + CALLS).filter(({ at }) => at - call.at < WINDOW);
      const missed = failed.filter((item) => !after.some((later) => isAbout(later, item)));
      return missed.length === 0 ? [] : [{ calls: [call], about: missed.join(', ') }];
    }),
};

/** The items of an answer that failed: roster fields by id, people and rows that a read left out. */
function failedIn(answer: unknown): readonly string[] {
  if (!isObject(answer)) return [];
  const results = ['update_results', 'insert_result'].flatMap((name) => {
    const list: unknown = answer[name];
    return (Array.isArray(list) ? list : []).flatMap((item: unknown) =>
      isObject(item) && typeof item['result'] === 'number' && item['result'] > 1
        ? [JSON.stringify(item['fieldid'] ?? item['group_type'] ?? '').replaceAll('"', '')]
        : [],
    );
  });
  const { data } = answer;
  const abnormals: unknown = isObject(data) ? data['abnormals'] : undefined;
  const left = (Array.isArray(abnormals) ? abnormals : []).flatMap((item: unknown) =>
    isObject(item) && typeof item['id'] === 'string' && item['id'] !== '' ? [item['id']] : [],
  );
  return [...results, ...left].filter((item) => item !== '');
}

function isAbout({ text, path }: SeenCall, item: string): boolean {
  return text.includes(item) || path.includes(item);
}
