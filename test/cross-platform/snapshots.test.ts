import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isAsApplied, isCompanyAsApplied } from '../../src/company/applied-marker.ts';
import { companyStates } from '../../src/sandbox/snapshots/states.ts';
import { APPLIED } from '../../src/directory/snapshots.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';

/* Whatever is written over three platforms, a restore makes every read of each as it was, byte for byte. */

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');
const second = readFileSync(new URL('../../companies/demo-2.yaml', import.meta.url), 'utf8');

interface Session {
  readonly feishu: string;
  readonly contacts: string;
  readonly roster: string;
  readonly hose: string;
  readonly hose2: string;
}

async function tokensOf(directory: TestDirectory): Promise<Session> {
  const feishu = await directory.send('POST', '/open-apis/auth/v3/tenant_access_token/internal', {
    body: { app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' },
  });
  const wecom = async (secret: string): Promise<string> =>
    (await directory.send('GET', `/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=${secret}`)).json.access_token;
  const hose = async (which: string): Promise<string> =>
    (
      await directory.send('POST', '/api/openapi/v1/auth/getAccessToken', {
        body: { appKey: `mingce-demo-key${which}`, appSecurity: `mingce-demo-security${which}` },
      })
    ).json.value.accessToken;
  return {
    feishu: feishu.json.tenant_access_token,
    contacts: await wecom('mingce-demo-contact-secret'),
    roster: await wecom('mingce-demo-secret'),
    hose: await hose(''),
    hose2: await hose('-2'),
  };
}

/** Everything that the platforms show of the company. */
async function reads(directory: TestDirectory, session: Session, isSecond = false): Promise<Record<string, string>> {
  const { feishu, contacts, roster, hose, hose2 } = session;
  const seen: Record<string, string> = {};
  const get = async (name: string, method: string, url: string, body?: object): Promise<string> => {
    const answer = await directory.send(method, url, {
      headers: name.startsWith('feishu') ? { authorization: `Bearer ${feishu}` } : {},
      ...(body === undefined ? {} : { body }),
    });
    if (answer.status !== 200) throw new Error(`${url}: ${answer.text}`);
    return (seen[`${name} ${url}`] = answer.text);
  };
  if (isSecond) {
    await get('hose', 'GET', `/api/openapi/v1.1/staffs?accessToken=${hose2}&start=0&count=100`);
    await get('hose', 'GET', `/api/openapi/v1/departments?accessToken=${hose2}&start=0&count=100`);
    return seen;
  }
  for (const active of ['', '&active=false']) {
    await get('hose', 'GET', `/api/openapi/v1.1/staffs?accessToken=${hose}&start=0&count=100${active}`);
  }
  await get('hose', 'GET', `/api/openapi/v1/departments?accessToken=${hose}&start=0&count=100`);
  await get('wecom', 'GET', `/cgi-bin/department/list?access_token=${contacts}`);
  const list = await get('wecom', 'GET', `/cgi-bin/user/list?access_token=${contacts}&department_id=1&fetch_child=1`);
  for (const { userid } of (JSON.parse(list) as { userlist: { userid: string }[] }).userlist.slice(0, 12)) {
    const url = `/cgi-bin/hr/get_staff_info?access_token=${roster}`;
    seen[`roster ${userid}`] = await get('wecom', 'POST', url, { userid, get_all: true });
  }
  let token = '';
  for (let page = 0; page < 5; page++) {
    const body = {
      filter: { conditions: [] },
      required_fields: ['base_info.*', 'work_info.*'],
      page_request: { page_size: 100, page_token: token },
    };
    const url = '/open-apis/directory/v1/employees/filter?employee_id_type=employee_id';
    const answer = await get(`feishu ${String(page)}`, 'POST', url, body);
    const { data } = JSON.parse(answer) as { data?: { page_response?: { page_token?: string; has_more?: boolean } } };
    token = data?.page_response?.page_token ?? '';
    if (data?.page_response?.has_more !== true) break;
  }
  await get('feishu', 'GET', '/open-apis/contact/v3/departments/0/children?fetch_child=true&page_size=50');
  return seen;
}

/** Writes something over one of the platforms, as a random number decides. */
async function writeSomething(
  directory: TestDirectory,
  session: Session,
  random: (below: number) => number,
): Promise<number> {
  const { feishu, contacts, roster, hose } = session;
  const number = String(random(900_000) + 100_000);
  const userid = ['zhangsan', 'linfeng', 'zhouhao', 'songyan', 'pengtao'][random(5)] ?? '';
  const bearer = { authorization: `Bearer ${feishu}` };
  const ids = 'employee_id_type=employee_id&department_id_type=department_id';
  const sent = await [
    () =>
      directory.send('PATCH', `/open-apis/directory/v1/employees/${userid}?${ids}`, {
        headers: bearer,
        body: { employee: { mobile: `+8613900${number}`, job_number: number, email: `${number}@hengda.example` } },
      }),
    () =>
      directory.send('POST', `/open-apis/directory/v1/employees?${ids}`, {
        headers: bearer,
        body: {
          employee: {
            name: { name: { default_value: number } },
            mobile: `+8613700${number}`,
            employee_order_in_departments: [{ department_id: 'east' }],
          },
        },
      }),
    () =>
      directory.send('DELETE', `/open-apis/directory/v1/employees/${userid}?${ids}`, {
        headers: bearer,
        body: { options: {} },
      }),
    () =>
      directory.send('POST', `/cgi-bin/hr/update_staff_info?access_token=${roster}`, {
        body: { userid, update_items: [{ fieldid: 11_001, value_string: `名${number}` }] },
      }),
    () =>
      directory.send('POST', `/cgi-bin/user/create?access_token=${contacts}`, {
        body: { userid: `new${number}`, name: number, mobile: `13600${number}`, department: [1] },
      }),
    () => directory.send('GET', `/cgi-bin/user/delete?access_token=${contacts}&userid=${userid}`),
    () =>
      directory.send('POST', `/cgi-bin/department/create?access_token=${contacts}`, {
        body: { name: `部门${number}`, parentid: 1 },
      }),
    () =>
      directory.send('PUT', `/api/openapi/v1.1/staffs/update/$xgJ3wajigF25H0:${userid}?accessToken=${hose}`, {
        body: {
          name: `员${number}`,
          cellphone: `13500${number}`,
          departments: ['xgJ3wajigF25H0:rd'],
          defaultDepartment: 'xgJ3wajigF25H0:rd',
          modifyAccountPhone: true,
        },
      }),
    () => tokensOf(directory).then(() => directory.send('GET', `/cgi-bin/department/list?access_token=${contacts}`)),
  ][random(9)]?.();
  return sent?.status ?? 0;
}

test.each([7, 8])(
  'after random writes over three platforms a restore makes every read as it was (seed %i)',
  async (seed) => {
    const directory = await openTestDirectory({ companies: [demo, second] });
    const random = randomFrom(seed);
    const states = companyStates({
      store: directory.store,
      clock: directory.clock,
      mode: 'on',
      isAsApplied,
      judgeApps: () => undefined,
      putBack: () => undefined,
      dialects: [],
      compare: () => Promise.reject(new Error('nothing is compared here')),
    });
    const session = await tokensOf(directory);
    const other = await reads(directory, session, true);
    const writes = async (count: number): Promise<void> => {
      let accepted = 0;
      for (let index = 0; index < count; index++) {
        directory.clock.advance(61_000);
        if ((await writeSomething(directory, session, random)) === 200) accepted++;
      }
      expect(accepted).toBeGreaterThan(0);
    };
    const kept = new Map<string, Record<string, string>>();
    kept.set(APPLIED, await reads(directory, session));
    for (const name of ['one', 'two', 'three']) {
      await writes(8);
      await states.take('demo', name);
      kept.set(name, await reads(directory, session));
    }
    expect(new Set([...kept.values()].map((seen) => JSON.stringify(seen))).size).toBe(4);
    for (let round = 0; round < 6; round++) {
      await writes(5);
      const name = ['one', 'two', 'three', APPLIED][random(4)] ?? '';
      if (name === APPLIED) await states.reset('demo', 'test');
      else await states.restore('demo', name, 'test');
      expect(await reads(directory, session)).toEqual(kept.get(name));
      expect(await isCompanyAsApplied(directory.store, 'demo')).toBe(name === APPLIED);
      expect(await reads(directory, session, true)).toEqual(other);
    }
    await directory.close();
  },
  120_000,
);

test('a token that was issued after a snapshot ends with its restore, and one that was revoked is valid again', async () => {
  const directory = await openTestDirectory({ companies: [demo] });
  const states = companyStates({
    store: directory.store,
    clock: directory.clock,
    mode: 'on',
    isAsApplied,
    judgeApps: () => undefined,
    putBack: () => undefined,
    dialects: [],
    compare: () => Promise.reject(new Error('nothing is compared here')),
  });
  const body = { appKey: 'mingce-demo-key', appSecurity: 'mingce-demo-security' };
  const token = async (): Promise<string> =>
    (await directory.send('POST', '/api/openapi/v1/auth/getAccessToken', { body })).json.value.accessToken;
  const works = async (one: string): Promise<boolean> =>
    (await directory.send('GET', `/api/openapi/v1.1/staffs?accessToken=${one}&start=0&count=1`)).status === 200;
  const before = await token();
  await states.take('demo', 'one');
  directory.clock.advance(60_000);
  const after = await token();
  expect([before === after, await works(before), await works(after)]).toEqual([false, true, true]);
  await states.restore('demo', 'one', 'test');
  expect([await works(before), await works(after)]).toEqual([true, false]);
  await states.reset('demo', 'test');
  expect(await works(before)).toBe(true);
  await states.reset('demo', 'test', 'restore');
  expect(await works(before)).toBe(false);
  await directory.close();
});

/** Numbers that look random and are the same for a seed. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
