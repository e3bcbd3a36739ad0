import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { listsOf, type Lists } from '../list-client.ts';

/* What an employee's departments show, as far as employee-mget.test.ts does not say it already. */

const file = `
mingce: 1
key: inn
name: Inn
feishu:
  apps:
    - { app_id: cli_inn, app_secret: inn }
    - app_id: cli_name
      app_secret: name
      scopes: [directory:employee:read, directory:employee.base.external_id:read, directory:employee.base.department:read, directory:department.count:read]
departments:
  - { id: top, name: Inn }
  - { id: house, name: House, parent: top, leaders: [{ employee: ann }, { employee: old }], feishu: { custom: { motto: { value: Rest, i18n: { ja-JP: 休 } }, hosts: [bob] } } }
  - { id: kitchen, name: Kitchen, parent: house, leaders: [{ employee: ann }] }
  - { id: larder, name: Larder, parent: kitchen }
custom_fields:
  - { id: motto, name: Motto, type: text, feishu: { field_key: C-1 } }
  - { id: hosts, name: Hosts, type: people, feishu: { field_key: C-2 } }
employees:
  - { id: ann, name: Ann, departments: [house, larder] }
  - { id: bob, name: Bob, departments: [kitchen] }
  - { id: old, name: Old, status: resigned, left_on: 2025-12-31, departments: [house] }
`;

let directory: TestDirectory;
let inn: Lists;
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [file] });
  inn = await listsOf(directory, 'cli_inn', 'inn');
});
afterAll(() => directory.close());

const departmentsOf = async (by: Lists, id: string, ...members: string[]): Promise<unknown> => {
  const required_fields = members.map((member) => `base_info.departments.${member}`);
  const answer = await by.post('employees/mget', { employee_ids: [id], required_fields });
  return answer.json.data.employees[0].base_info.departments;
};

const counts = (recursive: number, direct: number, excluding: number, all: number, children: number): object => ({
  recursive_members_count: String(recursive),
  direct_members_count: String(direct),
  recursive_members_count_exclude_leaders: String(excluding),
  recursive_departments_count: String(all),
  direct_departments_count: String(children),
});

test('people are counted once, those who left not at all, leaders where they are among them', async () => {
  expect(await departmentsOf(inn, 'ann', 'department_count')).toEqual([
    { department_count: counts(2, 1, 1, 2, 1) },
    { department_count: counts(1, 1, 1, 0, 0) },
  ]);
  // Ann leads the kitchen and is in the larder below it.
  expect(await departmentsOf(inn, 'bob', 'department_count')).toEqual([{ department_count: counts(2, 1, 1, 1, 1) }]);
});

test('values of a department’s custom fields come with its people', async () => {
  const [context] = (await departmentsOf(inn, 'ann', 'custom_field_values')) as readonly object[];
  expect(context).toEqual({
    custom_field_values: [
      { field_key: 'C-1', field_type: '1', text_value: { default_value: 'Rest', i18n_value: { ja_jp: '休' } } },
      { field_key: 'C-2', field_type: '11', user_values: [{ ids: ['bob'], user_type: '1' }] },
    ],
  });
});

test('each member of a department has its own permission', async () => {
  const name = await listsOf(directory, 'cli_name', 'name');
  expect(await departmentsOf(name, 'bob', 'department_id', 'name', 'department_count')).toEqual([
    { department_id: 'kitchen', department_count: counts(2, 1, 1, 1, 1) },
  ]);
});
