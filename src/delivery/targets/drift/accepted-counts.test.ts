import { expect, test } from 'vitest';
import type { FieldRow } from '../../../connectors/connector.ts';
import type { Difference } from '../drift.ts';
import { acceptedCounts } from './accepted-counts.ts';

const difference = (field: Difference['field'], ours: string | null, theirs: string | null): Difference =>
  ({ employee: 'zhangsan', field, ours, theirs, remedy: 'accept' }) as Difference;
const rows = ['name', 'mobile', 'alias'].map((field) => ({ field }) as FieldRow);

test('what is taken over counts as a plan counts it, and a login by its field', () => {
  const chosen = [
    difference('name', '甲', '乙'),
    difference('mobile', '+8613800010001', '+8613800010002'),
    difference('alias', '小甲', null),
    difference('alias', null, '小乙'),
  ];
  expect(acceptedCounts(chosen, rows)).toEqual({ login: 1, rename: 1, overwrite: 3, clear: 1 });
});
