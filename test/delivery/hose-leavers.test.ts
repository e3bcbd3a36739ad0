import { afterEach, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { RequestView } from '../../src/sandbox/journal/contract.ts';
import { demo, withoutOwnLimits } from '../connectors/live.ts';
import { Following, withSecrets } from './following.ts';

beforeAll(withoutOwnLimits);
beforeAll(withSecrets);
let following: Following;
afterEach(() => following.close());

type Person = Readonly<Record<string, unknown>>;

const NEWCOMER: Person = {
  id: 'newcomer',
  name: '新人',
  mobile: '+8613900000001',
  email: 'new@hengda.example',
  job_number: 'N-1',
  departments: ['qa'],
  join_date: '2026-01-05',
};

/** The demo company with one person changed, and with more people. */
function company(zhangsan: Person, more: readonly Person[] = []): string {
  const { employees, ...rest } = parse(demo) as { readonly employees: readonly Person[] };
  const changed = employees.map((one) => (one['id'] === 'zhangsan' ? { ...one, ...zhangsan } : one));
  return stringify({ ...rest, employees: [...changed, ...more] }).replaceAll('leader: zhangsan', 'leader: chenjianguo');
}

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
    live: company({}),
    settings: '    people: { create: yes, leave: yes, return: yes }\n    authority: { alias: ours }',
    departments: { qa: 'xgJ3wajigF25H0:qa' },
  });
  await following.apply(company({ alias: '一' }));
  await following.settled(1);
  await following.apply(company({ status: 'resigned', left_on: '2026-02-01', leader: undefined }));
  await following.settled(2);
  const before = await listed();
  await following.apply(company({ alias: '二', departments: ['qa'] }, [NEWCOMER]));
  const all = await following.settled(4);
  const done = all.slice(0, 2).map(({ subject, state, intent }) => {
    const { operations } = intent as { readonly operations: readonly string[] };
    return [subject, state, ...operations].join(' ');
  });
  expect(done.toSorted()).toEqual(['newcomer verified create', 'zhangsan verified return']);
  expect((await listed()) - before).toBe(1);
}, 120_000);
