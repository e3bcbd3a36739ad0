// The people of a company as the console lists and searches them, on both engines.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PeopleHaving } from '../../src/http/admin/catalogues/contract.ts';
import type { EmployeeList, EmployeeView, DepartmentList, SearchView } from '../../src/http/admin/people/contract.ts';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { freshSchema } from '../support/fresh-store.ts';

const ADMIN = { authorization: 'Bearer people-test-admin-key' };

describe.each(['sqlite', 'postgres'])('on %s', (engine) => {
  let mingce: Mingce;
  beforeAll(async () => {
    const store = engine === 'sqlite' ? {} : { store: await freshSchema() };
    mingce = await startMingce({
      demo: true,
      adminKey: 'people-test-admin-key',
      sandbox: 'on',
      log: silentLog,
      ...store,
    });
  });
  afterAll(() => mingce.close());

  async function ask<Answer>(path: string, status = 200): Promise<Answer> {
    const answer = await mingce.fetch(`${mingce.url}/mingce/v1${path}`, { headers: ADMIN });
    expect([path, answer.status]).toEqual([path, status]);
    return (await answer.json()) as Answer;
  }

  const list = (query = ''): Promise<EmployeeList> => ask(`/companies/demo/employees?limit=200${query}`);
  const idsOf = ({ employees }: EmployeeList): readonly string[] => employees.map(({ id }) => id);

  async function patch(employee: object): Promise<void> {
    const token = await mingce.company('demo').tokens.feishu();
    const answer = await mingce.fetch(
      `${mingce.url}/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id`,
      {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ employee }),
      },
    );
    expect(await answer.json()).toMatchObject({ code: 0 });
  }

  test('people are asked for by their own ids, each once and in that order, whatever else is asked for', async () => {
    const found = await list(`&ids=${encodeURIComponent('zhouhao  nobody zhangsan zhouhao')}&q=nothing&sort=-name`);
    expect(found.employees.map(({ id, name }) => [id, name])).toEqual([
      ['zhouhao', '周浩'],
      ['zhangsan', '张三'],
    ]);
    expect(found).toMatchObject({ total: 2, next: null, index: 1 });
    expect((await list('&ids=')).employees).toEqual([]);
    const many = Array.from({ length: 201 }, (_, at) => `e-${String(at)}`).join(' ');
    await ask(`/companies/demo/employees?ids=${encodeURIComponent(many)}`, 400);
  });

  test('everybody is listed once, page by page, in each order', async () => {
    const all = await list();
    expect(all.total).toBe(58);
    for (const sort of all.sortable) {
      const ids: string[] = [];
      for (let offset: number | null = 0; offset !== null;) {
        const page: EmployeeList = await ask(`/companies/demo/employees?sort=${sort}&offset=${String(offset)}&limit=7`);
        ids.push(...idsOf(page));
        offset = page.next;
      }
      expect([sort, ids.toSorted()]).toEqual([sort, idsOf(all).toSorted()]);
    }
  });

  test('an order holds over the whole list', async () => {
    const numbers = (await list('&sort=-job_number')).employees.map(({ job_number }) => job_number ?? '');
    expect(numbers).toEqual(numbers.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
    const at = (await list('&sort=updated')).employees.map(({ updated_at }) => updated_at);
    expect(at).toEqual(at.toSorted());
  });

  test.each(['zs', 'zhangsan', '0001', '10001', '张三', '小张', '13800010001', 'xgJ3wajigF25H0:zhangsan'])(
    '张三 is found by %s',
    async (q) => {
      expect(idsOf(await list(`&q=${encodeURIComponent(q)}`))).toContain('zhangsan');
      const { employees } = await ask<SearchView>(`/search?company=demo&q=${encodeURIComponent(q)}`);
      expect(employees.map(({ id }) => id)).toContain('zhangsan');
    },
  );

  test('who is named by an id comes first, and nobody twice', async () => {
    const found = await list('&q=zhangsan');
    expect(idsOf(found)[0]).toBe('zhangsan');
    expect(new Set(idsOf(found)).size).toBe(found.employees.length);
    expect(found.total).toBe(found.employees.length);
  });

  test('a department has its people, with those below or without', async () => {
    const { departments } = await ask<DepartmentList>('/companies/demo/departments');
    const root = departments[0];
    expect(root).toMatchObject({ parent: null, name: '恒达科技', people_below: 57 });
    const places = new Map(departments.map(({ id }, index) => [id, index]));
    for (const { id, parent, people, people_below: below } of departments) {
      expect(parent === null ? -1 : places.get(parent)).toBeLessThan(places.get(id) ?? -1);
      const inService = '&status=probation,regular,pre-resigned';
      expect((await list(`&department=${id}&below=false${inService}`)).total).toBe(people);
      expect((await list(`&department=${id}${inService}`)).total).toBe(below);
    }
  });

  test('a state has its people', async () => {
    const gone = await list('&status=resigned');
    expect(gone.employees.length).toBeGreaterThan(0);
    expect(gone.employees.every(({ status }) => status === 'resigned')).toBe(true);
    const frozen = await list('&status=frozen');
    expect(frozen.employees.map(({ name }) => name)).toContain('顾博');
  });

  test('what was changed is found at once, and no longer by what it was', async () => {
    await patch({ name: { name: { default_value: '钱多多' } }, job_number: 'Q-77' });
    expect(idsOf(await list('&q=qdd'))).toEqual(['zhangsan']);
    expect(idsOf(await list('&q=q-77'))).toEqual(['zhangsan']);
    expect(idsOf(await list('&q=zs'))).not.toContain('zhangsan');
    const last = (await list('&sort=-updated')).employees[0];
    expect(last).toMatchObject({ id: 'zhangsan', last_change: { platform: 'feishu' } });
    const person = await ask<EmployeeView>('/companies/demo/employees/zhangsan?why=true');
    expect(person.why?.['jobNumber']).toMatchObject({ platform: 'feishu', operation: 'employee.patch' });
    await patch({ name: { name: { default_value: '张三' } }, job_number: '10001' });
  });

  test('a person is found by any id of any platform, with everything that the record refers to', async () => {
    const own = await ask<EmployeeView>('/companies/demo/employees/zhangsan');
    expect(own).toMatchObject({ name: '张三', job_title: { name: '软件工程师' }, department: { name: '后端组' } });
    expect(own.department_path.map(({ name }) => name)).toEqual(['恒达科技', '研发中心', '后端组']);
    expect(own.reports_to.at(-1)?.name).toBe('陈建国');
    const found = new Set<string>();
    for (const id of Object.values(own.record.ids).filter((value) => value !== '')) {
      const path = `/mingce/v1/companies/demo/employees/${encodeURIComponent(id)}`;
      const answer = await mingce.fetch(mingce.url + path, { headers: ADMIN });
      // A company's or an app's mark is an id as well, and not of one person.
      if (answer.status === 200) found.add(((await answer.json()) as EmployeeView).id);
    }
    expect([...found]).toEqual(['zhangsan']);
    const boss = await ask<EmployeeView>(`/companies/demo/employees/${own.reports_to[0]?.id ?? ''}`);
    expect(boss.direct_reports.employees.map(({ id }) => id)).toContain('zhangsan');
    expect(boss.direct_reports.total).toBe(boss.direct_reports.employees.length);
  });

  test('a search finds departments, codes and calls besides', async () => {
    const found = await ask<SearchView>(`/search?company=demo&q=${encodeURIComponent('后端')}`);
    expect(found.departments.map(({ name }) => name)).toEqual(['后端组']);
    expect((await ask<SearchView>('/search?company=demo&q=2221103')).errors[0]).toMatchObject({ id: '2221103' });
    const [call] = mingce.requests?.list() ?? [];
    const requests = (await ask<SearchView>(`/search?company=demo&q=${call?.id.slice(0, 8) ?? ''}`)).requests;
    expect(requests.map(({ id }) => id)).toContain(call?.id);
    expect(await ask('/search?company=demo&q=')).toEqual({
      index: 1,
      employees: [],
      departments: [],
      requests: [],
      errors: [],
    });
  });

  test.each([
    ['limit=0', 400],
    ['limit=201', 400],
    ['offset=-1', 400],
    ['offset=1.5', 400],
    ['sort=mobile', 400],
    ['status=here', 400],
    ['below=yes', 400],
    ['department=nowhere', 404],
    ['offset=1000000', 200],
    ['q=%00', 200],
    ['q=%F0%9F%98%80', 200],
    [`q=${'a'.repeat(5_000)}`, 200],
  ])('a list of %s is answered with %i', async (query, status) => {
    expect(await ask(`/companies/demo/employees?${query}`, status)).toBeTypeOf('object');
  });

  test('what there is not is not there', async () => {
    for (const path of [
      '/companies/nobody/employees',
      '/companies/demo/employees/nobody',
      '/companies/nobody/departments',
    ])
      expect(await ask(path, 404)).toMatchObject({ status: 404 });
    expect(await ask('/search?q=a', 400)).toMatchObject({ status: 400 });
  });

  async function send(method: string, path: string, body?: object): Promise<{ status: number; answer: unknown }> {
    const reply = await mingce.fetch(`${mingce.url}/mingce/v1/companies/demo${path}`, {
      method,
      headers: ADMIN,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    return { status: reply.status, answer: text === '' ? null : JSON.parse(text) };
  }

  test('an entry of a list is added, renamed, switched off and removed, and stays while an employee has it', async () => {
    const titles = '/catalogues/job_titles';
    expect(await send('POST', titles, { id: 't-new', name: '培训师', code: 'TR' })).toMatchObject({
      status: 201,
      // The number that the roster of WeCom gives its options goes on after the last.
      answer: { id: 't-new', name: '培训师', code: 'TR', wecom: { option: 14 } },
    });
    expect(await send('POST', titles, { id: 't-new', name: '培训师' })).toMatchObject({ status: 409 });
    const renamed = await send('PATCH', `${titles}/t-new`, { name: { value: '讲师', i18n: { 'en-US': 'Trainer' } } });
    expect(renamed).toMatchObject({ status: 200, answer: { code: 'TR', wecom: { option: 14 } } });
    expect(await send('PATCH', `${titles}/t-new`, { enabled: false, code: null })).toMatchObject({
      answer: { name: { value: '讲师' }, enabled: false },
    });
    expect(await send('PATCH', `${titles}/t-new`, { name: 7 })).toMatchObject({ status: 422 });
    expect(await send('PATCH', `${titles}/t-new`, { wecom: { option: 1 } })).toMatchObject({ status: 409 });
    expect(await send('PATCH', `${titles}/t-new`, { parent: 't-new' })).toMatchObject({ status: 409 });
    const { people, total } = (await send('GET', `${titles}/t-hr/people?limit=1`)).answer as PeopleHaving;
    expect(people).toHaveLength(1);
    const rows = (await list()).employees.filter(({ job_title: title }) => title?.id === 't-hr');
    expect([total, rows.map(({ id }) => id)]).toEqual([rows.length, expect.arrayContaining([people[0]?.id])]);
    expect(await send('DELETE', `${titles}/t-hr`)).toMatchObject({ status: 409 });
    expect(await send('DELETE', `${titles}/t-new`)).toEqual({ status: 204, answer: null });
    expect(await send('DELETE', `${titles}/t-new`)).toMatchObject({ status: 404 });
    expect(await send('POST', '/catalogues/titles', { name: 'x' })).toMatchObject({ status: 404 });
  });

  test('a field of the company is added, changed and removed, and keeps its type and its options', async () => {
    const field = { id: 'badge', name: '工牌', type: 'choice', options: [{ id: 'a', name: 'A' }] };
    expect(await send('POST', '/fields', { ...field, feishu: { field_key: 'C-1000003' } })).toMatchObject({
      status: 409,
    });
    expect(await send('POST', '/fields', { ...field, hose: { name: 'u_badge' } })).toMatchObject({
      status: 409,
      answer: { detail: expect.stringContaining('not choice') as string },
    });
    expect(await send('POST', '/fields', { ...field, feishu: { field_key: 'C-9' } })).toMatchObject({ status: 201 });
    const more = [
      { id: 'a', name: 'A', enabled: false },
      { id: 'b', name: 'B' },
    ];
    expect(await send('PATCH', '/fields/badge', { options: more })).toMatchObject({ answer: { options: more } });
    expect(await send('PATCH', '/fields/badge', { options: [] })).toMatchObject({ status: 409 });
    expect(await send('PATCH', '/fields/badge', { type: 'text' })).toMatchObject({ status: 409 });
    await patch({
      custom_field_values: [{ field_key: 'C-1000002', field_type: '1', text_value: { default_value: '围棋' } }],
    });
    const having = (await send('GET', '/fields/hobby/people')).answer as PeopleHaving;
    expect(having).toEqual({ people: [{ id: 'zhangsan', name: '张三' }], total: 1, complete: true });
    expect(await send('DELETE', '/fields/hobby')).toMatchObject({ status: 409 });
    expect(await send('DELETE', '/fields/badge')).toMatchObject({ status: 204 });
  });

  test('a field keeps its list when the list is empty', async () => {
    const list = '/catalogues/dimension:short-lived';
    expect(await send('POST', list, { id: 'only', name: 'x' })).toMatchObject({ status: 201 });
    const field = { id: 'ref', name: 'r', type: 'reference', catalog: 'dimension:short-lived' };
    expect(await send('POST', '/fields', field)).toMatchObject({ status: 201 });
    expect(await send('DELETE', `${list}/only`)).toMatchObject({ status: 204 });
    expect(await send('PATCH', '/fields/ref', { name: 'renamed' })).toMatchObject({ status: 200 });
    expect(await send('DELETE', '/fields/ref')).toMatchObject({ status: 204 });
  });

  test('a list is called as a company file may call it', async () => {
    for (const name of ['a%0Ab', 'a%0Db', 'a%E2%80%A8b'])
      expect([name, (await send('POST', `/catalogues/dimension:${name}`, { name: 'x' })).status]).toEqual([name, 404]);
  });

  test('an entry does not take an id that another one has on a platform', async () => {
    for (const [list, id] of [
      ['job_levels', 'ID_3D5RavktTRM'],
      ['job_titles', 'ID_3D5RavktVRM'],
    ] as const)
      expect([list, await send('POST', `/catalogues/${list}`, { id, name: 'x' })]).toMatchObject([
        list,
        { status: 409 },
      ]);
  });

  test('a change of what a platform has of an entry keeps the rest of it', async () => {
    const path = '/catalogues/job_levels/l-p7';
    const description = { value: 'd', i18n: { 'en-US': 'D' } };
    expect(await send('PATCH', path, { feishu: { id: 'kept' } })).toMatchObject({ status: 200 });
    expect(await send('PATCH', path, { feishu: { description } })).toMatchObject({
      status: 200,
      answer: { feishu: { id: 'kept', description } },
    });
    const cleared = await send('PATCH', path, { feishu: { description: null } });
    expect(cleared).toMatchObject({ status: 200, answer: { feishu: { id: 'kept' } } });
    expect(cleared).not.toHaveProperty('answer.feishu.description');
  });

  test('an employee type keeps its number while employees have it', async () => {
    const types = '/catalogues/employee_types';
    const regular = { id: 'regular', name: 'x', feishu: { enum_value: 1 } };
    expect(await send('POST', types, regular)).toMatchObject({ status: 201 });
    expect(await send('PATCH', `${types}/regular`, { feishu: { enum_value: 77 } })).toMatchObject({ status: 409 });
    expect(await send('PATCH', `${types}/regular`, { name: 'y' })).toMatchObject({ status: 200 });
  });

  test('a first own country does not take away the countries that employees have', async () => {
    const countries = '/catalogues/countries';
    for (const id of ['MDM34234234', 'MDCT00000002'])
      expect(await send('DELETE', `${countries}/${id}`)).toMatchObject({ status: 204 });
    expect(await send('POST', countries, { id: 'own', name: 'x' })).toMatchObject({ status: 201 });
    expect(await send('DELETE', `${countries}/own`)).toMatchObject({ status: 204 });
    const answer = await mingce.fetch(`${mingce.url}/open-apis/contact/v3/users/zhangsan?user_id_type=user_id`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${await mingce.company('demo').tokens.feishu()}` },
      body: JSON.stringify({ country: 'CN' }),
    });
    expect(await answer.json()).toMatchObject({ code: 0 });
    expect(await send('POST', countries, { id: 'own', name: 'x' })).toMatchObject({ status: 409 });
  });
});
