import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, corporationB, failure, type Client } from '../hose-client.ts';

let directory: TestDirectory;
let hose: Client;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [corporationA(), corporationB()] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterEach(() => directory.close());

const V11 = '/api/openapi/v1.1/staffs/update/';
const V1 = '/api/openapi/v1/staffs/update/';

/** Everyone's history: what a refused request must leave as it was. */
async function changes(): Promise<number> {
  const of = await Promise.all(['li', 'han', 'guest'].map((id) => directory.history('a', id)));
  return of.flat().length;
}

/** What a refused request comes to: the answer, that it says why, and that nothing was written. */
async function resultOf(answer: ReturnType<Client['send']>): Promise<object> {
  const { json, outcome, status } = await answer;
  return { status, json, isExplained: outcome?.records[0]?.problem !== undefined, changes: await changes() };
}

function refused(status: number, message: string): object {
  return { status, json: failure(status, message), isExplained: true, changes: 0 };
}

describe('addressing', () => {
  test.each([
    ['raw', '$CorpA:li'],
    ['percent-encoded', '%24CorpA%3Ali'],
  ])('takes the dollar %s', async (_way, segment) => {
    const answer = await hose.send('PUT', `${V11}${segment}`, { body: { name: '李雷' } });
    expect(answer.json.value.id).toBe('CorpA:li');
  });

  test('takes off one dollar only, so that an id may hold others', async () => {
    expect((await hose.update('CorpA:a$b:c', { name: '怪名' })).json.value.userId).toBe('odd');
  });

  test('knows no path without the dollar, whatever token is sent', async () => {
    for (const query of ['', `?accessToken=${hose.token}`]) {
      const answer = await directory.send('PUT', `${V11}CorpA:li${query}`, { body: { name: '李雷' } });
      expect(answer.status).toBe(404);
      expect(answer.json).toEqual(failure(404, '请求的接口不存在'));
    }
  });

  test('finds staff by id as stored, and by code only where asked to', async () => {
    await expect(resultOf(hose.update('00005', { name: '李雷' }))).resolves.toEqual(refused(400, '没有查到此员工信息'));
    await expect(resultOf(hose.update('CorpA:li', { name: '李雷' }, '&type=code'))).resolves.toEqual(
      refused(400, '没有查到此员工信息'),
    );
    await expect(resultOf(hose.update('CorpB:wang', { name: '王五' }))).resolves.toEqual(
      refused(400, '没有查到此员工信息'),
    );
    expect((await hose.update('00005', { name: '李雷' }, '&type=code')).json.value.id).toBe('CorpA:li');
    expect((await hose.update('CorpA:li', { name: '李雷' }, '&type=')).status).toBe(200);
  });

  test('picks nobody where several active staff carry the code', () =>
    expect(resultOf(hose.update('T', { name: '双' }, '&type=code'))).resolves.toEqual(
      refused(412, '根据code: [[T]]不能找到唯一的员工'),
    ));

  test('speaks of one who left only where he alone carries the code', async () => {
    await expect(resultOf(hose.update('L', { name: '走' }, '&type=code'))).resolves.toEqual(
      refused(400, '不可操作已离职的员工'),
    );
    await expect(resultOf(hose.update('CorpA:left', { name: '走' }))).resolves.toEqual(
      refused(400, '不可操作已离职的员工'),
    );
    expect((await hose.update('00006', { name: '韩梅梅' }, '&type=code')).json.value.id).toBe('CorpA:han');
  });

  test('finds nobody by an empty code', () =>
    expect(resultOf(hose.update('', { name: '无' }, '&type=code'))).resolves.toEqual(
      refused(400, '没有查到此员工信息'),
    ));

  test.each(['ID', 'codes', 'x'])('knows no type %s', (type) =>
    expect(resultOf(hose.update('CorpA:li', { name: '李雷' }, `&type=${type}`))).resolves.toEqual(
      refused(412, 'type参数不合法'),
    ),
  );
});

describe('plain fields', () => {
  test.each([[{}], [{ name: '' }], [{ name: null }], [{ name: '  ' }]])('needs a name: %j', (body) =>
    expect(resultOf(hose.update('CorpA:li', body))).resolves.toEqual(refused(400, '员工名称不能为空')),
  );

  test('leaves what was not sent as it is, and so for null', async () => {
    const before = await hose.staff('CorpA:han');
    const rest = ['enName', 'nickName', 'code', 'cellphone', 'email', 'note', 'departments', 'staffCustomForm'];
    const nulls = Object.fromEntries([...rest, 'defaultDepartment', 'modifyAccountPhone'].map((key) => [key, null]));
    directory.clock.advance(60_000);
    const { roles: _roles, ...shown } = before;
    const { value } = (await hose.update('CorpA:han', { name: '韩梅梅', ...nulls, unheardOf: 1 })).json;
    expect(value).toEqual({ ...shown, updateTime: '2026-01-05 08:01:00' });
  });

  test('moves updateTime on every success, also where nothing differs', async () => {
    await hose.update('CorpA:li', { name: '李雷' });
    directory.clock.advance(1_000);
    const answer = await hose.update('CorpA:li', { name: '李雷' });
    expect(answer.json.value).toMatchObject({ updateTime: '2026-01-05 08:00:01', createTime: '2022-03-16 11:34:42' });
    const history = await directory.history('a', 'li');
    expect(history.map(({ fields }) => Object.keys(fields))).toEqual([
      ['extensions.hose.origin', 'extensions.hose.edited', 'extensions.hose.lastApiChange.app'],
      [],
    ]);
    expect(history[0]?.origin).toMatchObject({ dialect: 'hose', operation: 'staffs.update', app: 'hose:key-a' });
  });

  test('clears alias, note, phone and second name with an empty text, and tells null of what was never set', async () => {
    const { value: never } = (await hose.update('CorpA:li', { name: '李雷' })).json;
    expect(never).toMatchObject({ nickName: null, note: null, staffCustomForm: null });
    await hose.update('CorpA:li', { name: '李雷', nickName: '小李', note: 'n', enName: 'Li Lei' });
    expect((await directory.employee('a', 'li')).name).toEqual({ value: '李雷', i18n: { 'en-US': 'Li Lei' } });
    const { value } = (
      await hose.update('CorpA:li', { name: '李雷', nickName: '', note: '', enName: '', cellphone: '' })
    ).json;
    expect(value).toMatchObject({ nickName: '', note: '', cellphone: '', globalRoaming: '+86' });
    expect((await directory.employee('a', 'li')).name.i18n).toEqual({});
  });

  test('never tells enName', async () => {
    expect((await hose.update('CorpA:li', { name: '李雷', enName: 'Li' })).json.value).not.toHaveProperty('enName');
  });

  test('passes over an empty code, takes a new one and a colleague’s as well', async () => {
    const empty = await hose.update('CorpA:li', { name: '李雷', code: '' });
    expect(empty.json.value.code).toBe('00005');
    expect(empty.outcome?.records[0]?.verdicts).toContainEqual({
      field: 'code',
      verdict: 'ignored',
      reason: expect.stringMatching(/\S/),
    });
    expect((await hose.update('CorpA:li', { name: '李雷', code: '777' })).json.value.code).toBe('777');
    expect((await hose.update('CorpA:li', { name: '李雷', code: '00006' })).json.value.code).toBe('00006');
  });

  test('tells the code of one who has none as an empty text', async () => {
    expect((await hose.staff('CorpA:guest')).code).toBe('');
  });

  test.each(['', '', 'a', '@a', 'a@', 'a@b@c'])('refuses the e-mail %j', (email) =>
    expect(resultOf(hose.update('CorpA:li', { name: '李雷', email }))).resolves.toEqual(
      refused(400, email === '' ? '邮箱不能为空' : '邮箱格式不正确'),
    ),
  );

  test.each(['+85261234567', '（852）61234567', '1 380', '138-0', ')(1', '(852)', '()1', '(852)(1)', 'abc'])(
    'refuses the phone %s',
    (cellphone) =>
      expect(resultOf(hose.update('CorpA:li', { name: '李雷', cellphone }))).resolves.toEqual(
        refused(400, '手机号格式不正确，只能包含数字和英文括号'),
      ),
  );

  test('takes (86) for a mainland number', async () => {
    const answer = await hose.update('CorpA:li', { name: '李雷', cellphone: '(0086)13800001111' });
    expect(answer.json.value).toMatchObject({ cellphone: '13800001111', globalRoaming: '+86' });
    expect(answer.outcome?.records[0]?.verdicts).toContainEqual({
      field: 'cellphone',
      verdict: 'normalised',
      from: '(0086)13800001111',
      to: '13800001111',
    });
  });
});

describe('departments', () => {
  const pairMissing = '部门不能为空';
  test.each([
    ['only the list', { departments: ['CorpA:rd'] }, 403, pairMissing],
    ['only the default', { defaultDepartment: 'CorpA:rd' }, 403, pairMissing],
    ['an empty list', { departments: [], defaultDepartment: 'CorpA:rd' }, 403, pairMissing],
    ['an empty default', { departments: ['CorpA:rd'], defaultDepartment: '' }, 403, pairMissing],
    [
      'a default outside',
      { departments: ['CorpA:rd'], defaultDepartment: 'CorpA:qa' },
      400,
      '默认部门必须在所在部门中',
    ],
    ['an unknown one', { departments: ['CorpA:x'], defaultDepartment: 'CorpA:x' }, 400, '未找到对应部门'],
    ['a code', { departments: ['100'], defaultDepartment: '100' }, 400, '未找到对应部门'],
    ['one switched off', { departments: ['CorpA:shut'], defaultDepartment: 'CorpA:shut' }, 400, '未找到对应部门'],
    [
      'one for external staff',
      { departments: ['CorpA:guests:external'], defaultDepartment: 'CorpA:guests:external' },
      400,
      '未找到对应部门',
    ],
  ])('refuses %s', (_what, body, status, message) =>
    expect(resultOf(hose.update('CorpA:li', { name: '李雷', ...body }))).resolves.toEqual(refused(status, message)),
  );

  test('keeps external staff in external departments', async () => {
    const external = { departments: ['CorpA:guests:external'], defaultDepartment: 'CorpA:guests:external' };
    expect((await hose.update('CorpA:guest', { name: '外人', ...external })).status).toBe(200);
    const internal = { departments: ['CorpA'], defaultDepartment: 'CorpA' };
    expect((await hose.update('CorpA:guest', { name: '外人', ...internal })).json.errorMessage).toBe('未找到对应部门');
  });

  test('replaces the list in the order sent, without what it says twice', async () => {
    const departments = ['CorpA:qa', 'CorpA', 'CorpA:qa'];
    const answer = await hose.update('CorpA:li', { name: '李雷', departments, defaultDepartment: 'CorpA' });
    expect(answer.json.value).toMatchObject({ departments: ['CorpA:qa', 'CorpA'], defaultDepartment: 'CorpA' });
  });

  const notUnique = (field: string, code: string): string => `根据字段[${field}]的code[${code}]不能定位到唯一部门`;
  test.each([
    [['002'], '002', notUnique('defaultDepartment', '002')],
    [['404'], '404', notUnique('defaultDepartment', '404')],
    [['900'], '900', notUnique('defaultDepartment', '900')],
    [['CorpA:rd'], 'CorpA:rd', notUnique('defaultDepartment', 'CorpA:rd')],
    [['100', '002'], '100', notUnique('departments', '002')],
    [['100', ''], '100', notUnique('departments', '')],
    [['ext'], 'ext', '未找到对应部门'],
    [['100'], '001', '默认部门必须在所在部门中'],
  ])('reads codes %j with default %j where asked to', (departments, defaultDepartment, message) =>
    expect(
      resultOf(hose.update('00005', { name: '李雷', departments, defaultDepartment }, '&type=code')),
    ).resolves.toEqual(refused(400, message)),
  );

  test('answers ids whatever the request called them', async () => {
    const body = { name: '李雷', departments: ['100', '001'], defaultDepartment: '001' };
    const { value } = (await hose.update('00005', body, '&type=code')).json;
    expect(value).toMatchObject({ departments: ['CorpA:rd', 'CorpA'], defaultDepartment: 'CorpA' });
  });
});

describe('the custom form', () => {
  const form = async (staffCustomForm: object, query = ''): Promise<Awaited<ReturnType<Client['update']>>> =>
    hose.update(query === '' ? 'CorpA:han' : '00006', { name: '韩梅梅', staffCustomForm }, query);

  test('merges, and tells the whole of it by ids', async () => {
    expect((await form({ rankType: 'ID_p6' })).json.value.staffCustomForm).toEqual({
      rankType: 'ID_p6',
      u_项目: 'ID_px',
    });
    const { value } = (await form({ rankType: 'P5', postType: 'DEV', u_项目: 'Y' }, '&type=code')).json;
    expect(value.staffCustomForm).toEqual({ postType: 'ID_dev', rankType: 'ID_p5', u_项目: 'ID_py' });
    expect(await directory.employee('a', 'han')).toMatchObject({
      jobLevel: 'p5',
      jobTitle: 'dev',
      custom: { project: 'py' },
    });
  });

  test('keeps base byte for byte', async () => {
    const base = '[{"key" : "8","label":"北京市/海淀区"} ]';
    expect((await form({ base })).json.value.staffCustomForm.base).toBe(base);
  });

  test('keeps every kind of value as sent', async () => {
    const money = { standard: '123.1234', standardStrCode: 'CNY', standardScale: 2 };
    const sent = { u_尺码: 42, u_爱好: '登山', u_纪念日: 1624896000000, u_预算: money };
    expect((await form(sent)).json.value.staffCustomForm).toMatchObject({ ...sent, u_尺码: '42' });
    expect((await directory.employee('a', 'han')).custom).toMatchObject({
      hobby: { value: '登山', i18n: {} },
      size: '42',
      day: 1624896000000,
      budget: money,
    });
  });

  test('keeps an empty text as one, without any look-up, and takes a key out for null', async () => {
    const blank = { rankType: '', u_项目: '', u_爱好: '', u_尺码: '', base: '' };
    expect((await form(blank)).json.value.staffCustomForm).toEqual(blank);
    expect(await directory.employee('a', 'han')).toMatchObject({ jobLevel: null, custom: { hobby: { value: '' } } });
    const nulls = Object.fromEntries(Object.keys(blank).map((key) => [key, null]));
    expect((await form(nulls)).json.value.staffCustomForm).toEqual({});
    expect((await form({ rankType: 'ID_p5' })).json.value.staffCustomForm).toEqual({ rankType: 'ID_p5' });
  });

  test.each([['certificate'], ['defaultDepartment.form.costCenter'], ['defaultDepartment.form.legalEntity']])(
    'passes over %s, which Hose prints in a form without a field for it',
    async (key) => {
      // Contract hose-more.md 4: "not sent by us, and ignored when sent back".
      const answer = await form({ [key]: ['ID_1'], rankType: 'ID_p6' });
      expect(answer.json.value.staffCustomForm).toEqual({ rankType: 'ID_p6', u_项目: 'ID_px' });
      expect(answer.outcome?.records[0]?.verdicts).toContainEqual({
        field: `staffCustomForm.${key}`,
        verdict: 'ignored',
        reason: 'answers print it, and no request writes it',
      });
      const alone = await hose.send('PUT', '/api/openapi/v1.1/staffs/$CorpA:han/customFields', {
        body: { [key]: null },
      });
      expect(alone.json.value.staffCustomForm).toEqual({ rankType: 'ID_p6', u_项目: 'ID_px' });
      const stranger = await form({ [key]: ['ID_1'], u_x: 1 });
      expect(stranger.json).toEqual(failure(400, 'staffCustomForm中的u_x字段不属于员工自定义字段'));
    },
  );

  const unresolved = (key: string): string => `字段${key}不合法，没有找到对应的数据`;
  const stranger = (key: string): string => `staffCustomForm中的${key}字段不属于员工自定义字段`;
  test.each([
    ['an unknown level', { rankType: 'ID_x' }, '', unresolved('rankType')],
    ['a title for a level', { rankType: 'ID_dev' }, '', unresolved('rankType')],
    ['a level switched off', { rankType: 'ID_old' }, '', unresolved('rankType')],
    ['a code for an id', { rankType: 'P5' }, '', unresolved('rankType')],
    ['an id for a code', { rankType: 'ID_p5' }, '&type=code', unresolved('rankType')],
    ['a code that two carry', { rankType: 'TWIN' }, '&type=code', unresolved('rankType')],
    ['an unknown title', { postType: 'ID_x' }, '', unresolved('postType')],
    ['an unknown item', { u_项目: 'ID_x' }, '', unresolved('u_项目')],
    ['cities that are no list', { base: '{"key":"8"}' }, '', unresolved('base')],
    ['cities that are no JSON', { base: '北京' }, '', unresolved('base')],
    ['cities without label', { base: '[{"key":"8"}]' }, '', unresolved('base')],
    ['a field nobody has', { u_测试1: 1 }, '', stranger('u_测试1')],
    ['a field switched off', { u_停用: 'x' }, '', stranger('u_停用')],
    ['a field of another platform', { elsewhere: 'x' }, '', stranger('elsewhere')],
    ['a prototype', JSON.parse('{"__proto__": {}}') as object, '', stranger('__proto__')],
    ['the first of two strangers', { rankType: 'ID_x', u_2: 1, u_1: 1 }, '', stranger('u_2')],
  ])('refuses %s', (_what, sent, query, message) =>
    expect(resultOf(form(sent, query))).resolves.toEqual(refused(400, message)),
  );

  test.each([
    [{ rankType: 1 }],
    [{ base: [] }],
    [{ u_项目: 1 }],
    [{ u_爱好: 1 }],
    [{ u_尺码: 'x' }],
    [{ u_尺码: true }],
    [{ u_纪念日: '2021' }],
    [{ u_预算: '5' }],
  ])('takes %j for wrong JSON', (sent) =>
    expect(resultOf(form(sent))).resolves.toEqual(refused(412, 'JSON请求参数不正确')),
  );

  test('does not know a built-in field that the company switched off', async () => {
    await directory.close();
    directory = await openTestDirectory({
      companies: [corporationA(', built_in_fields: { base: false, rankType: false }')],
    });
    hose = await clientOf(directory, 'key-a', 's');
    expect((await form({ base: '[]' })).json).toEqual(failure(400, stranger('base')));
    expect((await form({ rankType: '' })).json).toEqual(failure(400, stranger('rankType')));
  });

  test('knows cities only where the company is strict about them', async () => {
    await directory.close();
    const city = 'cities: [{ id: haidian, name: 海淀区, hose: { id: "8" } }]';
    directory = await openTestDirectory({ companies: [corporationA(', strict_cities: true', city)] });
    hose = await clientOf(directory, 'key-a', 's');
    expect((await form({ base: '[{"key":"8","label":"北京市/海淀区"}]' })).status).toBe(200);
    expect((await form({ base: '[{"key":"9","label":"火星"}]' })).json).toEqual(failure(400, unresolved('base')));
  });
});

describe('the old path', () => {
  const old = (staff: string, body: object): ReturnType<Client['send']> => hose.send('PUT', `${V1}$${staff}`, { body });

  test('replaces the form: what was not sent is blanked', async () => {
    const { value } = (await old('CorpA:han', { name: '韩梅梅', staffCustomForm: { rankType: 'ID_p6' } })).json;
    expect(value.staffCustomForm).toEqual({ rankType: 'ID_p6' });
    expect((await old('CorpA:han', { name: '韩梅梅' })).json.value.staffCustomForm).toEqual({});
    expect((await old('CorpA:li', { name: '李雷' })).json.value.staffCustomForm).toEqual({});
  });

  test('clears what was blank and is not sent, of every type of field', async () => {
    const keys = ['rankType', 'postType', 'base', 'u_项目', 'u_爱好', 'u_尺码', 'u_纪念日', 'u_预算'];
    const blank = Object.fromEntries(keys.map((key) => [key, '']));
    for (const rest of [undefined, {}, { u_尺码: '' }, { u_尺码: null, u_爱好: '棋' }]) {
      expect((await old('CorpA:li', { name: '李雷', staffCustomForm: blank })).json.value.staffCustomForm).toEqual(
        blank,
      );
      const body = { name: '李雷', ...(rest === undefined ? {} : { staffCustomForm: rest }) };
      const left = Object.fromEntries(Object.entries(rest ?? {}).filter(([, value]) => value !== null));
      expect((await old('CorpA:li', body)).json.value.staffCustomForm).toEqual(left);
      expect((await hose.staff('CorpA:li')).staffCustomForm).toEqual(left);
    }
  });

  test('leaves what stands in a field that is switched off, and does not show it', async () => {
    const form = { u_尺码: '41', u_爱好: '棋', rankType: 'ID_p5' };
    const on = (await old('CorpA:li', { name: '李雷', staffCustomForm: form })).json.value;
    expect(on.staffCustomForm).toEqual(form);
    const off = corporationA(', built_in_fields: { rankType: false }')
      .replace('name: 尺码, type: number', 'name: 尺码, type: number, enabled: false')
      .replace('name: 爱好, type: text', 'name: 爱好, type: text, enabled: false');
    // Of the people nothing is said, so they stay as they are.
    const people = (await directory.companies.export('a')) ?? '';
    await directory.companies.apply(
      'a',
      off.slice(0, off.indexOf('employees:')) + people.slice(people.indexOf('employees:')),
      {
        plan: false,
        request: 'test',
      },
    );
    expect(
      (await old('CorpA:li', { name: '李雷', staffCustomForm: { u_尺码: '9' } })).json.value.staffCustomForm,
    ).toEqual({});
    const { custom, jobLevel } = await directory.employee('a', 'li');
    expect([custom['size'], jobLevel]).toEqual(['41', 'p5']);
    expect(custom['hobby']).toMatchObject({ value: '棋' });
  });

  test('drops unknown keys without a word, but checks values', async () => {
    const answer = await old('CorpA:han', { name: '韩梅梅', staffCustomForm: { u_测试1: 'x', u_爱好: '棋' } });
    expect(answer.json.value.staffCustomForm).toEqual({ u_爱好: '棋' });
    expect(answer.outcome?.records[0]?.verdicts).toContainEqual({
      field: 'staffCustomForm.u_测试1',
      verdict: 'unknown',
      reason: expect.stringMatching(/\S/),
    });
    expect((await old('CorpA:han', { name: '韩梅梅', staffCustomForm: { rankType: 'x' } })).json).toEqual(
      failure(400, '字段rankType不合法，没有找到对应的数据'),
    );
  });

  test('lets the first department take the place of a default outside the list', async () => {
    const body = { name: '李雷', departments: ['CorpA:qa', 'CorpA'], defaultDepartment: 'CorpA:rd' };
    expect((await old('CorpA:li', body)).json.value.defaultDepartment).toBe('CorpA:qa');
  });

  test('does not check the characters of a phone', async () => {
    const phone = async (cellphone: string): Promise<unknown> =>
      (await old('CorpA:li', { name: '李雷', cellphone })).json.value.cellphone;
    expect(await phone('+852 6123-4567')).toBe('(852)61234567');
    expect(await phone('（852）61234567')).toBe('(852)61234567');
    expect(await phone('138 0000 1111')).toBe('13800001111');
  });

  test.each(['-', '无', ' ', '+()', '（）'])(
    'takes the phone %j, which has no digit, as not sent',
    async (cellphone) => {
      const before = await hose.staff('CorpA:li');
      const body = { name: '李雷', cellphone, modifyAccountPhone: true };
      const answer = await old('CorpA:li', body);
      expect([answer.status, answer.json.value.cellphone, answer.json.value.globalRoaming]).toEqual([
        200,
        before.cellphone,
        before.globalRoaming,
      ]);
      expect(answer.outcome?.records[0]?.verdicts).toMatchObject([
        { field: 'name', verdict: 'unchanged' },
        { field: 'cellphone', verdict: 'ignored' },
        { field: 'modifyAccountPhone', verdict: 'ignored' },
      ]);
      expect((await directory.employee('a', 'li')).mobile).toEqual({ country: '86', number: '13800000001' });
      expect((await old('CorpA:li', { name: '李雷', cellphone: '' })).json.value.cellphone).toBe('');
      expect((await hose.update('CorpA:li', { name: '李雷', cellphone })).status, 'v1.1 does check').toBe(400);
      const newcomer = { name: '新人', cellphone, departments: ['CorpA'], defaultDepartment: 'CorpA' };
      const create = (more: object) => hose.send('POST', '/api/openapi/v1/staffs', { body: { ...newcomer, ...more } });
      expect((await create({})).json).toEqual(failure(400, '手机号或邮箱必须至少填一个'));
      expect((await create({ email: 'new@a.example' })).json.value).toMatchObject({
        cellphone: '',
        email: 'new@a.example',
      });
    },
  );

  test('knows no type', async () => {
    const answer = await hose.send('PUT', `${V1}$00005?type=code`, { body: { name: '李雷' } });
    expect(answer.json).toEqual(failure(400, '没有查到此员工信息'));
  });

  test('needs a name as well', () =>
    expect(resultOf(old('CorpA:li', {}))).resolves.toEqual(refused(400, '员工名称不能为空')));
});

describe('the worked examples of the contract', () => {
  const mail = 'Min.Zhou@Example.com';
  test('(a) a foreign phone and mixed-case mail with both flags off', async () => {
    const { value } = (await hose.update('CorpA:li', { name: '周敏', cellphone: '(852)61234567', email: mail })).json;
    expect(value).toMatchObject({
      cellphone: '(852)61234567',
      globalRoaming: '+852',
      email: null,
      showEmail: mail,
    });
  });

  test('(b) the same with the mail as login', async () => {
    const body = { name: '周敏', cellphone: '(852)61234567', email: mail, modifyAccountEmail: true };
    const { value } = (await hose.update('CorpA:li', body)).json;
    expect(value).toMatchObject({ email: 'min.zhou@example.com', showEmail: mail });
  });

  test('(c) an empty code', async () => {
    expect((await hose.update('CorpA:li', { name: '赵六', code: '' })).json.value.code).toBe('00005');
  });

  test('(d) departments without a default', () =>
    expect(resultOf(hose.update('00005', { name: '赵六', departments: ['001'] }, '&type=code'))).resolves.toEqual(
      refused(403, '部门不能为空'),
    ));

  test('(e) a code that two departments have', () =>
    expect(
      resultOf(hose.update('00005', { name: '赵六', defaultDepartment: '002', departments: ['002'] }, '&type=code')),
    ).resolves.toEqual(refused(400, '根据字段[defaultDepartment]的code[002]不能定位到唯一部门')));
});

describe('the order of checks', () => {
  /** Each fault, in the order of the answers. */
  const faults: readonly (readonly [string, object, number, string])[] = [
    ['name', { name: '' }, 400, '员工名称不能为空'],
    ['phone', { cellphone: 'x' }, 400, '手机号格式不正确，只能包含数字和英文括号'],
    ['e-mail', { email: '' }, 400, '邮箱不能为空'],
    ['departments', { departments: [], defaultDepartment: 'x' }, 403, '部门不能为空'],
    [
      'field',
      { staffCustomForm: { u_测试1: 1, rankType: 'x' } },
      400,
      'staffCustomForm中的u_测试1字段不属于员工自定义字段',
    ],
    ['value', { staffCustomForm: { rankType: 'x' } }, 400, '字段rankType不合法，没有找到对应的数据'],
    [
      'login phone',
      { cellphone: '13900000001', modifyAccountPhone: true },
      412,
      '此用户无法进行修改账户手机号，因修改的手机号在系统中已经注册',
    ],
    [
      'login e-mail',
      { email: 'WANG@b.example', modifyAccountEmail: true },
      400,
      '登录邮箱已被其他企业使用，由于安全问题，无法修改',
    ],
  ];

  test.each(faults.map(([what], index) => [what, index] as const))(
    'tells %s before all that follow',
    (_what, index) => {
      const [, , status, message] = faults[index]!;
      const body = Object.assign(
        { name: '李雷' },
        ...faults
          .slice(index)
          .toReversed()
          .map(([, fault]) => fault),
      );
      return expect(resultOf(hose.update('CorpA:li', body as object))).resolves.toEqual(refused(status, message));
    },
  );

  test('asks for the body before the type, the type before the name, the name before the staff', async () => {
    const send = (staff: string, body: string | object, query: string): ReturnType<Client['send']> =>
      hose.send('PUT', `${V11}$${staff}?${query}`, { body });
    await expect(resultOf(send('nobody', '{', 'type=x'))).resolves.toEqual(refused(412, 'JSON请求参数不正确'));
    await expect(resultOf(send('nobody', '', 'type=x'))).resolves.toEqual(refused(400, '输入存在错误:\n- 缺少Entity'));
    await expect(resultOf(send('nobody', { name: 1 }, 'type=x'))).resolves.toEqual(refused(412, 'JSON请求参数不正确'));
    await expect(resultOf(send('nobody', {}, 'type=x'))).resolves.toEqual(refused(412, 'type参数不合法'));
    await expect(resultOf(send('nobody', {}, 'type=id'))).resolves.toEqual(refused(400, '员工名称不能为空'));
    await expect(resultOf(send('nobody', { name: '李雷', cellphone: 'x' }, ''))).resolves.toEqual(
      refused(400, '没有查到此员工信息'),
    );
  });
});
