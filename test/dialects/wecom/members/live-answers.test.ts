import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

/* What was seen on the live service, in the words it was answered with. (wecom-more 2, 3) */

let company: Acme;
beforeEach(async () => {
  company = await openTestCompany(
    `${acme.replace('wecom: { userid: LiSi }', 'wecom: { userid: LiSi, status: 4, userid_generated: true }')}
custom_fields:
  - { id: hobby, name: 爱好, type: text, wecom: { fieldid: 100001 } }
  - { id: page, name: 网页, type: link, wecom: { fieldid: 100002 } }
`,
  );
});
afterEach(() => company.directory.close());

const update = async (body: object | string) => (await company.post('user/update', body, 'contacts')).json;
const create = async (body: object | string) => (await company.post('user/create', body, 'contacts')).json;
const get = async (userid: string) => (await company.get('user/get', { userid }, 'contacts')).json;
const UPDATED = { errcode: 0, errmsg: 'updated' };
const WARNED = 'Warning: wrong json format. ';
const wangwu = { userid: 'wangwu', name: '王五', mobile: '13800000077', department: [4] };

describe('a mobile (3.1)', () => {
  test.each([
    ['+86 13800000000', '13800000000'],
    ['+86-13800000000', '13800000000'],
    ['+8613800000000', '13800000000'],
    [' 13800000000  ', '13800000000'],
    ['+86   13800000000', '13800000000'],
    ['+852 51234567', '+85251234567'],
    ['+1-2025550123', '+12025550123'],
  ])('%s is created and read back as %s', async (mobile, shown) => {
    expect(await create({ ...wangwu, mobile })).toEqual({ errcode: 0, errmsg: 'created' });
    expect((await get('wangwu')).mobile).toBe(shown);
  });

  test.each(['138 0000 0000', '(86)13800000000', '＋8613800000000', '1380000000x', `+86 ${' '.repeat(30)}13800000000`])(
    '%s is 60103',
    async (mobile) => {
      expect((await create({ ...wangwu, mobile })).errcode).toBe(60103);
    },
  );

  test('that is taken is 60104 with the holder’s userid and nothing after it', async () => {
    expect(await create({ ...wangwu, mobile: '+86 13800000001' })).toEqual({
      errcode: 60104,
      errmsg: 'mobile existed:ZhangSan',
    });
    const answer = await company.post('user/create', { ...wangwu, mobile: 13_800_000_001 }, 'contacts');
    expect(answer.json.errmsg).toBe(`${WARNED}mobile existed:ZhangSan`);
    expect(JSON.stringify(answer.outcome)).not.toContain('ZhangSan');
  });
});

describe('a value of another JSON type (2.3)', () => {
  test.each<[value: unknown, department: number[]]>([
    [['4'], [4]],
    [4, [4]],
    ['4', [4]],
  ])('department %j is read, with the warning and its blank', async (department, shown) => {
    expect(await create({ ...wangwu, department })).toEqual({ errcode: 0, errmsg: `created. ${WARNED}` });
    expect((await get('wangwu')).department).toEqual(shown);
  });

  test.each(['[1, 2]', '', 'x', {}, ['x', 4]])('department %j is 40066, the warning in front', async (department) => {
    expect(await create({ ...wangwu, department })).toEqual({
      errcode: 40066,
      errmsg: expect.stringMatching(/^Warning: wrong json format\. invalid party list, hint: \[[0-9]{25}\]/),
    });
    expect((await get('wangwu')).errcode).toBe(60111);
  });

  test.each<[what: string, body: object]>([
    ['enable in quotes', { enable: '1' }],
    ['enable as true', { enable: true }],
    ['order in quotes', { department: [4], order: '5' }],
    ['a mobile as a number', { mobile: 13_800_000_022 }],
    ['a list as name', { name: ['x'] }],
    ['an empty text as main_department', { main_department: '' }],
    ['a text as direct_leader', { direct_leader: 'boss' }],
    ['a text as extattr', { extattr: 'x' }],
  ])('%s is carried out or passed over, with the warning', async (_what, body) => {
    expect(await update({ userid: 'lisi', ...body })).toEqual({ errcode: 0, errmsg: `updated. ${WARNED}` });
  });

  test.each([1, 2, '1', '2'])('gender %j is read without one', async (gender) => {
    expect(await update({ userid: 'lisi', gender })).toEqual(UPDATED);
    expect((await get('lisi')).gender).toBe(String(gender));
  });

  test('null is absent, without one', async () => {
    const { errmsg } = await create({ ...wangwu, mobile: null });
    expect(errmsg).toMatch(/^missing mobile or email, hint: /);
  });

  test.each(['{', '[]', '1', 'true', '"x"', 'userid=lisi', '{"userid":"lisi",}', '', 'null'])(
    'a body %j has every field absent',
    async (body) => {
      expect((await update(body)).errmsg).toMatch(/^Warning: wrong json format\. missing userid, hint: /);
    },
  );

  test('a body with a byte order mark is read', async () => {
    expect(await update(`\uFEFF${JSON.stringify({ userid: 'lisi' })}`)).toEqual(UPDATED);
  });
});

describe('zero values of SDK structs (3.4)', () => {
  test('the default body of two SDKs creates a member', async () => {
    const zeros = { gender: 0, alias: '', telephone: '', english_name: '', address: '', external_position: '' };
    const more = { position: '', main_department: 0, extattr: { attrs: null }, external_profile: {}, enable: 1 };
    const legacy = { tel: 1, weixinid: 'w', isleader: 0, biz_mail: '', direct_leader: [''], avatar_mediaid: '' };
    expect(await create({ ...wangwu, ...zeros, ...more, ...legacy })).toEqual({ errcode: 0, errmsg: 'created' });
    expect(await get('wangwu')).toMatchObject({ gender: '0', alias: '', telephone: '', direct_leader: [] });
  });

  test('on update they clear what a text can clear, and an empty gender changes nothing', async () => {
    await update({ userid: 'lisi', gender: 2, alias: 'l', telephone: '1', english_name: 'Li', address: 'a' });
    const zeros = { gender: '', alias: '', telephone: '', english_name: '', address: '', main_department: 0 };
    expect(await update({ userid: 'lisi', ...zeros, extattr: {} })).toEqual(UPDATED);
    const shown = await get('lisi');
    expect(shown).toMatchObject({ gender: '2', alias: '', telephone: '' });
    expect(shown).not.toHaveProperty('address');
    await update({ userid: 'lisi', gender: '0' });
    expect((await get('lisi')).gender).toBe('0');
  });

  test('an attribute without a name is ignored, as seen live', async () => {
    const attrs = [
      { type: 0, text: { value: 'x' } },
      { type: 0, name: '爱好', text: { value: '读书' } },
    ];
    expect(await update({ userid: 'lisi', extattr: { attrs } })).toEqual(UPDATED);
    expect((await get('lisi')).extattr.attrs).toEqual([attrs[1]]);
  });
});

describe('a link (3.5)', () => {
  const link = (url: string, title: string) => ({
    userid: 'lisi',
    extattr: { attrs: [{ type: 1, name: '网页', web: { url, title } }] },
  });

  test('is written and shown, cleared by two empty texts, and unknown to the roster', async () => {
    expect(await update(link('http://www.test.com', '标题'))).toEqual(UPDATED);
    expect((await get('lisi')).extattr.attrs).toEqual([
      { type: 1, name: '网页', web: { url: 'http://www.test.com', title: '标题' } },
    ]);
    expect(await company.field(100002, 0, 'lisi')).toEqual({ fieldid: 100002, sub_idx: 0, result: 3 });
    expect((await company.get('hr/get_fields')).text).not.toContain('网页');
    expect(await update(link('', ''))).toEqual(UPDATED);
    expect((await get('lisi')).extattr.attrs).toEqual([]);
  });

  test.each([
    ['ftp://x', '标题'],
    ['http://x', '一二三四五六七八九十一二三'],
    ['http://x', ''],
    ['', '标题'],
  ])('%s with title %s is 40058', async (url, title) => {
    expect((await update(link(url, title))).errcode).toBe(40058);
  });
});

describe('a userid (3.2, 3.3)', () => {
  test('that the platform made is changed once; then it is found by the new one, in any letters', async () => {
    expect((await update({ userid: 'lisi', new_userid: 'ZhangSan' })).errcode).toBe(60102);
    expect((await update({ userid: 'lisi', new_userid: '-x' })).errcode).toBe(40003);
    expect(await update({ userid: 'lisi', new_userid: 'LiSi2' })).toEqual(UPDATED);
    expect((await get('lisi')).errcode).toBe(60111);
    expect((await get('LISI2')).userid).toBe('LiSi2');
    expect((await update({ userid: 'lisi2', new_userid: 'lisi' })).errcode).toBe(301036);
  });

  test('that user/get does not find is named in the sentence, and no header breaks for it', async () => {
    const { json, headers } = await company.get('user/get', { userid: '无\n此人' });
    expect(json).toMatchObject({ errcode: 60111, department: [] });
    expect(json.errmsg).toMatch(/^invalid string value `无\n此人`\. userid not found, hint: /);
    expect(headers['error-msg']).toMatch(/^[\x20-\x7e]+$/);
  });
});

describe('a company mailbox (3.2, 3.3)', () => {
  const reopen = async (settings: string, member = '{ userid: LiSi }'): Promise<void> => {
    await company.directory.close();
    const text = acme.replace('corpid: ww_acme', `corpid: ww_acme\n  ${settings}`);
    company = await openTestCompany(
      text.replace('wecom: { userid: LiSi }', `enterprise_email: li@corp.cn, wecom: ${member}`),
    );
  };

  test('may not be changed by the API unless the company allows it, whatever it is; the present one is no change', async () => {
    await reopen('biz_mail_domain: corp.cn');
    for (const biz_mail of ['', 'LI@corp.cn', null])
      expect(await update({ userid: 'lisi', biz_mail })).toEqual(UPDATED);
    expect((await update({ userid: 'lisi', biz_mail: 'x@other.cn' })).errcode).toBe(60143);
    expect((await update({ userid: 'lisi', biz_mail: 'x@corp.cn' })).errcode).toBe(60144);
    expect((await update({ userid: 'zhangsan', biz_mail: 'zs@corp.cn' })).errcode).toBe(60144);
  });

  test('that the system gave is changed once, where it is allowed', async () => {
    await reopen('biz_mail_by_api: true');
    expect((await update({ userid: 'zhangsan', biz_mail: 'LI@corp.cn' })).errcode).toBe(60145);
    expect(await update({ userid: 'lisi', biz_mail: 'lisi@corp.cn' })).toEqual(UPDATED);
    expect((await update({ userid: 'lisi', biz_mail: 'l2@corp.cn' })).errcode).toBe(60144);
    expect((await company.directory.companies.export('acme')) ?? '').toContain('biz_mail_origin: changed');
  });

  test('that was given stays', async () => {
    await reopen('biz_mail_by_api: true', '{ userid: LiSi, biz_mail_origin: given }');
    expect((await update({ userid: 'lisi', biz_mail: 'lisi@corp.cn' })).errcode).toBe(60144);
  });

  test('is given to a newcomer where the company has a domain, and aliases are the record’s', async () => {
    await reopen('biz_mail_domain: corp.cn');
    await create({ ...wangwu, userid: 'WangWu' });
    expect((await get('wangwu')).biz_mail).toBe('wangwu@corp.cn');
    const item = ['w1@corp.cn', 'w2@corp.cn'];
    expect(await update({ userid: 'wangwu', biz_mail_alias: { item } })).toEqual(UPDATED);
    expect((await get('wangwu')).biz_mail_alias).toEqual({ item });
    expect((await update({ userid: 'lisi', biz_mail_alias: { item: ['W1@corp.cn'] } })).errcode).toBe(60270);
    expect((await update({ userid: 'lisi', biz_mail_alias: { item: ['l@other.cn'] } })).errcode).toBe(60271);
    expect(await update({ userid: 'wangwu', biz_mail_alias: {} })).toEqual(UPDATED);
    expect(await get('wangwu')).not.toHaveProperty('biz_mail_alias');
  });
});

test('a full company makes nobody: 45024', async () => {
  await company.directory.close();
  company = await openTestCompany(acme.replace('corpid: ww_acme', 'corpid: ww_acme\n  member_limit: 4'));
  expect(await create(wangwu)).toEqual({ errcode: 0, errmsg: 'created' });
  expect((await create({ ...wangwu, userid: 'zhao', mobile: '13800000078' })).errcode).toBe(45024);
});

test('who will not come after all is no member, and takes no place from one', async () => {
  await company.directory.close();
  const never = '\n  - { id: never, name: Never, status: pre-hire-cancelled }\n';
  const limited = acme.trimEnd().replace('corpid: ww_acme', 'corpid: ww_acme\n  member_limit: 4') + never;
  company = await openTestCompany(limited);
  expect(await create(wangwu)).toEqual({ errcode: 0, errmsg: 'created' });
  expect((await create({ ...wangwu, userid: 'zhao', mobile: '13800000078' })).errcode).toBe(45024);
});

test('the answer of user/get sent to user/update is updated and changes nothing, whatever the member has (3.4)', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 12 });
  const member = fc.record(
    {
      name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
      alias: text,
      english_name: fc.constantFrom('', 'Li Si'),
      email: fc.constantFrom('li@example.com', 'Li.Si@example.com'),
      department: fc.uniqueArray(fc.constantFrom(1, 2, 4, 30), { minLength: 1 }),
      direct_leader: fc.constantFrom([], ['boss'], ['zhangsan']),
      position: text,
      gender: fc.constantFrom(0, 1, 2),
      telephone: fc.constantFrom('', '020-1'),
      address: text,
      enable: fc.constantFrom(0, 1),
      external_position: text,
      external_profile: fc.constantFrom({}, { external_corp_name: '企业' }),
      extattr: fc.constantFrom({}, { attrs: [{ type: 1, name: '网页', web: { url: 'https://a.cn', title: 'a' } }] }),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(member, fc.boolean(), async (members, isRanked) => {
      const order = members.department?.map((id) => id * 3);
      const written = { userid: 'lisi', ...members, ...(isRanked && order !== undefined ? { order } : {}) };
      expect((await update(written)).errcode).toBe(0);
      const before = await company.directory.history('acme', 'lisi');
      const shown = await get('lisi');
      expect(await update(shown)).toEqual(UPDATED);
      const { userlist } = (await company.get('user/list', { department_id: '1', fetch_child: '1' }, 'contacts')).json;
      for (const one of userlist as object[]) expect(await update(one)).toEqual(UPDATED);
      expect(await get('lisi')).toEqual(shown);
      expect(await company.directory.history('acme', 'lisi')).toHaveLength(before.length);
    }),
    { numRuns: 40 },
  );
}, 120_000);

test('what other platforms alone can say of a member survives being read and sent back', async () => {
  await company.directory.close();
  const reply = 'gender: other\n    telephone: "0101"\n    alias: 小张';
  company = await openTestCompany(acme.replace('gender: male', reply).replace(', rank: 7', ''));
  const before = await company.directory.employee('acme', 'zhangsan');
  expect(await update(await get('zhangsan'))).toEqual(UPDATED);
  expect(await company.directory.employee('acme', 'zhangsan')).toEqual(before);
});
