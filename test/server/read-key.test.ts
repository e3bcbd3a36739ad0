// The key that only reads: it changes nothing, by any operation that there is, and reads neither secrets nor contact data.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AdminOperation } from '../../src/http/admin/operations/operation.ts';
import { adminOperations } from '../../src/http/admin/operations/operations.ts';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { publishedSecrets } from '../../src/exposure.ts';

const FULL = 'read-key-test-admin-key';
const READ = 'read-key-test-read-only-key';

let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({ demo: true, adminKey: FULL, readKey: READ, log: silentLog });
});
afterAll(() => mingce.close());

const NEVER_ENDS = new Set(['requests.stream', 'stream']);
const operations: readonly (readonly [string, AdminOperation])[] = Object.entries(adminOperations);
/** The session is for everybody who has a key. */
const writes = operations.filter(
  ([name, { method, isSecret }]) => (method !== 'GET' || isSecret) && !name.startsWith('session.'),
);
const reads = operations.filter(
  ([name, { method, isSecret }]) => method === 'GET' && !isSecret && !NEVER_ENDS.has(name),
);

/** Values with which each operation finds something. */
const PARAMS: Readonly<Record<string, string>> = {
  key: 'demo',
  app: 'cli_mingce_demo',
  id: 'zhangsan',
  number: '1',
  name: 'before',
  platform: 'feishu',
  code: '2221103',
  operation: 'employee.patch',
  target: 'feishu',
  subject: 'zhangsan',
  run: 'dr_1',
  list: 'job_titles',
  entry: 't-qa',
  field: 'hobby',
};

function pathOf({ path }: AdminOperation): string {
  return path.replaceAll(/:(\w+)/g, (_all, name: string) => {
    const value = PARAMS[name];
    if (value === undefined) throw new Error(`no example of ${name}`);
    return value;
  });
}

const ask = (method: string, path: string, headers: Readonly<Record<string, string>>): Promise<Response> =>
  mingce.fetch(`${mingce.url}${path}`, { method, headers, ...(method === 'GET' ? {} : { body: '{}' }) });

test('changes nothing by any operation, as a key and as a session', async () => {
  const { companies } = mingce;
  const before = [await companies.export('demo'), await companies.export('demo-2')];
  const page = { 'sec-fetch-site': 'same-origin', 'x-mingce': 'console' };
  const begun = await mingce.fetch(`${mingce.url}/mingce/v1/session`, {
    method: 'POST',
    headers: page,
    body: JSON.stringify({ key: READ }),
  });
  const [cookie = ''] = (begun.headers.get('set-cookie') ?? '').split(';');
  expect(writes.length).toBeGreaterThan(20);
  for (const headers of [{ authorization: `Bearer ${READ}` }, { ...page, cookie }]) {
    for (const [name, operation] of writes) {
      const answer = await ask(operation.method, pathOf(operation), headers);
      const { code, detail } = (await answer.json()) as { readonly code?: string; readonly detail: string };
      expect([name, answer.status, code]).toEqual([name, 403, 'read-only']);
      // What only reads changes nothing: it is refused for what it holds.
      const reason = operation.method === 'GET' ? 'it holds secrets or contact data' : 'cannot change anything';
      expect([name, detail]).toEqual([name, expect.stringContaining(reason)]);
    }
  }
  expect([await companies.export('demo'), await companies.export('demo-2')]).toEqual(before);
});

test('reads what it may without a secret and without contact data', async () => {
  const headers = { authorization: `Bearer ${READ}` };
  // A change of contact data, for the history and the journal to show.
  const token = await mingce.company('demo').tokens.feishu();
  const sent = await mingce.fetch(
    `${mingce.url}/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id`,
    {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ employee: { mobile: '+85261234599' } }),
    },
  );
  expect(await sent.json()).toMatchObject({ code: 0 });
  const secrets = publishedSecrets();
  let masked = 0;
  for (const [name, operation] of reads) {
    const search = operation.query.includes('company') ? '?company=demo' : '';
    const answer = await ask('GET', pathOf(operation) + search, headers);
    const text = await answer.text();
    expect([name, [200, 400, 404].includes(answer.status)], text).toEqual([name, true]);
    expect(
      secrets.filter((secret) => text.includes(secret)),
      name,
    ).toEqual([]);
    // The catalogue and the schema are about no person here.
    if (/^(errors\.|companies\.schema|index)/.test(name)) continue;
    expect(text, name).not.toMatch(/61234599|13800010001|zhangsan@hengda/);
    if (text.includes('****4599')) masked++;
  }
  expect(masked).toBeGreaterThanOrEqual(2);
  const full = await ask('GET', '/mingce/v1/companies/demo/changes', { authorization: `Bearer ${FULL}` });
  expect(await full.text()).toContain('61234599');
});

test('finds no one by contact data, neither by a part of it nor as a whole', async () => {
  const found = async (path: string, key: string): Promise<string> => {
    const answer = await mingce.fetch(`${mingce.url}/mingce/v1/${path}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    return await answer.text();
  };
  for (const q of ['1380001000', '%2B861380001', '13800010002', 'zhangming@'])
    for (const path of ['companies/demo/employees?q=', 'search?company=demo&q=']) {
      expect(await found(path + q, FULL), path + q).toContain('u273y71');
      expect(await found(path + q, READ), path + q).not.toContain('u273y71');
    }
  for (const q of ['张明', 'zhangm', '10002'])
    expect(await found(`companies/demo/employees?q=${q}`, READ)).toContain('u273y71');
  for (const by of ['mobile=13800010001', 'email=zhangsan@hengda.example']) {
    expect(await found(`logins?${by}`, FULL)).toContain('zhangsan');
    expect(await found(`logins?${by}`, READ)).toContain('read-only');
  }
});

test('finds no call by contact data, gets none in a file, and cannot hold masked values against others', async () => {
  const headers = { 'content-type': 'application/json', 'user-agent': 'reader-test' };
  const sent = await mingce.fetch(`${mingce.url}/open-apis/directory/v1/employees/zhangsan`, {
    method: 'PATCH',
    headers,
    body: JSON.stringify({ employee: { mobile: '+85261234577', alias: 'seen' } }),
  });
  const id = sent.headers.get('x-mingce-request') ?? '';
  const ask = async (path: string, key: string): Promise<string> => {
    const answer = await mingce.fetch(`${mingce.url}/mingce/v1/${path}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    return await answer.text();
  };
  for (const q of ['612345', '"+8526123"']) {
    expect(await ask(`requests?q=${encodeURIComponent(q)}`, FULL)).toContain(id);
    expect(await ask(`requests?q=${encodeURIComponent(q)}`, READ)).not.toContain(id);
  }
  expect(await ask('requests?q=seen', READ)).toContain(id);
  for (const as of ['', '?as=har', '?as=curl', '?as=node', '?as=fixture'])
    expect(await ask(`requests/${id}${as}`, READ), as).not.toContain('61234577');
  const asked = await ask('companies/demo/employees/zhangsan', READ);
  expect(asked).toContain('****');
  for (const text of [asked, await ask('companies/+8613800010002', READ), await ask('requests?limit=50', READ)])
    expect(text).not.toMatch(/#[0-9a-f]{4}(?![0-9a-f])/);
});

test('follows the journal with contact data masked', async () => {
  const ended = new AbortController();
  const stream = await fetch(`${mingce.url}/mingce/v1/requests/stream`, {
    headers: { authorization: `Bearer ${READ}` },
    signal: ended.signal,
  });
  const reader = stream.body?.getReader();
  const decoder = new TextDecoder();
  let text = decoder.decode((await reader?.read())?.value);
  await mingce.fetch(`${mingce.url}/open-apis/directory/v1/employees/zhangsan`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ employee: { mobile: '+85261234588' } }),
  });
  while (!text.includes('data: ')) text += decoder.decode((await reader?.read())?.value);
  ended.abort();
  expect(text).toContain('"platform":"feishu"');
  expect(text).not.toContain('61234588');
});
