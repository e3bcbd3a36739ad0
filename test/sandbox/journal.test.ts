import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMingce, type Mingce, type StartOptions } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { RequestView, WholeRequestView } from '../../src/sandbox/journal/contract.ts';

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');
const ADMIN = 'journal-test-admin-key';
const admin = { headers: { authorization: `Bearer ${ADMIN}` } };

let mingce: Mingce;
async function start(options: StartOptions = {}): Promise<void> {
  mingce = await startMingce({ adminKey: ADMIN, log: silentLog, ...options });
}
afterEach(() => mingce.close());

async function call(
  path: string,
  method = 'GET',
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return await fetch(mingce.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

async function feishuToken(): Promise<string> {
  const answer = await call('/open-apis/auth/v3/tenant_access_token/internal', 'POST', {
    app_id: 'cli_mingce_demo',
    app_secret: 'mingce-demo-secret',
  });
  return ((await answer.json()) as { tenant_access_token: string }).tenant_access_token;
}

async function patch(employee: object, token?: string): Promise<Response> {
  return await call(
    '/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id&department_id_type=department_id',
    'PATCH',
    { employee },
    { authorization: `Bearer ${token ?? (await feishuToken())}` },
  );
}

async function list(query = ''): Promise<readonly RequestView[]> {
  const answer = await fetch(`${mingce.url}/mingce/v1/requests?${query}`, admin);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { requests: readonly RequestView[] }).requests;
}

async function entryOf(answer: Response): Promise<WholeRequestView> {
  const id = answer.headers.get('x-mingce-request') ?? '';
  const entry = await fetch(`${mingce.url}/mingce/v1/requests/${id}`, admin);
  expect(entry.status).toBe(200);
  return (await entry.json()) as WholeRequestView;
}

describe('with the demo company', () => {
  beforeEach(() => start({ demo: true }));

  test('an answer names its entry, which says what became of each member', async () => {
    const answer = await patch({ job_number: '77', job_levl_id: 'x', mobile: '+8613800010001' });
    expect(await answer.clone().json()).toMatchObject({ code: 0 });
    const entry = await entryOf(answer);
    expect(entry).toMatchObject({
      company: 'demo',
      platform: 'feishu',
      app: 'cli_mingce_demo',
      operation: 'employee.patch',
      employee: 'zhangsan',
      method: 'PATCH',
      status: 200,
      code: '0',
      request: { body: { employee: { job_number: '77' } } },
      response: { body: { code: 0 } },
    });
    expect(entry.fields.map(({ field, verdict }) => [field, verdict])).toEqual([
      ['employee.mobile', 'unchanged'],
      ['employee.job_number', 'applied'],
      ['employee.job_levl_id', 'unknown'],
      ['?employee_id_type', 'used'],
      ['?department_id_type', 'used'],
    ]);
    expect(entry.fields[2]).toMatchObject({ did_you_mean: ['employee.job_level_id'], silent: true });
  });

  test('a WeCom value under the wrong key and a Hose member that does not exist are seen', async () => {
    const { access_token } = (await (
      await call('/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret')
    ).json()) as { access_token: string };
    const wecom = await call(`/cgi-bin/hr/update_staff_info?access_token=${access_token}`, 'POST', {
      userid: 'xxxxx',
      update_items: [{ fieldid: 11_020, value_uint32: 5, value_sting: 'x' }],
    });
    const seen = await entryOf(wecom);
    expect(seen).toMatchObject({ platform: 'wecom', company: 'demo', operation: 'hr.update_staff_info' });
    expect(seen.fields.map(({ field, verdict }) => [field, verdict])).toEqual([
      ['update_items[0].11020', 'cleared'],
      ['update_items[0].11020.value_uint32', 'ignored'],
      ['userid', 'used'],
      ['update_items[0].value_sting', 'unknown'],
      ['?access_token', 'used'],
    ]);
    expect(seen.fields.at(-2)?.did_you_mean).toContain('update_items.value_string');
    expect(seen.path).not.toContain(access_token);

    const token = await call('/api/openapi/v1/auth/getAccessToken', 'POST', {
      appKey: 'mingce-demo-key',
      appSecurity: 'mingce-demo-security',
    });
    const { value } = (await token.json()) as { value: { accessToken: string } };
    const hose = await call(
      `/api/openapi/v1.1/staffs/update/$xgJ3wajigF25H0:zhangsan?accessToken=${value.accessToken}&type=id`,
      'PUT',
      { nmae: '张三丰' },
    );
    const entry = await entryOf(hose);
    expect(entry).toMatchObject({ platform: 'hose', company: 'demo' });
    expect(entry.fields).toContainEqual(
      expect.objectContaining({ field: 'nmae', verdict: 'unknown', did_you_mean: ['name'] }),
    );
  });

  test('no secret is kept: not in bodies, queries, headers or answers', async () => {
    const token = await feishuToken();
    await patch({ job_number: '78' }, token);
    const wecom = await call('/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret');
    const { access_token } = (await wecom.json()) as { access_token: string };
    await call(`/cgi-bin/user/get?access_token=${access_token}&userid=zhangsan`);
    await call('/api/openapi/v1/auth/getAccessToken', 'POST', {
      appKey: 'mingce-demo-key',
      appSecurity: 'mingce-demo-security',
    });
    // A client that puts them where they do not belong.
    await patch({ app_secret: 'mingce-demo-secret' }, token);
    const whole = await Promise.all(
      (await list()).map(async ({ id }) => (await fetch(`${mingce.url}/mingce/v1/requests/${id}`, admin)).text()),
    );
    expect(whole.length).toBeGreaterThan(5);
    for (const secret of [token, access_token, 'mingce-demo-secret', 'mingce-demo-security'])
      for (const text of whole) expect(text).not.toContain(secret);
  });

  test('what is not served and who is not known are there as well, and the admin API is not', async () => {
    await list();
    const unknown = await call('/open-apis/contact/v9/users', 'GET', undefined, { authorization: 'Bearer t-nobody' });
    const entry = await entryOf(unknown);
    expect(entry).toMatchObject({ platform: 'feishu', operation: null, company: null, app: null });
    const stranger = await patch({ job_number: '1' }, 't-nobody');
    expect(await entryOf(stranger)).toMatchObject({ operation: 'employee.patch', company: null });
    expect((await list()).map(({ platform }) => platform)).toEqual(['feishu', 'feishu']);
  });

  test('they are found by a search, page by page, and cleared', async () => {
    await patch({ mobile: '+8613800010003' });
    for (const number of ['1', '2', '3']) await patch({ job_number: number });
    expect(await list('q=code:2221103')).toHaveLength(1);
    expect(await list('operation=employee.patch&code=0')).toHaveLength(3);
    expect(await list(`q=${encodeURIComponent('verdict:applied -status:400')}`)).toHaveLength(3);
    expect(await list('employee=zhangsan&platform=wecom')).toHaveLength(0);
    const first = await list('operation=employee.patch&limit=2');
    const next = await list(`operation=employee.patch&limit=2&before=${first[1]?.id ?? ''}`);
    expect(new Set([...first, ...next].map(({ id }) => id)).size).toBe(4);
    for (const query of ['q=colour:red', 'limit=0', 'limit=1001', 'as=xml'])
      expect((await fetch(`${mingce.url}/mingce/v1/requests?${query}`, admin)).status, query).toBe(400);
    expect((await fetch(`${mingce.url}/mingce/v1/requests`, { ...admin, method: 'DELETE' })).status).toBe(204);
    expect(await list()).toEqual([]);
  });

  test('a call that Hose refuses is found by its errorCode', async () => {
    const answer = await call('/api/openapi/v1.1/staffs?accessToken=none&start=0&count=10');
    expect(await answer.json()).toMatchObject({ errorCode: 403 });
    expect(await list('q=code:403')).toMatchObject([{ platform: 'hose', code: '403' }]);
  });

  test('they come live, until the reader goes', async () => {
    const reading = new AbortController();
    const stream = await fetch(`${mingce.url}/mingce/v1/requests/stream?operation=employee.patch`, {
      ...admin,
      signal: reading.signal,
    });
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const token = await feishuToken();
    const answer = await patch({ job_number: '91' }, token);
    let text = '';
    for await (const piece of stream.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(piece).toString();
      if (text.includes('event: entry') && text.endsWith('\n\n')) break;
    }
    reading.abort();
    expect(text).toContain(`id: ${answer.headers.get('x-mingce-request') ?? 'none'}`);
    expect(text.match(/event: entry/g)).toHaveLength(1);
  });

  test('a server with a live reader stops at once', async () => {
    const stream = await fetch(`${mingce.url}/mingce/v1/requests/stream`, admin);
    const ended = stream.text();
    const from = performance.now();
    await mingce.close();
    await ended;
    expect(performance.now() - from).toBeLessThan(5_000);
  });

  test('an entry as a line for a shell does the same again, with the secret filled in', async () => {
    const token = await feishuToken();
    const answer = await patch({ job_number: '0815' }, token);
    await patch({ job_number: '1' }, token);
    const id = answer.headers.get('x-mingce-request') ?? '';
    const line = await (await fetch(`${mingce.url}/mingce/v1/requests/${id}?as=curl`, admin)).text();
    expect(line).not.toContain(token);
    const run = await runShell(line, { TOKEN: token });
    expect(JSON.parse(run)).toMatchObject({ code: 0 });
    expect(await list('operation=employee.patch')).toHaveLength(3);
    const har = await (await fetch(`${mingce.url}/mingce/v1/requests?as=har&operation=employee.patch`, admin)).json();
    expect(har).toMatchObject({
      log: {
        version: '1.2',
        entries: [{ request: { method: 'PATCH' } }, {}, { _mingce: { operation: 'employee.patch' } }],
      },
    });
  });
});

test('people of a company that is not the demo are masked', async () => {
  await start({ companies: [demo] });
  const answer = await patch({ mobile: '+8613711112222', name: { name: { default_value: '李四光' } } });
  const id = answer.headers.get('x-mingce-request') ?? '';
  const text = await (await fetch(`${mingce.url}/mingce/v1/requests/${id}`, admin)).text();
  expect(text).not.toMatch(/13711112222|李四光/);
  expect(text).toContain('李*#');
  expect(text).toContain('****2222#');
});

test('unless its file says that they do not exist; the export says it too, and the reading key masks all the same', async () => {
  await start({ companies: [`${demo}\nsandbox: { personal_data: show }\n`], readKey: 'a-reading-key-of-tests' });
  expect(await mingce.companies.export('demo')).toContain('personal_data: show');
  const answer = await patch({ mobile: '+8613711112222', name: { name: { default_value: '李四光' } } });
  const url = `${mingce.url}/mingce/v1/requests/${answer.headers.get('x-mingce-request') ?? ''}`;
  const text = await (await fetch(url, admin)).text();
  expect(text).toContain('+8613711112222');
  expect(text).toContain('李四光');
  const read = await fetch(url, { headers: { authorization: 'Bearer a-reading-key-of-tests' } });
  expect(await read.text()).not.toContain('13711112222');
});

test('what is sent is the same with and without a journal, but for the name of the entry', async () => {
  const seen: { readonly rest: unknown; readonly isNamed: boolean; readonly admin: number }[] = [];
  for (const sandbox of ['on', 'off'] as const) {
    if (seen.length > 0) await mingce.close();
    await start({ demo: true, sandbox });
    const answer = await patch({ mobile: '+8613800010003' }, 't-nobody');
    const headers = Object.keys(Object.fromEntries(answer.headers));
    const isNamed = headers.includes('x-mingce-request');
    const { length } = await answer.text();
    const { status } = await fetch(`${mingce.url}/mingce/v1/requests`, admin);
    seen.push({
      rest: [answer.status, headers.filter((name) => name !== 'x-mingce-request'), length],
      isNamed,
      admin: status,
    });
  }
  const [on, off] = seen;
  expect(on?.rest).toEqual(off?.rest);
  expect([on?.isNamed, off?.isNamed, on?.admin, off?.admin]).toEqual([true, false, 200, 409]);
});

test('only holders of the admin key may read it', async () => {
  await start({ demo: true });
  for (const path of ['/requests', '/requests/x', '/requests/stream'])
    expect((await fetch(`${mingce.url}/mingce/v1${path}`)).status).toBe(401);
});

async function runShell(script: string, env: Record<string, string>): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-c', script], {
    env: { ...process.env, NO_PROXY: '127.0.0.1', ...env },
  });
  return stdout;
}

test('a call that was refused as a whole is listed with the sentence of the platform, without what it adds for its support', async () => {
  await start({ demo: true });
  const headers = { authorization: `Bearer ${await feishuToken()}` };
  const path = '/open-apis/directory/v1/employees/nobody?employee_id_type=employee_id';
  await call(path, 'PATCH', { employee: { name: { name: { default_value: 'x' } } } }, headers);
  await call('/cgi-bin/user/get?access_token=none&userid=zhangsan');
  await call('/api/openapi/v1/staffs?accessToken=none');
  const found = await list();
  const reasons = found.map(({ platform, code, reason }) => [platform, code, reason]).toReversed();
  expect(reasons).toEqual([
    ['feishu', '0', undefined],
    ['feishu', '99992360', 'The request you send is not a valid {user_id} or not exists. Invalid ids: [nobody] .'],
    ['wecom', '40014', 'invalid access_token'],
    ['hose', expect.any(String), expect.any(String)],
  ]);
});
