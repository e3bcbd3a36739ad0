import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';

/* What WeCom's contacts write, Feishu and Hose read, and the reverse. (docs/field-mapping.md) */

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');

let directory: TestDirectory;
let wecomToken = '';
let feishuToken = '';
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [demo] });
  const query = 'corpid=ww_mingce_demo&corpsecret=mingce-demo-contact-secret';
  wecomToken = (await directory.send('GET', `/cgi-bin/gettoken?${query}`)).json.access_token;
  const body = { app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' };
  const path = '/open-apis/auth/v3/tenant_access_token/internal';
  feishuToken = (await directory.send('POST', path, { body })).json.tenant_access_token;
});
afterEach(() => directory.close());

const wecom = async (path: string, body: object) =>
  (await directory.send('POST', `/cgi-bin/${path}?access_token=${wecomToken}`, { body })).json;
const member = async (userid: string) =>
  (await directory.send('GET', `/cgi-bin/user/get?access_token=${wecomToken}&userid=${userid}`)).json;
const feishu = async (method: string, path: string, body?: object) =>
  (
    await directory.send(method, `/open-apis/directory/v1/${path}`, {
      headers: { authorization: `Bearer ${feishuToken}`, 'content-type': 'application/json; charset=utf-8' },
      ...(body === undefined ? {} : { body }),
    })
  ).json;
const person = async (id: string) => {
  const fields = ['base_info.*', 'work_info.*'];
  const query = 'employees/mget?employee_id_type=employee_id&department_id_type=department_id';
  const { data } = await feishu('POST', query, { employee_ids: [id], required_fields: fields });
  return data.employees[0];
};
const idOf = async (userid: string): Promise<string> => {
  const tenant = await directory.store.tenantByKey('demo');
  for await (const { id, ids } of directory.store.employees(tenant?.number ?? 0))
    if (ids['wecom.userid'] === userid) return id;
  throw new Error(`no ${userid}`);
};

test('a newcomer of user/create and the departments made for it are Feishu’s, too', async () => {
  const body = { userid: 'NewOne', name: '新人', mobile: '+86 13900000001', department: [777], gender: 1 };
  expect(await wecom('user/create', body)).toMatchObject({ errcode: 0, created_department_list: expect.anything() });
  const own = await idOf('newone');
  const { base_info } = await person(own);
  expect(base_info).toMatchObject({ name: { name: { default_value: '新人' } }, mobile: '+8613900000001', gender: 1 });
  const record = await directory.employee('demo', own);
  const tenant = await directory.store.tenantByKey('demo');
  const made = tenant?.departments.get(record.departments[0]?.department ?? '');
  expect(made?.name.value).toBe('777');
  expect(tenant?.departments.get(made?.parent ?? '')?.name.value).toBe('其他（待设置部门）');
});

test('what Feishu writes of a member WeCom shows, and sent back to user/update it changes nothing', async () => {
  const change = { employee: { gender: 3 } };
  const changed = await feishu('PATCH', 'employees/zhangsan?employee_id_type=employee_id', change);
  expect(changed).toMatchObject({ code: 0 });
  const shown = await member('zhangsan');
  expect(shown).toMatchObject({ name: '张三', gender: '0' });
  const before = await directory.employee('demo', 'zhangsan');
  expect(await wecom('user/update', shown)).toEqual({ errcode: 0, errmsg: 'updated' });
  expect(await directory.employee('demo', 'zhangsan')).toEqual(before);
  expect(before.gender).toBe(3);
});

test('a member deleted in a batch is no one’s leader in Feishu', async () => {
  expect((await directory.employee('demo', 'linfeng')).leader).toBe('eeasdqwwe');
  expect(await wecom('user/batchdelete', { useridlist: ['eeasdqwwe'] })).toEqual({ errcode: 0, errmsg: 'deleted' });
  expect((await directory.employee('demo', 'linfeng')).leader).toBeNull();
  expect(await directory.employee('demo', 'eeasdqwwe')).toMatchObject({ status: 'resigned' });
});
