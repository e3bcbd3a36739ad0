import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { silentLog, startMingce } from '../../src/index.ts';
import { scratchFolder } from '../support/program.ts';

/*
 * A copy in which two companies have each other's numbers is put back while people are written: whatever was remembered
 * of what was there must not be used on what is there now.
 */

const ROUNDS = 8;
const PEOPLE = ['li', 'wu', 'zhao', 'qian'];
const ADMIN = { authorization: 'Bearer sesame' };

const company = (key: string): string => `
mingce: 1
key: ${key}
name: ${key}
feishu: { certified: true, rate_limit_enabled: false, apps: [{ app_id: cli_${key}, app_secret: s }] }
wecom: { corpid: ww_${key}, apps: [{ agentid: 1, secret: s, kind: self_built, hr_callable: true, visible_range: { department_ids: [1] } }] }
hose: { corporation_id: ${key}, apps: [{ app_key: ${key}, app_security: s }] }
departments: [{ id: root, name: ${key}, code: "001" }]
employees:
${PEOPLE.map((id) => `  - { id: ${id}, name: ${key}-${id}-0 }`).join('\n')}
`;

type Json = Readonly<Record<string, unknown>>;

async function call(url: string, method: string, body?: unknown, headers?: Record<string, string>): Promise<Json> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(url, { method, headers: { 'content-type': 'application/json', ...headers }, ...sent });
  return (await answer.json()) as Json;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Writes one person's name once; answers whether that was acknowledged. */
type Write = (name: string) => Promise<boolean>;

/** A client of each platform, who takes a new token when the one it has is not known any more. */
const clients: readonly ((url: string, person: string) => Write)[] = [
  (url, person) => {
    let token = '';
    return async (name) => {
      const path = `${url}/open-apis/directory/v1/employees/${person}?employee_id_type=employee_id`;
      const employee = { name: { name: { default_value: name } } };
      const reply = await call(path, 'PATCH', { employee }, { authorization: `Bearer ${token}` });
      if (reply['code'] === 0) return true;
      const credentials = { app_id: 'cli_a', app_secret: 's' };
      const issued = await call(`${url}/open-apis/auth/v3/tenant_access_token/internal`, 'POST', credentials);
      token = textOf(issued['tenant_access_token']);
      return false;
    };
  },
  (url, person) => {
    let token = '';
    return async (name) => {
      const body = { userid: person, update_items: [{ fieldid: 11001, value_string: name }] };
      const reply = await call(`${url}/cgi-bin/hr/update_staff_info?access_token=${token}`, 'POST', body);
      if (reply['errcode'] === 0) return true;
      const issued = await call(`${url}/cgi-bin/gettoken?corpid=ww_a&corpsecret=s`, 'GET');
      token = textOf(issued['access_token']);
      return false;
    };
  },
  (url, person) => {
    let token = '';
    return async (name) => {
      const body = { staffList: [{ id: `a:${person}`, name }] };
      const path = `${url}/api/openapi/v1.1/staffs/batch/update?accessToken=${encodeURIComponent(token)}`;
      const reply = await call(path, 'PUT', body);
      if ('items' in reply) return true;
      const issued = await call(`${url}/api/openapi/v1/auth/getAccessToken`, 'POST', {
        appKey: 'a',
        appSecurity: 's',
      });
      token = textOf((issued['value'] as { accessToken?: unknown } | undefined)?.accessToken);
      return false;
    };
  },
];

/** The names of the first company's people in its file, in their order. */
function namesIn(file: string | null): readonly string[] {
  return [...(file ?? '').matchAll(/^ {4}name: (a-\S+)$/gm)].map(([, name = '']) => name);
}

test('a copy put back while people are written never mixes companies: every record is as in the copy, or as written after it', async () => {
  using folder = scratchFolder();
  const mingce = await startMingce({ data: folder.file('data'), adminKey: 'sesame', log: silentLog });
  const admin = (method: string, path: string, body?: string | ArrayBuffer): Promise<Response> =>
    fetch(`${mingce.url}/mingce/v1/${path}`, { method, headers: ADMIN, ...(body === undefined ? {} : { body }) });
  const apply = (key: string): Promise<Response> => admin('PUT', `companies/${key}`, company(key));
  for (const key of ['b', 'a']) expect((await apply(key)).status).toBe(200);
  const copy = await (await admin('POST', 'backup')).arrayBuffer();
  const other = await mingce.companies.export('b');

  for (let round = 0; round < ROUNDS; round++) {
    for (const key of ['a', 'b']) expect((await admin('DELETE', `companies/${key}`)).status).toBe(204);
    // In the other order, so that each has the number that the other has in the copy.
    for (const key of ['a', 'b']) expect((await apply(key)).status).toBe(200);

    let isPutBack = false;
    let isStopping = false;
    /** What of each person was acknowledged last, and how much of it was begun after the copy had been put back. */
    const written = new Map<string, { readonly name: string; readonly after: number }>();
    const writers = PEOPLE.map(async (person, index) => {
      const write = clients[index % clients.length]?.(mingce.url, person);
      for (let number = 1; !isStopping; number++) {
        const name = `a-${person}-${String(number)}`;
        const after = (written.get(person)?.after ?? 0) + (isPutBack ? 1 : 0);
        if ((await write?.(name)) === true) written.set(person, { name, after });
      }
    });
    while (written.size < PEOPLE.length) await turn();
    const restored = await admin('POST', 'restore?force=true', copy);
    expect(await restored.json()).toEqual({ companies: 2, employees: 2 * PEOPLE.length });
    isPutBack = true;
    while (PEOPLE.some((person) => (written.get(person)?.after ?? 0) < 3)) await turn();
    isStopping = true;
    await Promise.all(writers);

    expect(await mingce.companies.export('b'), 'nobody wrote this one').toBe(other);
    const names = namesIn(await mingce.companies.export('a'));
    expect(names, 'as they were written last').toEqual(PEOPLE.map((person) => written.get(person)?.name));
  }
  const reply = [await mingce.companies.export('a'), await mingce.companies.export('b')];
  await mingce.close();
  const again = await startMingce({ data: folder.file('data'), log: silentLog });
  const kept = [await again.companies.export('a'), await again.companies.export('b')];
  expect(kept, 'what is in memory is what was kept').toEqual(reply);
  await again.close();
}, 60_000);

const turn = (): Promise<void> => setImmediate();
