import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { feishuClient } from '../support/clients/feishu.ts';
import type { PlatformClient } from '../support/clients/person.ts';
import { wecomClient } from '../support/clients/wecom.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { clientOf, type Client } from '../dialects/hose/hose-client.ts';

/* Hose's further calls are about the one record that all platforms have: contract hose-more.md 3, 4 and 9.1. */

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');
const ZHANGSAN = 'xgJ3wajigF25H0:zhangsan';

let directory: TestDirectory;
let hose: Client;
let others: readonly PlatformClient[];
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [demo.replace('hose:\n', 'hose:\n  environment: native\n')] });
  hose = await clientOf(directory, 'mingce-demo-key', 'mingce-demo-security');
  others = [await feishuClient(directory), await wecomClient(directory)];
});
afterEach(() => directory.close());

test('what clearInfo clears is cleared on every platform', async () => {
  const corpid = 'corpid=ww_mingce_demo&corpsecret=mingce-demo-secret';
  const { access_token: token } = (await directory.send('GET', `/cgi-bin/gettoken?${corpid}`)).json;
  const reply = async (): Promise<readonly string[]> => [
    JSON.stringify(await others[0]?.read()),
    (
      await directory.send('POST', `/cgi-bin/hr/get_staff_info?access_token=${token}`, {
        body: { userid: 'zhangsan', get_all: true },
      })
    ).text,
  ];
  for (const text of await reply()) expect(text).toMatch(/13800010001.*zhangsan@hengda/s);
  const path = `/api/openapi/v1/staffs/clearInfo?type=STAFFID&conditionIds=${ZHANGSAN}`;
  expect((await hose.send('GET', path)).json.count).toBe(1);
  for (const text of await reply()) expect(text).not.toMatch(/13800010001|zhangsan@hengda/);
});

test('roles and certificates change nothing that another platform tells', async () => {
  const before = await Promise.all(others.map((other) => other.read()));
  const staffs = '/api/openapi/v1.1/roledefs/$xgJ3wajigF25H0:leader/staffs';
  const row = { path: ['恒达科技', '研发中心'], staffs: [ZHANGSAN] };
  expect((await hose.send('PUT', staffs, { body: { contents: [row] } })).status).toBe(204);
  const certificates = `/api/openapi/v1.1/staffs/certificate/$${ZHANGSAN}`;
  const passport = [{ type: 'PASSPORT', number: 'E1' }];
  expect((await hose.send('POST', certificates, { body: passport as unknown as object })).status).toBe(200);
  expect(await Promise.all(others.map((other) => other.read()))).toEqual(before);
});

test('a role goes on being that of somebody whom another platform moves and renames', async () => {
  const admin = '/api/openapi/v1.1/roledefs/$xgJ3wajigF25H0:admin';
  await hose.send('PUT', `${admin}/staffs`, { body: { contents: [{ staffs: [ZHANGSAN] }] } });
  const [feishu] = others;
  const person = await feishu?.read();
  await feishu?.write({ ...person, hobby: '书', name: '张三丰', department: 'qa' } as Parameters<
    PlatformClient['write']
  >[0]);
  const staff = await hose.staff(ZHANGSAN);
  expect(staff).toMatchObject({ name: '张三丰', roles: [{ roleDefId: 'xgJ3wajigF25H0:admin', properties: {} }] });
});

test('higher versions list what another platform changed since a time', async () => {
  directory.clock.advance(3_600_000);
  const since = `/api/openapi/v2/staffs?start=0&count=1000&orderBy=updateTime&startDate=${encodeURIComponent('2026-01-05 08:30:00')}`;
  expect((await hose.send('GET', since)).json.count).toBe(0);
  const [, wecom] = others;
  const [feishu] = others;
  await wecom?.write({ ...(await feishu?.read()), alias: '老张' } as Parameters<PlatformClient['write']>[0]);
  expect((await hose.send('GET', since)).json.items).toMatchObject([{ id: ZHANGSAN, nickName: '老张' }]);
});
