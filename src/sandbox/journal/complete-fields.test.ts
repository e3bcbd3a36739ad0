import { Type } from 'typebox';
import { expect, test, vi } from 'vitest';
import { LruCache } from '../../lib/lru-cache.ts';
import { completeFields } from './complete-fields.ts';
import { parameterNames, queryFields } from './query-fields.ts';

const schema = Type.Object({
  employee: Type.Object({
    mobile: Type.Optional(Type.String()),
    job_level_id: Type.Optional(Type.String()),
    orders: Type.Optional(Type.Array(Type.Object({ department_id: Type.String() }))),
  }),
  options: Type.Optional(Type.Array(Type.String())),
});
const applied = (field: string) => ({ field, verdict: 'applied' }) as const;

test('each member has one result: the one given, or unknown with what it may have meant', () => {
  const body = { employee: { mobile: '1', job_levl_id: 'x' }, mobile: '2', options: ['a'] };
  const outcome = { records: [{ verdicts: [applied('employee.mobile')] }] };
  expect(completeFields({ body, schema, outcome, isSuccess: true })).toEqual([
    applied('employee.mobile'),
    {
      field: 'employee.job_levl_id',
      verdict: 'unknown',
      reason: 'the operation has no such member',
      reason_zh: '该接口没有这个参数',
      did_you_mean: ['employee.job_level_id'],
      silent: true,
    },
    {
      field: 'mobile',
      verdict: 'unknown',
      reason: 'the operation has no such member',
      reason_zh: '该接口没有这个参数',
      did_you_mean: ['employee.mobile'],
      silent: true,
    },
    { field: 'options[0]', verdict: 'not-mapped', reason: 'no result was given', reason_zh: '平台没有给出结果' },
  ]);
});

test('what a client writes wrong in each call is looked for once', () => {
  const [[first], [again]] = [1, 2].map((value) =>
    completeFields({ body: { employee: { moble: value } }, schema, outcome: undefined, isSuccess: true }),
  ) as [ReturnType<typeof completeFields>, ReturnType<typeof completeFields>];
  expect(first?.did_you_mean).toEqual(['employee.mobile']);
  expect(again?.did_you_mean).toBe(first?.did_you_mean);
});

test('a result covers what is inside its place, and an item that it names by id', () => {
  const body = { employee: { orders: [{ department_id: 'a' }, { department_id: 'b' }] } };
  const outcome = { records: [{ verdicts: [applied('employee.orders')] }] };
  expect(completeFields({ body, schema, outcome, isSuccess: true })).toEqual([applied('employee.orders')]);
  const items = { update_items: [{ fieldid: 11_003, value_string: 'x' }] };
  const named = { records: [{ verdicts: [applied('update_items[0].11003')] }] };
  const itemSchema = Type.Object({
    update_items: Type.Array(Type.Object({ fieldid: Type.Number(), value_string: Type.String() })),
  });
  expect(completeFields({ body: items, schema: itemSchema, outcome: named, isSuccess: true })).toEqual([
    applied('update_items[0].11003'),
  ]);
});

test('members of a refused request are not applied, those of a look-up are used', () => {
  const body = { employee: { mobile: '1' } };
  const refused = { records: [{ verdicts: [], problem: { kind: 'taken', subject: 'mobile' } as const }] };
  expect(completeFields({ body, schema, outcome: refused, isSuccess: false })).toEqual([
    {
      field: 'employee.mobile',
      verdict: 'not-applied',
      reason: 'the request was refused',
      reason_zh: '整个请求被拒绝',
    },
  ]);
  expect(completeFields({ body, schema, outcome: undefined, isSuccess: true })).toEqual([
    { field: 'employee.mobile', verdict: 'used' },
  ]);
});

test('a body of very many members is looked at so far only', () => {
  const body = Object.fromEntries(Array.from({ length: 30_000 }, (_none, index) => [`k${String(index)}`, 1]));
  const open = Type.Object({}, { additionalProperties: Type.Number() });
  expect(completeFields({ body, schema: open, outcome: undefined, isSuccess: true }).length).toBeLessThan(10_001);
});

test('each parameter of a query is used or unknown, and a misspelt one is named', () => {
  const query = { every: ['access_token'], operations: { 'user.get': ['userid'] } };
  const asked = { operation: 'user.get.by-post', query, isSuccess: true };
  const names = parameterNames('/cgi-bin/user/get?access_token=x&user_id=1&userid=2&userid=3');
  expect(queryFields({ ...asked, names })).toEqual([
    { field: '?access_token', verdict: 'used' },
    {
      field: '?user_id',
      verdict: 'unknown',
      reason: 'the operation has no such parameter',
      reason_zh: '该接口没有这个查询参数',
      did_you_mean: ['?userid'],
      silent: true,
    },
    { field: '?userid', verdict: 'used' },
  ]);
  expect(queryFields({ ...asked, operation: null, names: ['x'] })).toEqual([]);
});

test('results of a batch are at its entries; an entry that is named by its id is covered whole, an empty list says so', () => {
  const entry = Type.Object({ key: Type.String(), text: Type.Object({ value: Type.String() }) });
  const batch = Type.Object({ list: Type.Array(entry), none: Type.Array(Type.String()) });
  const body = {
    list: [
      { key: 'a', text: { value: '1' } },
      { key: 'b', text: { value: '2' } },
    ],
    none: [],
  };
  const outcome = {
    records: [{ at: 'list[0]', verdicts: [applied('key'), applied('text')] }, { verdicts: [applied('list[b]')] }],
  };
  expect(completeFields({ body, schema: batch, outcome, isSuccess: true })).toEqual([
    applied('list[0].key'),
    applied('list[0].text'),
    applied('list[b]'),
    { field: 'none', verdict: 'not-mapped', reason: 'there is nothing in it', reason_zh: '其中没有内容' },
  ]);
});

test('a long name that a caller chose is not remembered, a short one is', () => {
  const set = vi.spyOn(LruCache.prototype, 'set');
  for (const name of ['mobil', 'm'.repeat(300)]) {
    completeFields({ body: { employee: { [name]: 'x' } }, schema, outcome: undefined, isSuccess: true });
  }
  expect(set.mock.calls.map(([key]) => key)).toEqual(['employee.mobil']);
  set.mockRestore();
});
