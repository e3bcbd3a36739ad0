import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMingce, type ChangeLine, type Mingce, type UndoAnswer } from '../../src/index.ts';
import type { TenantData } from '../../src/directory/tenant.ts';
import { freshStore } from '../support/fresh-store.ts';

/* What a company has besides its employees is in the history as well, and is taken back, which every platform reads. */

const KEY = 'undo-admin-key-of-a-test';
const company = `
mingce: 1
key: one
name: 恒信
feishu: { certified: true, rate_limit_enabled: false, apps: [{ app_id: cli_undo, app_secret: s }] }
wecom: { corpid: ww_undo, apps: [{ agentid: 1, secret: s, kind: contact_sync }] }
hose: { corporation_id: c1, apps: [{ app_key: undo, app_security: s }] }
departments:
  - { id: root, name: 恒信, code: "001" }
  - { id: sales, name: 销售, parent: root, code: "002" }
  - { id: empty, name: 待定, parent: root, code: "003" }
job_levels:
  - { id: l1, name: 一级, code: L1 }
employees:
  - { id: boss, name: 老板, job_number: "1", mobile: "+8613800000001", job_level: l1 }
  - { id: li, name: 李四, job_number: "2", mobile: "+8613800000002", email: li@one.example, departments: [sales], leader: boss, account: { mobile: "+8613800000002", email: li@one.example } }
  - { id: wang, name: 王五, job_number: "3", mobile: "+8613800000003", departments: [sales], leader: li }
`;

let mingce: Mingce;
beforeEach(async () => {
  mingce = await startMingce({ store: await freshStore(), companies: [company], adminKey: KEY, sandbox: 'on' });
});
afterEach(() => mingce.close());

interface Answer {
  readonly status: number;
  // eslint-disable-next-line typescript/no-explicit-any -- answers of every shape are looked into
  readonly body: any;
}

async function call(method: string, path: string, body?: object, token = KEY): Promise<Answer> {
  const answer = await mingce.fetch(mingce.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}
const feishu = async (method: string, path: string, body?: object): Promise<Answer> => {
  const answer = await call(method, `/open-apis/${path}`, body, await mingce.tokens.feishu());
  expect(answer.body).toMatchObject({ code: 0 });
  return answer;
};
const wecom = async (method: string, path: string, body?: object): Promise<Answer> => {
  const mark = path.includes('?') ? '&' : '?';
  const answer = await call(method, `/cgi-bin/${path}${mark}access_token=${await mingce.tokens.wecom()}`, body);
  expect(answer.body).toMatchObject({ errcode: 0 });
  return answer;
};
const hose = async (method: string, path: string, body?: object): Promise<Answer> => {
  const mark = path.includes('?') ? '&' : '?';
  const answer = await call(method, `/api/openapi/${path}${mark}accessToken=${await mingce.tokens.hose()}`, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer;
};

/** What a company is but for its dates, and for marks of what was counted or applied. */
async function state(): Promise<unknown> {
  const { parts } = (await mingce.store.tenantByKey('one')) ?? {};
  const { number: _n, updatedAt: _u, appliedFile: _a, removedDepartments: _r, ...rest } = parts as TenantData;
  const undated = <Part extends object>(list: readonly Part[]): readonly unknown[] =>
    list
      .map((part) => ({ ...part, updatedAt: 0 }))
      .toSorted((one, other) => String(Reflect.get(one, 'id')).localeCompare(String(Reflect.get(other, 'id'))));
  const { departments, catalogs } = rest;
  return withoutNulls({ ...rest, departments: undated(departments), catalogs: undated(catalogs) });
}

/** A setting that is null says as much as one that is absent. */
function withoutNulls(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_name, one: unknown) => (one === null ? undefined : one)));
}

/** What every platform answers about departments and lists. */
async function shown(): Promise<unknown> {
  const { items } = (await hose('GET', 'v1.1/departments?start=0&count=100')).body;
  const byId = (list: readonly object[]): readonly string[] => list.map((one) => JSON.stringify(one)).toSorted();
  return {
    feishu: byId(
      ((await feishu('GET', 'contact/v3/departments/0/children?department_id_type=department_id&fetch_child=true')).body
        .data.items ?? []) as object[],
    ),
    types: (await feishu('GET', 'contact/v3/employee_type_enums')).body.data.items,
    wecom: byId((await wecom('GET', 'department/list')).body.department),
    hose: byId(items.map(({ updateTime: _when, ...one }: Record<string, unknown>) => one)),
    fields: (await hose('GET', 'v1/staffs/getAllCustomeProperty')).body.items,
  };
}

const feed = async (query = ''): Promise<readonly ChangeLine[]> =>
  (await call('GET', `/mingce/v1/companies/one/changes?${query}`)).body.changes;
const undo = async (number: number, options: object = {}): Promise<{ status: number; body: UndoAnswer }> =>
  await call('POST', `/mingce/v1/companies/one/changes/${String(number)}/undo`, options);
const newest = async (kind: string): Promise<ChangeLine> => {
  const [change] = await feed(`kind=${kind}&limit=1`);
  if (change === undefined) throw new Error(`no change of a ${kind}`);
  return change;
};

/** A change of each kind of thing, by each platform that can make it. */
const changes: readonly (readonly [name: string, kind: string, by: string, make: () => Promise<unknown>])[] = [
  [
    'WeCom makes a department',
    'department',
    'department.create',
    () => wecom('POST', 'department/create', { name: '研发', parentid: 1, id: 77 }),
  ],
  [
    'WeCom renames a department',
    'department',
    'department.update',
    () => wecom('POST', 'department/update', { id: 2, name: '销售一部' }),
  ],
  [
    'Hose makes a department',
    'department',
    'departments.create',
    () => hose('POST', 'v1/departments', { name: '仓库', parentId: '', code: '009' }),
  ],
  [
    'Hose disables a department',
    'department',
    'departments.disableOrEnable',
    () => hose('PUT', 'v1/departments/disableOrEnableDepartment/$c1:empty?active=false'),
  ],
  [
    'Feishu makes a department',
    'department',
    'contact.department.create',
    () =>
      feishu('POST', 'contact/v3/departments?department_id_type=department_id', {
        name: '法务',
        parent_department_id: '0',
      }),
  ],
  [
    'Feishu changes a department',
    'department',
    'contact.department.patch',
    () => feishu('PATCH', 'contact/v3/departments/sales?department_id_type=department_id', { name: '销售二部' }),
  ],
  [
    'Feishu makes an employee type',
    'catalog-entry',
    'contact.employee-type-enum.create',
    () => feishu('POST', 'contact/v3/employee_type_enums', { content: '兼职', enum_type: 2, enum_status: 1 }),
  ],
  [
    'Hose adds a field',
    'custom-field',
    'property.addPropertySet',
    () =>
      hose('POST', 'v2/property/addPropertySet', {
        useField: 'STAFF',
        properties: [{ cnLabel: '喜好', dataType: { type: 'text' } }],
      }),
  ],
  [
    'a new file changes settings',
    'company',
    'apply',
    () =>
      mingce.companies.apply(
        'one',
        company.replace('name: 恒信\n', 'name: 恒信集团\n').replace('certified: true', 'certified: false'),
      ),
  ],
  [
    'a new file changes an app',
    'app',
    'apply',
    () =>
      mingce.companies.apply(
        'one',
        company.replace(
          '{ app_id: cli_undo, app_secret: s }',
          '{ app_id: cli_undo, app_secret: s, token_seconds: 600 }',
        ),
      ),
  ],
  [
    'a new file changes a job level',
    'catalog-entry',
    'apply',
    () => mingce.companies.apply('one', company.replace('name: 一级', 'name: 初级')),
  ],
  [
    'a new file adds a job level',
    'catalog-entry',
    'apply',
    () =>
      mingce.companies.apply(
        'one',
        company.replace('job_levels:\n', 'job_levels:\n  - { id: l2, name: 二级, code: L2 }\n'),
      ),
  ],
];

test.each(changes)(
  '%s: it is in the history, is taken back, and the undo is too',
  async (_name, kind, operation, make) => {
    const [was, before] = [await state(), await shown()];
    await make();
    const [is, after] = [await state(), await shown()];
    expect(is).not.toEqual(was);
    const change = await newest(kind);
    expect(change).toMatchObject({ kind, employee: null, operation });
    expect(change.subject).not.toBeNull();
    expect(change.request).not.toBe('');
    expect(await undo(change.number, { plan: true })).toMatchObject({ status: 200, body: { undone: [{ kind }] } });
    expect(await state()).toEqual(is);
    const whole = { request: true };
    expect(await undo(change.number, whole)).toMatchObject({ status: 200, body: { conflicts: [] } });
    expect(await state()).toEqual(was);
    expect(await shown()).toEqual(before);
    const undone = await newest(kind);
    expect(undone).toMatchObject({ platform: 'admin', operation: 'undo', undoes: change.number });
    expect(await undo(undone.number, whole)).toMatchObject({ status: 200, body: { conflicts: [] } });
    expect(await state()).toEqual(is);
    expect(await shown()).toEqual(after);
  },
);

test('a department that was deleted is there again with its ids, and not below one that is gone', async () => {
  await wecom('POST', 'department/create', { name: '研发', parentid: 1, id: 77 });
  await wecom('POST', 'department/create', { name: '后端', parentid: 77, id: 78 });
  const [was, before] = [await state(), await shown()];
  await wecom('GET', 'department/delete?id=78');
  const inner = await newest('department');
  await wecom('GET', 'department/delete?id=77');
  const outer = await newest('department');
  expect(await undo(inner.number)).toMatchObject({
    status: 409,
    body: { undone: [], conflicts: [{ kind: 'department', employee: null, field: 'parent', reason: 'unknown' }] },
  });
  expect(await undo(outer.number)).toMatchObject({ status: 200 });
  expect(await undo(inner.number)).toMatchObject({ status: 200 });
  expect(await state()).toEqual(was);
  expect(await shown()).toEqual(before);
});

test('a department with members, or with others below it, is not taken away', async () => {
  await wecom('POST', 'department/create', { name: '研发', parentid: 1, id: 77 });
  const made = await newest('department');
  await wecom('POST', 'department/create', { name: '后端', parentid: 77, id: 78 });
  const inUse = { status: 409, body: { conflicts: [{ reason: 'in-use' }] } };
  expect(await undo(made.number)).toMatchObject(inUse);
  expect(await undo((await newest('department')).number)).toMatchObject({ status: 200 });
  await wecom('POST', 'user/update', { userid: 'wang', department: [77] });
  expect(await undo(made.number)).toMatchObject(inUse);
  await wecom('POST', 'user/update', { userid: 'wang', department: [2] });
  expect(await undo(made.number)).toMatchObject({ status: 200 });
});

test('a field of a department that was changed since is refused, and names the later change', async () => {
  await wecom('POST', 'department/update', { id: 2, name: '销售一部' });
  const first = await newest('department');
  await wecom('POST', 'department/update', { id: 2, name: '销售二部' });
  const { number } = await newest('department');
  expect(await undo(first.number)).toMatchObject({
    status: 409,
    body: { conflicts: [{ subject: first.subject, field: 'name', reason: 'changed-since', by: number }] },
  });
  const of = await feed(`kind=department&subject=${first.subject ?? ''}`);
  expect(of.map((change) => change.number)).toEqual([number, first.number]);
});

test('an entry of a list that somebody has is not taken away', async () => {
  const more = company.replace('job_levels:\n', 'job_levels:\n  - { id: l2, name: 二级, code: L2 }\n');
  await mingce.companies.apply('one', more);
  const { number, subject } = await newest('catalog-entry');
  expect(subject).toBe('job-level/l2');
  await feishu('PATCH', 'directory/v1/employees/wang?employee_id_type=employee_id', {
    employee: { job_level_id: 'l2' },
  });
  expect(await undo(number)).toMatchObject({
    status: 409,
    body: { conflicts: [{ reason: 'in-use', holder: 'wang' }] },
  });
});

test('a login that moved goes back, unless another has it by now', async () => {
  await hose('PUT', 'v1.1/staffs/update/$c1:li?type=id', {
    name: '李四',
    cellphone: '13800000022',
    modifyAccountPhone: true,
  });
  const change = await newest('account');
  expect(change).toMatchObject({
    platform: 'hose',
    fields: { mobile: { before: '+8613800000002', after: '+8613800000022' } },
  });
  await hose('PUT', 'v1.1/staffs/update/$c1:wang?type=id', {
    name: '王五',
    cellphone: '13800000002',
    modifyAccountPhone: true,
  });
  expect(await undo(change.number)).toMatchObject({
    status: 409,
    body: { conflicts: [{ field: 'mobile', reason: 'taken' }] },
  });
  await hose('PUT', 'v1.1/staffs/update/$c1:wang?type=id', {
    name: '王五',
    cellphone: '13800000033',
    modifyAccountPhone: true,
  });
  expect(await undo(change.number)).toMatchObject({ status: 200, body: { undone: [{ kind: 'account' }] } });
  const logins = await call('GET', '/mingce/v1/logins?mobile=%2B8613800000002');
  expect(JSON.stringify(logins.body)).toContain('"li"');
});

test('who left is there again with the departments they led, as one request took them', async () => {
  await feishu('PATCH', 'contact/v3/departments/sales?department_id_type=department_id', {
    leader_user_id: 'li',
  }).catch(() => null);
  await wecom('POST', 'user/update', { userid: 'li', is_leader_in_dept: [1], department: [2] });
  const [was, before] = [await state(), await shown()];
  await wecom('GET', 'user/delete?userid=li');
  const [department] = await feed('kind=department&limit=1&operation=user.delete');
  expect(department).toMatchObject({ kind: 'department', fields: { leaders: {} } });
  expect(await undo(department?.number ?? 0, { request: true })).toMatchObject({
    status: 200,
    body: { conflicts: [] },
  });
  expect(await state()).toEqual(was);
  expect(await shown()).toEqual(before);
});

test('of an app’s secret nothing is shown, and the app has it again after an undo', async () => {
  await mingce.companies.apply('one', company.replace('app_secret: s }', 'app_secret: other }'));
  const change = await newest('app');
  expect(change.fields['secret']).toEqual({ before: '[changed]', after: '[changed]' });
  expect(JSON.stringify(await feed())).not.toContain('sha256:');
  const ask = (secret: string): Promise<Answer> =>
    call('POST', '/open-apis/auth/v3/tenant_access_token/internal', { app_id: 'cli_undo', app_secret: secret });
  expect((await ask('other')).body).toMatchObject({ code: 0 });
  expect(await undo(change.number)).toMatchObject({ status: 200 });
  expect((await ask('s')).body).toMatchObject({ code: 0 });
  expect((await ask('other')).body.code).not.toBe(0);
});
