import { createRequire } from 'node:module';
import * as newest from '@larksuiteoapi/node-sdk';
import * as oldest from 'lark-sdk-1-73';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { feishuHttp } from '../../src/testing/feishu.ts';

/* The vendor's own client calls a directory that listens nowhere. */

/** The Axios that comes with the client. */
const axios = createRequire(import.meta.resolve('@larksuiteoapi/node-sdk'))('axios') as Parameters<
  typeof feishuHttp
>[0];

let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({ demo: true, listen: false, log: silentLog });
});
afterAll(() => mingce.close());

describe.each([
  ['1.74.0', newest],
  ['1.73.2', oldest as unknown as typeof newest],
])('@larksuiteoapi/node-sdk %s', (version, lark) => {
  const params = { employee_id_type: 'employee_id', department_id_type: 'department_id' } as const;
  const client = (domain: string): newest.Client =>
    new lark.Client({
      appId: 'cli_mingce_demo',
      appSecret: 'mingce-demo-secret',
      domain,
      httpInstance: feishuHttp(axios, mingce),
      loggerLevel: lark.LoggerLevel.fatal,
    });

  test.each(['http://mingce.test', 'https://open.feishu.cn'])('updates and reads at %s', async (domain) => {
    const sdk = client(domain);
    const patch = { path: { employee_id: 'zhangsan' }, params, data: { employee: { job_number: `J-${version}` } } };
    expect(await sdk.directory.v1.employee.patch(patch)).toMatchObject({ code: 0 });
    const read = await sdk.contact.v3.user.get({ path: { user_id: 'zhangsan' }, params: { user_id_type: 'user_id' } });
    expect(read).toMatchObject({ code: 0, data: { user: { employee_no: `J-${version}` } } });
    const { client: by } = mingce.requests?.last('operation:contact.user.get') ?? {};
    expect(by?.user_agent).toMatch(/oapi-node-sdk/);
  });

  test('a refusal, and a connection that ends, reach it as over a socket', async () => {
    const sdk = client('http://mingce.test');
    const patch = (mobile: string): Promise<unknown> =>
      sdk.directory.v1.employee.patch({ path: { employee_id: 'zhangsan' }, params, data: { employee: { mobile } } });
    await expect(patch('abc')).rejects.toMatchObject({ response: { status: 400, data: { code: 2221106 } } });
    await using _cut = await mingce
      .company('demo')
      .faults.add({ preset: 'reset', match: { operation: 'employee.patch' } });
    await expect(patch('+8613900139000')).rejects.toMatchObject({ code: 'ERR_NETWORK' });
  });
});
