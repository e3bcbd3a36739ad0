import { expect, test } from 'vitest';
import type { TableField } from './field.ts';
import { matchColumns } from './columns.ts';

const mobile = { name: 'mobile', zh: '手机', en: 'Mobile', headers: ['手机号'] } as unknown as TableField;
const fieldsOf = (...headers: readonly string[]): readonly (string | null)[] =>
  matchColumns(headers, [mobile]).map(({ field }) => field);

test.each(['手机', ' * 手机（必填）', 'MOBILE [11 digits]', '手机号:', '手机(必填\n11位)'])(
  '%j is a column of mobiles',
  (header) => {
    expect(fieldsOf(header)).toEqual(['mobile']);
  },
);

/** As long as a cell may be. */
test.each(['(', '[', '()(', '[('])('headers of nothing but %s take no longer than others', (piece) => {
  const startedAt = performance.now();
  const headers = Array.from({ length: 20 }, () => piece.repeat(32_000 / piece.length));
  expect(new Set(fieldsOf(...headers))).toEqual(new Set([null]));
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
