import type { CatalogName } from '../../directory/catalog.ts';
import { isInService } from '../../directory/employees/employee.ts';
import type { Repairs, RepairFacts } from '../dialect-facts.ts';
import { employeeTypesOf } from './model/employee-types.ts';
import {
  departmentIdOf,
  employeeIdOf,
  idReaderOf,
  ROOT,
  SPACE,
  type DepartmentIdKind,
  type EmployeeIdKind,
} from './model/ids.ts';
import { settingsOf } from './model/settings.ts';

/** What a refused request may contain instead: ids as the request names things, and values that are taken by none. */
export const repairs: Repairs = {
  values: (facts) => ({ ...people(facts), ...departments(facts), ...entriesOfLists(facts), ...free(facts), ...dates }),
  references: [
    'employee_id',
    'user_id',
    'leader_id',
    'leader_user_id',
    'dotted_line_leader_ids',
    'docs_acceptor_user_id',
    'leaderID',
    'department_id',
    'parent_department_id',
    'department_ids',
    'job_title_id',
    'job_level_id',
    'job_family_id',
    'parent_job_family_id',
    'work_place_id',
  ],
  parameters: {
    employee_id_type: ['open_id', 'union_id', 'employee_id'],
    user_id_type: ['open_id', 'union_id', 'user_id'],
    department_id_type: ['open_department_id', 'department_id'],
  },
  needed: { 'contact.department.parent': ['department_id'] },
  settings: {
    '44009': ['create_burst_limit'],
    '44018': ['brand'],
    '44041': ['plan', 'directory_api_min_plan'],
    '44046': ['license_mode'],
    '99991662': ['status'],
    '41007': ['certified_seat_limit', 'certified'],
    '41008': ['billing_seat_limit'],
    '41016': ['department_member_limit'],
    '2221268': ['resurrect_allowed'],
    '2221271': ['billing_seat_limit'],
    '2221273': ['certified_seat_limit', 'certified'],
    '2221275': ['plan', 'directory_api_min_plan'],
    '44023': ['contact_seat_limit'],
    '44028': ['resurrect_days'],
    '44029': ['resurrect_allowed'],
  },
};

type Values = Readonly<Record<string, readonly unknown[]>>;

/** The people of the company by the kind of id that the query names. */
function people({ tenant, app, people: some, query, unused }: RepairFacts): Values {
  const named = query.get('employee_id_type') ?? query.get('user_id_type') ?? 'open_id';
  const kind: EmployeeIdKind = named === 'union_id' || named === 'open_id' ? named : 'employee_id';
  // Calls that restore want someone who left.
  const service = some.filter(isInService);
  const left = some.filter((employee) => !isInService(employee));
  const ids = [...service.slice(0, 6), ...left.slice(0, 4)].map((employee) =>
    employeeIdOf(employee, kind, idReaderOf(app), tenant),
  );
  const own = [`u${unused}`];
  const leader = ids.slice(0, 4);
  return {
    employee_id: ids,
    user_id: [...ids, ...own],
    leader_id: leader,
    leader_user_id: leader,
    'dotted_line_leader_ids[]': leader,
    dotted_line_leader_ids: [ids.slice(0, 1)],
    docs_acceptor_user_id: leader,
    new_user_id: own,
    custom_employee_id: own,
    leaderID: leader,
  };
}

/** Its departments in the same way; the enabled ones, those far from the root first, as the root takes no children. */
function departments({ tenant, query, unused }: RepairFacts): Values {
  const kind: DepartmentIdKind =
    query.get('department_id_type') === 'department_id' ? 'department_id' : 'open_department_id';
  const enabled = tenant.departments.all.filter((one) => one.enabled && one.parent !== null).slice(0, 8);
  const ids = [...enabled.map((one) => departmentIdOf(one, kind)), ROOT];
  return {
    department_id: ids,
    parent_department_id: ids,
    'department_ids[]': ids,
    department_ids: ids.slice(0, 2).map((id) => [id]),
    departments: ids.slice(0, 2).map((id) => [{ department_id: id }]),
    employee_order_in_departments: ids.slice(0, 2).map((id) => [{ department_id: id }]),
    new_department_id: [`d${unused}`],
    custom_department_id: [`d${unused}`],
  };
}

const LISTS: Readonly<Record<string, CatalogName>> = {
  job_title_id: 'job-title',
  job_level_id: 'job-level',
  job_family_id: 'job-family',
  parent_job_family_id: 'job-family',
  work_place_id: 'work-place',
  work_country_or_region: 'country',
};

/** Enabled entries of the lists, and numbers of employee types. */
function entriesOfLists({ tenant }: RepairFacts): Values {
  const lists = Object.entries(LISTS).map(([name, catalog]) => {
    const enabled = tenant
      .catalog(catalog)
      .all.filter((entry) => entry.enabled)
      .slice(0, 4);
    return [name, enabled.map((entry) => entry.ids[SPACE.entry] ?? entry.id)] as const;
  });
  const types = [...employeeTypesOf(tenant)].filter(([, isEnabled]) => isEnabled).map(([number]) => number);
  const titles = tenant.catalog('job-title').all.filter(({ enabled }) => enabled);
  return {
    ...Object.fromEntries(lists),
    job_title: titles.slice(0, 2).map(({ name }) => name.value),
    employment_type: types.slice(0, 3),
    employee_type: types.slice(0, 3),
  };
}

/** Values that no one has, and the app's own credentials. */
function free({ tenant, app, unused, secret }: RepairFacts): Values {
  const domains = settingsOf(tenant).mail_domains;
  const mail = `u${unused}@free.example`;
  return {
    app_id: [app.key],
    client_id: [app.key],
    app_secret: [secret],
    client_secret: [secret],
    employee: [{ another_name: `N${unused}` }],
    mobile: [`+86138${unused}`, `138${unused}`, `+1202555${unused.slice(0, 4)}`],
    email: [mail],
    enterprise_email: domains.slice(0, 2).map(({ domain }) => `u${unused}@${domain}`),
    job_number: [unused],
    employee_no: [unused],
    extension_number: [unused.slice(0, 4)],
    name: [`N${unused}`, { default_value: `N${unused}` }, { name: { default_value: `N${unused}` } }],
    default_value: [`N${unused}`],
    query: tenant.departments.all.slice(-2).map(({ name }) => name.value),
    page_token: [''],
    page_size: [10],
    page_request: [{}],
    order: ['0'],
    status: [true, false],
  };
}

/** Days and instants that suit anyone. */
const dates: Values = {
  join_date: ['2021-01-01'],
  join_time: [1_609_459_200],
  resign_date: ['2030-01-01'],
  city: ['北京'],
  country: ['CN'],
};
