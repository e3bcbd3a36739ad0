import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contactOf, type Contact } from '../dialects/feishu/contact/contact-client.ts';
import { listsOf, type Lists } from '../dialects/feishu/list-client.ts';
import { clientOf as hoseOf, type Client as Hose } from '../dialects/hose/hose-client.ts';
import { openTestDirectory, type Answer, type TestDirectory } from '../support/test-directory.ts';

/* A department of Feishu's contact API is that of its directory API, of WeCom and of Hose. (docs/field-mapping.md) */

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');

let directory: TestDirectory;
let contact: Contact;
let directoryApi: Lists;
let hose: Hose;
let wecomToken = '';
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [demo] });
  contact = await contactOf(directory, 'cli_mingce_demo', 'mingce-demo-secret');
  directoryApi = await listsOf(directory, 'cli_mingce_demo', 'mingce-demo-secret');
  hose = await hoseOf(directory, 'mingce-demo-key', 'mingce-demo-security');
  const query = 'corpid=ww_mingce_demo&corpsecret=mingce-demo-contact-secret';
  wecomToken = (await directory.send('GET', `/cgi-bin/gettoken?${query}`)).json.access_token;
});
afterEach(() => directory.close());

const wecom = async (path: string, body: object): Promise<Answer> =>
  directory.send('POST', `/cgi-bin/department/${path}?access_token=${wecomToken}`, { body });
const inWecom = async (id: string) =>
  (await directory.send('GET', `/cgi-bin/department/get?access_token=${wecomToken}&id=${id}`)).json.department;
const inDirectory = async (id: string) =>
  (await directoryApi.post('departments/mget', { department_ids: [id], required_fields: ['*'] })).json.data
    .departments[0];
const inContact = async (id: string) => (await contact.send('GET', `departments/${id}`)).json.data.department;
const inHose = async (id: string) => (await hose.send('GET', `/api/openapi/v1/departments/$${id}`)).json.value;

/** The ids by which the platforms know a department of Feishu's. */
async function idsOf(id: string): Promise<Readonly<Record<string, string>>> {
  const tenant = await directory.store.tenantByKey('demo');
  return tenant?.departments.by('feishu.department_id', id)?.ids ?? {};
}

test('what contact v3 makes and changes, the others tell', async () => {
  const made = await contact.send('POST', 'departments', {
    name: '分公司',
    i18n_name: { en_us: 'Branch' },
    parent_department_id: 'sales',
    department_id: 'branch',
    leaders: [{ leaderType: 1, leaderID: 'zhangsan' }],
    order: '77',
  });
  expect(made.json.code).toBe(0);
  expect(await inDirectory('branch')).toMatchObject({
    name: { default_value: '分公司', i18n_value: { en_us: 'Branch' } },
    parent_department_id: 'sales',
    leaders: [{ leader_type: 1, leader_id: 'zhangsan' }],
    order_weight: '77',
    enabled_status: true,
  });
  const ids = await idsOf('branch');
  const sales = await idsOf('sales');
  expect(await inWecom(ids['wecom.id'] ?? '')).toMatchObject({
    name: '分公司',
    name_en: 'Branch',
    parentid: Number(sales['wecom.id']),
    department_leader: ['zhangsan'],
    order: 77,
  });
  expect(await inHose(ids['hose.id'] ?? '')).toMatchObject({
    name: '分公司',
    parentId: sales['hose.id'],
    active: true,
  });
  await contact.send('PATCH', 'departments/branch', { name: '子公司', parent_department_id: '0' });
  expect(await inDirectory('branch')).toMatchObject({ name: { default_value: '子公司' }, parent_department_id: '0' });
  expect(await inWecom(ids['wecom.id'] ?? '')).toMatchObject({ name: '子公司', parentid: 1 });
  expect((await inHose(ids['hose.id'] ?? '')).name).toBe('子公司');
  expect((await contact.send('DELETE', 'departments/branch')).json.code).toBe(0);
  expect(await inWecom(ids['wecom.id'] ?? '')).toBeUndefined();
});

test('what the others write, contact v3 tells', async () => {
  const { json } = await directoryApi.send('POST', 'directory/v1/departments', {
    department: { custom_department_id: 'branch', name: { default_value: 'A' }, parent_department_id: 'sales' },
  });
  expect(json.code).toBe(0);
  expect(await inContact('branch')).toMatchObject({ name: 'A', parent_department_id: 'sales' });
  const ids = await idsOf('branch');
  const wrote = await wecom('update', { id: Number(ids['wecom.id']), name: 'B', name_en: 'Bee', order: 5 });
  expect(wrote.json.errcode).toBe(0);
  expect(await inContact('branch')).toMatchObject({ name: 'B', i18n_name: { en_us: 'Bee' }, order: '5' });
  const path = `/api/openapi/v1/departments/update/$${ids['hose.id'] ?? ''}`;
  const sales = await idsOf('sales');
  const hosed = await hose.send('PUT', path, { body: { name: 'C', code: 'C1', parentId: sales['hose.id'] ?? '' } });
  expect(hosed.status).toBe(200);
  expect((await inContact('branch')).name).toBe('C');
});

test('an order that no number holds is forgotten once another platform writes one', async () => {
  const order = '9223372036854775807';
  await contact.send('PATCH', 'departments/legal', { order });
  expect((await inContact('legal')).order).toBe(order);
  const ids = await idsOf('legal');
  expect((await wecom('update', { id: Number(ids['wecom.id']), order: 3 })).json.errcode).toBe(0);
  expect((await inContact('legal')).order).toBe('3');
});

test('a new custom id moves no other id', async () => {
  const before = await idsOf('legal');
  await contact.send('PATCH', 'departments/legal/update_department_id', { new_department_id: 'law' });
  expect(await idsOf('law')).toEqual({ ...before, 'feishu.department_id': 'law' });
});
