import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as lark from '@larksuiteoapi/node-sdk';
import { catalogue } from '../../src/catalogue.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { DoctorReport, FindingView } from '../../src/sandbox/doctor/contract.ts';
import { command } from '../support/command.ts';
import { scratchFolder } from '../support/program.ts';

const ADMIN = 'doctor-test-admin-key';
const demo = ['demo', 'demo-2'].map((key) =>
  readFileSync(new URL(`../../companies/${key}.yaml`, import.meta.url), 'utf8'),
);

let now = Date.parse('2026-01-05T00:00:00Z');
let mingce: Mingce;
beforeEach(async () => {
  now = Date.parse('2026-01-05T00:00:00Z');
  mingce = await startMingce({ adminKey: ADMIN, log: silentLog, companies: demo, clock: { now: () => now } });
});
afterEach(() => mingce.close());

interface Sent {
  readonly method?: string;
  readonly token?: string;
  readonly body?: unknown;
}

/** A client of one platform by its user agent, which waits a second between calls. */
function client(agent: string) {
  return async (path: string, { method = 'POST', token, body }: Sent = {}): Promise<Record<string, unknown>> => {
    now += 1_000;
    const answer = await mingce.fetch(mingce.url + path, {
      method,
      headers: {
        'user-agent': agent,
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
}

type Client = ReturnType<typeof client>;
const TOKEN = '/open-apis/auth/v3/tenant_access_token/internal';
const CREDENTIALS = { app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' };
const KINDS = '?employee_id_type=employee_id&department_id_type=department_id';
const EMPLOYEE = `/open-apis/directory/v1/employees/zhangsan${KINDS}`;

const feishuToken = async (ask: Client, body: unknown = CREDENTIALS): Promise<string> =>
  String((await ask(TOKEN, { body }))['tenant_access_token']);
const wecomToken = async (ask: Client): Promise<string> =>
  String(
    (await ask('/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret', { method: 'GET' }))[
      'access_token'
    ],
  );

async function diagnosis(): Promise<readonly FindingView[]> {
  const answer = await mingce.fetch(`${mingce.url}/mingce/v1/doctor`, {
    headers: { authorization: `Bearer ${ADMIN}` },
  });
  return ((await answer.json()) as DoctorReport).findings;
}

const ids = (found: readonly FindingView[]): readonly string[] => [...new Set(found.map(({ id }) => id))].toSorted();

/** Does everything wrong that one client can. */
async function misbehave(): Promise<void> {
  const ask = client('bad/1.0');
  const token = await feishuToken(ask);
  const patch = (employee: object, sent: string = token): Promise<unknown> =>
    ask(EMPLOYEE, { method: 'PATCH', token: sent, body: { employee } });
  // A misspelt name; the same refused request three times; a secret, and a mobile, in the address.
  await patch({ job_numbr: '1' });
  for (let time = 0; time < 3; time++) await patch({ mobile: 'abc' });
  await ask(`${EMPLOYEE}&app_secret=mingce-demo-secret`, { method: 'PATCH', token, body: { employee: {} } });
  await ask(`${EMPLOYEE}&hint=13800000001`, { method: 'PATCH', token, body: { employee: {} } });
  // A read that leaves somebody out, passed over.
  await ask(`/open-apis/directory/v1/employees/mget${KINDS}`, {
    token,
    body: { employee_ids: ['zhangsan', 'gone-long-ago'], required_fields: ['base_info.name.*'] },
  });
  // Two first pages.
  for (let time = 0; time < 2; time++) {
    now += 120_000;
    await ask(`/open-apis/directory/v1/employees/filter${KINDS}`, {
      token,
      body: {
        filter: { conditions: [] },
        required_fields: ['base_info.name.*'],
        page_request: { page_size: 2 },
      },
    });
  }
  // Twenty writes of what is so.
  for (let time = 0; time < 30; time++) await patch({ name: { name: { default_value: '张三' } } });
  // A refused token, sent again and again; then a token call that fails, and its answer used.
  for (let time = 0; time < 3; time++) await patch({ description: 'x' }, 't-nothing');
  const none = await feishuToken(ask, { ...CREDENTIALS, app_secret: 'wrong' });
  await patch({ description: 'x' }, none);

  const wecom = client('bad-roster/1.0');
  const roster = await wecomToken(wecom);
  const update = (items: object): Promise<unknown> =>
    wecom(`/cgi-bin/hr/update_staff_info?access_token=${roster}`, { body: { userid: 'zhangsan', ...items } });
  // A value under a wrong key, a failed item, milliseconds.
  await update({ update_items: [{ fieldid: 11020, value_string: '某路一号' }] });
  await update({ update_items: [{ fieldid: 11020, value_uint32: 7 }] });
  await update({ update_items: [{ fieldid: 11004, value_uint32: 7 }] });
  await update({ update_items: [{ fieldid: 11005, value_int64: 1_767_571_200_000 }] });

  const eager = client('eager/1.0');
  for (let time = 0; time < 8; time++) {
    const fresh = await feishuToken(eager, { ...CREDENTIALS });
    await eager(EMPLOYEE, { method: 'PATCH', token: fresh, body: { employee: {} } });
    now += 3_000;
    // Feishu answers the same token again while it is good: fetching it is needless all the same.
  }
}

test('a client that does everything wrong has at least twelve findings', async () => {
  await misbehave();
  const found = ids(await diagnosis());
  expect(found).toEqual(
    expect.arrayContaining([
      'nothing-changed',
      'page-not-followed',
      'partial-failure-ignored',
      'personal-data-in-url',
      'retry-permanent',
      'secret-in-url',
      'time-unit-wrong',
      'token-call-unchecked',
      'token-not-renewed',
      'token-per-call',
      'unknown-member',
      'value-key-wrong',
    ]),
  );
  expect(found.length).toBeGreaterThanOrEqual(12);
});

test('nothing is found on a client that does all of it right', async () => {
  const ask = client('good/1.0');
  let token = await feishuToken(ask);
  for (const name of ['张三', '张三丰', '张三']) {
    await ask(EMPLOYEE, { method: 'PATCH', token, body: { employee: { name: { name: { default_value: name } } } } });
  }
  // A refusal is corrected, and a token renewed before its end.
  await ask(EMPLOYEE, { method: 'PATCH', token, body: { employee: { mobile: 'abc' } } });
  await ask(EMPLOYEE, { method: 'PATCH', token, body: { employee: { mobile: '+8613812340000' } } });
  now += 7_150_000;
  token = await feishuToken(ask);
  await ask(EMPLOYEE, { method: 'PATCH', token, body: { employee: { description: 'x' } } });
  let cursor = '';
  do {
    const page = await ask(`/open-apis/directory/v1/employees/filter${KINDS}`, {
      token,
      body: {
        filter: { conditions: [] },
        required_fields: ['base_info.name.*'],
        page_request: { page_size: 20, page_token: cursor },
      },
    });
    const { page_response: next } = page['data'] as { page_response: { has_more: boolean; page_token: string } };
    cursor = next.has_more ? next.page_token : '';
  } while (cursor !== '');

  const wecom = client('good-roster/1.0');
  const roster = await wecomToken(wecom);
  await wecom(`/cgi-bin/hr/update_staff_info?access_token=${roster}`, {
    body: { userid: 'zhangsan', update_items: [{ fieldid: 11020, value_string: '某路二号' }] },
  });
  expect(await diagnosis()).toEqual([]);
});

test('nothing is found on the calls of the official SDK', async () => {
  const sdk = new lark.Client({
    appId: 'cli_mingce_demo',
    appSecret: 'mingce-demo-secret',
    domain: mingce.url,
    loggerLevel: lark.LoggerLevel.fatal,
  });
  for (const description of ['a', 'b', 'c']) {
    const { code } = await sdk.directory.v1.employee.patch({
      path: { employee_id: 'zhangsan' },
      params: { employee_id_type: 'employee_id', department_id_type: 'department_id' },
      data: { employee: { description } },
    });
    expect(code).toBe(0);
  }
  expect(await diagnosis()).toEqual([]);
});

test('a report is the same each time, in the language that is asked for, and holds no value', async () => {
  await misbehave();
  const first = await diagnosis();
  expect(await diagnosis()).toEqual(first);
  const answer = await mingce.fetch(`${mingce.url}/mingce/v1/doctor?company=demo&since=1d`, {
    headers: { authorization: `Bearer ${ADMIN}`, 'accept-language': 'zh-CN' },
  });
  const text = await answer.text();
  expect(text).toContain('字段名有误');
  expect(text).toContain('employee.job_numbr → employee.job_number');
  for (const secret of ['13800000001', 'mingce-demo-secret', '张三']) expect(text).not.toContain(secret);
});

interface SarifResult {
  readonly ruleId: string;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
  }[];
  readonly properties: { readonly requests: readonly string[] };
}

test('the command prints findings, writes JUnit and SARIF, and honours suppressions with a reason', async () => {
  await misbehave();
  using folder = scratchFolder();
  const there = ['--server', mingce.url, '--admin-key', ADMIN];
  const junit = folder.file('out/junit.xml');
  const sarif = folder.file('out/doctor.sarif');
  const config = folder.file('doctor.yaml');
  const bad = await command('doctor', ...there, '--junit', junit, '--sarif', sarif, '--config', config);
  expect(bad.code).toBe(1);
  expect(bad.stdout).toContain('error  unknown-member  feishu');
  expect(readFileSync(junit, 'utf8')).toContain(
    '<failure type="error" message="Sends a member that the operation does not have">',
  );
  const { runs } = JSON.parse(readFileSync(sarif, 'utf8')) as { runs: { results: SarifResult[] }[] };
  const results = runs[0]?.results ?? [];
  expect(results.map(({ ruleId }) => ruleId)).toContain('unknown-member');
  // Each result is at the lines of its calls in the file beside the report.
  const calls = readFileSync(folder.file('out/mingce-requests.jsonl'), 'utf8').trimEnd().split('\n');
  for (const { locations, properties } of results) {
    const at = locations.map(({ physicalLocation: { artifactLocation, region } }) => {
      expect(artifactLocation.uri).toBe('mingce-requests.jsonl');
      return (JSON.parse(calls[region.startLine - 1] ?? '{}') as { id?: string }).id;
    });
    expect(at).toEqual(properties.requests.slice(0, 10));
  }
  expect(calls.join('\n')).not.toMatch(/13800000001|mingce-demo-secret/);

  const { findings } = JSON.parse(
    (await command('doctor', ...there, '--json', '--config', config)).stdout,
  ) as DoctorReport;
  const errors = [...new Set(findings.filter(({ severity }) => severity === 'error').map(({ id }) => id))];
  const list = [...errors.map((id) => ({ id, reason: 'planted' })), { id: 'no-such-thing', reason: 'none' }];
  writeFileSync(config, JSON.stringify({ suppressions: list }));
  const accepted = await command('doctor', ...there, '--config', config, '--junit', junit);
  expect(accepted.code).toBe(0);
  expect(accepted.stdout).toContain('The suppression of no-such-thing applies to nothing.');
  expect(readFileSync(junit, 'utf8')).toContain('<skipped message="planted"/>');
  expect((await command('doctor', ...there, '--config', config, '--fail-on', 'note')).code).toBe(1);

  writeFileSync(config, JSON.stringify([{ id: 'unknown-member' }]));
  expect(await command('doctor', ...there, '--config', config)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('has no reason'),
  });
});

test('without a journal nothing is judged, and the command ends with 2', async () => {
  await using off = await startMingce({ adminKey: ADMIN, log: silentLog, sandbox: 'off' });
  const said = await command('doctor', '--server', off.url, '--admin-key', ADMIN);
  expect(said).toMatchObject({ code: 2, stderr: expect.stringContaining('No journal is kept') });
});

test('ids of another kind, many invitations and waiting on a frozen clock are found', async () => {
  const ask = client('late/1.0');
  const token = await feishuToken(ask);
  const read = (query: string): Promise<unknown> =>
    ask(`/open-apis/contact/v3/users/zhangsan${query}`, { method: 'GET', token });
  await read('?user_id_type=user_id');
  expect(ids(await diagnosis())).toEqual([]);
  // The kind is left out, and is open_id then.
  await read('');
  expect((await diagnosis()).find(({ id }) => id === 'id-kind-wrong')?.about).toEqual(['open_id → user_id']);
  for (let person = 10; person < 20; person++) {
    // No more are made in a minute than the platform lets.
    now += 15_000;
    const id = `waiting-${String(person)}`;
    const contact = { name: { name: { default_value: '新人' } }, mobile: `139001390${String(person)}` };
    const place = { employee_order_in_departments: [{ department_id: '0' }] };
    await ask(`/open-apis/directory/v1/employees${KINDS}`, {
      token,
      body: { employee: { ...contact, ...place, custom_employee_id: id } },
    });
    await ask(`/open-apis/directory/v1/employees/${id}${KINDS}`, {
      method: 'PATCH',
      token,
      body: { employee: { mobile: `+86139001391${String(person)}` } },
    });
  }
  await mingce.company('demo').clock.freeze();
  for (let time = 0; time < 5; time++) {
    now += 10_000;
    await read('?user_id_type=user_id&department_id_type=department_id');
  }
  expect(ids(await diagnosis())).toEqual(expect.arrayContaining(['frozen-wait', 'id-kind-wrong', 'people-invited']));
});

test('a company accepts a finding for a reason, and says so until it does no more', async () => {
  const ask = client('bad/1.0');
  await ask(EMPLOYEE, { method: 'PATCH', token: await feishuToken(ask), body: { employee: { job_numbr: '1' } } });
  const admin = async (method: string, path: string, body?: object): Promise<[number, string]> => {
    const answer = await mingce.fetch(`${mingce.url}/mingce/v1/doctor${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return [answer.status, await answer.text()];
  };
  const PLACE = '/suppressions/unknown-member?company=demo';
  expect((await diagnosis()).map(({ id, suppressed }) => [id, suppressed])).toEqual([['unknown-member', undefined]]);
  expect(await admin('PUT', PLACE, { reason: 'A note of ours.', until: '2026-01-05' })).toEqual([204, '']);
  const [, text] = await admin('GET', '');
  const report = JSON.parse(text) as DoctorReport;
  expect(report.findings.map(({ id, suppressed }) => [id, suppressed])).toEqual([
    ['unknown-member', 'A note of ours.'],
  ]);
  expect(report.suppressions).toEqual([
    { id: 'unknown-member', reason: 'A note of ours.', until: '2026-01-05', company: 'demo', used: true },
  ]);
  // The command counts it, a reset leaves it, and it is no change of the company.
  const there = ['--server', mingce.url, '--admin-key', ADMIN];
  expect((await command('doctor', ...there)).code).toBe(0);
  await mingce.company('demo').reset();
  expect((await diagnosis())[0]?.suppressed).toBe('A note of ours.');
  expect(await mingce.companies.isAsApplied('demo')).toBe(true);
  now += 86_400_000;
  expect((await diagnosis())[0]?.suppressed).toBeUndefined();
  expect((await command('doctor', ...there)).code).toBe(1);
  expect((await admin('DELETE', PLACE))[0]).toBe(204);
  expect((await admin('DELETE', PLACE))[0]).toBe(404);
  for (const [path, body, status] of [
    [PLACE, {}, 422],
    [PLACE, { reason: ' ' }, 422],
    [PLACE, { reason: 'x', until: 'soon' }, 422],
    ['/suppressions/unknown-member', { reason: 'x' }, 422],
    ['/suppressions/no-such-thing?company=demo', { reason: 'x' }, 404],
    ['/suppressions/unknown-member?company=nowhere', { reason: 'x' }, 404],
  ] as const)
    expect([path, (await admin('PUT', path, body))[0]]).toEqual([path, status]);
});

test('what the platforms say of ids and of operations for many is about operations and codes that there are', () => {
  for (const { name, routes } of dialects) {
    const { client, entries } = catalogue.platform(name) ?? { client: {}, entries: [] };
    const operations = routes.map(({ operation }) => operation);
    const codes = entries.map(({ id }) => id);
    expect(operations).toEqual(expect.arrayContaining(Object.entries(client.bulk ?? {}).flat()));
    expect(codes).toEqual(expect.arrayContaining(Object.keys(client.ids?.unknown ?? {})));
    expect(codes).toEqual(expect.arrayContaining([...(client.ids?.otherApp ?? [])]));
    expect(Object.keys(client.bulk ?? {}).length).toBeGreaterThan(0);
  }
});
