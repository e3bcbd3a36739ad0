import { expect, test } from 'vitest';
import type { LiveRead } from '../../../connectors/connector.ts';
import type { OwnCompany } from '../own-people.ts';
import { notOurs } from './choice.ts';

test('who is named and only theirs, or no one at all, is left with the reason; one of ours is not', () => {
  const own = { employees: [{ id: 'zhangsan' }] } as unknown as OwnCompany;
  const live = { people: [{ id: 'ou_1', isInService: true, values: {} }] } as unknown as LiveRead;
  expect(notOurs({ own, live }, { employees: ['zhangsan', 'ou_1', 'nemo'] })).toEqual([
    { employee: 'ou_1', field: null, why: 'only-there' },
    { employee: 'nemo', field: null, why: 'no-one' },
  ]);
  expect(notOurs({ own, live }, { all: true })).toEqual([]);
});
