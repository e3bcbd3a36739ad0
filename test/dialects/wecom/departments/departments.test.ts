import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestCompany, type Acme } from '../test-company.ts';

/* 创建部门, 更新部门, 删除部门 (wecom-more 4): one tree for all platforms. */

let company: Acme;
beforeEach(async () => {
  company = await openTestCompany();
});
afterEach(() => company.directory.close());

const post = async (what: string, body: object, secret = 'contacts') =>
  (await company.post(`department/${what}`, body, secret)).json;
const remove = async (id: string, secret = 'contacts') =>
  (await company.get('department/delete', id === '' ? {} : { id }, secret)).json;
const reply = async (id: string) => (await company.get('department/get', { id })).json;

test('a department is made under the number given, or the next, and every platform knows it', async () => {
  const named = { name: '测试', name_en: 'QA', parentid: 2, order: 8, id: 40 };
  expect(await post('create', named)).toEqual({ errcode: 0, errmsg: 'created', id: 40 });
  expect((await reply('40')).department).toEqual({ ...named, department_leader: [] });
  const { id } = await post('create', { name: '运维', parentid: 1 });
  expect((await reply(String(id))).department).toMatchObject({ name: '运维', parentid: 1, order: 0 });
  const tenant = await company.directory.store.tenantByKey('acme');
  expect(tenant?.departments.by('wecom.id', '40')?.ids).toMatchObject({
    'feishu.open_department_id': expect.stringMatching(/^od-/),
    'hose.id': expect.stringContaining(':'),
  });
});

test('a department is renamed and moved, and what is not said stays', async () => {
  expect(await post('update', { id: 30, name: '网页', parentid: 4 })).toEqual({ errcode: 0, errmsg: 'updated' });
  expect((await reply('30')).department).toMatchObject({ name: '网页', parentid: 4, order: 5 });
  expect(await post('update', { id: 1, name: '恒信集团' })).toEqual({ errcode: 0, errmsg: 'updated' });
  expect((await reply('1')).department.name).toBe('恒信集团');
});

test('only an empty department without others below it is deleted', async () => {
  expect(await remove('2')).toMatchObject({ errcode: 60006, errmsg: sentence('department contains sub-department') });
  expect(await remove('30')).toMatchObject({ errcode: 60005, errmsg: sentence('department contains user') });
  expect((await remove('1')).errcode).toBe(60005);
  await company.post('user/update', { userid: 'zhangsan', department: [4] }, 'contacts');
  expect(await remove('30')).toEqual({ errcode: 0, errmsg: 'deleted' });
  expect(await reply('30')).toMatchObject({ errcode: 60123, errmsg: sentence('invalid party id') });
  expect(await remove('2')).toEqual({ errcode: 0, errmsg: 'deleted' });
});

const sentence = (text: string): unknown =>
  expect.stringMatching(new RegExp(`^${text}, hint: \\[[0-9]{25}\\], from ip: `));
const WARNED = 'Warning: wrong json format. ';
const long = (length: number): string => 'n'.repeat(length);
const n = { name: 'n', parentid: 1 };

test.each<[what: string, errcode: number, text: string, operation: string, bad: object, good: object]>([
  ['no name', 60001, 'department invalid length', 'create', { parentid: 1 }, n],
  ['an empty name', 40058, 'name exceed min utf8 words 1', 'create', { ...n, name: '' }, n],
  ['65 characters', 60001, 'department invalid length', 'create', { ...n, name: long(65) }, { ...n, name: long(64) }],
  [
    'an empty English name',
    60001,
    'department invalid length',
    'create',
    { ...n, name_en: '' },
    { ...n, name_en: 'N' },
  ],
  ['a long English name', 40058, 'name_en exceed max length 64', 'create', { ...n, name_en: long(65) }, n],
  ['a colon', 60009, 'department name include invalid char', 'create', { ...n, name: 'a:b' }, { ...n, name: 'a"/b' }],
  ['a sibling’s name', 60008, 'department existed', 'create', { ...n, name: '人事' }, { name: '研发', parentid: 2 }],
  ['a sibling’s English name', 60008, 'department existed', 'create', { ...n, name_en: 'R&D' }, n],
  ['no parent', 60004, 'parent department not found', 'create', { name: 'n' }, n],
  ['parent null', 60004, 'parent department not found', 'create', { ...n, parentid: null }, n],
  ['parent 0', 60004, 'parent department not found', 'create', { ...n, parentid: 0 }, n],
  ['an unknown parent', 60004, 'parent department not found', 'create', { ...n, parentid: 99 }, n],
  ['a parent that is no number', 60009, `${WARNED}department name`, 'create', { ...n, parentid: 'x' }, n],
  ['an empty parent', 60009, `${WARNED}department name`, 'create', { ...n, parentid: '' }, n],
  ['an order below 0', 60009, 'department name', 'create', { ...n, order: -1 }, { ...n, order: 4_294_967_295 }],
  ['an order of 2³²', 60009, 'department name', 'create', { ...n, order: 4_294_967_296 }, { ...n, order: 0 }],
  ['an order in letters', 60009, `${WARNED}department name`, 'create', { ...n, order: 'x' }, n],
  ['the number 0', 60123, 'invalid party id', 'create', { ...n, id: 0 }, { ...n, id: 2_315_041_299 }],
  ['a number of 2³²', 60009, 'department name', 'create', { ...n, id: 4_294_967_296 }, { ...n, id: 4_294_967_295 }],
  ['an empty number', 60009, `${WARNED}department name`, 'create', { ...n, id: '' }, n],
  ['a number that is taken', 60008, 'department existed', 'create', { ...n, id: 30 }, { ...n, id: 31 }],
  ['the root’s number', 60008, 'department existed', 'create', { ...n, id: 1 }, n],
  ['no id', 60003, 'department not found', 'update', { name: 'n' }, { id: 4, name: 'n' }],
  ['an id in letters', 60003, `${WARNED}department not found`, 'update', { id: 'x' }, { id: 4, name: 'n' }],
  ['an unknown id', 60003, 'department not found', 'update', { id: 99, name: 'n' }, { id: 4, name: 'n' }],
  ['an unknown parent', 60124, 'invalid parent party id', 'update', { id: 4, parentid: 99 }, { id: 4, parentid: 2 }],
  ['parent 0', 60124, 'invalid parent party id', 'update', { id: 4, parentid: 0 }, { id: 4 }],
  ['an empty parent', 60124, `${WARNED}invalid parent party id`, 'update', { id: 4, parentid: '' }, { id: 4 }],
  ['an order in letters', 60009, `${WARNED}department name`, 'update', { id: 4, order: 'x' }, { id: 4, order: 1 }],
  ['a sibling’s name', 60008, 'department existed', 'update', { id: 4, name: '研发' }, { id: 4, name: '恒信' }],
  ['a loop', 60010, 'invalid parent, department loop', 'update', { id: 2, parentid: 30 }, { id: 30, parentid: 1 }],
  [
    'the root below another',
    60124,
    'invalid parent party id',
    'update',
    { id: 1, parentid: 2 },
    { id: 1, parentid: 0 },
  ],
])('%s: %i, and nothing is changed; mended it is done', async (_what, errcode, text, operation, bad, good) => {
  const before = (await company.get('department/list')).json;
  expect(await post(operation, bad)).toEqual({ errcode, errmsg: expect.stringContaining(', hint: [') });
  expect((await post(operation, bad)).errmsg.startsWith(text)).toBe(true);
  expect((await company.get('department/list')).json).toEqual(before);
  expect((await post(operation, good)).errcode).toBe(0);
});

test('a body that is no object has every field absent, as seen live', async () => {
  for (const body of ['{', '[]', '"text"', 'name=n&parentid=1', '', 'null'])
    expect((await post('create', body as unknown as object)).errmsg).toMatch(
      /^Warning: wrong json format\. department invalid length, hint: /,
    );
});

test('numbers in quotes are read, with a warning that ends with a blank', async () => {
  expect(await post('create', { name: 'n', parentid: '1', id: '40', order: '7' })).toEqual({
    errcode: 0,
    errmsg: 'created. Warning: wrong json format. ',
    id: 40,
  });
  expect((await post('update', { id: '40', name: 'm' })).errmsg).toBe('updated. Warning: wrong json format. ');
});

test('16 levels below the root are too many, made or moved', async () => {
  let parentid = 1;
  for (let level = 1; level <= 15; level++) ({ id: parentid } = await post('create', { name: 'n', parentid }));
  expect((await post('create', { name: 'n', parentid })).errcode).toBe(81002);
  expect((await post('update', { id: 4, parentid })).errcode).toBe(81002);
});

test('the largest id is followed by the smallest free one', async () => {
  await post('create', { ...n, id: 4_294_967_295 });
  expect((await post('create', { name: 'm', parentid: 1 })).id).toBe(3);
});

test('siblings are listed by order, the larger first, then by id', async () => {
  for (const [id, order] of [
    [50, 3],
    [41, 9],
    [40, 3],
  ])
    await post('create', { name: `n${String(id)}`, parentid: 4, id, order });
  const { department_id } = (await company.get('department/simplelist', { id: '4' })).json;
  expect(department_id.map(({ id }: { id: number }) => id)).toEqual([4, 41, 40, 50]);
});

test('what the reads answer of any department can be sent back and changes nothing, however it was written', async () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((text) => !/[\\:*?<>|]/.test(text) && text !== '研发' && text !== '前端');
  const department = fc.record(
    { name, name_en: name, parentid: fc.constantFrom(1, 2), order: fc.nat({ max: 0xffff_ffff }) },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(department, async (members) => {
      await post('update', { id: 4, ...members });
      const before = (await company.directory.store.tenantByKey('acme'))?.parts;
      const { department: list } = (await company.get('department/list', {}, 'contacts')).json;
      for (const one of list as { id: number }[]) {
        const { json } = await company.get('department/get', { id: String(one.id) }, 'contacts');
        expect(await post('update', json.department)).toEqual({ errcode: 0, errmsg: 'updated' });
        expect(await post('update', one)).toEqual({ errcode: 0, errmsg: 'updated' });
      }
      expect((await company.directory.store.tenantByKey('acme'))?.parts).toEqual(before);
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('the root without anyone or anything in it is 60007', async () => {
  await company.directory.close();
  company = await openTestCompany(`mingce: 1
key: acme
name: 恒信
wecom: { corpid: ww_acme, apps: [{ agentid: 3, secret: contacts, kind: contact_sync }] }
departments: [{ id: root, name: 恒信 }]
employees: []
`);
  expect(await remove('1')).toMatchObject({ errcode: 60007, errmsg: sentence('cannot delete root department') });
});

test('is for 通讯录同步助手 alone', async () => {
  expect((await post('create', { name: 'n', parentid: 1 }, 'hr')).errcode).toBe(48002);
  expect((await post('update', { id: 4 }, 'hr')).errcode).toBe(48002);
  expect((await remove('30', 'hr')).errcode).toBe(48002);
  expect(await remove('')).toMatchObject({ errcode: 40058, errmsg: expect.stringMatching(/^missing field `id`\./) });
  expect((await remove('99')).errcode).toBe(60123);
});
