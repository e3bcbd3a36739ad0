import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { GeneratedCompany } from '../../src/company/generator/company.ts';
import type { EmployeeInFile } from '../../src/company/schema.ts';
import type { Employee } from '../../src/directory/employees/employee.ts';
import { everyoneOf, listsOf, type Lists } from '../dialects/feishu/list-client.ts';
import { contactOf, type Contact, type Shown } from '../dialects/feishu/contact/contact-client.ts';
import { clientOf as hoseOf, type Client as Hose } from '../dialects/hose/hose-client.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { runs } from '../support/runs.ts';

/*
 * What a read tells of anybody, and of any department, can be sent back to its write and changes nothing: of companies
 * that are generated at random, with people in several departments. A failure prints the seed of fast-check and the
 * company's own. WeCom's reads have tests of their own: test/dialects/wecom.
 */

const PEOPLE = 24;
const SECRET = 'mingce-generated-secret';

let opened: TestDirectory | null = null;
afterEach(async () => {
  await opened?.close();
  opened = null;
});

/** A company's seed, more departments, and what its people have that the generator gives no one. */
const companies = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  below: fc.array(
    fc.record({
      parent: fc.nat(100),
      english: fc.option(fc.constantFrom('Sales', 'R&D')),
      order: fc.nat(1_000),
      leader: fc.option(fc.nat(PEOPLE - 1)),
    }),
    { minLength: 4, maxLength: 8 },
  ),
  extras: fc.array(
    fc.record(
      {
        nickname: fc.constantFrom('小李', "O'Neil", '😀'),
        station: fc.constantFrom('A-1', '3 楼'),
        second: fc.nat(100),
        rank: fc.nat(1_000),
        hobby: fc.constantFrom('登山', '书'),
      },
      { requiredKeys: [] },
    ),
    { minLength: PEOPLE, maxLength: PEOPLE },
  ),
});
type Sample = typeof companies extends fc.Arbitrary<infer Value> ? Value : never;

/** Those who can be written over every platform: in service. */
const isThere = ({ status }: Employee): boolean => status === 'regular' || status === 'probation';

function fileOf({ seed, below, extras }: Sample): string {
  const company = new GeneratedCompany({ key: 'back', employees: PEOPLE, seed });
  const file = company.file(['feishu', 'wecom', 'hose']);
  const people = [...company.employees()];
  const departments = [...(file.departments ?? [])];
  for (const [index, { parent, english, order, leader }] of below.entries()) {
    const led =
      leader === null || people[leader]?.status === 'resigned' ? [] : [{ employee: people[leader]?.id ?? '' }];
    departments.push({
      id: `more-${String(index)}`,
      name: { value: `部门${String(index)}`, i18n: english === null ? {} : { 'en-US': `${english} ${String(index)}` } },
      parent: departments[parent % departments.length]?.id ?? '',
      code: `M${String(index)}`,
      order,
      leaders: led,
    });
  }
  const employees = people.map((employee, index): EmployeeInFile => {
    const { nickname, station, second, rank, hobby } = extras[index] ?? {};
    const own = employee.departments ?? [];
    const other = departments[(second ?? 0) % departments.length]?.id ?? '';
    const isSecond = second !== undefined && own.length > 0 && own[0] !== other;
    const ranked = rank === undefined ? {} : { rank };
    return {
      ...employee,
      ...(nickname === undefined ? {} : { alias: nickname }),
      ...(station === undefined ? {} : { work_station: station }),
      ...(hobby === undefined ? {} : { custom: { hobby } }),
      ...(isSecond ? { departments: [...own, { id: other, ...ranked }] } : {}),
    };
  });
  const hobby = { id: 'hobby', name: '爱好', type: 'text', feishu: { field_key: 'C-1' }, hose: { name: 'u_爱好' } };
  return JSON.stringify({ ...file, departments, custom_fields: [hobby], employees });
}

interface Company {
  readonly directory: TestDirectory;
  readonly lists: Lists;
  readonly contact: Contact;
  readonly hose: Hose;
  /** Everybody as kept. */
  readonly people: () => Promise<readonly Employee[]>;
  /** Everything but people, as a file says it, without times. */
  readonly rest: () => Promise<string>;
}

async function open(sample: Sample): Promise<Company> {
  await opened?.close();
  const directory = await openTestDirectory({ companies: [fileOf(sample)] });
  opened = directory;
  return {
    directory,
    lists: await listsOf(directory, 'cli_generated_back', SECRET),
    contact: await contactOf(directory, 'cli_generated_back', SECRET),
    hose: await hoseOf(directory, 'generated-back', SECRET),
    people: () => everyoneOf(directory, 'back'),
    rest: async () =>
      ((await directory.companies.export('back')) ?? '').replaceAll(/^ *(updated_at|created_at):.*\n/gm, ''),
  };
}

/** Runs a check on several random companies. */
async function onEach(check: (company: Company) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(companies, async (sample) => check(await open(sample))),
    { numRuns: runs(3, 1), endOnFailure: true },
  );
}

const idIn = ({ ids }: Employee, space: string): string => ids[space] ?? '';

test('people, over Feishu’s directory API', async () => {
  await onEach(async ({ lists, people }) => {
    const before = await people();
    for (const one of before.filter(isThere)) {
      const id = idIn(one, 'feishu.employee_id');
      const reply = await lists.post('employees/mget', { employee_ids: [id], required_fields: EVERYTHING });
      const body = { employee: employeeOf(reply.json.data.employees[0]) };
      const written = await lists.send('PATCH', `directory/v1/employees/${id}`, body);
      expect([written.json.code, written.json.msg], id).toEqual([0, 'success']);
    }
    expect(await people()).toEqual(before);
  });
});

test('departments, over Feishu’s directory API', async () => {
  await onEach(async ({ directory, lists, rest }) => {
    const tenant = await directory.store.tenantByKey('back');
    const ids = (tenant?.departments.all ?? []).flatMap(({ parent, ids: own }) =>
      parent === null ? [] : [own['feishu.department_id'] ?? ''],
    );
    const before = await rest();
    for (const id of ids) {
      const reply = await lists.post('departments/mget', { department_ids: [id], required_fields: ['*'] });
      const { name, parent_department_id, leaders, order_weight, enabled_status, custom_field_values } =
        reply.json.data.departments[0];
      const department = { name, parent_department_id, leaders, order_weight, enabled_status, custom_field_values };
      const written = await lists.send('PATCH', `directory/v1/departments/${id}`, { department });
      expect([written.json.code, written.json.msg], id).toEqual([0, 'success']);
    }
    expect(ids.length).toBeGreaterThan(2);
    expect(await rest()).toBe(before);
  });
});

test.each(['PATCH', 'PUT'])('people, over Feishu’s contact API by %s', async (method) => {
  await onEach(async ({ contact, people }) => {
    const before = await people();
    for (const one of before.filter(isThere)) {
      const path = `users/${idIn(one, 'feishu.employee_id')}`;
      const { user } = (await contact.send('GET', path)).json.data;
      const written = await contact.send(method, path, user);
      expect([written.json.code, written.json.msg], path).toEqual([0, 'success']);
      expect((await contact.send('GET', path)).json.data.user).toEqual(user);
    }
    expect(await people()).toEqual(before);
  });
});

test.each(['PATCH', 'PUT'])('departments, over Feishu’s contact API by %s', async (method) => {
  await onEach(async ({ contact, rest }) => {
    const before = await rest();
    const all = await contact.all('departments/0/children', { fetch_child: 'true', page_size: '50' });
    expect(all.length).toBeGreaterThan(2);
    for (const { department_id: id } of all) {
      const { department } = (await contact.send('GET', `departments/${String(id)}`)).json.data;
      const written = await contact.send(method, `departments/${String(id)}`, department);
      expect(written.json).toEqual({ code: 0, msg: 'success', data: { department } });
    }
    expect(await rest()).toBe(before);
  });
});

test('people, over Hose', async () => {
  await onEach(async ({ hose, people }) => {
    const before = await people();
    for (const one of before.filter(isThere)) {
      const id = idIn(one, 'hose.id');
      // What an update calls `email` is what a read calls `showEmail`; cleared, it can only be left out. (contract 2.5)
      const { email: _login, showEmail, updateTime: _time, roles: _roles, ...shown } = await hose.staff(id);
      const written = await hose.update(id, { ...shown, ...(showEmail ? { email: showEmail } : {}) });
      expect([written.status, written.json.errorMessage], id).toEqual([200, undefined]);
      const { updateTime: _then, ...again } = await hose.staff(id);
      expect(again).toMatchObject(shown);
    }
    expect((await people()).map(shared)).toEqual(before.map(shared));
  });
});

test('departments, over Hose', async () => {
  await onEach(async ({ hose, rest }) => {
    const before = await rest();
    const { items } = (await hose.send('GET', '/api/openapi/v1/departments?start=0&count=100')).json;
    const below = (items as readonly Shown[]).filter(({ parentId }) => parentId !== '');
    expect(below.length).toBeGreaterThan(2);
    for (const { id } of below) {
      const shown = (await hose.send('GET', `/api/openapi/v1/departments/$${String(id)}`)).json.value;
      const written = await hose.send('PUT', `/api/openapi/v1/departments/update/$${String(id)}`, { body: shown });
      expect(written.status, String(id)).toBe(200);
    }
    expect(await rest()).toBe(before);
  });
});

const EVERYTHING = [
  'base_info.*',
  'work_info.*',
  ...['work_place', 'job_title', 'job_level', 'job_family'].map((list) => `work_info.${list}.*`),
];

/** An employee as mget tells it, in the words of the update. `0` is the id of no entry there, `""` here. */
function employeeOf({ base_info: base, work_info: work }: Shown): object {
  const entry = (id: string): string => (id === '0' ? '' : id);
  const {
    name,
    mobile,
    email,
    enterprise_email,
    gender,
    employee_order_in_departments,
    description,
    leader_id,
    dotted_line_leader_ids,
    custom_field_values,
  } = base;
  const { work_country_or_region, work_station, job_number, extension_number, join_date, employment_type } = work;
  return {
    name,
    mobile,
    email,
    enterprise_email,
    gender,
    employee_order_in_departments,
    description,
    leader_id,
    dotted_line_leader_ids,
    custom_field_values,
    work_country_or_region,
    work_place_id: entry(work.work_place.place_id),
    work_station,
    job_number,
    extension_number,
    join_date,
    employment_type,
    job_title_id: entry(work.job_title.job_title_id),
    job_level_id: entry(work.job_level.job_level_id),
    job_family_id: entry(work.job_family.job_family_id),
  };
}

/** A record without what every write over Hose notes: the time, and that the API came by. */
function shared({ updatedAt: _time, extensions, ...employee }: Employee): object {
  const { hose: _note, ...others } = extensions;
  return { ...employee, extensions: others };
}
