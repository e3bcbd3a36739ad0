/** API permissions for the fields of an employee, by selector; any one is enough, an empty list asks for none. */
// [public: dir/employee/mget, dir/employee/resources-introduction]
const base = (...names: string[]): string[] => names.map((name) => `directory:employee.base.${name}:read`);
const work = (...names: string[]): string[] => names.map((name) => `directory:employee.work.${name}:read`);

/** A field of an employee as reads show it. */
export interface Field {
  readonly section: 'base_info' | 'work_info';
  readonly name: string;
  readonly scopes: readonly string[];
  /** Members that can be asked for one by one, each with the further scopes it needs. */
  readonly members?: Readonly<Record<string, readonly string[]>>;
  /** What `base_info.*` or `work_info.*` shows of it; absent: everything. */
  readonly inWildcard?: readonly string[];
}

/** Members of a department, each with the scopes it needs. [public: dir/department/resource-introduction] */
export const DEPARTMENT_MEMBERS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [
    ['department_id', 'external_id'],
    ['department_count', 'count'],
    ['has_child', 'has_child'],
    ['leaders', 'leader'],
    ['parent_department_id', 'parent_id'],
    ['name', 'name'],
    ['enabled_status', 'status'],
    ['order_weight', 'order_weight'],
    ['custom_field_values', 'custom_field'],
    ['department_path_infos', 'department_path'],
    ['data_source', 'data_source'],
  ].map(([member = '', scope = '']) => [member, member === 'department_id' ? [] : departmentScopes(scope)]),
);

function departmentScopes(name: string): string[] {
  return [`directory:department.base:read`, `directory:department.${name}:read`];
}

const entryMembers = (
  id: string,
  name: string,
  resource: string,
  more: Readonly<Record<string, readonly string[]>>,
) => ({
  [id]: [],
  [name]: [`directory:${resource}.base:read`],
  description: [`directory:${resource}.base:read`],
  is_enabled: [`directory:${resource}.status:read`],
  ...more,
});

const FIELDS: readonly Field[] = [
  { section: 'base_info', name: 'employee_id', scopes: [] },
  {
    section: 'base_info',
    name: 'name',
    scopes: [],
    members: { name: base('base', 'name.name'), another_name: base('base', 'name.another_name') },
  },
  { section: 'base_info', name: 'mobile', scopes: base('mobile') },
  { section: 'base_info', name: 'email', scopes: base('email') },
  { section: 'base_info', name: 'enterprise_email', scopes: base('enterprise_email') },
  {
    section: 'base_info',
    name: 'enterprise_email_aliases',
    scopes: base('enterprise_email', 'enterprise_email_alias'),
  },
  { section: 'base_info', name: 'gender', scopes: base('gender') },
  {
    section: 'base_info',
    name: 'departments',
    scopes: base('department'),
    members: DEPARTMENT_MEMBERS,
    inWildcard: ['department_id'],
  },
  { section: 'base_info', name: 'employee_order_in_departments', scopes: base('department', 'dept_order') },
  { section: 'base_info', name: 'description', scopes: base('base', 'description') },
  { section: 'base_info', name: 'active_status', scopes: base('active_status', 'status') },
  { section: 'base_info', name: 'is_resigned', scopes: base('is_resigned', 'status') },
  { section: 'base_info', name: 'leader_id', scopes: base('leader', 'leader_id') },
  { section: 'base_info', name: 'dotted_line_leader_ids', scopes: base('dotted_line_leaders', 'leader') },
  { section: 'base_info', name: 'is_primary_admin', scopes: base('is_primary_admin', 'role') },
  { section: 'base_info', name: 'is_admin', scopes: base('is_admin', 'role') },
  { section: 'base_info', name: 'custom_field_values', scopes: base('custom_field') },
  { section: 'base_info', name: 'department_path_infos', scopes: base('department_path') },
  { section: 'base_info', name: 'resign_time', scopes: base('resign_time') },
  { section: 'base_info', name: 'avatar', scopes: base('avatar', 'base') },
  { section: 'base_info', name: 'background_image', scopes: base('background_image', 'base') },
  { section: 'base_info', name: 'data_source', scopes: base('base', 'data_source') },
  { section: 'base_info', name: 'geo_name', scopes: base('base', 'geo') },
  { section: 'base_info', name: 'subscription_ids', scopes: base('base', 'subscription_ids') },
  { section: 'work_info', name: 'work_country_or_region', scopes: work('base_work', 'work_country_or_region') },
  {
    section: 'work_info',
    name: 'work_place',
    scopes: work('base_work', 'work_place'),
    members: entryMembers('place_id', 'place_name', 'place', {}),
    inWildcard: ['place_id'],
  },
  { section: 'work_info', name: 'work_station', scopes: work('base_work', 'work_station') },
  { section: 'work_info', name: 'job_number', scopes: work('base_work', 'job_number') },
  { section: 'work_info', name: 'extension_number', scopes: work('base_work', 'extension_number') },
  { section: 'work_info', name: 'join_date', scopes: work('join_date', 'employment') },
  { section: 'work_info', name: 'employment_type', scopes: work('employment_type', 'employment') },
  { section: 'work_info', name: 'staff_status', scopes: work('staff_status', 'employment') },
  {
    section: 'work_info',
    name: 'job_title',
    scopes: work('job_title'),
    members: entryMembers('job_title_id', 'job_title_name', 'job_title', {}),
    inWildcard: ['job_title_id'],
  },
  {
    section: 'work_info',
    name: 'job_level',
    scopes: work('job_level'),
    members: entryMembers('job_level_id', 'job_level_name', 'job_level', {
      is_deleted: ['directory:job_level.status:read'],
      order: ['directory:job_level.order:read'],
    }),
  },
  {
    section: 'work_info',
    name: 'job_family',
    scopes: work('job_family'),
    members: entryMembers('job_family_id', 'job_family_name', 'job_family', {
      parent_job_family_id: ['directory:job_family.path:read'],
    }),
  },
  { section: 'work_info', name: 'resign_date', scopes: work('resign_date', 'employment') },
  { section: 'work_info', name: 'resign_remark', scopes: work('resign_remark', 'employment') },
  { section: 'work_info', name: 'resign_reason', scopes: work('resign_reason', 'employment') },
  { section: 'work_info', name: 'resign_type', scopes: work('resign_type', 'employment') },
];

const BY_SELECTOR = new Map(FIELDS.map((field) => [`${field.section}.${field.name}`, field]));

/** Selectors that are spelled unlike the field they stand for. */
const OTHER_SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['base_info.enterprise_email_alias', 'base_info.enterprise_email_aliases'],
]);

/** Whether a selector, no wildcard, names a field of an employee, or a member of one. */
export function isEmployeeField(selector: string): boolean {
  return !selector.includes('*') && fieldsOf(selector).length > 0;
}

/** What a read shows of each employee. */
export interface Selection {
  /** Fields by name, each with the members shown; null shows the whole of a field that has none. */
  readonly base_info: ReadonlyMap<string, ReadonlySet<string> | null>;
  readonly work_info: ReadonlyMap<string, ReadonlySet<string> | null>;
  /** Selectors of what the app may not see. */
  readonly forbidden: readonly string[];
  /** Selectors that name nothing. */
  readonly unknown: readonly string[];
}

/** What `required_fields` asks for, as far as the scopes allow it. */
export function select(requiredFields: readonly string[], holdsAny: (scopes: readonly string[]) => boolean): Selection {
  const wanted = new Map<Field, Set<string> | null>();
  const unknown: string[] = [];
  const add = (field: Field, members: readonly string[] | undefined): void => {
    const all = field.members === undefined ? null : Object.keys(field.members);
    const set = wanted.get(field) ?? (all === null ? null : new Set<string>());
    for (const member of members ?? all ?? []) set?.add(member);
    wanted.set(field, set);
  };
  for (const selector of new Set(requiredFields)) {
    const fields = fieldsOf(selector);
    if (fields.length === 0) unknown.push(selector);
    for (const [field, members] of fields) add(field, members);
  }
  const selection = {
    base_info: new Map<string, Set<string> | null>(),
    work_info: new Map<string, Set<string> | null>(),
  };
  const forbidden: string[] = [];
  for (const [field, members] of wanted) {
    const path = `${field.section}.${field.name}`;
    if (field.scopes.length > 0 && !holdsAny(field.scopes)) {
      forbidden.push(path);
      continue;
    }
    const shown = members === null ? null : new Set<string>();
    for (const member of members ?? []) {
      const scopes = field.members?.[member] ?? [];
      if (scopes.length === 0 || holdsAny(scopes)) shown?.add(member);
      else forbidden.push(`${path}.${member}`);
    }
    if (shown === null || shown.size > 0) selection[field.section].set(field.name, shown);
  }
  return { ...selection, forbidden, unknown };
}

/** The fields that a selector names, each with the members it asks for; absent: all of them. */
function fieldsOf(selector: string): readonly (readonly [Field, readonly string[] | undefined])[] {
  const [section = '', name = '', ...rest] = (OTHER_SPELLINGS.get(selector) ?? selector).split('.');
  if (name === '*' && rest.length === 0) {
    return FIELDS.filter((field) => field.section === section).map((field) => [field, field.inWildcard]);
  }
  const field = BY_SELECTOR.get(`${section}.${name}`);
  if (field === undefined) return [];
  if (rest.length === 0) return [[field, undefined]];
  if (field.members === undefined) return [];
  const [member = ''] = rest;
  if (member === '*') return rest.length === 1 ? [[field, undefined]] : [];
  // Some selectors are spelled `is_enable` where the field is `is_enabled`. [public: dir/field-enumeration]
  const meant = member === 'is_enable' ? 'is_enabled' : member;
  return Object.hasOwn(field.members, meant) ? [[field, [meant]]] : [];
}
