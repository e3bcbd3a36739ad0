import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, failure, type Client } from '../hose-client.ts';

/* Items of archives: contract hose.md 5.7, and the vendor's pages dimensions/*-dimension-items.md. */

let directory: TestDirectory;
let hose: Client;
beforeEach(async () => {
  const settings = ', dimensions: [{ name: 项目, code: XM }], roles: [{ id: ID_role, name: 出纳, code: CODE2 }]';
  directory = await openTestDirectory({ companies: [corporationA(settings)] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterEach(() => directory.close());

const ITEMS = '/api/openapi/v1.1/dimensions/items';

async function visibilityOf(id: string): Promise<unknown> {
  return (await hose.send('GET', `/api/openapi/v1/dimensions/getDimensionById?id=${id}`)).json.value.visibility;
}

describe('who may choose an item, with type=code', () => {
  const byCode = { fullVisible: false, staffs: ['00005'], roles: ['CODE2'], departments: ['100'] };
  const byId = { fullVisible: false, staffs: ['CorpA:li'], roles: ['ID_role'], departments: ['CorpA:rd'] };
  const inBatch = (visibility: object): Promise<Answer> => {
    const itemListRequest = [{ name: '甲', code: 'C1', parentId: '', visibility }];
    return hose.send('POST', `${ITEMS}/batch?type=code`, { body: { dimensionId: 'XM', itemListRequest } });
  };
  const inUpdate = (visibility: object): Promise<Answer> =>
    hose.send('PUT', `${ITEMS}/$X?type=code`, { body: { dimensionId: 'XM', visibility } });

  test('is read by codes throughout, and kept by ids', async () => {
    const made = await inBatch(byCode);
    expect(made.status).toBe(200);
    const told = [
      'id',
      'dimensionId',
      'code',
      'name',
      'visibility',
      'parentId',
      'form',
      'payAccountIds',
      'departments',
    ];
    expect(Object.keys(made.json.items[0])).toEqual(told);
    expect(made.json.items[0]).toMatchObject({ dimensionId: 'CorpA:项目', code: 'C1', visibility: byId });
    expect(await visibilityOf(made.json.items[0].id)).toEqual({ ...byId, departmentsIncludeChildren: true });
    expect((await inUpdate(byCode)).status).toBe(204);
    expect(await visibilityOf('ID_px')).toEqual({ ...byId, departmentsIncludeChildren: true });
  });

  test.each([
    ['an id', { departments: ['100', 'CorpA:rd'] }, '参数departments的值不存在或已被禁用[CorpA:rd]'],
    ['a code that two have', { departments: ['002'] }, '参数departments的值不存在或已被禁用[002]'],
    ['a department that is off', { departments: ['900'] }, '参数departments的值不存在或已被禁用[900]'],
    ['no code at all', { departments: [''] }, '参数departments的值不存在或已被禁用[]'],
    ['the id of a role', { roles: ['ID_role', 'CODE2'] }, '参数roles的值不存在或已被禁用[ID_role]'],
    ['the id of a staff', { staffs: ['CorpA:li'] }, '根据code: [[CorpA:li]]不能找到唯一的员工'],
  ])('%s is refused as it was sent', async (_what, lists, message) => {
    for (const send of [inBatch, inUpdate]) {
      const refused = await send({ fullVisible: false, ...lists });
      expect([refused.status, refused.json]).toEqual([412, failure(412, message)]);
    }
  });
});

test('where everybody may choose an item the lists need not be right', async () => {
  const visibility = {
    fullVisible: true,
    staffs: ['zz', 'CorpA:li'],
    roles: ['zz'],
    departments: ['CorpA:rd', 'CorpA:shut'],
  };
  const body = { dimensionId: 'CorpA:项目', name: '甲', code: 'C1', parentId: '', visibility };
  const made = await hose.send('POST', ITEMS, { body });
  expect(made.status).toBe(200);
  const kept = { fullVisible: true, staffs: ['CorpA:li'], roles: [], departments: ['CorpA:rd'] };
  expect(await visibilityOf(made.json.id)).toEqual({ ...kept, departmentsIncludeChildren: true });
  expect((await hose.send('PUT', `${ITEMS}/$ID_px`, { body: { visibility } })).status).toBe(204);
  const refused = await hose.send('PUT', `${ITEMS}/$ID_px`, {
    body: { visibility: { ...visibility, fullVisible: false } },
  });
  expect(refused.json).toEqual(failure(412, '参数staffs的值不存在或已被禁用[zz]'));
});

test('who may choose it without fullVisible: everybody a new item, those who are named one that there is', async () => {
  const nobody = { staffs: [], roles: [], departments: [], departmentsIncludeChildren: true };
  const item = { dimensionId: 'CorpA:项目', name: '甲', code: 'C1', parentId: '' };
  for (const [at, fullVisible] of [undefined, null].entries()) {
    const body = { ...item, name: `甲${String(at)}`, code: `C${String(at)}` };
    const made = await hose.send('POST', ITEMS, { body: { ...body, visibility: { fullVisible } } });
    expect(await visibilityOf(made.json.id)).toEqual({ fullVisible: true, ...nobody });
    const visibility = { fullVisible, staffs: ['CorpA:li'] };
    expect((await hose.send('PUT', `${ITEMS}/$ID_px`, { body: { visibility } })).status).toBe(204);
    expect(await visibilityOf('ID_px')).toEqual({ ...nobody, fullVisible: false, staffs: ['CorpA:li'] });
  }
  const refused = await hose.send('PUT', `${ITEMS}/$ID_px`, { body: { visibility: {} } });
  expect(refused.json).toEqual(failure(412, '当fullVisible为false时，请指定departments、roles或staffs的值'));
});

describe('a code', () => {
  const single = (code: string): Promise<Answer> =>
    hose.send('POST', ITEMS, { body: { dimensionId: 'CorpA:项目', name: `项${code}`, code, parentId: '' } });
  const batch = (code: string): Promise<Answer> => {
    const itemListRequest = [{ name: `批${code}`, code, parentId: '' }];
    return hose.send('POST', `${ITEMS}/batch`, { body: { dimensionId: 'CorpA:项目', itemListRequest } });
  };
  const update = (code: string): Promise<Answer> => hose.send('PUT', `${ITEMS}/$ID_px`, { body: { code } });

  test('that an item has is refused, in a batch with the sentence of its page', async () => {
    expect((await single('Y')).json).toEqual(failure(412, '编码[Y]已经被占用'));
    expect((await update('Y')).json).toEqual(failure(412, '编码[Y]已经被占用'));
    expect((await batch('Y')).json).toEqual(failure(412, '该档案项编码[Y]导入重复'));
  });

  test('of an item that is off may be given to an item that there is, not to a new one', async () => {
    await hose.send('PUT', `${ITEMS}/$ID_py/disable`);
    expect((await single('Y')).json).toEqual(failure(412, '编码[Y]已经被占用'));
    expect((await batch('Y')).json).toEqual(failure(412, '该档案项编码[Y]导入重复'));
    expect((await update('Y')).status).toBe(204);
  });
});
