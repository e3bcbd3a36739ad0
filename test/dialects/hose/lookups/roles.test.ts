import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, failure, type Client } from '../hose-client.ts';

/* Roles: contract hose-more.md 3 and 10, rulings 5 to 5b; field log 85. */

let directory: TestDirectory;
let hose: Client;
async function open(settings = '', more = ''): Promise<void> {
  directory = await openTestDirectory({ companies: [corporationA(settings, more)] });
  hose = await clientOf(directory, 'key-a', 's');
}
beforeEach(() => open());
afterEach(() => directory.close());

const make = (body: object): Promise<Answer> => hose.send('POST', '/api/openapi/v1/roledefs', { body });
const write = (role: string, contents: readonly object[], query = '', version = 'v1.1'): Promise<Answer> =>
  hose.send('PUT', `/api/openapi/${version}/roledefs/$${role}/staffs?x=${query}`, { body: { contents } });
const contentsOf = async (role: string, query = ''): Promise<unknown> =>
  (await hose.send('GET', `/api/openapi/v1/roledefs/$${role}?x=${query}`)).json.value.contents;
const rolesOf = async (staff: string): Promise<unknown> => (await hose.staff(staff)).roles;

describe('groups', () => {
  test('the default one holds the two roles of every corporation', async () => {
    const { json } = await hose.send('GET', '/api/openapi/v1/roleDefGroups');
    expect(json).toEqual({
      items: [
        {
          id: 'CorpA:group:default',
          name: '未分组',
          roleDefs: [
            { id: 'CorpA:admin', name: '主管理员', sourceType: 'organization.RoleDef' },
            { id: 'CorpA:leader', name: '部门主管', sourceType: 'organization.Department' },
          ],
        },
      ],
    });
  });

  test('a role is made in the group that it names, of a scope of its own', async () => {
    await directory.close();
    await open(', role_groups: [{ id: g, name: 财务组 }, { id: "CorpA:group:default", name: 其他 }]');
    const made = await make({ name: '出纳', scope: '项目角色', sourceChannel: 'API', roleGroupId: 'g' });
    expect(made.json).toEqual({ value: { id: expect.stringMatching(/^ID_\w+$/), name: '出纳' } });
    const { json } = await hose.send('GET', '/api/openapi/v1/roleDefGroups');
    expect(json.items.map(({ name }: { name: string }) => name)).toEqual(['其他', '财务组']);
    expect(json.items[1].roleDefs).toEqual([
      { id: made.json.value.id, name: '出纳', sourceType: 'basedata.Dimension' },
    ]);
  });

  test.each([
    [{ scope: '普通角色', sourceChannel: 'API' }, 'name'],
    [{ name: '出纳', sourceChannel: 'API' }, 'scope'],
    [{ name: '出纳', scope: '普通角色' }, 'sourceChannel'],
  ])('what must be said is asked for: %j', async (body, member) => {
    const answer = await make(body);
    expect([answer.status, answer.json]).toEqual([400, failure(400, `输入存在错误:\n- 缺少${member}参数`)]);
  });
});

test('another name answers the raw role', async () => {
  const { id } = (await make({ name: '项目经理', scope: '项目角色', sourceChannel: 'API' })).json.value;
  directory.clock.advance(1_000);
  const renamed = await hose.send('PUT', `/api/openapi/v1/roledefs/$${id}?name=${encodeURIComponent('项目主管')}`);
  expect(renamed.status).toBe(200);
  const { value } = renamed.json;
  expect(Object.keys(value).join(', ')).toBe(
    'pipeline, grayver, id, version, active, createTime, updateTime, name, nameSpell, corporationId, ' +
      'sourceCorporationId, dataCorporationId, roleGroupId, scope, locked, code, type, sourceType, sourceTypeValue, ' +
      'sourceName, purposeType, purposeTypeValue, purposeName, sourceChannel, sourcePlat, sourceId, suffixName',
  );
  expect(value).toMatchObject({
    id,
    version: 2,
    active: true,
    name: '项目主管',
    corporationId: 'CorpA',
    roleGroupId: 'CorpA:group:default',
    scope: { name: '项目角色', properties: { 项目: 'basedata.Dimension.项目' } },
    code: 'CODE3',
    type: 'ROLE',
    sourceType: 'basedata.Dimension',
    sourceTypeValue: 'basedata.Dimension.项目',
    purposeType: 'organization.Staff',
    purposeName: '项目主管(反)',
    sourceChannel: 'API',
  });
  expect(value.updateTime - value.createTime).toBe(1_000);
});

describe('who has a role', () => {
  test('a row replaces the staff of its path, an empty one goes, others stay', async () => {
    expect((await write('CorpA:leader', [{ path: ['甲公司'], staffs: ['CorpA:li'] }])).status).toBe(204);
    await write('CorpA:leader', [{ path: ['甲公司', '研发'], staffs: ['CorpA:li', 'CorpA:han', 'CorpA:li'] }]);
    expect(await contentsOf('CorpA:leader')).toEqual([
      { pathType: 'name', path: ['甲公司'], staffs: ['CorpA:li'], staffsType: 'id' },
      { pathType: 'name', path: ['甲公司', '研发'], staffs: ['CorpA:li', 'CorpA:han'], staffsType: 'id' },
    ]);
    await write('CorpA:leader', [
      { path: ['甲公司'], staffs: [] },
      { path: ['甲公司', '研发'], staffs: ['CorpA:han'] },
    ]);
    expect(await contentsOf('CorpA:leader', '&pathType=code&staffBy=code')).toEqual([
      { pathType: 'code', path: ['001', '100'], staffs: ['00006'], staffsType: 'code' },
    ]);
  });

  test('nothing is written where one row is wrong', async () => {
    const answer = await write('CorpA:leader', [
      { path: ['甲公司'], staffs: ['CorpA:li'] },
      { path: ['甲公司', '无'], staffs: [] },
    ]);
    expect(answer.json).toEqual(failure(412, '数据错误:[1:路径不存在[无]]'));
    expect(await contentsOf('CorpA:leader')).toEqual([]);
  });

  test('a plain role has one row without a path, and none without staff', async () => {
    await write('CorpA:admin', [{ staffs: ['CorpA:li'] }]);
    expect(await contentsOf('CorpA:admin')).toEqual([
      { pathType: 'name', path: [], staffs: ['CorpA:li'], staffsType: 'id' },
    ]);
    expect((await hose.send('DELETE', '/api/openapi/v1.1/roledefs/$CorpA:admin/staffs')).status).toBe(204);
    expect(await contentsOf('CorpA:admin')).toEqual([]);
  });

  test('staff are named in five ways, on the way in and on the way out', async () => {
    const ways = { id: 'CorpA:li', sourceId: 'li', code: '00005', cellphone: '13800000001', email: 'li@a.example' };
    for (const [way, name] of Object.entries(ways)) {
      await write('CorpA:admin', [{ staffs: [name] }], `&staffBy=${way}`);
      expect(await contentsOf('CorpA:admin')).toMatchObject([{ staffs: ['CorpA:li'] }]);
      expect(await contentsOf('CorpA:admin', `&staffBy=${way}`)).toMatchObject([{ staffs: [name], staffsType: way }]);
      await hose.send('DELETE', '/api/openapi/v1.1/roledefs/$CorpA:admin/staffs');
    }
    await write('CorpA:admin', [{ staffs: ['HAN@a.example'] }], '&staffBy=email');
    expect(await contentsOf('CorpA:admin', '&staffBy=cellphone')).toMatchObject([{ staffs: [''] }]);
  });

  test('of a place by id v1.1 takes the last id alone, v1 the full path', async () => {
    const { id } = (await make({ name: '联络人', scope: '部门角色', sourceChannel: 'API' })).json.value;
    const row = (path: readonly string[]): object => ({ pathType: 'id', path, staffs: ['CorpA:li'] });
    expect((await write(id, [row(['CorpA:rd'])])).status).toBe(204);
    expect((await write(id, [row(['CorpA:rd'])], '', 'v1')).json.errorMessage).toBe(
      '数据错误:[0:路径不存在[CorpA:rd]]',
    );
    expect((await write(id, [row(['CorpA', 'CorpA:rd'])], '', 'v1')).status).toBe(204);
    expect(await contentsOf(id, '&pathType=id')).toEqual([
      { pathType: 'id', path: ['CorpA', 'CorpA:rd'], staffs: ['CorpA:li'], staffsType: 'id' },
    ]);
    expect((await hose.send('DELETE', `/api/openapi/v1/roledefs/$${id}/staffs`)).status).toBe(204);
  });

  test('somebody who left stays in it until it is written again', async () => {
    await write('CorpA:admin', [{ staffs: ['CorpA:li', 'CorpA:han'] }]);
    await hose.send('PUT', '/api/openapi/v1.1/staffs/disableOrEnableStaff/[CorpA:li]?active=false');
    expect(await contentsOf('CorpA:admin')).toMatchObject([{ staffs: ['CorpA:li', 'CorpA:han'] }]);
    const again = await write('CorpA:admin', [{ staffs: ['CorpA:li', 'CorpA:han'] }]);
    expect(again.json.errorMessage).toBe('数据错误:[0:人员不存在[CorpA:li]]');
  });

  test('is told with the staff, in the order of roles and rows, and moves nothing of the staff', async () => {
    const before = await directory.employee('a', 'li');
    const { id } = (await make({ name: '项目经理', scope: '项目角色', sourceChannel: 'API' })).json.value;
    await write(id, [
      { path: ['Y'], staffs: ['CorpA:li'] },
      { pathType: 'code', path: ['X'], staffs: ['CorpA:li'] },
    ]);
    await write('CorpA:leader', [{ path: ['甲公司', '研发'], staffs: ['CorpA:li'] }]);
    await write('CorpA:admin', [{ staffs: ['CorpA:li'] }]);
    expect(await rolesOf('CorpA:li')).toEqual([
      { roleDefId: 'CorpA:admin', properties: {} },
      { roleDefId: 'CorpA:leader', properties: { departmentId: 'CorpA:rd' } },
      { roleDefId: id, properties: { 项目: 'ID_py' } },
      { roleDefId: id, properties: { 项目: 'ID_px' } },
    ]);
    expect(await rolesOf('CorpA:han')).toEqual([]);
    expect(await directory.employee('a', 'li')).toEqual(before);
  });
});

describe('in a company file', () => {
  const roles = `, role_groups: [{ id: g, name: 财务组 }], roles: [
    { id: "CorpA:admin", name: 超级管理员, contents: [{ staffs: [li] }] },
    { id: cashier, name: 出纳, group: g, scope: 项目角色, source: API, contents: [{ at: px, staffs: [han] }] },
    { id: idle, name: 闲, active: false, contents: [{ staffs: [han] }] }]`;

  test('they are read, told and written back', async () => {
    await directory.close();
    await open(roles);
    expect(await rolesOf('CorpA:han')).toEqual([{ roleDefId: 'cashier', properties: { 项目: 'ID_px' } }]);
    await write('cashier', [{ path: ['Y'], staffs: ['CorpA:li'] }], '', 'v1');
    const file = (await directory.companies.export('a')) ?? '';
    await directory.companies.apply('a', file, { plan: false, request: 'test' });
    expect(await directory.companies.export('a')).toBe(file);
    expect((parse(file) as { hose: { roles: unknown } }).hose.roles).toMatchObject([
      { id: 'CorpA:admin', name: '超级管理员' },
      {
        id: 'cashier',
        contents: [
          { at: 'px', staffs: ['han'] },
          { at: 'py', staffs: ['li'] },
        ],
      },
      { id: 'idle', active: false },
    ]);
  });

  test.each([
    ['{ id: a, name: 一 }, { id: a, name: 二 }', 'hose.roles[1].id: is the id of an earlier role'],
    ['{ id: a, name: 主管理员 }', 'hose.roles[0].name: is the name of another role'],
    ['{ id: a, name: 一, group: nothing }', 'hose.roles[0].group: no group has the id nothing'],
    ['{ id: a, name: 一, scope: 客户角色 }', 'hose.roles[0].scope: there is no scope 客户角色'],
    [
      '{ id: a, name: 一, scope: 部门角色, contents: [{ at: px, staffs: [] }] }',
      'hose.roles[0].contents[0].at: nothing there has the id px',
    ],
    [
      '{ id: a, name: 一, contents: [{ at: rd, staffs: [] }] }',
      'hose.roles[0].contents[0].at: belongs to a role of departments or of a dimension',
    ],
    [
      '{ id: a, name: 一, contents: [{ staffs: [nobody] }] }',
      'hose.roles[0].contents[0].staffs[0]: no employee has the id nobody',
    ],
  ])('what contradicts the file is a mistake: %s', async (given, message) => {
    await expect(open(`, roles: [${given}]`)).rejects.toThrow(message);
  });
});
