import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as newest from '@larksuiteoapi/node-sdk';
import * as oldest from 'lark-sdk-1-73';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMingce } from '../../src/app.ts';
import type { Mingce } from '../../src/mingce.ts';

/* The vendor's own client, with nothing changed but its base URL. Up to 1.73.1 it cannot use a port (contract 6.1). */

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');

let mingce: Mingce;
beforeAll(async () => {
  // The client follows a proxy that the machine may have; this server is not behind it.
  process.env['NO_PROXY'] = '127.0.0.1';
  mingce = await startMingce({ port: 0, store: 'sqlite::memory:', companies: [demo] });
});
afterAll(() => mingce.close());

const OPEN_ID_OF_NOBODY = `ou_${'0'.repeat(32)}`;

/** What an app gets of an employee who agreed. */
async function userToken(url: string, employee: string, scope: string): Promise<string> {
  const query = new URLSearchParams({
    client_id: 'cli_mingce_demo',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1/back',
    login_hint: employee,
    scope,
  });
  const agreed = await fetch(`${url}/open-apis/authen/v1/authorize?${query.toString()}`, { redirect: 'manual' });
  const code = new URL(agreed.headers.get('location') ?? '').searchParams.get('code');
  const body = JSON.stringify({
    grant_type: 'authorization_code',
    client_id: 'cli_mingce_demo',
    client_secret: 'mingce-demo-secret',
    code,
  });
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const reply = await fetch(`${url}/open-apis/authen/v2/oauth/token`, { method: 'POST', headers, body });
  return ((await reply.json()) as { access_token: string }).access_token;
}

const silence = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };
function quiet(): void {}

/** What the client rejects with. */
interface Rejection {
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly data: { readonly code: number; readonly msg: string; readonly error: { readonly log_id: string } };
  };
}

describe.each([
  ['1.74.0', newest],
  ['1.73.2', oldest as unknown as typeof newest],
])('@larksuiteoapi/node-sdk %s', (_version, lark) => {
  const client = (appSecret = 'mingce-demo-secret', appId = 'cli_mingce_demo'): newest.Client =>
    new lark.Client({
      appId,
      appSecret,
      domain: mingce.url,
      appType: lark.AppType.SelfBuild,
      logger: silence,
      loggerLevel: lark.LoggerLevel.fatal,
    });
  const params = { employee_id_type: 'employee_id', department_id_type: 'department_id' } as const;

  test('fetches a token, updates an employee and reads the update back', async () => {
    const updated = await client().directory.v1.employee.patch({
      path: { employee_id: 'zhangsan' },
      params,
      data: {
        employee: {
          name: { name: { default_value: '张三丰', i18n_value: { en_us: 'Zhang Sanfeng' } }, another_name: '三丰' },
          mobile: '13900139000',
          gender: 1,
          is_frozen: false,
          custom_field_values: [{ field_key: 'C-1000003', enum_value: { enum_ids: ['xl'], enum_type: '1' } }],
        },
      },
    });
    expect(updated).toMatchObject({ code: 0, msg: 'success', data: {} });
    const read = await client().directory.v1.employee.mget({
      params: { ...params, is_admin_role: false },
      data: { employee_ids: ['zhangsan'], required_fields: ['base_info.*', 'work_info.*'] },
    });
    expect(read.code).toBe(0);
    expect(read.data?.employees?.[0]?.base_info).toMatchObject({
      employee_id: 'zhangsan',
      name: { name: { default_value: '张三丰', i18n_value: { en_us: 'Zhang Sanfeng' } }, another_name: '三丰' },
      mobile: '+8613900139000',
      custom_field_values: [{ field_key: 'C-1000003', enum_value: { enum_ids: ['xl'] } }],
    });
  });

  test('rejects with the envelope when the platform refuses', async () => {
    const rejection = await client()
      .directory.v1.employee.patch({
        path: { employee_id: 'zhangsan' },
        params,
        data: { employee: { mobile: '+8613800010003' } },
      })
      .then(() => null)
      .catch((error: unknown) => error as Rejection);
    expect(rejection?.response?.status).toBe(400);
    expect(rejection?.response?.data).toMatchObject({ code: 2221103, msg: 'Mobile already exists' });
    expect(rejection?.response?.data.error.log_id).toBe(rejection?.response?.headers['x-tt-logid']);
  });

  test('passes on what PATCH takes beyond its types', async () => {
    const data = { employee: {}, options: { geo_name: 'cn' } };
    const rejection = await client()
      .directory.v1.employee.patch({ path: { employee_id: 'zhangsan' }, params, data })
      .then(() => null)
      .catch((error: unknown) => error as Rejection);
    expect(rejection?.response?.data.code).toBe(2221263);
  });

  test('acts for a user who agreed, and is told what the user may not', async () => {
    const asUser = async (employee: string): Promise<unknown> => {
      const token = await userToken(mingce.url, employee, 'directory:employee:write offline_access');
      return await client()
        .directory.v1.employee.patch(
          { path: { employee_id: OPEN_ID_OF_NOBODY }, data: { employee: {} } },
          lark.withUserAccessToken(token),
        )
        .catch((error: unknown) => (error as Rejection).response?.data.code);
    };
    // The founder gets as far as the record, which there is not; somebody who is no administrator does not.
    expect([await asUser('chenjianguo'), await asUser('zhangsan')]).toEqual([99992351, 2224001]);
  });

  test('is told to slow down', async () => {
    const update = { path: { employee_id: 'zhangsan' }, params, data: { employee: {} } };
    const rejections = await Promise.all(
      Array.from({ length: 12 }, () =>
        client()
          .directory.v1.employee.patch(update)
          .then(() => [])
          .catch((error: unknown) => [(error as Rejection).response]),
      ),
    );
    const [first] = rejections.flat();
    expect([first?.status, first?.data]).toEqual([429, { code: 99991400, msg: 'request trigger frequency limit' }]);
    const { 'x-ogw-ratelimit-limit': limit, 'x-ogw-ratelimit-reset': reset } = first?.headers ?? {};
    expect([limit, reset]).toEqual(['10', '1']);
    await sleep(1_000);
  });

  test('says why it gets no token', async () => {
    const stranger = client('whatever', 'cli_stranger');
    const failed = await stranger.directory.v1.employee
      .patch({ path: { employee_id: 'zhangsan' }, params, data: { employee: {} } })
      .then(() => 'accepted')
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    expect(failed).toContain('code: 10003, msg: invalid param');
  });
});
