import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMingce, type ChangeLine, type Mingce } from '../../src/index.ts';
import { changedFields } from '../../src/directory/history/change.ts';
import { load } from '../../src/directory/store.ts';
import type { Employee } from '../../src/directory/employees/employee.ts';
import { freshStore } from '../support/fresh-store.ts';

/* What a request changed is taken back, which every platform reads; where it cannot be, the conflict is listed and nothing is written. */

const KEY = 'undo-admin-key-of-a-test';
const company = `
mingce: 1
key: one
name: 恒信
feishu: { certified: true, rate_limit_enabled: false, apps: [{ app_id: cli_undo, app_secret: s }] }
wecom: { corpid: ww_undo, apps: [{ agentid: 1, secret: s, kind: contact_sync }, { agentid: 2, secret: h, kind: self_built, hr_callable: true, visible_range: { department_ids: [1] } }] }
hose: { corporation_id: c1, apps: [{ app_key: undo, app_security: s }] }
departments:
  - { id: root, name: 恒信, code: "001" }
  - { id: sales, name: 销售, parent: root, code: "002" }
employees:
  - { id: boss, name: 老板, job_number: "1", mobile: "+8613800000001" }
  - { id: li, name: 李四, job_number: "2", mobile: "+8613800000002", email: li@one.example, departments: [sales], leader: boss }
  - { id: wang, name: 王五, job_number: "3", mobile: "+8613800000003", departments: [sales], leader: li }
`;

let mingce: Mingce;
beforeEach(async () => {
  mingce = await startMingce({ store: await freshStore(), companies: [company], adminKey: KEY, sandbox: 'on' });
});
afterEach(() => mingce.close());

interface UndoBody {
  readonly undone: readonly Pick<ChangeLine, 'employee' | 'fields'>[];
  readonly conflicts: readonly { readonly field: string | null; readonly reason: string; readonly by: number | null }[];
}

async function call<Body>(
  method: string,
  path: string,
  body?: object,
  token = KEY,
): Promise<{ status: number; body: Body }> {
  const answer = await mingce.fetch(mingce.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Body };
}

async function feishu(method: string, path: string, body?: object): Promise<unknown> {
  const credentials = { app_id: 'cli_undo', app_secret: 's' };
  const auth = await call<{ tenant_access_token: string }>(
    'POST',
    '/open-apis/auth/v3/tenant_access_token/internal',
    credentials,
  );
  const answer = await call<{ code: number; data: unknown }>(
    method,
    `/open-apis${path}`,
    body,
    auth.body.tenant_access_token,
  );
  expect(answer.body).toMatchObject({ code: 0 });
  return answer.body.data;
}
const patch = (id: string, employee: object): Promise<unknown> =>
  feishu('PATCH', `/directory/v1/employees/${id}?employee_id_type=employee_id&department_id_type=department_id`, {
    employee,
  });

async function wecom(path: string, body: object): Promise<unknown> {
  const { body: auth } = await call<{ access_token: string }>('GET', '/cgi-bin/gettoken?corpid=ww_undo&corpsecret=s');
  const { body: answer } = await call<{ errcode: number }>(
    'POST',
    `/cgi-bin/${path}?access_token=${auth.access_token}`,
    body,
  );
  expect(answer).toMatchObject({ errcode: 0 });
  return answer;
}

async function hose(staff: object): Promise<unknown> {
  const credentials = { appKey: 'undo', appSecurity: 's' };
  const auth = await call<{ value: { accessToken: string } }>(
    'POST',
    '/api/openapi/v1/auth/getAccessToken',
    credentials,
  );
  const path = `/api/openapi/v1.1/staffs/update/$c1:li?accessToken=${auth.body.value.accessToken}&type=id`;
  const answer = await call<object>('PUT', path, staff);
  expect(answer.status).toBeLessThan(300);
  return answer.body;
}

async function wecomMember(userid: string): Promise<unknown> {
  const { body: auth } = await call<{ access_token: string }>('GET', '/cgi-bin/gettoken?corpid=ww_undo&corpsecret=s');
  return (await call('GET', `/cgi-bin/user/get?access_token=${auth.access_token}&userid=${userid}`)).body;
}

async function hoseStaff(id: string): Promise<unknown> {
  const credentials = { appKey: 'undo', appSecurity: 's' };
  const auth = await call<{ value: { accessToken: string } }>(
    'POST',
    '/api/openapi/v1/auth/getAccessToken',
    credentials,
  );
  const path = `/api/openapi/v1.1/staffs?accessToken=${auth.body.value.accessToken}&start=0&count=100`;
  const { body } = await call<{ items: readonly { id: string; updateTime?: unknown }[] }>('GET', path);
  return body.items.filter((staff) => staff.id === `c1:${id}`).map(({ updateTime: _when, ...staff }) => staff);
}

/** What every platform answers about an employee, but for when it was changed. */
async function shownOnAll(id: string): Promise<readonly unknown[]> {
  const fields = [
    'base_info.mobile',
    'base_info.name',
    'base_info.departments',
    'base_info.leader_id',
    'work_info.job_number',
  ];
  return [
    await feishu('POST', '/directory/v1/employees/mget?employee_id_type=employee_id', {
      employee_ids: [id],
      required_fields: fields,
    }),
    await wecomMember(id),
    await hoseStaff(id),
  ];
}

async function record(id: string): Promise<Employee | undefined> {
  const tenant = (await mingce.store.tenantByKey('one'))?.number ?? 0;
  const found = await mingce.store.read(() => load('employees-by-id', { tenant, ids: [id] }));
  const employee = found.get(id);
  return employee === undefined ? undefined : { ...employee, updatedAt: 0 };
}

/** In what two records differ, but for a time that no change logs; an object without members says as much as none. */
function differences(one: Employee | undefined, other: Employee | undefined): unknown {
  const { 'extensions.hose.lastApiChange.at': _time, ...fields } = changedFields(one ?? null, other ?? null);
  return fields;
}

async function newest(): Promise<number> {
  const { body } = await call<{ changes: readonly ChangeLine[] }>('GET', '/mingce/v1/companies/one/changes?limit=1');
  return body.changes[0]?.number ?? 0;
}
const undo = (number: number, options: object = {}): Promise<{ status: number; body: UndoBody }> =>
  call('POST', `/mingce/v1/companies/one/changes/${String(number)}/undo`, options);

test('an update is taken back as it was, and the undo of the undo brings it again', async () => {
  const before = await record('li');
  await patch('li', {
    mobile: '+8613800000009',
    custom_employee_id: 'li-2',
    name: { name: { default_value: '李四四' } },
  });
  const after = await record('li');
  const change = await newest();
  expect(await undo(change, { plan: true })).toMatchObject({
    status: 200,
    body: { planned: true, undone: [{ employee: 'li' }] },
  });
  expect(await record('li')).toEqual(after);
  expect(await undo(change)).toMatchObject({
    status: 200,
    body: { planned: false, undone: [{ change }], conflicts: [] },
  });
  expect(await record('li')).toEqual(before);
  const { body } = await call<{ changes: readonly ChangeLine[] }>(
    'GET',
    '/mingce/v1/companies/one/employees/li/changes?limit=1',
  );
  expect(body.changes).toMatchObject([
    { platform: 'admin', operation: 'undo', undoes: change, fields: { mobile: {} } },
  ]);
  expect(
    await feishu('POST', '/directory/v1/employees/mget?employee_id_type=employee_id', {
      employee_ids: ['li'],
      required_fields: ['base_info.mobile'],
    }),
  ).toMatchObject({ employees: [{ base_info: { mobile: '+8613800000002' } }] });
  expect(await wecom('user/getuserid', { mobile: '13800000002' })).toMatchObject({ userid: 'li' });
  expect(await undo(await newest())).toMatchObject({ status: 200 });
  expect(await record('li')).toEqual(after);
});

test('one field is taken back by itself, unless it was changed since', async () => {
  await patch('li', { mobile: '+8613800000009', job_number: '22' });
  const first = await newest();
  await patch('li', { job_number: '23' });
  const second = await newest();
  const refused = await undo(first);
  expect(refused).toMatchObject({
    status: 409,
    body: { undone: [], conflicts: [{ field: 'jobNumber', reason: 'changed-since', by: second }] },
  });
  expect(await record('li')).toMatchObject({ jobNumber: '23', mobile: { number: '13800000009' } });
  expect(await undo(first, { fields: ['mobile'] })).toMatchObject({ status: 200, body: { conflicts: [] } });
  expect(await record('li')).toMatchObject({ jobNumber: '23', mobile: { number: '13800000002' } });
  expect(await undo(first, { fields: ['nothing'] })).toMatchObject({
    status: 409,
    body: { conflicts: [{ reason: 'nothing' }] },
  });
});

test('what can be is taken back, where that is asked for', async () => {
  await patch('li', { mobile: '+8613800000009', job_number: '22' });
  const change = await newest();
  await patch('wang', { mobile: '+8613800000002' });
  const taken = { field: 'mobile', reason: 'taken', holder: 'wang' };
  expect(await undo(change)).toMatchObject({ status: 409, body: { conflicts: [taken] } });
  expect(await undo(change, { only: 'without-conflicts' })).toMatchObject({
    status: 200,
    body: { conflicts: [taken] },
  });
  expect(await record('li')).toMatchObject({ jobNumber: '2', mobile: { number: '13800000009' } });
});

test('a leader who would come to lead themselves is refused', async () => {
  await patch('wang', { leader_id: 'boss' });
  const change = await newest();
  await patch('li', { leader_id: 'wang' });
  expect(await undo(change)).toMatchObject({ status: 409, body: { conflicts: [{ field: 'leader', reason: 'loop' }] } });
});

test('who was made goes again, but not while others report to them', async () => {
  await wecom('user/create', { userid: 'zhao', name: '赵六', mobile: '13800000004', department: [1] });
  const change = await newest();
  const zhao =
    (await call<{ changes: readonly ChangeLine[] }>('GET', '/mingce/v1/companies/one/employees/ZHAO/changes')).body
      .changes[0]?.employee ?? '';
  const made = await record(zhao);
  await wecom('user/update', { userid: 'wang', direct_leader: ['zhao'] });
  expect(await undo(change)).toMatchObject({
    status: 409,
    body: { conflicts: [{ field: null, reason: 'in-use', holder: 'wang' }] },
  });
  await wecom('user/update', { userid: 'wang', direct_leader: ['boss'] });
  expect(await undo(change)).toMatchObject({ status: 200 });
  expect(await record(zhao)).toBeUndefined();
  // And the undo of that brings the same record back.
  expect(await undo(await newest())).toMatchObject({ status: 200, body: { conflicts: [] } });
  expect(differences(made, await record(zhao))).toEqual({});
  expect(await wecom('user/getuserid', { mobile: '13800000004' })).toMatchObject({ userid: 'zhao' });
});

test('a company file that left somebody out is taken back with everybody it changed', async () => {
  const before = await Promise.all(['boss', 'li', 'wang'].map(record));
  const fewer = company
    .replace(/ {2}- \{ id: wang.*\n/, '')
    .replace('name: 李四', 'name: 李思')
    .replace('name: 老板', 'name: 老班');
  await mingce.companies.apply('one', fewer);
  const change = await newest();
  expect(await record('wang')).toBeUndefined();
  const answer = await undo(change, { request: true });
  expect(answer).toMatchObject({ status: 200, body: { conflicts: [] } });
  expect(answer.body.undone).toHaveLength(3);
  expect(await Promise.all(['boss', 'li', 'wang'].map(record))).toEqual(before);
});

test('the feed of a company is read in pages, and by what asked for a change', async () => {
  for (const number of ['21', '22', '23']) await patch('li', { job_number: number });
  const path = '/mingce/v1/companies/one/changes';
  type Feed = { readonly changes: readonly ChangeLine[]; readonly next: number | null };
  const first = (await call<Feed>('GET', `${path}?limit=2&platform=feishu`)).body;
  expect(first.changes.map(({ fields }) => fields['jobNumber']?.after)).toEqual(['23', '22']);
  const rest = (await call<Feed>('GET', `${path}?limit=2&platform=feishu&before=${String(first.next)}`)).body;
  expect(rest.changes.map(({ fields }) => fields['jobNumber']?.after)).toEqual(['21']);
  expect(rest.next).toBeNull();
  const request = first.changes[0]?.request ?? '';
  expect((await call<Feed>('GET', `${path}?request=${request}`)).body.changes).toHaveLength(1);
  expect((await call<Feed>('GET', `${path}?operation=apply&kind=employee`)).body.changes).toHaveLength(3);
  expect((await call<Feed>('GET', `${path}?since=2100-01-01T00:00:00Z`)).body.changes).toEqual([]);
  const field = (await call<Feed>('GET', '/mingce/v1/companies/one/employees/li/changes?field=jobNumber')).body;
  expect(field.changes).toHaveLength(4);
});

/** Updates of one employee over every platform, of what they share and of what only one of them knows. */
const updates: readonly ((step: number) => Promise<unknown>)[] = [
  (step) =>
    patch('li', {
      mobile: `+8613900${String(100_000 + step)}`,
      name: { name: { default_value: `李${String(step)}` } },
    }),
  (step) => patch('li', { leader_id: step % 2 === 0 ? 'boss' : 'wang', resign_remark: String(step) }).catch(() => null),
  (step) => patch('li', { departments: [{ department_id: step % 2 === 0 ? '002' : '001' }] }).catch(() => null),
  (step) =>
    wecom('user/update', {
      userid: 'li',
      alias: `a${String(step)}`,
      telephone: '010-8888888',
      address: `街${String(step)}`,
    }),
  (step) =>
    wecom('user/update', { userid: 'li', department: step % 2 === 0 ? [1, 2] : [2], gender: String((step % 2) + 1) }),
  (step) => hose({ name: `李${String(step)}`, note: `注${String(step)}` }),
  (step) => hose({ name: '李四', code: `H${String(step)}`, email: `h${String(step)}@one.example` }),
];

test('whatever was updated, in whatever order, its undo leaves what was before and the undo of that what was after', async () => {
  let undone = 0;
  for (let step = 0; step < 5 * updates.length; step++) {
    const [before, last] = [await record('li'), await newest()];
    await updates[(step * 3) % updates.length]?.(step);
    const [after, change] = [await record('li'), await newest()];
    if (change === last) continue;
    undone++;
    expect(await undo(change), String(step)).toMatchObject({ status: 200, body: { conflicts: [] } });
    expect(differences(before, await record('li')), String(step)).toEqual({});
    expect(await undo(await newest())).toMatchObject({ status: 200, body: { conflicts: [] } });
    expect(differences(after, await record('li')), String(step)).toEqual({});
    const shown = await shownOnAll('li');
    if (step % 2 === 0) continue;
    expect(await undo(await newest())).toMatchObject({ status: 200 });
    expect(await undo(await newest())).toMatchObject({ status: 200 });
    expect(await shownOnAll('li')).toEqual(shown);
  }
  expect(undone).toBeGreaterThan(2 * updates.length);
});

test('a test in process reads the history and takes changes back', async () => {
  await patch('li', { job_number: '21' });
  const [change] = await mingce.history.of('li', 'jobNumber');
  expect(change).toMatchObject({ platform: 'feishu', fields: { jobNumber: { before: '2', after: '21' } } });
  const fed: number[] = [];
  for await (const { number } of mingce.history.feed({ platform: 'feishu' })) fed.push(number);
  expect(fed).toEqual([change?.number]);
  expect(await mingce.undo(change?.number ?? 0)).toMatchObject({ conflicts: [] });
  expect((await record('li'))?.jobNumber).toBe('2');
  await expect(mingce.history.of('nobody')).rejects.toThrow('There is no such employee');
});

test('where the sandbox is not on, a history is read and nothing is taken back', async () => {
  await using closed = await startMingce({ companies: [company], adminKey: KEY, sandbox: 'read-only' });
  const headers = { authorization: `Bearer ${KEY}` };
  const path = `${closed.url}/mingce/v1/companies/one/changes`;
  expect((await closed.fetch(path, { headers })).status).toBe(200);
  expect((await closed.fetch(`${path}/1/undo`, { method: 'POST', headers })).status).toBe(409);
  await expect(closed.undo(1)).rejects.toThrow('read-only');
});

test.each([
  ['a number that no change has', 'POST', '/changes/999999999999/undo', {}, 404],
  ['a number that is none', 'POST', '/changes/abc/undo', {}, 404],
  ['a body with another member', 'POST', '/changes/1/undo', { field: ['mobile'] }, 400],
  ['a limit that is none', 'GET', '/changes?limit=x', undefined, 400],
  ['an instant that is none', 'GET', '/changes?since=yesterday', undefined, 400],
  ['a page that is none', 'GET', '/changes?before=-1', undefined, 400],
  ['a kind that is none', 'GET', '/changes?kind=x', undefined, 400],
])('%s is refused', async (_name, method, path, body, status) => {
  expect((await call(method, `/mingce/v1/companies/one${path}`, body)).status).toBe(status);
});
