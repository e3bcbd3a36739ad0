import { expect, test } from 'vitest';
import { changedFields } from '../history/change.ts';
import { plainText } from '../text.ts';
import { addition } from './employee-addition.ts';
import { emptyEmployee } from './employee.ts';

const origin = { dialect: 'admin', operation: 'add', app: null, request: 'r-1', at: 1 };
const newcomer = emptyEmployee('e-1', plainText('张三'), 1);

test('an employee who is added is written with all fields of the record', () => {
  expect(addition(7, newcomer, origin)).toEqual({
    write: 'employee',
    tenant: 7,
    before: null,
    after: newcomer,
    fields: changedFields(null, newcomer),
    origin,
  });
});

test('the fields are listed once, when they are read', () => {
  let listed = 0;
  const effect = addition(7, newcomer, origin, () => ({ name: [null, ++listed] }));
  expect(listed).toBe(0);
  const copied = { ...effect };
  expect([effect, copied].map((one) => 'fields' in one && one.fields)).toEqual([
    { name: [null, 1] },
    { name: [null, 1] },
  ]);
  expect(listed).toBe(1);
});
