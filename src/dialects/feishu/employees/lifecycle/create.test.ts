import { expect, test } from 'vitest';
import { emptyEmployee } from '../../../../directory/employees/employee.ts';
import { plainText } from '../../../../directory/text.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { firstFree } from './create.ts';

test.each([
  [[], 'a'],
  [['a'], 'b'],
  // The rules refuse it then, as they would refuse one that was asked for.
  [['a', 'b', 'c'], 'c'],
])('of the generated ids the first unused one is taken; held are %o', (held, taken) => {
  const someone = emptyEmployee('x', plainText('X'), 0);
  const work = firstFree({ number: 1 } as Tenant, ['a', 'b', 'c']);
  expect(work.next().value).toMatchObject({ ask: 'employees-by', values: ['a', 'b', 'c'] });
  expect(work.next(new Map(held.map((id) => [id, [someone]]))).value).toBe(taken);
});
