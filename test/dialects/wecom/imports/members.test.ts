import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { outboxOf } from '../../../../src/directory/outbox.ts';
import { acme, openTestCompany, type Acme } from '../test-company.ts';
import { begin, imported, resultOf, uploadFile } from './imports.ts';

/* 异步批量接口 of members. (wecom-more 6.2 to 6.5) */

/** The template's header, as clients copy it. (wecom-more 6.3) */
const HEADER =
  '姓名,帐号,手机号,邮箱,所在部门,职位,性别,是否部门内领导,排序,别名,地址,座机,禁用,禁用项说明：(0-启用;1-禁用)';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

let company: Acme;
beforeEach(async () => {
  company = await openTestCompany();
});
afterEach(() => company.directory.close());

const user = async (userid: string) => (await company.get('user/get', { userid }, 'contacts')).json;
const outbox = async () => {
  const tenant = await company.directory.store.tenantByKey('acme');
  return outboxOf(company.directory.store).list(tenant?.number ?? 0);
};

describe('syncuser', () => {
  test('begins a block of 30 days with the member that is refused for the limit of a month (12)', async () => {
    const limits = 'limits: { enforced: true, accounts_per_month: 1 }';
    const text = acme.replace('corpid: ww_acme', `corpid: ww_acme\n  ${limits}`);
    await company.directory.companies.apply('acme', text, { plan: false, request: 'test' });
    const codes = async (...userids: string[]): Promise<number[]> => {
      const rows = userids.map((userid) => `N,${userid},${userid}@example.com,1\n`).join('');
      const { result } = await imported(company, 'syncuser', `姓名,帐号,邮箱,所在部门\n${rows}`);
      return result.map(({ errcode }: { errcode: number }) => errcode);
    };
    expect(await codes('a1')).toEqual([0]);
    company.directory.clock.advance(20 * 86_400_000);
    // A row of a member that there is makes none.
    expect(await codes('a1')).toEqual([0]);
    company.directory.clock.advance(86_400_000);
    expect(await codes('a1', 'a2')).toEqual([0, 45009]);
    company.directory.clock.advance(29.5 * 86_400_000);
    expect(await codes('a2')).toEqual([45009]);
    company.directory.clock.advance(86_400_000 / 2);
    expect(await codes('a2')).toEqual([0]);
  });

  test('writes members that there are, makes those there are not, and leaves the others alone', async () => {
    const before = await user('boss');
    const result = await imported(
      company,
      'syncuser',
      `\uFEFF${HEADER}\r\n张叁,zhangsan,,z3@example.com,30;2,工程师,男,1;0,5;6,三儿,某路,020-1,0,\r\n王五,wangwu,13800000005,,2,,女,,,,,,,\r\n,,,,,,,,,,,,,\r\n`,
    );
    expect(result).toEqual({
      errcode: 0,
      errmsg: 'ok',
      status: 3,
      type: 'sync_user',
      total: 2,
      percentage: 100,
      result: [
        { userid: 'zhangsan', errcode: 0, errmsg: 'ok' },
        { userid: 'wangwu', errcode: 0, errmsg: 'ok' },
      ],
    });
    expect(await user('zhangsan')).toMatchObject({
      name: '张叁',
      email: 'z3@example.com',
      department: [30, 2],
      order: [5, 6],
      is_leader_in_dept: [1, 0],
      position: '工程师',
      gender: '1',
      alias: '三儿',
      address: '某路',
      telephone: '020-1',
    });
    expect(await user('wangwu')).toMatchObject({ mobile: '13800000005', gender: '2', department: [2], status: 4 });
    expect(await user('boss')).toEqual(before);
    expect(await outbox()).toMatchObject([
      { kind: 'invitation', operation: 'batch.syncuser', recipients: [{ userid: 'wangwu' }], channel: 'sms' },
    ]);
  });

  test('a column that is not there leaves its field alone; to_invite false invites nobody', async () => {
    const before = await user('zhangsan');
    const file = '姓名,账号,部门,手机\n张三,ZHANGSAN,30;4,13800000001\n王五,wangwu,1,13800000005\n';
    const result = await imported(company, 'syncuser', file, { to_invite: false });
    expect(result.result.map(({ errcode }: { errcode: number }) => errcode)).toEqual([0, 0]);
    expect(await user('zhangsan')).toEqual(before);
    expect(await outbox()).toEqual([]);
  });

  test('a department that there is not is made below 其他（待设置部门）, for members that there are as well', async () => {
    await imported(company, 'syncuser', '姓名,帐号,所在部门\n张三,zhangsan,30;999\n');
    const { department } = (await company.get('department/list', {}, 'contacts')).json;
    const pending = department.find(({ name }: { name: string }) => name === '其他（待设置部门）');
    expect(department.find(({ id }: { id: number }) => id === 999)).toMatchObject({
      name: '999',
      parentid: pending.id,
    });
    expect((await user('zhangsan')).department).toEqual([30, 999]);
  });

  test('a file of what user/list answers changes nothing', async () => {
    await company.post('user/update', { userid: 'boss', email: 'boss@example.com' }, 'contacts');
    const list = async () =>
      (await company.get('user/list', { department_id: '1', fetch_child: '1' }, 'contacts')).json.userlist;
    const before = await list();
    const rows = before.map((one: Record<string, unknown>) =>
      [
        one['name'],
        one['userid'],
        one['mobile'],
        one['email'],
        (one['department'] as number[]).join(';'),
        one['position'],
        one['gender'] === '0' ? '' : one['gender'],
        (one['is_leader_in_dept'] as number[]).join(';'),
        (one['order'] as number[]).join(';'),
        one['alias'],
        one['address'] ?? '',
        one['telephone'],
        '0',
        '',
      ].join(','),
    );
    const parts = (await company.directory.store.tenantByKey('acme'))?.parts;
    const changes = await Promise.all(['zhangsan', 'lisi', 'boss'].map((id) => company.directory.history('acme', id)));
    const { result } = await imported(company, 'syncuser', `${HEADER}\n${rows.join('\n')}\n`);
    expect(result.map(({ errcode }: { errcode: number }) => errcode)).toEqual([0, 0, 0]);
    expect(await list()).toEqual(before);
    expect((await company.directory.store.tenantByKey('acme'))?.parts).toEqual(parts);
    expect(await Promise.all(['zhangsan', 'lisi', 'boss'].map((id) => company.directory.history('acme', id)))).toEqual(
      changes,
    );
  });

  test('a refused row does not stop the others, and has the code of user/create or user/update without tail', async () => {
    const long = 'x'.repeat(65);
    const rows = [
      '甲,-bad,13800000101,,1,',
      `乙,${long},13800000102,,1,`,
      '丙,c,13800000002,,1,',
      '丁,d,="13800000103",,1,',
      '戊,e,13800000104,,eins,',
      `己,f,13800000105,,1,${'p'.repeat(129)}`,
      '庚,g,,,1,',
      '=1+1,h,13800000107,,1,=cmd|/c calc',
    ].filter((row) => !row.startsWith('庚'));
    const { result } = await imported(company, 'syncuser', `姓名,帐号,手机号,邮箱,所在部门,职位\n${rows.join('\n')}`);
    expect(result).toEqual([
      { userid: '-bad', errcode: 40003, errmsg: 'invalid userid' },
      { userid: long, errcode: 40058, errmsg: 'userid exceed max length 64. invalid Request Parameter' },
      { userid: 'c', errcode: 60104, errmsg: 'mobile existed:LiSi' },
      { userid: 'd', errcode: 60103, errmsg: 'invalid mobile' },
      { userid: 'e', errcode: 40066, errmsg: 'invalid party list' },
      { userid: 'f', errcode: 301012, errmsg: 'invalid position' },
      { userid: 'h', errcode: 0, errmsg: 'ok' },
    ]);
    // No cell is a formula.
    expect(await user('h')).toMatchObject({ name: '=1+1', position: '=cmd|/c calc' });
  });

  test('a row may take what an earlier row gave up', async () => {
    await imported(company, 'syncuser', '姓名,帐号,手机号,所在部门\n旧,alt,13800000301,4\n');
    const file = '姓名,帐号,手机号,所在部门\n旧,alt,13800000302,4\n新,neu,13800000301,4\n';
    const { result } = await imported(company, 'syncuser', file);
    expect(result.map(({ errcode }: { errcode: number }) => errcode)).toEqual([0, 0]);
    expect((await user('neu')).mobile).toBe('13800000301');
  });

  test('禁用 disables and enables; unknown headers are attributes of that name', async () => {
    const text = acme.replace(
      'departments:',
      'custom_fields:\n  - { id: motto, name: 座右铭, type: text, wecom: { fieldid: 100001 } }\ndepartments:',
    );
    await company.directory.companies.apply('acme', text, { plan: false, request: 'test' });
    const row = (disabled: string) =>
      `姓名,帐号,所在部门,禁用,座右铭,没有的属性,__proto__\n李四,lisi,4,${disabled},"学, ""习""",x,y\n`;
    await imported(company, 'syncuser', row('1'));
    expect(await user('lisi')).toMatchObject({
      status: 2,
      extattr: { attrs: [{ type: 0, name: '座右铭', text: { value: '学, "习"' } }] },
    });
    await imported(company, 'syncuser', row('0'));
    expect((await user('lisi')).status).not.toBe(2);
  });
});

describe('a file', () => {
  test.each<[what: string, file: string | Uint8Array]>([
    ['of a header only', `${HEADER}\n`],
    ['of empty rows only', `${HEADER}\n,,,\n\n`],
    ['without a required column', '姓名,帐号\n甲,a\n'],
    ['without a name', '姓名,帐号,所在部门\n,a,1\n'],
    ['without a userid', '姓名,帐号,所在部门\n甲,,1\n'],
    ['without a department', '姓名,帐号,所在部门\n甲,a,\n'],
    ['without a mobile and a mail', '姓名,帐号,手机号,邮箱,所在部门\n甲,a,,,1\n'],
    [
      'in GB18030',
      Buffer.concat([Buffer.from('d0d5c3fb2cd5cabac52ccbf9d4dab2bfc3c50a', 'hex'), Buffer.from('a,b,1\n')]),
    ],
    ['in UTF-16', Buffer.from(`\uFEFF姓名,帐号,所在部门\n甲,a,1\n`, 'utf16le')],
    ['with a quote that is not closed', '姓名,帐号,所在部门\n"甲,a,1\n'],
    ['of 201 columns', `${','.repeat(200)}\n`],
    ['that is no table', '\0\u0001\u0002PK\u0003\u0004xxxxx'],
  ])('%s is 40092, and nothing is written', async (_what, file) => {
    expect((await begin(company, 'replaceuser', file)).json).toMatchObject({ errcode: 40092 });
    expect((await user('zhangsan')).name).toBe('张三');
  });

  test('with one userid twice, whatever its case, is 302003', async () => {
    const file = '姓名,帐号,所在部门\n甲,neu,1\n乙,NEU,1\n';
    expect((await begin(company, 'syncuser', file)).json).toMatchObject({ errcode: 302003 });
    expect((await user('neu')).errcode).toBe(60111);
  });

  test.each([
    [{}, 41006],
    [{ media_id: null }, 41006],
    [{ media_id: '' }, 41006],
    [{ media_id: 'none' }, 40007],
  ])('named by %j is %i', async (body, errcode) => {
    for (const what of ['syncuser', 'replaceuser', 'replaceparty'])
      expect((await company.post(`batch/${what}`, body, 'contacts')).json.errcode).toBe(errcode);
  });

  test('of 100,001 rows is 40092, and others are answered while it is read', async () => {
    const media_id = await uploadFile(
      company,
      `姓名,帐号,所在部门\n${Array.from({ length: 100_001 }, (_, n) => `n,u${String(n)},1`).join('\n')}`,
    );
    const reading = company.post('batch/syncuser', { media_id }, 'contacts').then(({ json }) => json.errcode);
    let answered = 0;
    let isOver = false;
    void reading.then(() => (isOver = true));
    while (!isOver) {
      await user('boss');
      await setImmediate();
      answered++;
    }
    expect(await reading).toBe(40092);
    expect(answered).toBeGreaterThan(5);
  }, 60_000);
});

describe('replaceuser', () => {
  const crowd = (count: number, more: Readonly<Record<string, string>>): string =>
    Array.from({ length: count }, (_, n) => `p${String(n)}`)
      .map((id) => `  - { id: ${id}, name: P, departments: [root]${more[id] ?? ''} }`)
      .join('\n');
  const file = (from: number, to: number): string =>
    `姓名,帐号,所在部门\n${Array.from({ length: to - from }, (_, n) => `P,p${String(from + n)},1`).join('\n')}\n`;
  const companyOf = async (
    count: number,
    settings = '',
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    const text = `mingce: 1\nkey: acme\nname: A\nwecom:\n  corpid: ww_acme\n  ${settings}\n  apps: [{ agentid: 3, secret: contacts, kind: contact_sync }]\ndepartments: [{ id: root, name: A }]\nemployees:\n${crowd(count, more)}\n`;
    await company.directory.companies.apply('acme', text, { plan: false, request: 'test' });
  };
  const count = async (): Promise<number> =>
    (await company.get('user/simplelist', { department_id: '1' }, 'contacts')).json.userlist.length;

  test('deletes members that no row has', async () => {
    await companyOf(10);
    const { result, total } = await imported(company, 'replaceuser', file(2, 10));
    expect(total).toBe(8);
    expect(result.slice(8)).toEqual([
      { userid: 'p0', errcode: 0, errmsg: 'ok' },
      { userid: 'p1', errcode: 0, errmsg: 'ok' },
    ]);
    expect(await count()).toBe(8);
  });

  test.each([
    [200, 51, 45026],
    [200, 50, 0],
    [10, 9, 45026],
    [10, 8, 0],
    [260, 52, 0],
  ])('of %i members deletes %i: %i', async (all, going, errcode) => {
    await companyOf(all);
    const { json } = await begin(company, 'replaceuser', file(going, all));
    expect(json.errcode).toBe(errcode);
    const { result = [] } = errcode === 0 ? await resultOf(company, json.jobid) : {};
    expect(result).toHaveLength(errcode === 0 ? all : 0);
    expect(await count()).toBe(errcode === 0 ? all - going : all);
  });

  test('deletes one who left in the client as well', async () => {
    await companyOf(10, '', { p0: ', activation: exited' });
    const { result } = await imported(company, 'replaceuser', file(1, 10));
    expect(result.at(-1)).toEqual({ userid: 'p0', errcode: 0, errmsg: 'ok' });
    expect(await count()).toBe(9);
  });

  test('never deletes the creator: 301005 in its row', async () => {
    await companyOf(10, 'creator: P0');
    const { result } = await imported(company, 'replaceuser', file(1, 10));
    expect(result.at(-1)).toEqual({ userid: 'p0', errcode: 301005, errmsg: 'cannot delete creator' });
    expect(await count()).toBe(10);
  });
});

describe('a job', () => {
  const one = '姓名,帐号,所在部门\n李四,lisi,4\n';
  const paced = async (): Promise<void> => {
    const text = acme.replace('corpid: ww_acme', 'corpid: ww_acme\n  batch_seconds: 9');
    await company.directory.companies.apply('acme', text, { plan: false, request: 'test' });
  };

  test('has an id of 43 characters, and is for the assistant alone', async () => {
    const { json } = await begin(company, 'syncuser', one);
    expect(json).toEqual({ errcode: 0, errmsg: 'ok', jobid: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) });
    expect((await company.get('batch/getresult', { jobid: json.jobid }, 'hr')).json.errcode).toBe(48002);
    for (const what of ['syncuser', 'replaceuser', 'replaceparty'])
      expect((await company.post(`batch/${what}`, {}, 'hr')).json.errcode).toBe(48002);
  });

  test('shows itself as begun, running and done over batch_seconds, and no other begins meanwhile', async () => {
    await paced();
    const { json } = await begin(company, 'syncuser', one);
    expect(await resultOf(company, json.jobid)).toEqual({
      errcode: 0,
      errmsg: 'ok',
      status: 1,
      type: 'sync_user',
      total: 1,
      percentage: 0,
    });
    expect((await begin(company, 'syncuser', one)).json.errcode).toBe(302008);
    company.directory.clock.advance(3_000);
    expect(await resultOf(company, json.jobid)).toMatchObject({ status: 2, percentage: 33 });
    expect((await begin(company, 'replaceparty', '部门名称,部门ID,父部门ID\nA,1,0\n')).json.errcode).toBe(302008);
    company.directory.clock.advance(6_000);
    expect(await resultOf(company, json.jobid)).toMatchObject({ status: 3, percentage: 100, result: [{ errcode: 0 }] });
    expect((await begin(company, 'syncuser', one)).json.errcode).toBe(0);
  });

  test('of two that begin at once one is refused: 302008', async () => {
    await paced();
    const media_id = await uploadFile(company, one);
    const answers = await Promise.all([1, 2, 3].map(() => company.post('batch/syncuser', { media_id }, 'contacts')));
    expect(answers.map(({ json }) => json.errcode).toSorted((a, b) => a - b)).toEqual([0, 302008, 302008]);
  });

  test('is kept with the four after it; an older one is 40089, one that never was 40088', async () => {
    const jobs: string[] = [];
    for (let n = 0; n < 6; n++) {
      const { json } = await begin(company, 'syncuser', one);
      jobs.push(json.jobid);
      await resultOf(company, json.jobid);
    }
    const codes = await Promise.all(jobs.map(async (jobid) => (await resultOf(company, jobid)).errcode));
    expect(codes).toEqual([40089, 0, 0, 0, 0, 0]);
    const [oldest = ''] = jobs;
    const altered = `${oldest.startsWith('A') ? 'B' : 'A'}${oldest.slice(1)}`;
    // The last letter has two bits more than an id: the one after it is of the same bytes.
    const sameBytes = `${oldest.slice(0, -1)}${LETTERS[LETTERS.indexOf(oldest.slice(-1)) + 1] ?? ''}`;
    expect(Buffer.from(sameBytes, 'base64url')).toEqual(Buffer.from(oldest, 'base64url'));
    for (const jobid of ['', 'x', `${oldest}A`, altered, sameBytes, 'A'.repeat(43)])
      expect((await resultOf(company, jobid)).errcode).toBe(40088);
  });

  test('has all its results in their order, however many', async () => {
    const rows = Array.from({ length: 130 }, (_, n) => `N,n${String(n)},4,n${String(n)}@example.com`);
    const { result } = await imported(company, 'syncuser', `姓名,帐号,所在部门,邮箱\n${rows.join('\n')}`);
    expect(result.map(({ userid }: { userid: string }) => userid)).toEqual(
      Array.from({ length: 130 }, (_, n) => `n${String(n)}`),
    );
    const again = await imported(company, 'syncuser', `姓名,帐号,所在部门,邮箱\n${rows.join('\n')}`);
    expect(again.result).toEqual(result);
  }, 30_000);

  test('reads its file to the end, however many others are uploaded meanwhile', async () => {
    await paced();
    const media_id = await uploadFile(company, one);
    const { json } = await company.post('batch/syncuser', { media_id }, 'contacts');
    company.directory.clock.advance(9_000);
    expect(await resultOf(company, json.jobid)).toMatchObject({ status: 3, result: [{ userid: 'lisi', errcode: 0 }] });
    company.directory.clock.advance(3 * 86_400_000);
    expect((await company.post('batch/syncuser', { media_id }, 'contacts')).json.errcode).toBe(40007);
  });

  test('passes over a row that the store fails to write, and says so: 302005', async () => {
    const media_id = await uploadFile(company, '姓名,帐号,所在部门\n甲,lisi,4\n乙,boss,1\n');
    const { store } = company.directory;
    const write = store.write.bind(store);
    let written = 0;
    // The job is begun; then its first step fails as often as it is tried.
    const spy = vi.spyOn(store, 'write').mockImplementation((task) => {
      written++;
      return written > 1 && written < 5 ? Promise.reject(new Error('no room')) : write(task);
    });
    const { jobid } = (await company.post('batch/syncuser', { media_id }, 'contacts')).json;
    const { result } = await resultOf(company, jobid);
    spy.mockRestore();
    expect(result).toEqual([
      { userid: 'lisi', errcode: 302005, errmsg: 'import failed, try again' },
      { userid: 'boss', errcode: 0, errmsg: 'ok' },
    ]);
    expect([(await user('lisi')).name, (await user('boss')).name]).toEqual(['李四', '乙']);
  });

  test('ends with its company, and another of the same name begins without it', async () => {
    const rows = Array.from({ length: 300 }, (_, n) => `N,n${String(n)},4,n${String(n)}@example.com`);
    const { json } = await begin(company, 'syncuser', `姓名,帐号,所在部门,邮箱\n${rows.join('\n')}`);
    await company.directory.companies.remove('acme', 'test');
    await company.directory.companies.apply('acme', acme, { plan: false, request: 'test' });
    expect((await resultOf(company, json.jobid)).errcode).toBe(40088);
    expect((await user('n299')).errcode).toBe(60111);
    expect((await begin(company, 'syncuser', one)).json.errcode).toBe(0);
  });

  test('goes on where the app that began it is gone, and says why its rows fail', async () => {
    const rows = Array.from({ length: 60 }, (_, n) => `N,n${String(n)},4,n${String(n)}@example.com`);
    const text = acme.replace('kind: contact_sync }', 'kind: contact_sync, enabled: false }');
    const { json } = await begin(company, 'syncuser', `姓名,帐号,所在部门,邮箱\n${rows.join('\n')}`);
    await company.directory.companies.apply('acme', text, { plan: false, request: 'test' });
    await company.directory.companies.apply('acme', acme, { plan: false, request: 'test' });
    const { status, result } = await resultOf(company, json.jobid);
    expect([status, result.length]).toEqual([3, 60]);
  });
});
