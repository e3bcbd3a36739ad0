import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, corporationB, type Client } from '../hose-client.ts';

let directory: TestDirectory;
let hose: Client;
beforeEach(async () => {
  const fields = ', dimensions: [{ name: 项目, code: XM }, { name: 空 }], built_in_fields: { postType: false }';
  directory = await openTestDirectory({ companies: [corporationA(fields), corporationB()] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterEach(() => directory.close());

const V1 = '/api/openapi/v1';
const ITEMS = '/api/openapi/v1.1/dimensions/items';

test('a department is made where every platform knows it, and keeps its form through a company file', async () => {
  const form = { costCenter: 'ID_1', u_备注: '甲' };
  const body = { name: '前端', code: 'fe', parentId: 'CorpA:rd', form, order: 3 };
  const { value } = (await hose.send('POST', `${V1}/departments`, { body })).json;
  expect(value).toEqual({ ...body, id: value.id, active: true });
  expect(Object.keys(value)).toEqual(['id', 'name', 'parentId', 'active', 'code', 'form', 'order']);
  const made = (await directory.store.tenantByKey('a'))?.departments.by('hose.id', value.id);
  expect(made?.ids['feishu.open_department_id']).toMatch(/^od-/);
  expect(made?.ids['wecom.id']).toMatch(/^[0-9]+$/);
  const { json } = await hose.send('GET', `${V1}/departments/getDepartmentByPath?path=甲公司/研发/前端`);
  expect(json.value).toMatchObject({ id: value.id, form, createTime: expect.any(String) });
  const file = (await directory.companies.export('a')) ?? '';
  await directory.companies.apply('a', file, { plan: false, request: 'test' });
  expect((await hose.send('GET', `${V1}/departments/$fe?departmentBy=code`)).json.value).toEqual(json.value);
});

test('deactivation takes what is below along, activation does not', async () => {
  const body = { name: '下', code: '', parentId: 'CorpA:qa' };
  const below = (await hose.send('POST', `${V1}/departments`, { body })).json.value;
  const path = `${V1}/departments/disableOrEnableDepartment/$CorpA:qa`;
  const activity = (items: readonly { id: string; active: boolean }[]) => items.map(({ id, active }) => [id, active]);
  expect(activity((await hose.send('PUT', `${path}?active=false`)).json.items)).toEqual([
    ['CorpA:qa', false],
    [below.id, false],
  ]);
  expect(activity((await hose.send('PUT', `${path}?active=true`)).json.items)).toEqual([['CorpA:qa', true]]);
  expect((await hose.send('GET', `${V1}/departments/$${below.id}`)).status).toBe(400);
  expect((await hose.send('GET', `${V1}/departments/$CorpA:qa`)).status).toBe(200);
  // A code that was free meanwhile may be another's too by now: look-ups by it find no department.
  expect((await hose.send('GET', `${V1}/departments/$002?departmentBy=code`)).status).toBe(400);
});

test('external departments have a list of their own', async () => {
  const list = async (path: string): Promise<unknown> =>
    (await hose.send('GET', `${V1}/departments${path}?start=0&count=100`)).json;
  expect(await list('/external/department')).toMatchObject({ count: 1, items: [{ id: 'CorpA:guests:external' }] });
  expect(await list('')).toMatchObject({ count: 6, items: [{ id: 'CorpA', parentId: '' }, {}, {}, {}, {}, {}] });
});

test('ids of external departments end in :external, and the topmost one has nothing above it', async () => {
  await directory.close();
  const more = corporationA().replace(
    'departments:',
    'departments:\n  - { id: ext, name: 外包, parent: guests, external: true }',
  );
  directory = await openTestDirectory({ companies: [more] });
  hose = await clientOf(directory, 'key-a', 's');
  const body = { code: '', name: '外部二', parentId: 'CorpA:guests:external' };
  const { value } = (await hose.send('POST', `${V1}/departments`, { body })).json;
  expect(value).toMatchObject({ ...body, id: expect.stringMatching(/^CorpA:[^:]+:external$/) });
  const departmentList = [
    { ...body, name: '外部三' },
    { ...body, name: '内部', parentId: '' },
  ];
  const { items } = (await hose.send('POST', `${V1}/departments/batch/create`, { body: { departmentList } })).json;
  expect(items).toMatchObject([
    { id: expect.stringMatching(/^CorpA:[^:]+:external$/) },
    { id: expect.stringMatching(/^CorpA:[^:]+$/), parentId: 'CorpA' },
  ]);
  const list = (await hose.send('GET', `${V1}/departments/external/department?start=0&count=10`)).json;
  expect(list).toMatchObject({
    count: 4,
    items: [
      { id: 'CorpA:ext:external', parentId: 'CorpA:guests:external' },
      { id: 'CorpA:guests:external', parentId: '' },
      { id: value.id, parentId: 'CorpA:guests:external' },
      { parentId: 'CorpA:guests:external' },
    ],
  });
  // What was read is written back, and stays where it is.
  const again = { code: 'ext', name: '外部', parentId: '' };
  const path = `${V1}/departments/update/$CorpA:guests:external`;
  expect((await hose.send('PUT', path, { body: again })).json.value).toMatchObject(again);
  const file = (await directory.companies.export('a')) ?? '';
  expect(file).toContain('external: true');
  await directory.companies.apply('a', file, { plan: false, request: 'test' });
  expect((await hose.send('GET', `${V1}/departments/external/department?start=0&count=10`)).json.items).toMatchObject([
    { id: 'CorpA:ext:external' },
    { id: 'CorpA:guests:external' },
    { id: value.id },
    {},
  ]);
});

test('an item made here is a job level of every platform, and can be given to staff', async () => {
  const body = { dimensionId: 'CorpA:职级预置', name: 'P9', code: 'P9', parentId: '' };
  const { id } = (await hose.send('POST', ITEMS, { body })).json;
  const level = (await directory.store.tenantByKey('a'))?.catalog('job-level').by('hose.id', id);
  expect(level?.ids['feishu.id']).toBe(level?.id);
  const updated = await hose.update('CorpA:li', { name: '李雷', staffCustomForm: { rankType: id } });
  expect(updated.json.value.staffCustomForm).toEqual({ rankType: id });
  expect((await directory.employee('a', 'li'))?.jobLevel).toBe(level?.id);

  const disabled = await hose.send('PUT', `${ITEMS}/$${id}/disable`);
  expect([disabled.status, disabled.text]).toEqual([204, '']);
  expect((await hose.update('CorpA:none', { name: '无名', staffCustomForm: { rankType: id } })).status).toBe(400);
  const { value } = (await hose.send('GET', `${V1}/dimensions/getDimensionById?id=${id}`)).json;
  expect(value).toMatchObject({ active: false, channel: 'API', version: 2, dimensionId: 'CorpA:职级预置', leaf: true });
});

test('disabling takes children along, enabling only where it is asked to', async () => {
  const body = { dimensionId: 'CorpA:项目', name: 'X-1', code: '', parentId: 'ID_px' };
  const { id } = (await hose.send('POST', ITEMS, { body })).json;
  const active = async (item: string): Promise<boolean> =>
    (await hose.send('GET', `${V1}/dimensions/getDimensionById?id=${item}`)).json.value.active;
  await hose.send('PUT', `${ITEMS}/$ID_px/disable`);
  expect([await active('ID_px'), await active(id)]).toEqual([false, false]);
  await hose.send('PUT', `${ITEMS}/$ID_px/enable`, { body: {} });
  expect([await active('ID_px'), await active(id)]).toEqual([true, false]);
  await hose.send('PUT', `${ITEMS}/$ID_px/enable`, { body: { applyToSubtree: true } });
  expect(await active(id)).toBe(true);
});

test('archives are there without items, and one that is there answers with its id', async () => {
  const all = (await hose.send('GET', `${V1}/dimensions?start=0&count=10`)).json;
  expect(all.items.map(({ id, code }: { id: string; code: string }) => [id, code])).toEqual([
    ['CorpA:项目', 'XM'],
    ['CorpA:空', ''],
    ['CorpA:职级预置', ''],
    ['CorpA:岗位预置', ''],
  ]);
  for (const name of ['区域', '区域', '职级预置'])
    expect((await hose.send('POST', `${V1}/dimensions`, { body: { name, code: 'XM2' } })).json).toEqual({
      id: `CorpA:${name}`,
    });
  expect((await hose.send('GET', `${V1}/dimensions?start=4&count=10`)).json.count).toBe(5);
  const items = await hose.send('GET', `${V1}/dimensions/items?start=0&count=10&dimensionId=CorpA:nothing`);
  expect([items.status, items.json]).toEqual([200, { count: 0, items: [] }]);
});

test('the fields of the form', async () => {
  const { items } = (await hose.send('GET', `${V1}/staffs/getAllCustomeProperty`)).json;
  expect(items.slice(0, 4)).toEqual([
    {
      name: 'rankType',
      label: '职级',
      active: true,
      canAsDimension: false,
      ability: 'rank',
      dataType: { type: 'ref', entity: 'basedata.Dimension.职级预置' },
    },
    expect.objectContaining({ name: 'postType', active: false, ability: 'post' }),
    expect.objectContaining({ name: 'base', dataType: { type: 'ref', entity: 'basedata.city' } }),
    { name: 'u_项目', label: '项目', active: true, dataType: { type: 'ref', entity: 'basedata.Dimension.项目' } },
  ]);
  expect(items).toContainEqual({
    name: 'u_尺码',
    label: '尺码',
    active: true,
    dataType: { type: 'number', scale: 0, unit: '' },
  });
});

test('a corporation tells its address without a token, and its name with one', async () => {
  const { json } = await directory.send('GET', '/api/openapi/v2/location?corpId=CorpB');
  expect(json.value).toMatch(/^http.*\/$/);
  expect((await directory.send('GET', '/api/openapi/v2/location?corpId=none')).json.errorMessage).toBe(
    '查询结果不存在',
  );
  expect((await hose.send('GET', `${V1}/corporations`)).json).toEqual({ value: { id: 'CorpA', name: '甲公司' } });
});

test('what another corporation has is nothing here', async () => {
  const other = await clientOf(directory, 'key-b', 's');
  expect((await other.send('GET', `${V1}/departments/$CorpA:rd`)).status).toBe(400);
  expect((await other.send('GET', `${V1}/dimensions/getDimensionById?id=ID_px`)).json).toEqual({ value: null });
  expect((await other.send('PUT', `${ITEMS}/$ID_px/disable`)).status).toBe(412);
});
