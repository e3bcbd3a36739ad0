import { afterEach, beforeAll, expect, test } from 'vitest';
import type { RequestView } from '../../src/sandbox/journal/contract.ts';
import { withoutOwnLimits } from '../connectors/live.ts';
import { changedDemo, NEWCOMER } from './changed-demo.ts';
import { Following, withSecrets } from './following.ts';

beforeAll(withoutOwnLimits);
beforeAll(withSecrets);
let following: Following;
afterEach(() => following.close());

/** How often the first page of those who left was read there. */
async function listed(): Promise<number> {
  const query = 'limit=1000&q=direction:in';
  const answer = await following.live.fetch(`${following.live.url}/mingce/v1/requests?${query}`, {
    headers: { Authorization: 'Bearer sesame' },
  });
  const { requests } = (await answer.json()) as { readonly requests: readonly RequestView[] };
  return requests.filter(({ path }) => /\/staffs\?.*start=0.*active=false/.test(path)).length;
}

test('hose: a batch with somebody new and somebody who comes back reads those who left once', async () => {
  following = await Following.start({
    platform: 'hose',
    live: changedDemo({}),
    settings: '    people: { create: yes, leave: yes, return: yes }\n    authority: { alias: ours }',
    departments: { qa: 'xgJ3wajigF25H0:qa' },
  });
  await following.apply(changedDemo({ zhangsan: { alias: '一' } }));
  await following.settled(1);
  await following.apply(changedDemo({ zhangsan: { status: 'resigned', left_on: '2026-02-01', leader: undefined } }));
  await following.settled(2);
  const before = await listed();
  await following.apply(changedDemo({ zhangsan: { alias: '二', departments: ['qa'] } }, [NEWCOMER]));
  const all = await following.settled(4);
  const done = all.slice(0, 2).map(({ subject, state, intent }) => {
    const { operations } = intent as { readonly operations: readonly string[] };
    return [subject, state, ...operations].join(' ');
  });
  expect(done.toSorted()).toEqual(['newcomer verified create', 'zhangsan verified return']);
  expect((await listed()) - before).toBe(1);
}, 120_000);
