import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, tokenOf } from '../feishu-client.ts';

const MINUTE = 60_000;

const file = `
mingce: 1
key: inn
name: Inn
feishu:
  apps:
    - { app_id: cli_one, app_secret: one }
    - { app_id: cli_stopped, app_secret: stopped, status: disabled }
    - { app_id: cli_away, app_secret: away, installed: false }
    - { app_id: cli_brief, app_secret: brief, token_seconds: 60 }
    - { app_id: cli_fenced, app_secret: fenced, ip_allow_list: [10.0.0.0/8, "::1"] }
    - { app_id: cli_reader, app_secret: reader, scopes: ["directory:employee:read", "directory:employee.base.mobile:read"] }
employees:
  - { id: ann, name: Ann, mobile: "+8613100000001", email: ann@inn.example }
`;

let directory: TestDirectory;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [file] });
});
afterEach(() => directory.close());

const PATH = '/open-apis/auth/v3/tenant_access_token/internal';

describe('a token', () => {
  const ask = async (path = PATH): Promise<{ tenant_access_token: string; expire: number }> =>
    (await directory.send('POST', path, { body: { app_id: 'cli_one', app_secret: 'one' } })).json;

  test('is told again while half an hour of it is left, with what is left', async () => {
    const first = await ask();
    expect(first).toEqual({ code: 0, msg: 'ok', tenant_access_token: expect.stringMatching(/^t-/), expire: 7200 });
    directory.clock.advance(90 * MINUTE);
    expect(await ask(`${PATH}/`)).toEqual({ ...first, expire: 1800 });
  });

  test('is a new one after that, and both live on to their own ends', async () => {
    const first = await ask();
    directory.clock.advance(90 * MINUTE + 1);
    const second = await ask();
    expect(second.expire).toBe(7200);
    expect(second.tenant_access_token).not.toBe(first.tenant_access_token);
    expect(await codeWith(first.tenant_access_token)).toBe(0);
    expect(await codeWith(second.tenant_access_token)).toBe(0);
    directory.clock.advance(30 * MINUTE);
    expect(await codeWith(first.tenant_access_token)).toBe(99991663);
    expect(await codeWith(second.tenant_access_token)).toBe(0);
  });

  test('lives as long as its app says, and is returned again while a quarter of that is left', async () => {
    const brief = async (): Promise<{ tenant_access_token: string; expire: number }> =>
      (await directory.send('POST', PATH, { body: { app_id: 'cli_brief', app_secret: 'brief' } })).json;
    const first = await brief();
    expect(first.expire).toBe(60);
    directory.clock.advance(45_000);
    expect(await brief()).toEqual({ ...first, expire: 15 });
    directory.clock.advance(1);
    const second = await brief();
    expect(second.expire).toBe(60);
    expect(second.tenant_access_token).not.toBe(first.tenant_access_token);
    directory.clock.advance(15_000);
    expect(await codeWith(first.tenant_access_token)).toBe(99991663);
    expect(await codeWith(second.tenant_access_token)).toBe(0);
  });

  test.each(['token_seconds: 0', 'token_seconds: 7201', 'refresh_token_seconds: 604801', 'code_seconds: 301'])(
    'cannot live longer than the platform lets it, or not at all: %s',
    async (life) => {
      const changed = file.replace('app_secret: one', `app_secret: one, ${life}`);
      await expect(directory.companies.apply('inn', changed, { plan: false, request: 'test' })).rejects.toThrow(
        life.split(':')[0],
      );
    },
  );

  test('is the same under both names', async () => {
    const { tenant_access_token } = await ask();
    const answer = await ask('/open-apis/auth/v3/app_access_token/internal');
    expect(answer).toEqual({
      code: 0,
      msg: 'ok',
      app_access_token: tenant_access_token,
      tenant_access_token,
      expire: 7200,
    });
  });

  test('is not in the store, only its hash', async () => {
    const { tenant_access_token } = await ask();
    const seen = JSON.stringify(await directory.store.tenantByKey('inn').then((tenant) => tenant?.parts));
    expect(seen).not.toContain(tenant_access_token.slice(2));
  });

  test('is another one after the secret was changed', async () => {
    const { tenant_access_token } = await ask();
    const changed = file.replace('app_secret: one', 'app_secret: changed');
    await directory.companies.apply('inn', changed, { plan: false, request: 'test' });
    expect(await tokenOf(directory, 'cli_one', 'changed')).not.toBe(tenant_access_token);
    expect(await tokenOf(directory, 'cli_one', 'changed')).toMatch(/^t-/);
  });

  test.each([
    [{ app_id: 'cli_one', app_secret: 'two' }, 10014, 'app secret invalid'],
    [{ app_id: 'cli_stopped', app_secret: 'stopped' }, 10014, 'app unauthorized'],
    [{ app_id: 'cli_two', app_secret: 'one' }, 10003, 'invalid param'],
    [{ app_id: 'cli_one' }, 10003, 'invalid param'],
    [{ app_id: 5, app_secret: 'one' }, 10003, 'invalid param'],
    ['{', 10003, 'invalid param'],
    ['', 10003, 'invalid param'],
  ])('is refused with HTTP 200: %j', async (body, code, msg) => {
    const answer = await directory.send('POST', PATH, { body });
    // Letter by letter what the probe of the live gateway recorded: contract feishu.md 1.1.
    expect([answer.status, answer.text]).toEqual([200, `{"code":${String(code)},"data":{},"msg":"${msg}"}`]);
  });
});

async function codeWith(token: string, peer = '127.0.0.1'): Promise<number> {
  const answer = await directory.send('PATCH', '/open-apis/directory/v1/employees/ann?employee_id_type=employee_id', {
    headers: { Authorization: `Bearer ${token}` },
    body: { employee: {} },
    peer,
  });
  return answer.json.code;
}

describe('an app', () => {
  test('that is stopped while its token lives answers 99991662', async () => {
    const token = await tokenOf(directory, 'cli_one', 'one');
    const stopped = file.replace('app_secret: one }', 'app_secret: one, status: disabled }');
    await directory.companies.apply('inn', stopped, { plan: false, request: 'test' });
    expect(await codeWith(token)).toBe(99991662);
  });

  test('that is removed takes its tokens with it', async () => {
    const token = await tokenOf(directory, 'cli_one', 'one');
    const without = file.replace('    - { app_id: cli_one, app_secret: one }\n', '');
    await directory.companies.apply('inn', without, { plan: false, request: 'test' });
    expect(await codeWith(token)).toBe(99991663);
  });

  test('that is not installed answers 99991673', async () => {
    expect(await codeWith(await tokenOf(directory, 'cli_away', 'away'))).toBe(99991673);
  });

  test('with an allow list answers those on it only', async () => {
    const token = await tokenOf(directory, 'cli_fenced', 'fenced');
    expect(await codeWith(token, '10.1.2.3')).toBe(0);
    expect(await codeWith(token, '::ffff:10.1.2.3')).toBe(0);
    expect(await codeWith(token, '::1')).toBe(0);
    expect(await codeWith(token, '127.0.0.1')).toBe(99991401);
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await directory.send('POST', '/open-apis/directory/v1/employees/mget', { headers, body: {} });
    expect(answer.json.msg).toBe('ip 127.0.0.1 is denied by app setting');
  });

  test('without any scope of an operation is answered with the scopes it needs, before its body is looked at', async () => {
    const reader = await clientOf(directory, 'cli_reader', 'reader');
    const answer = await reader.send('ann', '{', '');
    expect(answer.status).toBe(400);
    // [contract feishu-contact.md 7.4]
    const link =
      'https://open.feishu.cn/app/cli_reader/auth?q=directory:employee.update:write,directory:employee:write&op_from=openapi&token_type=tenant';
    expect(answer.json).toMatchObject({
      code: 99991672,
      msg: `Access denied. One of the following scopes is required: [directory:employee.update:write, directory:employee:write].应用尚未开通所需的应用身份权限：[directory:employee.update:write, directory:employee:write]，点击链接申请并开通任一权限即可：${link}`,
      error: {
        message:
          'Refer to the documentation to fix the error: https://open.feishu.cn/document/uAjLw4CM/ugTN1YjL4UTN24CO1UjN/trouble-shooting/how-to-fix-the-99991672-error',
        log_id: expect.any(String),
        helps: [
          {
            url: link,
            description:
              'Learn more about scopes and how to add them: [directory:employee.update:write, directory:employee:write]',
          },
        ],
        permission_violations: [
          { type: 'action_scope_required', subject: 'directory:employee.update:write' },
          { type: 'action_scope_required', subject: 'directory:employee:write' },
        ],
      },
    });
  });

  test('needs a scope of its own to name employees by employee_id', async () => {
    const reader = await clientOf(directory, 'cli_reader', 'reader');
    const body = { employee_ids: ['ann'], required_fields: [] };
    const answer = await reader.mget(body, 'employee_id_type=employee_id');
    expect([answer.json.code, answer.json.error.permission_violations]).toEqual([
      99991672,
      [{ type: 'action_scope_required', subject: 'directory:employee.base.external_id:read' }],
    ]);
    expect((await reader.mget(body, '')).json.code).toBe(0);
  });
});
