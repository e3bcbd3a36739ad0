import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as lark from '@larksuiteoapi/node-sdk';
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
  const { runs } = JSON.parse(readFileSync(sarif, 'utf8')) as { runs: { results: { ruleId: string }[] }[] };
  expect(runs[0]?.results.map(({ ruleId }) => ruleId)).toContain('unknown-member');

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
