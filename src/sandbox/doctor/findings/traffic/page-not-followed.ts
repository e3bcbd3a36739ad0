import { isObject } from '../../../../lib/json-equal.ts';
import type { Finding, SeenCall } from '../../finding.ts';

const WINDOW = 60_000;
/** Searches show their first hits. */
const SEARCH = /search/;

/** Finds clients that read the first page of a list only. */
export const pageNotFollowed: Finding = {
  id: 'page-not-followed',
  severity: 'warning',
  message: { en: 'Reads the first page of a list only', zh: '只读取了列表的第一页' },
  remedy: { en: 'Follow the cursor to the end', zh: '按游标翻页直到结束' },
  look: (calls) => {
    const left = new Map<string, SeenCall[]>();
    for (const [index, call] of calls.entries()) {
      const cursor = cursorIn(call.answer);
      if (!call.isSuccess || cursor === null || SEARCH.test(call.operation ?? '')) continue;
      const isFollowed = calls
        .slice(index + 1)
        .some(
          (later) =>
            later.at - call.at < WINDOW && `${later.query.toString()} ${decoded(later)} ${later.text}`.includes(cursor),
        );
      const isFirst = !/page_token|cursor/.test(
        `${call.query.toString()} ${call.text.replaceAll(/"(?:page_token|cursor)":""/g, '')}`,
      );
      if (!isFollowed && isFirst) left.set(call.operation ?? '', [...(left.get(call.operation ?? '') ?? []), call]);
    }
    return [...left].filter(([, { length }]) => length >= 2).map(([about, found]) => ({ calls: found, about }));
  },
};

function decoded({ query }: SeenCall): string {
  return [...query.values()].join(' ');
}

/** What leads to the next page; null on the last. */
function cursorIn(answer: unknown): string | null {
  if (!isObject(answer)) return null;
  const places: readonly unknown[] = [
    answer,
    answer['data'],
    isObject(answer['data']) ? answer['data']['page_response'] : null,
  ];
  for (const place of places) {
    if (!isObject(place) || place['has_more'] === false) continue;
    const cursor = place['page_token'] ?? place['next_cursor'];
    if (typeof cursor === 'string' && cursor !== '') return cursor;
  }
  return null;
}
