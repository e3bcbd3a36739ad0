import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportRows, ImportView } from '../../src/company/tables/contract.ts';
import { PendingRows } from '../../src/company/tables/rows/pending-rows.ts';
import type { DialectContext } from '../../src/dialects/dialect.ts';
import { createRecordFactory } from '../../src/dialects/record-factory.ts';
import { dialects } from '../../src/dialects/registry.ts';
import type { RowChange } from '../../src/dialects/row-calls.ts';
import type { RowVerdicts } from '../../src/dialects/row-verdict.ts';
import { membershipsOf } from '../../src/directory/employees/membership.ts';
import type { Employee } from '../../src/directory/employees/employee.ts';
import { updateEmployee, type EmployeePatch } from '../../src/directory/employees/employee-update.ts';
import { lookupKeys } from '../../src/directory/lookup.ts';
import { plainText } from '../../src/directory/text.ts';
import { startMingce, type Mingce } from '../../src/index.ts';
import { randomIds } from '../../src/lib/ids.ts';
import { RateLimiter } from '../../src/lib/rate-limiter.ts';
import { callAs } from '../../src/sandbox/acting/app-call.ts';
import { withPending } from '../../src/sandbox/acting/pending-people.ts';
import { verdictsOf } from '../../src/sandbox/acting/open-row-judge.ts';
import { RowJudge } from '../../src/sandbox/acting/row-judge.ts';
import { dryStore } from '../../src/sandbox/dry-run/dry-store.ts';

let mingce: Mingce;
beforeEach(async () => {
  mingce = await startMingce({ listen: false, demo: true });
});
afterEach(async () => {
  await mingce.close();
});

const ACCEPTED = { accepted: true };

async function send(
  method: string,
  path: string,
  body?: string | Uint8Array | object,
  language = 'en',
): Promise<Response> {
  return await mingce.fetch(`http://mingce.test/mingce/v1/companies/demo${path}`, {
    method,
    headers: { Authorization: `Bearer ${mingce.adminKey ?? ''}`, 'Accept-Language': language },
    ...(body === undefined
      ? {}
      : { body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) }),
  });
}

async function asked<Answer>(method: string, path: string, body?: string | Uint8Array | object): Promise<Answer> {
  const answer = await send(method, path, body);
  const text = await answer.text();
  expect([200, 201], text).toContain(answer.status);
  return JSON.parse(text) as Answer;
}

async function settled(id: string): Promise<ImportView> {
  for (;;) {
    const view = await asked<ImportView>('GET', `/imports/${id}`);
    if (!['checking', 'applying', 'undoing'].includes(view.state)) return view;
    await setTimeout(5);
  }
}

async function checked(table: string | Uint8Array): Promise<ImportView> {
  const { id } = await asked<ImportView>('POST', '/imports?name=table', table);
  await asked('POST', `/imports/${id}/check`);
  return await settled(id);
}

async function rowsOf(id: string, query = ''): Promise<ImportRows['rows']> {
  return (await asked<ImportRows>('GET', `/imports/${id}/rows${query}`)).rows;
}

test('cells that are mended are read instead of those of the file, are applied, and are in the file of rows that failed', async () => {
  const { id, columns } = await checked(
    '姓名,手机,部门,工号\n王强,13800019991,华东二区,00071\n李芳,13800010011,后端组,00072\n赵云,13800019993,华东二区,00073\n',
  );
  expect((await rowsOf(id)).map(({ row, state }) => [row, state])).toEqual([
    [2, 'refused'],
    [3, 'refused'],
    [4, 'refused'],
  ]);
  const department = columns.findIndex(({ field }) => field === 'departments');
  const mend = (...mended: object[]): Promise<Response> => send('PATCH', `/imports/${id}`, { mended });
  expect((await mend({ row: 2, column: department, value: '前端组' })).status).toBe(200);
  expect((await mend({ row: 3, column: 1, value: '138' }, { row: 4, column: department, value: 'x' })).status).toBe(
    200,
  );
  // The later value of a cell counts; what is no cell of the table is refused.
  expect((await mend({ row: 4, column: department, value: '测试组' })).status).toBe(200);
  expect((await mend({ row: 4, column: 9, value: 'x' })).status).toBe(422);
  expect((await mend({ row: 0, column: 0, value: 'x' })).status).toBe(400);
  const many = Array.from({ length: 1_000 }, (_none, row) => ({ row: row + 100, column: 0, value: 'x' }));
  expect((await mend(...many)).status).toBe(422);
  await asked('POST', `/imports/${id}/check`);
  expect((await settled(id)).counts).toMatchObject({ add: 2, refused: 1 });
  expect((await rowsOf(id)).map(({ cells }) => cells)).toEqual([
    ['王强', '13800019991', '前端组', '00071'],
    ['李芳', '138', '后端组', '00072'],
    ['赵云', '13800019993', '测试组', '00073'],
  ]);
  await asked('POST', `/imports/${id}/apply`, {});
  expect(await settled(id)).toMatchObject({ state: 'applied', applied: 2 });
  const failed = await (await send('GET', `/imports/${id}/failed?format=csv`)).text();
  expect(failed.split('\r\n')[1]).toMatch(/^李芳,138,后端组,/);
});

test('all mistakes of a row are reported at once: of its cells, of who it names, and those that a platform finds', async () => {
  const { id, counts } = await checked(
    '姓名,手机,工号,部门,入职,邮箱,直属上级\n' +
      '王强,13800019991,00071,没有的组,不是日期,不是邮箱,99999\n' +
      ',13800019992,00072,后端组,不是日期,不是邮箱,00072\n' +
      ',,10001,没有的组,,不是邮箱,10001\n' +
      '赵云,电话,,后端组,不是日期,,99999\n' +
      // A row with mistakes is not counted as about its employee, and a mistake beside does not hide that an earlier row is about the same.
      '王强,13800019991,00071,后端组,2024-03-01,wangqiang@example.com,\n' +
      '康明,,10001,后端组,,,\n' +
      '康明,,10001,后端组,不是日期,,99999\n',
  );
  const rows = await rowsOf(id);
  const found = rows.map(({ problems, verdicts }) => [
    problems.map(({ field }) => field),
    Object.entries(verdicts).flatMap(([platform, verdict]) =>
      verdict?.accepted === false ? [`${platform} ${verdict.code ?? ''}`] : [],
    ),
  ]);
  const mail = ['feishu 2221107', 'wecom 60105', 'hose 400'];
  expect(found).toEqual([
    [['departments', 'join_date', 'leader'], mail],
    [['join_date', 'leader', 'name'], mail],
    [['departments', 'leader'], mail],
    [['mobile', 'join_date', 'leader'], []],
    [[], []],
    [[], []],
    [['join_date', 'leader', null], []],
  ]);
  expect(counts).toMatchObject({ rows: 7, refused: 5 });
  const failed = await (await send('GET', `/imports/${id}/failed?format=csv`)).text();
  expect(failed.split('\r\n')[1]).toMatch(/不是日期.*99999.*feishu 2221107.*wecom 60105/);
});

test('a table of joiners is checked with every platform before anything is written, then applied, then taken back', async () => {
  const before = (await asked<{ total: number }>('GET', '/employees?limit=1')).total;
  const table =
    '姓名,手机,工号,部门,入职,职务,直属上级\r\n' +
    '王强,13800019991,00012,后端组,45352,软件工程师,10001\r\n' +
    '李芳,13800010011,00013,恒达科技/研发中心/后端组,2024/3/1,,\r\n' +
    '赵云,13800019993,00014,华东二区,2024-03-01,,00012\r\n' +
    '钱进,13800019994,00015,前端组,2024-03-01,,00012\r\n' +
    '孙立,13800019991,00016,前端组,,,\r\n';
  const view = await checked(table);
  expect(view.columns.map(({ field }) => field)).toEqual([
    'name',
    'mobile',
    'job_number',
    'departments',
    'join_date',
    'job_title',
    'leader',
  ]);
  expect(view.columns[4]?.read_as).toBe('2024-03-01');
  const rows = await rowsOf(view.id);
  expect(rows.map(({ row, state, action }) => [row, state, action])).toEqual([
    [2, 'ready', 'add'],
    [3, 'refused', 'add'],
    [4, 'refused', null],
    [5, 'ready', 'add'],
    [6, 'refused', 'add'],
  ]);
  expect(rows[0]?.verdicts).toEqual({ feishu: ACCEPTED, wecom: ACCEPTED, hose: ACCEPTED });
  expect(rows[1]?.verdicts).toMatchObject({
    feishu: { accepted: false, code: '2221103', fields: ['employee.mobile'] },
    wecom: { accepted: false, code: '60104', message: 'mobile existed:zhouhao' },
    hose: { accepted: false },
  });
  expect(rows[2]?.problems).toEqual([
    {
      field: 'departments',
      en: 'There is no department 华东二区.',
      zh: '部门「华东二区」不存在。',
      did_you_mean: ['华东区'],
    },
  ]);
  // The mobile is that of the first row, which will be written.
  expect(rows[4]?.verdicts['feishu']).toMatchObject({ code: '2221103' });
  expect((await asked<{ total: number }>('GET', '/employees?limit=1')).total).toBe(before);
  await asked('POST', `/imports/${view.id}/apply`);
  const applied = await settled(view.id);
  expect(applied).toMatchObject({ state: 'applied', applied: 2, failed: 0 });
  expect((await asked<{ total: number }>('GET', '/employees?limit=1')).total).toBe(before + 2);
  await asked('POST', `/imports/${view.id}/undo`);
  expect(await settled(view.id)).toMatchObject({ state: 'undone', kept: 0 });
  expect((await asked<{ total: number }>('GET', '/employees?limit=1')).total).toBe(before);
});

test('an export that is imported again changes nothing, whatever its format', async () => {
  for (const format of ['xlsx', 'csv', 'csv-gb18030', 'csv&raw=true']) {
    const answer = await send('GET', `/export?format=${format}&language=zh`);
    expect(answer.status).toBe(200);
    const view = await checked(new Uint8Array(await answer.arrayBuffer()));
    expect(view.columns.filter(({ field }) => field === null)).toEqual([]);
    const others = (await rowsOf(view.id, '?limit=200')).filter(({ state }) => state !== 'same');
    expect(others).toEqual([]);
    expect(view.counts).toMatchObject({ rows: 58, same: 58, refused: 0 });
  }
});

test('rows that failed are a table with a reason; mended and imported again, they leave none', async () => {
  const view = await checked('姓名,手机,工号,部门\n王强,1380001999,00012,后端组\n李芳,13800019992,00013,前端组\n');
  expect(view.counts).toMatchObject({ add: 1, refused: 1 });
  await asked('POST', `/imports/${view.id}/apply`);
  await settled(view.id);
  const failed = await (await send('GET', `/imports/${view.id}/failed?format=csv`)).text();
  expect(failed).toBe(
    '姓名,手机,工号,部门,Reason\r\n王强,1380001999,00012,后端组,1380001999 is not a mobile; write 13800010001 or +852 61234567.\r\n',
  );
  const again = await checked(failed.replace('王强,1380001999', '王强,13800019991'));
  expect(again.counts).toMatchObject({ add: 1, refused: 0 });
  await asked('POST', `/imports/${again.id}/apply`);
  expect(await settled(again.id)).toMatchObject({ applied: 1, failed: 0 });
});

test('more people than a mistake in a table should remove leave only where their number is confirmed', async () => {
  // A filter finds nothing before the index of the company is made.
  const list = (): Promise<{ index: number; employees: { id: string }[] }> =>
    asked('GET', '/employees?limit=12&status=regular');
  await expect.poll(async () => (await list()).index, { timeout: 20_000 }).toBe(1);
  const people = (await list()).employees;
  const view = await checked(`id,状态,离职日期\n${people.map(({ id }) => `${id},已离职,2026-01-31`).join('\n')}\n`);
  expect(view.brake?.tripped).toBe(true);
  const removes = view.counts?.removes ?? 0;
  const refused = await send('POST', `/imports/${view.id}/apply`, {});
  const why = (await refused.json()) as { code: string; detail: string };
  expect([refused.status, why.code]).toEqual([409, 'import-confirm']);
  expect(why.detail).toContain(`{"confirm": ${String(removes)}}, or mingce with --confirm ${String(removes)}.`);
  expect((await send('POST', `/imports/${view.id}/apply`, { confirm: removes + 1 })).status).toBe(409);
  await asked('POST', `/imports/${view.id}/apply`, { confirm: removes });
  expect(await settled(view.id)).toMatchObject({ state: 'applied', applied: removes });
});

test('a table is not applied to a directory that was changed after the check; a row that was, fails alone', async () => {
  const view = await checked('工号,别名\n10001,新别名\n');
  await asked('POST', `/imports/${view.id}/check`);
  await settled(view.id);
  const other = await checked('工号,别名\n10001,另一个\n');
  expect((await rowsOf(other.id))[0]).toMatchObject({
    state: 'ready',
    verdicts: { feishu: ACCEPTED, wecom: ACCEPTED, hose: ACCEPTED },
  });
  await asked('POST', `/imports/${other.id}/apply`);
  expect(await settled(other.id)).toMatchObject({ applied: 1 });
  const late = await send('POST', `/imports/${view.id}/apply`);
  expect([late.status, ((await late.json()) as { code: string }).code]).toEqual([409, 'import-changed']);
});

test('the table of WeCom is known by its header, and its departments by their numbers there', async () => {
  const answer = await send('GET', '/export?template=wecom');
  const text = await answer.text();
  expect(text.split('\r\n')[0]).toBe(
    '姓名,帐号,手机号,邮箱,所在部门,职位,性别,是否部门内领导,排序,别名,地址,座机,禁用,禁用项说明：(0-启用;1-禁用)',
  );
  const phones = text
    .split('\r\n')
    .slice(1)
    .map((line) => [line.split(',')[1], line.split(',')[2]]);
  // The platform makes members of all who are in its table, and takes no apostrophe for part of a phone.
  expect(phones).toContainEqual(['zhangsan', '13800010001']);
  expect(phones).toContainEqual(['zhoumin', "'+85261234567"]);
  expect(phones.map(([userid]) => userid)).not.toContain('qinshan');
  const view = await checked(text);
  expect(view.template).toBe('wecom');
  expect(view.columns.find(({ header }) => header === '帐号')?.field).toBe('wecom_id');
  expect((await rowsOf(view.id, '?limit=200')).filter(({ state }) => state !== 'same')).toEqual([]);
});

test('an export of some states has those in one of them, and refuses a state that there is not', async () => {
  const some = await (await send('GET', '/export?format=csv&columns=id,status&status=pre-resigned,resigned')).text();
  expect(some.trim().split('\r\n').slice(1)).toEqual(['kangming,待离职', 'qinshan,已离职']);
  const refused = await send('GET', '/export?format=csv&status=regualr');
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('There is no status regualr')]);
});

test('columns are matched by hand where their headers say nothing, with what may be meant', async () => {
  const { id, columns } = await asked<ImportView>(
    'POST',
    '/imports?name=t.csv',
    '工 号,手机号吗,Mobil\n10001,1,13800010001\n',
  );
  expect(columns.map(({ field, did_you_mean }) => [field, did_you_mean])).toEqual([
    ['job_number', []],
    [null, ['mobile']],
    [null, ['mobile']],
  ]);
  const changed = await asked<ImportView>('PATCH', `/imports/${id}`, { columns: ['job_number', null, 'mobile'] });
  expect(changed.columns[2]?.field).toBe('mobile');
  expect((await send('PATCH', `/imports/${id}`, { columns: ['mobile', null, 'mobile'] })).status).toBe(422);
  expect((await send('PATCH', `/imports/${id}`, { columns: ['nothing', null, null] })).status).toBe(422);
});

test('what is no table is refused in a sentence, and nothing of it is kept', async () => {
  for (const [body, status] of [
    ['', 422],
    [Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), 422],
    [Uint8Array.of(1, 0, 2), 422],
  ] as const) {
    const answer = await send('POST', '/imports?name=x', body);
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { code: string }).code).toMatch(/^table-/);
  }
  expect(await asked('GET', '/imports')).toEqual({ imports: [] });
  const page = await send('POST', '/imports?name=x.xls', '<html><table>', 'zh-CN,zh;q=0.9');
  expect(((await page.json()) as { detail: string }).detail).toMatch(/网页.*请用 Excel 打开/);
  expect((await send('GET', '/imports/imp-0000000000/rows')).status).toBe(404);
  expect((await send('GET', '/imports/..%2f..%2fx')).status).toBe(404);
});

/** A row of a random table: an employee by position, the later ones are added, and new values, which few share. */
/** A value now and then: with all of them given, one refuses nearly every row. */
function seldom(most: number): fc.Arbitrary<number | null> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(most) });
}

const randomRow = fc.record({
  person: fc.nat(7),
  mobile: seldom(6),
  email: seldom(4),
  jobNumber: seldom(4),
  department: seldom(30),
  leader: seldom(9),
});

/** WeCom's texts name the request, whose id is another each time. */
function withoutHints(verdicts: RowVerdicts): unknown {
  return JSON.parse(JSON.stringify(verdicts).replaceAll(/hint: \[[0-9]+\]/g, 'hint: []'));
}

type RandomRow = typeof randomRow extends fc.Arbitrary<infer Row> ? Row : never;

test('the platforms judge the rows of a batch together as they judge each of them alone', async () => {
  const { store } = mingce;
  const tenant = await store.tenantByKey('demo');
  if (tenant === null) throw new Error('There is no demo company.');
  const people: Employee[] = [];
  for await (const one of store.employees(tenant.number)) if (people.length < 6) people.push(one);
  const factory = createRecordFactory(dialects);
  const at = Date.parse('2026-11-28T08:00:00Z');
  const context: DialectContext = {
    store,
    now: () => at,
    ids: randomIds,
    recordFactory: factory,
    rateLimiter: new RateLimiter(),
  };
  const judge = new RowJudge(dialects, () => context);
  const seen = { accepted: 0, refused: 0 };
  const changesOf = (rows: readonly RandomRow[]): readonly RowChange[] =>
    rows.map(({ person, mobile, email, jobNumber, department, leader }, index) => {
      const before = people[person] ?? null;
      const record = before ?? factory.employee(tenant, `added-${String(index)}`, plainText('新人'), at);
      const place = department === null ? undefined : tenant.departments.all[department]?.id;
      const patch: EmployeePatch = {
        ...(mobile === null
          ? {}
          : { mobile: people[mobile]?.mobile ?? { country: '86', number: `1390000000${String(mobile)}` } }),
        ...(email === null ? {} : { email: people[email]?.email ?? `new${String(email)}@example.com` }),
        ...(jobNumber === null ? {} : { jobNumber: people[jobNumber]?.jobNumber ?? String(jobNumber) }),
        ...(place === undefined ? {} : { departments: membershipsOf([place], []), mainDepartment: place }),
        ...(leader === null ? {} : { leader: people[leader]?.id ?? null }),
      };
      const { after, fields } = updateEmployee(record, patch, at);
      const changed = new Set(Object.keys(fields).map((path) => path.split('.')[0] ?? path));
      return { tenant, before, after, changed, leader: leader === null ? null : (people[leader] ?? null) };
    });
  await fc.assert(
    fc.asyncProperty(fc.array(randomRow, { minLength: 2, maxLength: 12 }), async (rows) => {
      const together = judge.open(dialects.map(({ name }) => name));
      const pending = new PendingRows((id) => factory.employee(tenant, id, plainText(id), 0));
      const changes = changesOf(rows);
      const batch = await together.begin(
        changes.flatMap(({ before, after }) => [before, after].flatMap((one) => (one === null ? [] : lookupKeys(one)))),
      );
      for (const change of changes) {
        const dry = dryStore(store, { answer: (query, answer) => withPending(query, answer, pending) });
        const alone = await verdictsOf(dialects, change, (dialect, app, call) =>
          callAs({ dialect, tenant, app, context: { ...context, store: dry }, origin: 'http://mingce.test' }, call),
        );
        expect(withoutHints(await together.judge(change, batch, pending))).toEqual(withoutHints(alone));
        const isRefused = Object.values(alone).some((verdict) => verdict?.accepted === false);
        seen[isRefused ? 'refused' : 'accepted']++;
        if (!isRefused) pending.note(change.before, change.after);
      }
    }),
    { numRuns: 15 },
  );
  expect(seen.accepted).toBeGreaterThan(0);
  expect(seen.refused).toBeGreaterThan(0);
});
