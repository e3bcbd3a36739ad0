import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

/*
 * 更新成员, 创建成员, 删除成员 (wecom.md 4.4, wecom-more 3): one record, so what is written here is so on every platform.
 */

let company: Acme;
beforeEach(async () => {
  const text = acme.replace('wecom: { userid: LiSi }', 'wecom: { userid: LiSi, status: 4 }');
  company = await openTestCompany(text.replace('corpid: ww_acme', 'corpid: ww_acme\n  biz_mail_by_api: true'));
});
afterEach(() => company.directory.close());

const update = async (body: object, secret = 'contacts') => (await company.post('user/update', body, secret)).json;
const create = async (body: object, secret = 'contacts') => (await company.post('user/create', body, secret)).json;
const remove = async (userid: string, secret = 'contacts') =>
  (await company.get('user/delete', { userid }, secret)).json;
const reply = async (userid: string) => (await company.get('user/get', { userid })).json;
const UPDATED = { errcode: 0, errmsg: 'updated' };

describe('更新成员', () => {
  test('writes what is said, of any letters’ userid, and one change follows', async () => {
    const answer = await update({
      userid: 'LISI',
      name: '李四四',
      alias: 'jack',
      english_name: 'Li Si',
      mobile: '+86138-0000-0022',
      email: 'Li.Si@example.com',
      biz_mail: 'lisi@corp.example.com',
      department: [2, 30],
      order: [10, 40],
      main_department: 30,
      direct_leader: ['ZHANGSAN'],
      position: '',
      gender: '2',
      telephone: '020-123456',
      address: '广州市海珠区新港中路',
      external_position: '工程师',
      external_profile: { external_corp_name: '企业简称' },
      nobody_knows: 1,
    });
    expect(answer).toEqual(UPDATED);
    expect(await reply('lisi')).toMatchObject({
      name: '李四四',
      alias: 'jack',
      mobile: '13800000022',
      email: 'Li.Si@example.com',
      biz_mail: 'lisi@corp.example.com',
      department: [2, 30],
      order: [10, 40],
      main_department: 30,
      direct_leader: ['ZhangSan'],
      gender: '2',
      telephone: '020-123456',
      address: '广州市海珠区新港中路',
      external_position: '工程师',
      external_profile: { external_corp_name: '企业简称' },
    });
    expect(await company.directory.employee('acme', 'lisi')).toMatchObject({
      name: { value: '李四四', i18n: { 'en-US': 'Li Si' } },
      mobile: { country: '86', number: '13800000022' },
      departments: [
        { department: 'rd', rank: 10 },
        { department: 'web', rank: 40 },
      ],
      leader: 'zhangsan',
    });
    expect(await company.directory.history('acme', 'lisi')).toHaveLength(1);
  });

  test('leaves alone what is not said, and says updated of nothing at all', async () => {
    expect(await update({ userid: 'lisi' })).toEqual(UPDATED);
    expect(await update({ userid: 'lisi', name: '李四', mobile: null })).toEqual(UPDATED);
    expect(await company.directory.history('acme', 'lisi')).toEqual([]);
  });

  test('a mobile of a member who has activated is ignored and the call still says ok; of another it is written', async () => {
    expect(await update({ userid: 'zhangsan', mobile: '13800000099' })).toEqual(UPDATED);
    expect((await reply('zhangsan')).mobile).toBe('13800000001');
    expect(await update({ userid: 'zhangsan', mobile: 'no number', alias: 'z' })).toEqual(UPDATED);
    expect(await update({ userid: 'lisi', mobile: '13800000099' })).toEqual(UPDATED);
    expect((await reply('lisi')).mobile).toBe('13800000099');
  });

  test('a foreign mobile carries its code', async () => {
    expect(await update({ userid: 'lisi', mobile: '+85298765432' })).toEqual(UPDATED);
    expect((await reply('lisi')).mobile).toBe('+85298765432');
  });

  test('enable disables a member on all platforms, and enables him again', async () => {
    await update({ userid: 'zhangsan', enable: 0 });
    expect((await reply('zhangsan')).status).toBe(2);
    expect((await company.directory.employee('acme', 'zhangsan')).frozen).toBe(true);
    await update({ userid: 'zhangsan', enable: 1 });
    expect((await reply('zhangsan')).status).toBe(1);
  });

  test('is_leader_in_dept says which departments the member leads', async () => {
    expect(await update({ userid: 'zhangsan', is_leader_in_dept: [1, 0] })).toEqual(UPDATED);
    expect((await reply('zhangsan')).is_leader_in_dept).toEqual([1, 0]);
    const { json } = await company.get('department/get', { id: '30' });
    expect(json.department.department_leader).toEqual(['ZhangSan']);
    await update({ userid: 'zhangsan', is_leader_in_dept: [0, 0] });
    expect((await reply('zhangsan')).is_leader_in_dept).toEqual([0, 0]);
  });

  test('职位 of a company without job titles is an option of the roster, and a text that is none becomes one', async () => {
    const option = async () => (await company.field(12010, 0, 'lisi'))['value_uint32'];
    await update({ userid: 'lisi', position: '秘书' });
    expect([(await reply('lisi')).position, await option()]).toEqual(['秘书', 2]);
    await update({ userid: 'lisi', position: '后台工程师' });
    expect([(await reply('lisi')).position, await option()]).toEqual(['后台工程师', 3]);
    await update({ userid: 'zhangsan', position: '后台工程师' });
    await update({ userid: 'zhangsan', position: '前端工程师' });
    const options = (await company.get('hr/get_fields')).json.group_list[1].field_list.find(
      ({ fieldid }: { fieldid: number }) => fieldid === 12010,
    ).option_list;
    expect(options).toEqual([
      { id: 1, value: '总经理' },
      { id: 2, value: '秘书' },
      { id: 3, value: '后台工程师' },
      { id: 4, value: '前端工程师' },
    ]);
    const chosen = await company.update({ userid: 'lisi', update_items: [{ fieldid: 12010, value_uint32: 4 }] });
    expect([chosen.json.errcode, (await reply('lisi')).position]).toEqual([0, '前端工程师']);
    await company.update({ userid: 'lisi', update_items: [{ fieldid: 12010 }] });
    expect((await reply('lisi')).position).toBe('');
  });

  test('what the contacts alone keep is exported, and what is exported changes nothing', async () => {
    await update({ userid: 'lisi', address: '某路', nickname: '小四', position: '后台工程师' });
    const text = (await company.directory.companies.export('acme')) ?? '';
    expect(text).toContain('某路');
    expect(text).toContain('positions');
    expect((await company.directory.companies.apply('acme', text, { plan: false, request: 'r' })).steps).toEqual([]);
  });

  test('order without department is refused, and nothing is changed', async () => {
    const before = await reply('zhangsan');
    for (const order of [[3, 4], [], 1, '1']) {
      const answer = await company.post('user/update', { userid: 'zhangsan', name: '张三丰', order }, 'contacts');
      expect(answer.json.errcode).toBe(40058);
      expect(answer.outcome?.records).toMatchObject([
        { employee: 'zhangsan', verdicts: [{ field: 'order', verdict: 'refused' }], problem: { subject: 'order' } },
      ]);
    }
    expect(await reply('zhangsan')).toEqual(before);
    const made = { userid: 'neu', name: '新', mobile: '13800000076', order: [1] };
    expect((await company.post('user/create', made, 'contacts')).json.errcode).toBe(40058);
    expect(await update({ userid: 'zhangsan', order: null })).toEqual(UPDATED);
    expect(await update({ userid: 'zhangsan', department: before.department, order: [3, 4] })).toEqual(UPDATED);
    expect((await reply('zhangsan')).order).toEqual([3, 4]);
  });

  const long = (length: number): string => 'x'.repeat(length);
  test.each<[what: string, errcode: number, bad: object, good: object]>([
    ['another userid', 301036, { new_userid: 'other' }, { new_userid: 'LiSi' }],
    ['an empty name', 40058, { name: '' }, { name: '李' }],
    ['a name of 65 characters', 60112, { name: long(65) }, { name: long(64) }],
    ['an alias of 65 characters', 40058, { alias: long(65) }, { alias: long(64) }],
    ['an English name in Chinese', 301014, { english_name: '李' }, { english_name: 'Li.Si-1 _' }],
    ['a short mainland mobile', 60103, { mobile: '1380000' }, { mobile: '+8613800000055' }],
    ['a mobile with letters', 60103, { mobile: '1380000000a' }, { mobile: '138-0000-0056' }],
    ['a mobile that someone has', 60104, { mobile: '13800000001' }, { mobile: '13800000003' }],
    ['mail without a domain', 60105, { email: 'lisi@' }, { email: 'a@b.cn' }],
    ['mail that someone has', 60106, { email: 'ZhangSan@example.com' }, { email: 'LISI@example.com' }],
    ['business mail without a domain', 60143, { biz_mail: 'lisi' }, { biz_mail: 'l@b.cn' }],
    ['no department', 40066, { department: [] }, { department: [1] }],
    ['an unknown department', 60123, { department: [2, 99] }, { department: [2, 4] }],
    ['101 departments', 60110, { department: Array.from({ length: 101 }, () => 1) }, { department: [1, 1] }],
    ['fewer orders than departments', 40058, { department: [2, 4], order: [1] }, { department: [2, 4], order: [1, 2] }],
    ['an order below 0', 40058, { department: [2], order: [-1] }, { department: [2], order: [4_294_967_295] }],
    ['more leaderships than departments', 60132, { is_leader_in_dept: [1, 0] }, { is_leader_in_dept: [1] }],
    ['a main department that is not his', 60123, { main_department: 2 }, { main_department: 4 }],
    ['two direct leaders', 60257, { direct_leader: ['boss', 'zhangsan'] }, { direct_leader: ['boss'] }],
    ['an unknown leader', 60111, { direct_leader: ['nobody'] }, { direct_leader: [] }],
    ['a leader who left', 60111, { direct_leader: ['gone'] }, { direct_leader: ['Boss'] }],
    ['himself as leader', 40058, { direct_leader: ['LiSi'] }, { direct_leader: ['zhangsan'] }],
    ['a position of 129 characters', 301012, { position: long(129) }, { position: long(128) }],
    ['a third gender', 40058, { gender: '3' }, { gender: 2 }],
    ['a telephone with letters', 301013, { telephone: 'call me' }, { telephone: '+86-20,1' }],
    ['an address of 129 characters', 40058, { address: long(129) }, { address: long(128) }],
    ['neither mobile nor mail', 60129, { mobile: '', email: '' }, { email: '' }],
    [
      'an external profile with an attribute that is none',
      40058,
      { external_profile: { external_attr: [{ type: 0, name: 'a', text: 'b' }] } },
      { external_profile: { external_attr: [{ type: 0, name: 'a', text: { value: 'b' } }] } },
    ],
    [
      'an alias without business mail',
      60272,
      { biz_mail_alias: { item: ['a@b.cn'] } },
      { biz_mail: 'lisi@b.cn', biz_mail_alias: { item: ['a@b.cn'] } },
    ],
    [
      'six aliases of business mail',
      60273,
      { biz_mail: 'lisi@b.cn', biz_mail_alias: { item: Array(6).fill('a@b.cn') } },
      { biz_mail_alias: {} },
    ],
    [
      'an alias that is no address',
      60271,
      { biz_mail: 'lisi@b.cn', biz_mail_alias: { item: ['a'] } },
      { biz_mail_alias: { item: [] } },
    ],
  ])('%s: %i, and nothing is changed; mended it is written', async (_what, errcode, bad, good) => {
    const before = await company.directory.employee('acme', 'lisi');
    const answer = await update({ userid: 'lisi', note_first: 1, ...bad, avatar_mediaid: 'm' });
    const holder = errcode === 60104 || errcode === 60106;
    expect(answer).toEqual({ errcode, errmsg: expect.stringContaining(holder ? ' existed:ZhangSan' : ', hint: [') });
    expect(await company.directory.employee('acme', 'lisi')).toEqual(before);
    expect(await update({ userid: 'lisi', ...good })).toEqual(UPDATED);
  });

  test('business mail that someone has is 60145', async () => {
    await update({ userid: 'zhangsan', biz_mail: 'team@corp.example.com' });
    expect((await update({ userid: 'lisi', biz_mail: 'Team@corp.example.com' })).errcode).toBe(60145);
    expect(await update({ userid: 'lisi', biz_mail: 'lisi@corp.example.com' })).toEqual(UPDATED);
  });

  test.each<[body: object, secret: string, errcode: number]>([
    [{ userid: 'lisi', name: '' }, 'hr', 48002],
    [{ name: 'x' }, 'contacts', 41009],
    [{ userid: '' }, 'contacts', 41009],
    [{ userid: 'nobody', name: '' }, 'contacts', 60111],
    [{ userid: 'gone' }, 'contacts', 60111],
  ])('%o from %s is %i', async (body, secret, errcode) => {
    expect((await update(body, secret)).errcode).toBe(errcode);
  });

  test('the name of no characters is told as seen live', async () => {
    const { errmsg } = await update({ userid: 'lisi', name: '' });
    expect(errmsg).toMatch(/^name exceed min utf8 words 1\. invalid Request Parameter, hint: /);
  });
});

describe('with job titles and fields of the company', () => {
  beforeEach(async () => {
    await company.directory.close();
    company = await openTestCompany(`${acme}
job_titles: [{ id: dev, name: 工程师 }, { id: old, name: 旧职位, enabled: false }]
custom_fields: [{ id: hobby, name: 爱好, type: text, wecom: { fieldid: 100001 } }]
`);
  });

  test('a position that no title has becomes one, so that get_fields shows it', async () => {
    const options = async () =>
      (await company.get('hr/get_fields')).json.group_list[1].field_list.find(
        ({ fieldid }: { fieldid: number }) => fieldid === 12010,
      ).option_list;
    await update({ userid: 'lisi', position: '工程师' });
    expect(await company.directory.employee('acme', 'lisi')).toMatchObject({ jobTitle: 'dev' });
    expect(await options()).toEqual([{ id: 1, value: '工程师' }]);
    await update({ userid: 'lisi', position: '架构师' });
    expect((await reply('lisi')).position).toBe('架构师');
    expect(await options()).toEqual([
      { id: 1, value: '工程师' },
      { id: 3, value: '架构师' },
    ]);
    await update({ userid: 'lisi', position: '' });
    expect((await reply('lisi')).position).toBe('');
  });

  test('attributes are written by their names, unknown ones are ignored, and an empty text takes one away', async () => {
    const attrs = (value: string) => ({
      attrs: [
        { type: 0, name: '爱好', text: { value } },
        { type: 0, name: '别的', text: { value: 'x' } },
      ],
    });
    expect(await update({ userid: 'lisi', extattr: attrs('读书') })).toEqual(UPDATED);
    expect((await reply('lisi')).extattr.attrs).toEqual([{ type: 0, name: '爱好', text: { value: '读书' } }]);
    expect(await company.field(100001, 0, 'lisi')).toMatchObject({ value_string: '读书' });
    expect((await update({ userid: 'lisi', extattr: attrs('x'.repeat(65)) })).errcode).toBe(40058);
    expect(await update({ userid: 'lisi', extattr: attrs('') })).toEqual(UPDATED);
    expect((await company.directory.employee('acme', 'lisi')).custom).toEqual({});
  });
});

describe('创建成员', () => {
  const wangwu = { userid: 'WangWu', name: '王五', mobile: '13800000077', department: [4], position: '' };

  test('makes someone whom every platform knows, not activated yet', async () => {
    expect(await create(wangwu)).toEqual({ errcode: 0, errmsg: 'created' });
    expect(await reply('wangwu')).toMatchObject({
      userid: 'WangWu',
      name: '王五',
      department: [4],
      main_department: 4,
      mobile: '13800000077',
      status: 4,
    });
    const tenant = await company.directory.store.tenantByKey('acme');
    const own = await idOf('wangwu', tenant?.number ?? 0);
    const { ids } = await company.directory.employee('acme', own);
    expect(ids).toMatchObject({ 'feishu.employee_id': own, 'hose.user_id': own });
  });

  test('without a department, and for 0, makes 其他（待设置部门） once and puts the newcomer there', async () => {
    await create({ userid: 'w', name: '王', email: 'wang@example.com' });
    await create({ userid: 'v', name: '汪', email: 'v.wang@example.com', department: [4, 0] });
    expect([(await reply('w')).department, (await reply('v')).department]).toEqual([[31], [4, 31]]);
    const { department } = (await company.get('department/get', { id: '31' })).json;
    expect(department).toMatchObject({ name: '其他（待设置部门）', parentid: 1 });
  });

  test('makes a department for an id that none has, below 其他（待设置部门）, and answers which', async () => {
    const answer = await create({ ...wangwu, department: [999, 4, 2_315_041_299, 999] });
    expect(answer).toEqual({
      errcode: 0,
      errmsg: 'created',
      created_department_list: {
        department_info: [
          { name: '999', id: 999 },
          { name: '2315041299', id: 2_315_041_299 },
        ],
      },
    });
    expect((await reply('wangwu')).department).toEqual([999, 4, 2_315_041_299]);
    const { department } = (await company.get('department/get', { id: '2315041299' })).json;
    expect(department).toMatchObject({ name: '2315041299', parentid: 31 });
    expect((await update({ userid: 'wangwu', department: [998] })).errcode).toBe(60123);
  });

  test.each<[what: string, errcode: number, body: object]>([
    ['a userid that is there, in other letters', 60102, { ...wangwu, userid: 'zhangSAN' }],
    ['a userid that begins with a dash', 40003, { ...wangwu, userid: '-w' }],
    ['no name', 60112, { ...wangwu, name: null }],
    ['an empty name', 40058, { ...wangwu, name: '' }],
    ['no userid', 41009, { ...wangwu, userid: null }],
    ['a userid of 65 letters', 40058, { ...wangwu, userid: 'w'.repeat(65) }],
    ['neither mobile nor mail', 60129, { userid: 'w', name: '王' }],
    ['a mobile that someone has', 60104, { ...wangwu, mobile: '13800000001' }],
    ['an id that no department can have', 60123, { ...wangwu, department: [4_294_967_296] }],
    ['101 departments', 60110, { ...wangwu, department: Array.from({ length: 101 }, () => 4) }],
  ])('%s is %i and makes nobody; mended he is made', async (_what, errcode, body) => {
    expect((await create(body)).errcode).toBe(errcode);
    expect((await reply('wangwu')).errcode).toBe(60111);
    expect((await create(wangwu)).errcode).toBe(0);
  });

  test('is for 通讯录同步助手 alone', async () => {
    expect((await create(wangwu, 'hr')).errcode).toBe(48002);
  });
});

describe('删除成员', () => {
  test('ends the membership everywhere, takes the leader from his people, and keeps the record', async () => {
    await update({ userid: 'lisi', direct_leader: ['zhangsan'] });
    expect(await remove('ZhangSan')).toEqual({ errcode: 0, errmsg: 'deleted' });
    expect((await reply('zhangsan')).errcode).toBe(60111);
    expect(await company.directory.employee('acme', 'zhangsan')).toMatchObject({
      status: 'resigned',
      leftOn: '2026-01-05',
      departments: [],
      mainDepartment: null,
      seated: false,
    });
    expect((await reply('lisi')).direct_leader).toEqual([]);
    const { json } = await company.get('department/get', { id: '2' });
    expect(json.department.department_leader).toEqual([]);
    expect((await company.get('user/simplelist', { department_id: '30' })).json.userlist).toEqual([]);
    expect(await company.directory.history('acme', 'zhangsan')).toHaveLength(1);
  });

  test('frees the userid and the mobile for somebody new', async () => {
    const body = { userid: 'zhangsan', name: '张三二', mobile: '13800000001', department: [4] };
    expect((await create(body)).errcode).toBe(60102);
    await remove('zhangsan');
    expect(await create(body)).toEqual({ errcode: 0, errmsg: 'created' });
    expect((await reply('zhangsan')).name).toBe('张三二');
  });

  test.each([
    ['', 'contacts', 41009],
    ['nobody', 'contacts', 60111],
    ['gone', 'contacts', 60111],
    ['lisi', 'hr', 48002],
  ])('of "%s" from %s is %i', async (userid, secret, errcode) => {
    expect((await remove(userid, secret)).errcode).toBe(errcode);
    expect((await reply('lisi')).errcode).toBe(0);
  });
});

async function idOf(userid: string, tenant: number): Promise<string> {
  for await (const employee of company.directory.store.employees(tenant))
    if (employee.ids['wecom.userid'] === userid && employee.status !== 'resigned') return employee.id;
  throw new Error(`nobody is ${userid}`);
}
