import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { listsOf, type Lists } from './feishu/list-client.ts';
import { tokenOf } from './feishu/feishu-client.ts';
import { clientOf, type Client } from './hose/hose-client.ts';

/* Values that many share: each rule is judged by who matters, wherever among them, and each list tells all of them. */

const CROWD = 1_500;

const numbers = Array.from({ length: CROWD }, (_, index) => index);
const left = { status: 'resigned', left_on: '2025-12-31' };
const file = JSON.stringify({
  mingce: 1,
  key: 'crowd',
  name: 'Crowd',
  feishu: { certified: true, apps: [{ app_id: 'cli_crowd', app_secret: 'crowd' }] },
  wecom: { corpid: 'ww_crowd', apps: [{ agentid: 1, secret: 'crowd', kind: 'contact_sync' }] },
  hose: { corporation_id: 'Crowd', apps: [{ app_key: 'crowd', app_security: 's' }] },
  departments: [
    { id: 'top', name: 'Top' },
    ...numbers.slice(0, 20).map((index) => ({ id: `d${String(index)}`, name: 'Room', parent: 'top' })),
  ],
  employees: [
    // One who works here behind many who left with the same; and what only those have who left.
    ...numbers.map((index) => ({
      id: `gone-${String(index)}`,
      name: 'Gone',
      mobile: index % 2 === 0 ? '13800000001' : '13800000002',
      email: index % 2 === 0 ? 'one@crowd.example' : 'none@crowd.example',
      job_number: index % 2 === 0 ? 'one' : 'none',
      ...left,
    })),
    { id: 'one', name: 'One', mobile: '13800000001', email: 'One@crowd.example', job_number: 'one' },
    ...numbers.map((index) => ({
      id: `here-${String(index)}`,
      name: 'Here',
      mobile: '13800000003',
      email: 'all@crowd.example',
      job_number: 'all',
      departments: [`d${String(index % 20)}`],
    })),
    { id: 'ann', name: 'Ann', mobile: '13800000009' },
    { id: 'bob', name: 'Bob', mobile: '13800000008' },
    { id: 'cai', name: 'Cai', mobile: '13800000007', activation: 'not-activated' },
  ],
});
const here = numbers.map((index) => `here-${String(index)}`);

let directory: TestDirectory;
let feishu: Lists;
let hose: Client;
let wecom: string;
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [file] });
  feishu = await listsOf(directory, 'cli_crowd', 'crowd');
  hose = await clientOf(directory, 'crowd', 's');
  const { json } = await directory.send('GET', '/cgi-bin/gettoken?corpid=ww_crowd&corpsecret=crowd');
  wecom = String(json.access_token);
});
// Comparing what is remembered with what is kept, as directory.close() does, takes long with so many people.
afterAll(() => directory.store.close());

describe('a claim', () => {
  async function patch(id: string, employee: object): Promise<number> {
    const authorization = `Bearer ${await tokenOf(directory, 'cli_crowd', 'crowd')}`;
    const path = `/open-apis/directory/v1/employees/${id}?employee_id_type=employee_id`;
    const answer = await directory.send('PATCH', path, { headers: { authorization }, body: { employee } });
    return answer.json.code as number;
  }

  test('of Feishu is refused for the one who works here, and granted where all left', async () => {
    expect(await patch('ann', { mobile: '13800000001' })).toBe(2221103);
    expect(await patch('ann', { email: 'one@crowd.example' })).toBe(2221104);
    expect(await patch('ann', { job_number: 'one' })).toBe(2221240);
    expect(await patch('ann', { mobile: '13800000003' })).toBe(2221103);
    expect(await patch('ann', { mobile: '13800000002', email: 'none@crowd.example', job_number: 'none' })).toBe(0);
    // From now on somebody has them.
    expect(await patch('bob', { mobile: '13800000002' })).toBe(2221103);
    expect(await patch('bob', { job_number: 'none' })).toBe(2221240);
  });

  test('of WeCom likewise', async () => {
    const update = async (userid: string, body: object): Promise<number> => {
      const path = `/cgi-bin/user/update?access_token=${wecom}`;
      return (await directory.send('POST', path, { body: { userid, ...body } })).json.errcode as number;
    };
    expect(await update('cai', { mobile: '13800000001' })).toBe(60104);
    expect(await update('cai', { email: 'ONE@crowd.example' })).toBe(60106);
    expect(await update('cai', { mobile: '13800000006' })).toBe(0);
  });

  test('of Hose likewise, which also finds the one by the number', async () => {
    const code = (staff: string, value: string): Promise<{ status: number }> =>
      hose.send('PUT', `/api/openapi/v1/staffs/$${staff}/code`, { body: { code: value } });
    expect((await code('Crowd:bob', 'one')).status).toBe(412);
    expect((await code('Crowd:bob', 'all')).status).toBe(412);
    expect((await hose.update('one', { name: 'Renamed' }, '&type=code')).status).toBe(200);
    expect((await directory.employee('crowd', 'one')).name.value).toBe('Renamed');
    expect((await hose.update('all', { name: 'Renamed' }, '&type=code')).status).toBe(412);
  });
});

describe('a list', () => {
  const JOB_NUMBER = { filter: { conditions: [{ field: 'work_info.job_number', operator: 'eq', value: '"all"' }] } };

  test('of Feishu tells everyone with a number, and everyone whom a search for a mobile finds, once', async () => {
    expect((await feishu.all('employees/filter', JOB_NUMBER, 100)).ids).toEqual(here);
    const search = { query: '13800000003' };
    expect((await feishu.all('employees/search', search, 90)).ids.toSorted()).toEqual(here.toSorted());
  });

  test('of Feishu’s ids has the one who works here', async () => {
    const body = { mobiles: ['13800000001'], emails: ['one@crowd.example'] };
    const answer = await feishu.send('POST', 'contact/v3/users/batch_get_id', body, 'user_id_type=user_id');
    expect(answer.json.data.user_list).toMatchObject([{ user_id: 'one' }, { user_id: 'one' }]);
  });

  test('of Hose tells everyone with a code, a phone or a mail who is here, once, and lets others pass', async () => {
    const idsBy = async (type: string, conditionIds: readonly string[]): Promise<readonly string[]> => {
      const answer = await hose.send('POST', '/api/openapi/v1/staffs/getStaffIds', { body: { type, conditionIds } });
      return answer.json.items.map(({ id, roles }: { id: string; roles: [] }) => (roles.length === 0 ? id : ''));
    };
    const all = here.map((id) => `Crowd:${id}`);
    expect(await idsBy('CODE', ['all', 'x', 'one', 'all'])).toEqual([...all, 'Crowd:one']);
    expect(await idsBy('CODE', ['one', 'all'])).toEqual(['Crowd:one', ...all]);
    expect(await idsBy('CELLPHONE', ['13800000003'])).toEqual(all);
    expect(await idsBy('MAIL', ['all@crowd.example'])).toEqual(all);
    expect(await idsBy('MAIL', ['ALL@crowd.example'])).toEqual([]);
    expect(await turnsDuring(() => idsBy('CODE', ['all']))).toBeGreaterThan(0);
  });

  test('of WeCom tells everyone in the departments, once, and lets others pass', async () => {
    const list = async (name: string): Promise<readonly string[]> => {
      const path = `/cgi-bin/user/${name}?access_token=${wecom}&department_id=1&fetch_child=1`;
      return (await directory.send('GET', path)).json.userlist.map(({ userid }: { userid: string }) => userid);
    };
    for (const name of ['list', 'simplelist']) {
      const reply = await list(name);
      expect(reply.length).toBe(new Set(reply).size);
      expect(reply.filter((userid) => userid.startsWith('here-')).toSorted()).toEqual(here.toSorted());
      expect(await turnsDuring(() => list(name)), name).toBeGreaterThan(0);
    }
  });
});

/** How often others had their turn while something was done; never, where it was done in one go. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns++;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  await work();
  isDone = true;
  return turns;
}
