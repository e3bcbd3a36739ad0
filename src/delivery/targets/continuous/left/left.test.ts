import { expect, test } from 'vitest';
import type { LivePerson, Problem } from '../../../../connectors/connector.ts';
import type { OwnPerson } from '../../own-people.ts';
import type { Context } from '../context.ts';
import { leftThere, withLeftOf } from './left.ts';

const left = (id: string, mobile = '1', name = '李娜'): LivePerson => ({
  id,
  isInService: false,
  values: { name, mobile },
});
const own = (id: string, mobile = '1', name = '李娜'): { own: OwnPerson; liveId: null } => ({
  own: { id, name, ids: {}, isInService: true, values: { name, mobile }, custom: {} } as unknown as OwnPerson,
  liveId: null,
});
const problem = (kind: 'limit' | 'refused'): Problem => ({
  call: 'staffs.list',
  verdict: { kind, code: '1', message: '' },
});

const NONE = { left: new Map(), lookedFor: new Set<string>() };

/** A tenant with people who left; some of them are linked. */
function tenant(
  people: readonly LivePerson[],
  problems: readonly Problem[] = [],
  linked: readonly string[] = [],
): Context {
  const links = linked.map((liveId) => ({ kind: 'employee', subject: 'other', liveId, state: 'linked' }));
  return {
    now: () => 0,
    setup: { personId: null },
    target: { id: 't' },
    store: { targets: { linksByLiveId: () => Promise.resolve(links) } },
    live: {
      spaces: { person: 'there' },
      writes: { left: { returnDays: Infinity, isListed: true, find: () => ({ people, problems }) } },
      run: (found: unknown) => Promise.resolve(found),
    },
  } as unknown as Context;
}

test('who left and has a key and the name is found, and two who share the record are in doubt', async () => {
  expect((await leftThere(tenant([left('a')]), [own('e')])).found).toEqual([['e', 'a', 'mobile']]);
  const two = await leftThere(tenant([left('a'), left('b')]), [own('e')]);
  expect([two.found.map(([, id]) => id), [...two.ambiguous]]).toEqual([['a', 'b'], ['e']]);
});

test('the record of somebody else of ours is none of theirs, and is known all the same', async () => {
  const { found, people } = await leftThere(tenant([left('a')], [], ['a']), [own('e')]);
  expect([found, [...people.keys()]]).toEqual([[], ['a']]);
});

test('a look-up that fails just now leaves it open, one without the right does not', async () => {
  expect((await leftThere(tenant([], [problem('limit')]), [own('e')])).problems).toHaveLength(1);
  expect((await leftThere(tenant([], [problem('refused')]), [own('e')])).problems).toEqual([]);
  const read = { found: new Map([['a', 'absent'] as const]), problems: [] };
  const unread = await withLeftOf(tenant([], [problem('limit')]), read, ['a'], NONE);
  expect([unread.found.has('a'), unread.problems.length]).toEqual([false, 1]);
  const found = await withLeftOf(tenant([left('a')]), read, ['a'], NONE);
  expect(found.found.get('a')).toMatchObject({ id: 'a', isInService: false, isReturnable: true });
});

test('who is absent is looked for together with the others, and not once more where that found no one', async () => {
  const context = tenant([left('a'), left('gone', '2')]);
  const { people } = await leftThere(context, [own('e')], ['gone']);
  expect([...people.keys()]).toEqual(['a', 'gone']);
  const read = { found: new Map([['gone', 'absent'] as const, ['lost', 'absent'] as const]), problems: [] };
  const failing = tenant([], [problem('limit')]);
  const looked = { left: people, lookedFor: new Set(['gone', 'lost']) };
  const found = await withLeftOf(failing, read, ['gone', 'lost'], looked);
  expect([found.found.get('gone'), found.found.get('lost'), found.problems]).toMatchObject([
    { id: 'gone' },
    'absent',
    [],
  ]);
});
