import type { CatalogName } from '../../directory/catalog.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { Repairs, RepairFacts } from '../dialect-facts.ts';
import { spaces } from './model/ids.ts';
import { builtInRoles } from './model/role-settings.ts';
import { settingsOf } from './model/settings.ts';

/** What a refused request may contain instead: ids and codes of the corporation, and values that are taken by none. */
export const repairs: Repairs = {
  values: (facts) => ({
    ...people(facts),
    ...departments(facts),
    ...entriesOfLists(facts),
    ...archivesAndRoles(facts),
    ...free(facts),
  }),
  references: [
    'staffId',
    'staffIds',
    'staffCodes',
    'staffs',
    'conditionIds',
    'ids',
    'staffParam',
    'addStaff',
    'delStaff',
    'departmentId',
    'defaultDepartment',
    'departments',
    'parentId',
    'rankType',
    'postType',
    'id',
    'dimensionId',
  ],
  synonyms: ({ tenant, people: some }) => [
    ...some.map((employee) => idsOf(employee.ids[spaces.staff] ?? employee.id, employee.jobNumber)),
    ...tenant.departments.all.map((one) => idsOf(one.ids[spaces.department] ?? one.id, one.code)),
  ],
  parameters: { type: ['id', 'code', 'STAFFID', 'STAFFCODE'], pathType: ['id', 'code', 'name'] },
  needed: {
    'dimensions.items.disable': ['dimensionId'],
    'dimensions.items.enable': ['dimensionId'],
    'staffs.disableOrEnable': ['active'],
    'staffs.staffCustom': ['rankType', 'postType'],
  },
  // Hose tells its refusals apart by their sentences.
  settings: { 不允许调用此接口: ['environment'], 未开通功能: ['licences'] },
};

type Values = Readonly<Record<string, readonly unknown[]>>;

function idsOf(id: string, code: string | null): readonly string[] {
  return code === null || code === '' ? [id] : [id, code];
}

/** Paths have a dollar before what they name. */
function inPath(ids: readonly string[]): readonly string[] {
  return ids.map((id) => `$${id}`);
}

/** Staff by id, then by code. */
function people({ tenant, people: some, unused }: RepairFacts): Values {
  const ids = some.slice(0, 4).map((employee) => employee.ids[spaces.staff] ?? employee.id);
  const codes = some
    .flatMap(({ jobNumber }) => (jobNumber === null || jobNumber === '' ? [] : [jobNumber]))
    .slice(0, 4);
  const both = [...ids, ...codes];
  return {
    staffId: inPath(both),
    staffIds: [...both.map((one) => `[${one}]`), ...inPath(both)],
    staffCodes: both.map((one) => `[${one}]`),
    'staffs[]': both,
    staffs: [both.slice(0, 1)],
    'conditionIds[]': both,
    conditionIds: [both.slice(0, 1)],
    ids: [both.slice(0, 1)],
    staffParam: both,
    'addStaff[]': both,
    addStaff: [both.slice(0, 1)],
    delStaff: [both.slice(0, 1)],
    staffList: [
      ...ids.slice(0, 1).map((id) => [{ id, name: `N${unused}` }]),
      ...departmentIds(tenant)
        .slice(0, 1)
        .map((id) => [
          { name: `N${unused}`, departments: [id], defaultDepartment: id, cellphone: `138${unused}`, external: false },
        ]),
    ],
    userid: [unused],
  };
}

function departmentIds(tenant: Tenant): readonly string[] {
  const enabled = tenant.departments.all.filter((one) => one.enabled).slice(0, 6);
  return enabled.map((one) => one.ids[spaces.department] ?? one.id);
}

/** Departments by id, then by code. */
function departments({ tenant, unused }: RepairFacts): Values {
  const enabled = tenant.departments.all.filter((one) => one.enabled).slice(0, 6);
  const ids = departmentIds(tenant);
  const codes = enabled.flatMap(({ code }) => (code === null || code === '' ? [] : [code]));
  const both = [...ids, ...codes];
  return {
    departmentId: inPath(both),
    defaultDepartment: both,
    'departments[]': both,
    departments: ids.slice(0, 3).map((id) => [id]),
    parentId: ['', ...both],
    departmentList: [[{ name: `N${unused}`, code: '', parentId: '' }]],
  };
}

const LISTS: Readonly<Record<string, CatalogName>> = { rankType: 'job-level', postType: 'job-title' };

/** Enabled entries of the lists, by id, then by code. */
function entriesOfLists({ tenant }: RepairFacts): Values {
  return Object.fromEntries(
    Object.entries(LISTS).map(([name, catalog]) => {
      const enabled = tenant
        .catalog(catalog)
        .all.filter((entry) => entry.enabled)
        .slice(0, 3);
      const codes = enabled.flatMap(({ code }) => (code === null || code === '' ? [] : [code]));
      return [name, [...enabled.map((entry) => entry.ids[spaces.entry] ?? entry.id), ...codes]];
    }),
  );
}

/** Items of archives, and roles with who has them. */
function archivesAndRoles({ tenant, people: some, unused }: RepairFacts): Values {
  const { dimensions = [], roles = [], corporationId } = settingsOf(tenant);
  const lists = tenant.parts.catalogs.filter(({ catalog, enabled }) => enabled && catalog.startsWith('dimension:'));
  const levels = tenant.parts.catalogs.filter(({ catalog, enabled }) => enabled && catalog === 'job-level');
  const entries = [...lists, ...levels].slice(0, 4);
  const codes = entries.flatMap(({ code }) => (code === null || code === '' ? [] : [code]));
  const items = [...entries.map((entry) => entry.ids[spaces.entry] ?? entry.id), ...codes];
  const known = [...builtInRoles(corporationId), ...roles].map(({ id }) => id);
  const [root] = tenant.departments.all;
  const staff = some.slice(0, 1).map((employee) => employee.ids[spaces.staff] ?? employee.id);
  return {
    id: [...inPath(items.slice(0, 6)), ...inPath(known.slice(0, 4))],
    dimensionId: dimensions.flatMap(({ code }) => (code === undefined ? [] : [code])),
    itemListRequest: [[{ name: `N${unused}`, code: '', parentId: '' }]],
    contents: [[{ staffs: staff }], [{ path: root === undefined ? [] : [root.name.value], staffs: staff }]],
    path: root === undefined ? [] : [[root.name.value]],
  };
}

/** Values that no one has, the app's own credentials, and what else a call may need. */
function free({ app, unused, secret }: RepairFacts): Values {
  return {
    appKey: [app.key],
    appSecurity: [secret],
    appSecret: [secret],
    cellphone: [`138${unused}`],
    phone: [`138${unused}`],
    email: [`u${unused}@free.example`],
    name: [`N${unused}`],
    code: [`C${unused}`, ''],
    active: ['false', 'true'],
    scope: ['项目角色'],
    type: ['id', 'code'],
    modifyAccountPhone: [false],
    modifyAccountEmail: [false],
    count: ['100', '10'],
    start: ['0'],
    number: ['11010519491231002X'],
  };
}
