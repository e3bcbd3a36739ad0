import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BulkEditField, ImportRows, ImportView } from '../../src/company/tables/contract.ts';
import type { DepartmentRow, EmployeeList } from '../../src/http/admin/people/contract.ts';
import { startMingce, type Mingce } from '../../src/index.ts';

let mingce: Mingce;
beforeEach(async () => {
  mingce = await startMingce({ listen: false, demo: true });
});
afterEach(async () => {
  await mingce.close();
});

async function send(method: string, path: string, body?: object): Promise<Response> {
  return await mingce.fetch(`http://mingce.test/mingce/v1/companies/demo${path}`, {
    method,
    headers: { Authorization: `Bearer ${mingce.adminKey ?? ''}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function asked<Answer>(method: string, path: string, body?: object): Promise<Answer> {
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

async function planned(body: object): Promise<ImportView> {
  const { id } = await asked<ImportView>('POST', '/imports/people', body);
  await asked('POST', `/imports/${id}/check`);
  return await settled(id);
}

async function everyone(query = ''): Promise<EmployeeList['employees']> {
  return (await asked<EmployeeList>('GET', `/employees?limit=200${query}`)).employees;
}

test('people who are chosen by id get the same values: planned with every verdict, applied, and taken back', async () => {
  const ids = ['zhangsan', 'zhouhao'];
  const plan = await planned({ select: { ids }, set: { note: '=1+1', work_station: 'A-7' } });
  expect(plan).toMatchObject({
    origin: 'people',
    state: 'checked',
    counts: { rows: 2, change: 2, refused: 0, removes: 0 },
    columns: [{ field: 'id' }, { field: 'note', example: '=1+1' }, { field: 'work_station', example: 'A-7' }],
  });
  const { rows } = await asked<ImportRows>('GET', `/imports/${plan.id}/rows`);
  expect(rows.map(({ employee, fields }) => [employee, fields['note']])).toEqual(ids.map((id) => [id, ['', '=1+1']]));
  expect(Object.keys(rows[0]?.verdicts ?? {})).toEqual(['feishu', 'wecom', 'hose']);
  await asked('POST', `/imports/${plan.id}/apply`, {});
  expect(await settled(plan.id)).toMatchObject({ state: 'applied', applied: 2, failed: 0 });
  expect(await asked('GET', `/employees/${ids[0] ?? ''}`)).toMatchObject({ record: { note: '=1+1' } });
  const cleared = await planned({ select: { ids: ids.slice(1) }, set: { note: '' } });
  expect(cleared.counts).toMatchObject({ change: 1 });
  await asked('POST', `/imports/${plan.id}/undo`);
  expect(await settled(plan.id)).toMatchObject({ state: 'undone', kept: 0 });
  expect(await asked('GET', `/employees/${ids[0] ?? ''}`)).not.toMatchObject({ record: { note: '=1+1' } });
});

test('a filter means everyone it finds on all pages; who would leave is braked and confirmed by number', async () => {
  const regular = await everyone('&status=regular');
  expect(regular.length).toBeGreaterThan(20);
  const plan = await planned({
    select: { filter: { status: 'regular' } },
    set: { status: '离职', left_on: '2026-12-31' },
  });
  const { choices } = plan.fields.find(({ name }) => name === 'status') ?? {};
  expect(choices).toContainEqual({ value: '已离职', zh: '已离职', en: 'resigned' });
  const removes = plan.counts?.removes ?? 0;
  expect(plan.counts?.rows).toBe(regular.length);
  expect(plan.brake).toMatchObject({ tripped: true, removes });
  expect((await send('POST', `/imports/${plan.id}/apply`, { confirm: removes - 1 })).status).toBe(409);
  await asked('POST', `/imports/${plan.id}/apply`, { confirm: removes });
  const applied = await settled(plan.id);
  expect(applied).toMatchObject({ state: 'applied', applied: removes, failed: 0 });
  expect(await everyone('&status=regular')).toHaveLength(regular.length - removes);
  // One request of the history takes them all back.
  await asked('POST', `/imports/${plan.id}/undo`);
  await settled(plan.id);
  expect((await everyone('&status=regular')).map(({ id }) => id)).toEqual(regular.map(({ id }) => id));
});

test('the filter without a condition is everyone, and with a department its people below', async () => {
  const all = await planned({ select: { filter: {} }, set: { note: 'x' } });
  expect(all.counts?.rows).toBe((await everyone()).length);
  const { departments } = await asked<{ departments: readonly DepartmentRow[] }>('GET', '/departments');
  const department = departments.find(
    ({ people, people_below, parent }) => parent !== null && people_below > people,
  )?.id;
  const below = await planned({ select: { filter: { department } }, set: { note: 'x' } });
  const alone = await planned({ select: { filter: { department, below: false } }, set: { note: 'x' } });
  expect(below.counts?.rows).toBe((await everyone(`&department=${department ?? ''}`)).length);
  expect(alone.counts?.rows).toBe((await everyone(`&department=${department ?? ''}&below=false`)).length);
  expect(below.counts?.rows).toBeGreaterThan(alone.counts?.rows ?? 0);
});

test('the fields that people share are listed with their choices, and each choice is taken', async () => {
  const { fields } = await asked<{ fields: readonly BulkEditField[] }>('GET', '/imports/people');
  const names = fields.map(({ name }) => name);
  for (const own of ['id', 'name', 'mobile', 'email', 'job_number', 'feishu_id']) expect(names).not.toContain(own);
  expect(fields.find(({ name }) => name === 'departments')).toMatchObject({ kind: 'department', clears: false });
  const choices = fields.filter(({ kind }) => kind === 'choice');
  expect(choices.length).toBeGreaterThan(4);
  for (const { name, choices: values } of choices) {
    for (const { value } of values.slice(0, 3)) {
      const { counts, id } = await planned({ select: { ids: ['zhangsan'] }, set: { [name]: value } });
      const [row] = (await asked<ImportRows>('GET', `/imports/${id}/rows`)).rows;
      expect([name, value, counts?.rows, row?.problems]).toEqual([name, value, 1, []]);
    }
  }
});

test.each([
  [{ select: { ids: ['zhangsan'] }, set: { mobile: '13800010099' } }, 422],
  [{ select: { ids: ['zhangsan'] }, set: { id: 'other' } }, 422],
  [{ select: { ids: ['zhangsan'] }, set: { status: '' } }, 422],
  [{ select: { ids: ['zhangsan'] }, set: {} }, 400],
  [{ select: { ids: [] }, set: { note: 'x' } }, 400],
  [{ select: { filter: { q: 'no such person at all' } }, set: { note: 'x' } }, 422],
  [{ select: { filter: { status: 'gone' } }, set: { note: 'x' } }, 400],
  [{ select: { filter: { department: 'nowhere' } }, set: { note: 'x' } }, 404],
  [{ select: { ids: Array.from({ length: 1_001 }, (_one, at) => `e${String(at)}`) }, set: { note: 'x' } }, 400],
] as const)('what cannot be a bulk edit is refused: %j', async (body, status) => {
  expect((await send('POST', '/imports/people', body)).status).toBe(status);
  expect((await asked<{ imports: unknown[] }>('GET', '/imports')).imports).toEqual([]);
});

test('an id that is no employee adds none', async () => {
  const plan = await planned({ select: { ids: ['zhangsan', 'not-here'] }, set: { note: 'x' } });
  expect(plan.counts).toMatchObject({ rows: 2, add: 0, change: 1, refused: 1 });
});
