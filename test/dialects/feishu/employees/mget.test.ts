import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, demo, violationsIn, type Client } from '../feishu-client.ts';

const file = `
mingce: 1
key: inn
name: Inn
feishu:
  founder: ann
  administrators: [{ employee: bob }, { employee: eve, super: true }]
  apps:
    - { app_id: cli_inn, app_secret: inn }
    - app_id: cli_some
      app_secret: some
      scopes:
        - directory:employee:read
        - directory:employee.base.external_id:read
        - directory:employee.base.name.name:read
        - directory:employee.base.leader:read
        - directory:employee.work.job_title:read
departments:
  - { id: top, name: Inn }
  - { id: house, name: House, parent: top, order: 3 }
  - { id: kitchen, name: { value: Kitchen, i18n: { zh-CN: 厨房, fr-FR: Cuisine } }, parent: house, leaders: [{ employee: ann }, { employee: bob, deputy: true }] }
job_titles: [{ id: cook, name: Cook, enabled: false }]
employees:
  - { id: ann, name: Ann }
  - id: bob
    name: Bob
    departments: [{ id: house, rank_among_own: 9 }, kitchen]
    main_department: kitchen
    leader: ann
    job_title: cook
    status: pre-resigned
    feishu: { data_source: 3, resign_reason: "9", resign_type: "1" }
  - { id: eve, name: Eve, frozen: true }
  - { id: old, name: Old, status: resigned, left_on: 2025-12-31, departments: [house] }
  - { id: new, name: New, status: pre-hire, activation: not-joined }
`;

let directory: TestDirectory;
let inn: Client;
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [file, demo] });
  inn = await clientOf(directory, 'cli_inn', 'inn');
});
afterAll(() => directory.close());

test('shows what is asked for, and always the id', async () => {
  const mget = async (...required_fields: string[]): Promise<unknown> =>
    (await inn.mget({ employee_ids: ['bob'], required_fields })).json.data.employees[0];
  expect(await mget()).toEqual({ base_info: { employee_id: 'bob' } });
  expect(await mget('base_info.name.name', 'work_info.staff_status')).toEqual({
    base_info: { employee_id: 'bob', name: { name: { default_value: 'Bob', i18n_value: {} } } },
    work_info: { staff_status: 5 },
  });
  expect(await mget('work_info.job_title.is_enable', 'base_info.enterprise_email_alias')).toEqual({
    base_info: { employee_id: 'bob', enterprise_email_aliases: [] },
    work_info: { job_title: { is_enabled: false } },
  });
});

test('of departments and titles a wildcard shows the ids only', async () => {
  const wild = { employee_ids: ['bob'], required_fields: ['base_info.*', 'work_info.*'] };
  const [{ base_info, work_info }] = (await inn.mget(wild)).json.data.employees;
  expect(base_info.departments).toEqual([{ department_id: 'kitchen' }, { department_id: 'house' }]);
  expect(work_info.job_title).toEqual({ job_title_id: 'cook' });
  expect(base_info).toMatchObject({ data_source: 3, leader_id: 'ann', is_admin: true, is_primary_admin: false });
});

test('departments come in full when they are asked for so, the main one first', async () => {
  const body = {
    employee_ids: ['bob'],
    required_fields: ['base_info.departments.*', 'base_info.department_path_infos'],
  };
  const [{ base_info }] = (await inn.mget(body)).json.data.employees;
  expect(base_info.departments[0]).toEqual({
    department_id: 'kitchen',
    department_count: {
      recursive_members_count: '1',
      direct_members_count: '1',
      recursive_members_count_exclude_leaders: '0',
      recursive_departments_count: '0',
      direct_departments_count: '0',
    },
    has_child: false,
    leaders: [
      { leader_type: 1, leader_id: 'ann' },
      { leader_type: 2, leader_id: 'bob' },
    ],
    parent_department_id: 'house',
    name: { default_value: 'Kitchen', i18n_value: { zh_cn: '厨房' } },
    enabled_status: true,
    order_weight: '0',
    custom_field_values: [],
    department_path_infos: [
      { department_id: 'house', department_name: { default_value: 'House', i18n_value: {} } },
      { department_id: 'kitchen', department_name: { default_value: 'Kitchen', i18n_value: { zh_cn: '厨房' } } },
    ],
    data_source: 1,
  });
  expect(base_info.department_path_infos).toHaveLength(2);
});

test('what is unset is empty in its own type', async () => {
  const body = { employee_ids: ['ann'], required_fields: ['base_info.*', 'work_info.*', 'work_info.work_place.*'] };
  expect((await inn.mget(body)).json.data).toEqual({
    abnormals: [],
    employees: [
      {
        base_info: {
          employee_id: 'ann',
          name: { name: { default_value: 'Ann', i18n_value: {} }, another_name: '' },
          mobile: '',
          email: '',
          enterprise_email: '',
          enterprise_email_aliases: [],
          gender: 0,
          departments: [{ department_id: '0' }],
          employee_order_in_departments: [
            { department_id: '0', order_weight_in_deparment: '0', order_weight_among_deparments: '0' },
          ],
          description: '',
          active_status: 2,
          is_resigned: false,
          leader_id: '',
          dotted_line_leader_ids: [],
          is_primary_admin: true,
          is_admin: false,
          custom_field_values: [],
          department_path_infos: [[{ department_id: '0', department_name: { default_value: 'Inn', i18n_value: {} } }]],
          resign_time: '',
          avatar: { avatar_72: '', avatar_240: '', avatar_640: '', avatar_origin: '' },
          background_image: '',
          data_source: 1,
          geo_name: '',
          subscription_ids: [],
        },
        work_info: {
          work_country_or_region: '',
          work_place: {
            place_id: '0',
            place_name: { default_value: '', i18n_value: {} },
            is_enabled: false,
            description: { default_value: '', i18n_value: {} },
          },
          work_station: { default_value: '', i18n_value: {} },
          job_number: '',
          extension_number: '',
          join_date: '',
          employment_type: 0,
          staff_status: 1,
          job_title: { job_title_id: '0' },
          job_level: {
            job_level_id: '0',
            job_level_name: { default_value: '', i18n_value: {} },
            is_enabled: false,
            is_deleted: false,
            order: '0',
            description: { default_value: '', i18n_value: {} },
          },
          job_family: {
            job_family_id: '0',
            job_family_name: { default_value: '', i18n_value: {} },
            is_enabled: false,
            parent_job_family_id: '0',
            description: { default_value: '', i18n_value: {} },
          },
          resign_date: '',
          resign_remark: '',
          resign_reason: '0',
          resign_type: '0',
        },
      },
    ],
  });
});

test.each([
  ['old', { active_status: 2, is_resigned: true, resign_time: '2025-12-31', departments: [] }, 2],
  ['eve', { active_status: 3, is_resigned: false, is_primary_admin: true }, 1],
  ['new', { active_status: 5, is_resigned: false }, 3],
])('the states of %s are numbers', async (id, base_info, staff_status) => {
  expect(await inn.read(id)).toMatchObject({ base_info, work_info: { staff_status } });
});

test('what the app has no scope for, and what does not exist, is left out and told', async () => {
  const some = await clientOf(directory, 'cli_some', 'some');
  const required_fields = [
    'base_info.name',
    'base_info.leader_id',
    'base_info.mobile',
    'work_info.job_title.*',
    'base_info.shoe',
  ];
  const { data } = (await some.mget({ employee_ids: ['bob', 'bob', 'nobody'], required_fields })).json;
  expect(data.employees).toEqual([
    {
      base_info: { employee_id: 'bob', name: { name: { default_value: 'Bob', i18n_value: {} } }, leader_id: 'ann' },
      work_info: { job_title: { job_title_id: 'cook' } },
    },
  ]);
  expect(data.abnormals).toEqual([
    {
      id: 'bob',
      row_error: 0,
      field_errors: {
        'base_info.name.another_name': 1000,
        'base_info.mobile': 1000,
        'work_info.job_title.job_title_name': 1000,
        'work_info.job_title.description': 1000,
        'work_info.job_title.is_enabled': 1000,
        'base_info.shoe': 2003,
      },
    },
    { id: 'nobody', row_error: 0, field_errors: { 'base_info.employee_id': 2002 } },
  ]);
});

test('takes 1 to 100 ids, and needs to be told the fields', async () => {
  const violations = async (body: object): Promise<unknown> => {
    const answer = await inn.mget(body);
    expect(answer.json.code).toBe(99992402);
    return violationsIn(answer).map(([, description]) => description);
  };
  expect(await violations({ employee_ids: [] })).toEqual(['required_fields is required', 'the min len is 1']);
  const many = Array.from({ length: 101 }, (_, index) => `e${String(index)}`);
  expect(await violations({ employee_ids: many, required_fields: [] })).toEqual(['the max len is 100']);
});

test('a company whose plan is too low answers 2224001', async () => {
  const low = file
    .replace('key: inn', 'key: low')
    .replaceAll('cli_', 'cli_low_')
    .replace('  founder: ann', '  plan: basic');
  await directory.companies.apply('low', low, { plan: false, request: 'test' });
  const client = await clientOf(directory, 'cli_low_inn', 'inn');
  const answer = await client.mget({ employee_ids: ['ann'], required_fields: [] });
  expect([answer.status, answer.json.code]).toEqual([400, 2224001]);
});
