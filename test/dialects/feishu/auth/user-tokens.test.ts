import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { successReply } from '../../../../src/dialects/feishu/protocol/envelope.ts';
import { authenticated } from '../../../../src/dialects/feishu/employees/lifecycle/authenticated.ts';
import { feishu } from '../../../../src/dialects/feishu/index.ts';
import type { Route } from '../../../../src/dialects/dialect.ts';
import { createCall } from '../../../../src/http/incoming-call.ts';
import { silentLog, startMingce, type Mingce } from '../../../../src/index.ts';
import { randomIds } from '../../../../src/lib/ids.ts';
import { scratchFolder } from '../../../support/program.ts';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { callsWith, userTokenOf } from './oauth-client.ts';
import { tokenOf } from '../feishu-client.ts';

const HOUR = 3_600_000;
const file = `
mingce: 1
key: inn
name: Inn
feishu:
  founder: ann
  apps:
    - { app_id: cli_one, app_secret: one }
    - { app_id: cli_fenced, app_secret: fenced, ip_allow_list: [10.0.0.0/8] }
    - { app_id: cli_narrow, app_secret: narrow, scopes: ["directory:employee:read", "directory:employee.base.external_id:read"] }
employees:
  - { id: ann, name: Ann, mobile: "+8613100000001" }
  - { id: bob, name: Bob }
`;
const one = { id: 'cli_one', secret: 'one' };
const ID = 'directory:employee.base.external_id:read';
const SCOPES = `directory:employee:write directory:employee:read ${ID}`;

let directory: TestDirectory;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [file] });
});
afterEach(() => directory.close());

const change = (from: string | RegExp, to: string): Promise<unknown> =>
  directory.companies.apply('inn', file.replace(from, to), { plan: false, request: 'test' });
const resultOf = ({ status, json }: Answer): readonly unknown[] => [status, json.code, json.msg];

const REVOKED = [400, 99991668, 'Invalid access token for authorization. Please make a request with token attached.'];

describe('a user token', () => {
  test('lets the app act for the user; the change names the app', async () => {
    const { patch } = callsWith(directory, await userTokenOf(directory, one, 'ann', SCOPES));
    expect(resultOf(await patch('bob', { name: { name: { default_value: 'B' } } }))).toEqual([200, 0, 'success']);
    expect(
      (await directory.history('inn', 'bob')).map(({ origin, fields }) => [origin.app, Object.keys(fields)]),
    ).toEqual([['feishu-cli_one', ['name']]]);
  });

  test('of nobody is unknown, in both forms', async () => {
    for (const token of ['u-unknown', 'eyJhbGciOiJub25lIn0.e30.'])
      expect(resultOf(await callsWith(directory, token).patch('bob', {}))).toEqual(REVOKED);
    const token = await userTokenOf(directory, one, 'ann', SCOPES);
    expect(resultOf(await callsWith(directory, token, '').patch('bob', {}))[1]).toBe(99991661);
  });

  test('is told apart from an unknown one after its two hours', async () => {
    const { patch } = callsWith(directory, await userTokenOf(directory, one, 'ann', SCOPES));
    directory.clock.advance(2 * HOUR - 1);
    expect(resultOf(await patch('bob', {}))[1]).toBe(0);
    directory.clock.advance(1);
    expect(resultOf(await patch('bob', {}))).toEqual([
      401,
      99991677,
      'Authentication token expired. Please request a new one.',
    ]);
  });

  test.each([
    ['left', 'mobile: "+8613100000001" }', 'mobile: "+8613100000001", status: resigned }'],
    ['was removed', /.*id: ann.*\n/, ''],
    ['is frozen', 'mobile: "+8613100000001" }', 'mobile: "+8613100000001", frozen: true }'],
  ])('is revoked when the user %s, expired or not', async (_what, from, to) => {
    const { patch } = callsWith(directory, await userTokenOf(directory, one, 'ann', SCOPES));
    await change(from, to);
    expect(resultOf(await patch('bob', {}))).toEqual(REVOKED);
    directory.clock.advance(3 * HOUR);
    expect(resultOf(await patch('bob', {}))).toEqual(REVOKED);
  });

  test('goes with its app', async () => {
    const { patch } = callsWith(directory, await userTokenOf(directory, one, 'ann', SCOPES));
    await change('app_secret: one }', 'app_secret: one, status: disabled }');
    expect(resultOf(await patch('bob', {}))).toEqual([400, 99991662, 'app not in use']);
    await change('app_secret: one }', 'app_secret: one, installed: false }');
    expect(resultOf(await patch('bob', {}))).toEqual([400, 99991673, 'unauthorized app']);
    await change(/.*cli_one.*\n/, '');
    expect(resultOf(await patch('bob', {}))).toEqual(REVOKED);
  });

  test('that is over says so before anything about the app', async () => {
    const { patch } = callsWith(directory, await userTokenOf(directory, one, 'ann', SCOPES));
    await change('app_secret: one }', 'app_secret: one, status: disabled }');
    directory.clock.advance(2 * HOUR);
    expect(resultOf(await patch('bob', {}))[1]).toBe(99991677);
  });

  test('works from where its app may be used', async () => {
    const { patch } = callsWith(
      directory,
      await userTokenOf(directory, { id: 'cli_fenced', secret: 'fenced' }, 'ann', SCOPES),
    );
    expect(resultOf(await patch('bob', {}, '10.1.2.3'))[1]).toBe(0);
    expect(resultOf(await patch('bob', {}))).toEqual([400, 99991401, 'ip 127.0.0.1 is denied by app setting']);
  });
});

test('an operation that takes no user tokens says so, before anything about the app', async () => {
  const route: Route = {
    operation: 'contact.scope.list',
    method: 'GET',
    path: '/open-apis/contact/v3/scopes',
    answer: authenticated('contact.scope.list', ({ exchange }) => Promise.resolve(successReply(exchange, {}))),
  };
  const other = await openTestDirectory({
    companies: [file],
    dialects: [{ ...feishu, routes: [...feishu.routes.filter(({ path }) => path !== route.path), route] }],
  });
  const ask = (token: string): Promise<Answer> =>
    other.send('GET', route.path, { headers: { authorization: `Bearer ${token}` } });
  const [user, tenant] = [await userTokenOf(other, one, 'ann', SCOPES), await tokenOf(other, 'cli_one', 'one')];
  expect(resultOf(await ask(user))).toEqual([400, 99991668, 'user access token not support']);
  expect(resultOf(await ask(tenant))).toEqual([200, 0, 'success']);
  const stopped = file.replace('app_secret: one }', 'app_secret: one, status: disabled }');
  await other.companies.apply('inn', stopped, { plan: false, request: 'test' });
  expect(resultOf(await ask(user))[1]).toBe(99991668);
  expect(resultOf(await ask(tenant))[1]).toBe(99991662);
  await other.close();
});

describe('scopes', () => {
  test('that the user did not grant are named', async () => {
    const { patch, mget } = callsWith(
      directory,
      await userTokenOf(directory, one, 'ann', `directory:employee:read ${ID}`),
    );
    const answer = await patch('bob', {});
    expect([answer.status, answer.json]).toEqual([
      400,
      {
        code: 99991679,
        msg: 'Unauthorized. You do not have permission to perform the requested operation on the resource. Please request user re-authorization and try again. required one of these privileges under the user identity: [directory:employee.update:write, directory:employee:write].应用未获取所需的用户授权：[directory:employee.update:write, directory:employee:write]，点击链接查看解决方案：https://open.feishu.cn/document/uAjLw4CM/ugTN1YjL4UTN24CO1UjN/trouble-shooting/how-to-resolve-error-99991679',
        error: {
          log_id: expect.stringMatching(/^[0-9]{14}[0-9A-F]{20}$/),
          troubleshooter: expect.any(String),
          permission_violations: [
            { subject: 'directory:employee.update:write', type: 'action_privilege_required' },
            { subject: 'directory:employee:write', type: 'action_privilege_required' },
          ],
        },
      },
    ]);
    expect(answer.headers['x-tt-logid']).toBe(answer.json.error.log_id);
    expect((await mget(['bob'])).json.code).toBe(0);
  });

  test('for naming people by employee_id are granted too', async () => {
    const { mget } = callsWith(directory, await userTokenOf(directory, one, 'ann', 'directory:employee:read'));
    const answer = await mget(['bob']);
    expect([answer.json.code, answer.json.error.permission_violations]).toEqual([
      99991679,
      [{ subject: ID, type: 'action_privilege_required' }],
    ]);
  });

  test('that the app has lost since are gone for its users', async () => {
    const narrow = { id: 'cli_narrow', secret: 'narrow' };
    const { mget } = callsWith(directory, await userTokenOf(directory, narrow, 'ann', `directory:employee:read ${ID}`));
    expect((await mget(['bob'])).json.code).toBe(0);
    await change('scopes: ["directory:employee:read", ', 'scopes: [');
    expect((await mget(['bob'])).json.code).toBe(99991679);
  });

  test('of fields a user did not grant are kept back', async () => {
    const { mget } = callsWith(directory, await userTokenOf(directory, one, 'ann', `directory:employee:read ${ID}`));
    const answer = await mget(['ann'], ['base_info.mobile']);
    expect(answer.json.data.abnormals).toEqual([
      { id: 'ann', row_error: 0, field_errors: { 'base_info.mobile': 1000 } },
    ]);
  });
});

test('a user token outlives a restart, and is not in the store', async () => {
  using folder = scratchFolder();
  const start = (): Promise<Mingce> => startMingce({ data: folder.file('data'), companies: [file], log: silentLog });
  const directoryOf = (mingce: Mingce): Pick<TestDirectory, 'send'> => ({
    send: async (method, url, { headers = {}, body } = {}) => {
      const call = createCall(method, url, { ids: randomIds, headers, body: JSON.stringify(body ?? null) });
      const reply = await mingce.handle(call);
      const text = String(reply.body);
      const json = text === '' ? undefined : JSON.parse(text);
      return { status: reply.status, headers: reply.headers, text, json, outcome: reply.outcome };
    },
  });
  const first = await start();
  const token = await userTokenOf(directoryOf(first), one, 'ann', SCOPES);
  await first.close();
  const second = await start();
  expect(resultOf(await callsWith(directoryOf(second), token).patch('bob', {}))).toEqual([200, 0, 'success']);
  await second.close();
  const kept = readdirSync(folder.file('data')).map((name) => readFileSync(join(folder.file('data'), name), 'latin1'));
  expect(kept.join('')).toContain('cli_one');
  expect(kept.join('')).not.toContain(token.slice(2));
});
