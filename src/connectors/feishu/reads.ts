import type {
  FieldName,
  LiveDepartment,
  LivePerson,
  LiveRead,
  LiveTask,
  LiveValue,
  Problem,
  Reply,
  Words,
} from '../connector.ts';
import { readPages } from '../pages.ts';
import { asSet, listOf, mailOrNull, member, NO_ONE_READ, textOf, textOrNull } from '../texts.ts';
import { foreign, missingScopes } from './answers.ts';
import { fields, selectors } from './fields.ts';
import { departmentPage, employeePage, type PersonId } from './requests.ts';

/** What its lists have in common; people come a hundred a page. */
const LISTS = { foreign, most: 5_000 };
/** The root, which has this id in every company and is in no list (contract feishu 1.7). */
export const ROOT: LiveDepartment = { id: '0', parent: null, name: '', code: '' };
const FORBIDDEN = 1000;

/** Reads the whole tenant, as far as the range of the app goes: departments, and everybody in service. */
export function* readAll(): LiveTask<LiveRead> {
  const problems: Problem[] = [];
  const departments = yield* readDepartments(problems);
  const people: LivePerson[] = [];
  const forbidden = new Set<string>();
  const readPeople = (by: PersonId): LiveTask<Reply | null> =>
    readPages({
      ...LISTS,
      request: (token) => employeePage(selectors, token, by),
      list: ['data'],
      each: (json) => {
        for (const one of listOf(member(json, 'data', 'employees'))) people.push(personOf(one));
        for (const selector of forbiddenIn(json)) forbidden.add(selector);
      },
      next: (json) => nextOf(member(json, 'data', 'page_response')),
    });
  let by: PersonId = 'employee_id';
  let failed = yield* readPeople(by);
  if (failed !== null && people.length === 0 && needsOtherId(failed)) failed = yield* readPeople((by = 'open_id'));
  if (failed !== null) problems.push({ call: 'directory.employees.filter', verdict: failed.verdict });
  const departmentsUnread = problems.some(({ call }) => call === 'contact.departments.children');
  const unreadable = unreadIn(people, forbidden, departmentsUnread);
  return { departments, people, unreadable, problems, personId: by };
}

/** Whether people can be read by another id only, since an app needs a scope for `employee_id` (contract feishu 1.3). */
export function needsOtherId({ verdict, json }: Reply): boolean {
  return verdict.code === '99991672' && missingScopes(json).some((scope) => scope.includes('external_id'));
}

/** Reads all departments below the root, and the root. */
export function* readTree(): LiveTask<Pick<LiveRead, 'departments' | 'problems'>> {
  const problems: Problem[] = [];
  return { departments: yield* readDepartments(problems), problems };
}

function* readDepartments(problems: Problem[]): LiveTask<readonly LiveDepartment[]> {
  const departments: LiveDepartment[] = [ROOT];
  const failed = yield* readPages({
    ...LISTS,
    request: departmentPage,
    list: ['data'],
    each: (json) => {
      for (const one of listOf(member(json, 'data', 'items'))) {
        departments.push({
          id: textOf(member(one, 'open_department_id')),
          parent: textOf(member(one, 'parent_department_id')),
          name: textOf(member(one, 'name')),
          code: '',
        });
      }
    },
    next: (json) => nextOf(member(json, 'data')),
  });
  if (failed !== null) problems.push({ call: 'contact.departments.children', verdict: failed.verdict });
  return departments;
}

/** Returns the token of the next page, where there is one (contract feishu 4.5). */
export function nextOf(page: unknown): string {
  return member(page, 'has_more') === true ? textOf(member(page, 'page_token')) : '';
}

/** Lists the selectors that an answer says the app may not read (contract feishu 4.5, abnormal record). */
export function forbiddenIn(json: unknown): readonly string[] {
  return listOf(member(json, 'data', 'abnormals')).flatMap((one) => {
    const errors = member(one, 'field_errors');
    if (typeof errors !== 'object' || errors === null) return [];
    return Object.entries(errors).flatMap(([selector, error]) => (error === FORBIDDEN ? [selector] : []));
  });
}

/** Reads an employee object; a field that the app may not see is missing in it (contract feishu 4.6). */
export function personOf(json: unknown): LivePerson {
  const base = member(json, 'base_info');
  const work = member(json, 'work_info');
  const values: Partial<Record<FieldName, LiveValue>> = {};
  const read = (field: FieldName, given: unknown, of: (value: unknown) => LiveValue): void => {
    if (given !== undefined) values[field] = of(given);
  };
  const name = member(base, 'name', 'name');
  read('name', name, (value) => textOrNull(member(value, 'default_value')));
  read('englishName', name, (value) => textOrNull(member(value, 'i18n_value', 'en_us')));
  read('alias', member(base, 'name', 'another_name'), textOrNull);
  read('gender', member(base, 'gender'), (value) => Number(value) || 0);
  read('mobile', member(base, 'mobile'), textOrNull);
  read('email', member(base, 'email'), mailOrNull);
  read('enterpriseEmail', member(base, 'enterprise_email'), mailOrNull);
  const departments = member(base, 'departments');
  const ids = listOf(departments).map((one) => textOf(member(one, 'department_id')));
  read('department', departments, () => asSet(ids));
  // The first one is the main department.
  read('mainDepartment', departments, () => ids[0] ?? null);
  read('leader', member(base, 'leader_id'), textOrNull);
  read('frozen', member(base, 'active_status'), (value) => Number(value) === 3);
  read('jobNumber', member(work, 'job_number'), textOrNull);
  read('extensionNumber', member(work, 'extension_number'), textOrNull);
  read('joinDate', member(work, 'join_date'), textOrNull);
  read('employmentType', member(work, 'employment_type'), (value) => Number(value) || 0);
  read('workStation', member(work, 'work_station'), localText);
  read('jobTitle', member(work, 'job_title', 'job_title_name'), localText);
  read('jobLevel', member(work, 'job_level', 'job_level_name'), localText);
  read('workPlace', member(work, 'work_place', 'place_name'), localText);
  const leftOn = textOf(member(base, 'resign_time'));
  const isInService = member(base, 'is_resigned') !== true;
  const isSuperAdmin = member(base, 'is_primary_admin');
  return {
    id: textOf(member(base, 'employee_id')),
    isInService,
    ...(isInService || leftOn === '' ? {} : { leftOn }),
    ...activationOf(member(base, 'active_status')),
    ...(typeof isSuperAdmin === 'boolean' ? { isSuperAdmin } : {}),
    values,
    ...customOf(member(base, 'custom_field_values')),
  };
}

/** 1 has not activated and 5 has not joined, 2 has done both; of who is frozen or left it is not said (contract 4.6). */
function activationOf(status: unknown): Pick<LivePerson, 'isActivated'> {
  if (status === 2) return { isActivated: true };
  return status === 1 || status === 5 ? { isActivated: false } : {};
}

/** Reads the texts among the company's own fields (contract feishu 2.3.8). */
function customOf(values: unknown): Pick<LivePerson, 'custom'> {
  if (values === undefined) return {};
  const texts = listOf(values).flatMap((one) => {
    const text = member(one, 'text_value');
    return text === undefined ? [] : [[textOf(member(one, 'field_key')), textOrNull(member(text, 'default_value'))]];
  });
  return { custom: Object.fromEntries(texts) as Record<string, string | null> };
}

function localText(value: unknown): LiveValue {
  return textOrNull(typeof value === 'string' ? value : member(value, 'default_value'));
}

function unreadIn(
  people: readonly LivePerson[],
  forbidden: ReadonlySet<string>,
  departmentsUnread: boolean,
): Readonly<Partial<Record<FieldName, Words>>> {
  const seen = new Set(people.flatMap(({ values }) => Object.keys(values)));
  return Object.fromEntries(
    fields.flatMap(({ field, selector, scopes }): readonly (readonly [FieldName, Words])[] => {
      if (departmentsUnread && (field === 'department' || field === 'mainDepartment')) {
        return [[field, { en: 'The departments could not be read.', zh: '未能读取部门。' }]];
      }
      if (seen.has(field) && !forbidden.has(selector)) return [];
      return [[field, people.length === 0 ? NO_ONE_READ : scopeWords(scopes)]];
    }),
  );
}

/** Says which scopes show a field. */
export function scopeWords(scopes: readonly string[]): Words {
  return {
    en: `Add a field scope on 权限管理: ${scopes.join(' or ')}`,
    zh: `请在“权限管理”开通字段权限：${scopes.join(' 或 ')}`,
  };
}
