import type { Employee } from '../../../../directory/employees/employee.ts';
import type { EmployeePatch } from '../../../../directory/employees/employee-update.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { deepEqual } from '../../../../lib/json-equal.ts';
import { dayInChina, startOfDayInChina } from '../../../../lib/time/day.ts';
import { extensionOf, feishuOf, type FeishuEmployee } from '../../model/employee-extension.ts';
import { DIALECT } from '../../model/settings.ts';
import type { UserBody, UserWrite } from '../../protocol/contact/user-body.ts';
import { mobileOf, type PatchInput } from '../../protocol/wire.ts';
import { patchOf, type ResolvedUpdate } from '../patch.ts';
import type { NamedEntries } from './catalog-names.ts';
import type { Placement } from './departments.ts';

/** What put empties where it is not passed; the rest stays. [contract feishu-contact.md 2.6, 9.1] */
const EMPTIED_BY_PUT: UserBody = {
  en_name: '',
  nickname: '',
  email: '',
  mobile: '',
  gender: 0,
  leader_user_id: '',
  city: '',
  country: '',
  work_station: '',
  employee_no: '',
  job_title: '',
  enterprise_email: '',
};

/** Members that only some of the writes have; they are passed over by the others. [contract feishu-contact.md 2.1] */
const NOT_ON: Readonly<Record<UserWrite, readonly (keyof UserBody)[]>> = {
  create: ['is_frozen'],
  patch: ['user_id', 'geo'],
  put: ['user_id', 'geo', 'job_level_id', 'job_family_id', 'subscription_ids', 'dotted_line_leader_user_ids'],
};

/** What a request says, with what it may not say taken out, and what it empties put in. */
export function effectiveBody(body: UserBody, write: UserWrite): UserBody {
  const said = Object.entries(body).filter(([member]) => !NOT_ON[write].includes(member as keyof UserBody));
  const own = Object.fromEntries(said) as UserBody;
  return write === 'put' ? { ...EMPTIED_BY_PUT, ...own } : own;
}

/** The request in the words of the directory's rules, as far as both know the same. */
export function inputOf(body: UserBody, before: Employee): PatchInput {
  const { name, en_name, mobile, department_ids, work_station } = body;
  return {
    name:
      name === undefined && en_name === undefined
        ? undefined
        : {
            default_value: name ?? before.name.value,
            ...(en_name === undefined ? {} : { i18n_value: { en_us: en_name } }),
          },
    alias: body.nickname,
    mobile: mobile === undefined ? undefined : mobileOf(mobile),
    employeeId: body.user_id,
    avatarKey: body.avatar_key,
    email: body.email?.trim(),
    enterpriseEmail: body.enterprise_email?.trim(),
    // Another number is refused by a rule.
    gender: isGender(body.gender) ? body.gender : undefined,
    departments: department_ids?.map((id) => ({ id, rank: null, rankAmongOwn: null, isMain: false })),
    leader: body.leader_user_id,
    dottedLeaders: body.dotted_line_leader_user_ids,
    workStation: work_station === undefined ? undefined : { default_value: work_station },
    jobNumber: body.employee_no,
    employmentType: body.employee_type,
    jobLevel: body.job_level_id,
    jobFamily: body.job_family_id,
    frozen: body.is_frozen,
    geoName: body.geo,
    subscriptionIds: body.subscription_ids,
    ignored: [],
  };
}

function isGender(gender: number | undefined): gender is 0 | 1 | 2 | 3 {
  return gender === 0 || gender === 1 || gender === 2 || gender === 3;
}

/** What the contact API says beyond what the directory API knows. */
export interface UserPatch {
  readonly write: UserWrite;
  readonly body: UserBody;
  readonly named: NamedEntries;
  readonly placement: Placement | null;
}

/** Makes the update in the record's words: the directory's own, and what only the contact API says so. */
export function userPatch({ write, body, named, placement }: UserPatch): (resolved: ResolvedUpdate) => EmployeePatch {
  return (resolved) => {
    const { before, tenant } = resolved;
    const patch = patchOf({ ...resolved, given: { ...resolved.given, departments: undefined } });
    const joined = joinOf(body.join_time, write);
    const country = countryOf(body.country, before, tenant);
    const own: FeishuEmployee =
      patch.extensions === undefined ? feishuOf(before) : feishuOf({ ...before, extensions: patch.extensions });
    const after: FeishuEmployee = {
      ...own,
      mobileVisible: body.mobile_visible ?? own.mobileVisible,
      ...(joined === null ? {} : { joinTime: joined.seconds }),
      ...(country === null ? {} : { country: country.written }),
    };
    return {
      ...patch,
      ...(placement === null ? {} : { departments: placement.departments, mainDepartment: placement.main }),
      ...(named.workPlace === undefined ? {} : { workPlace: named.workPlace }),
      ...(named.jobTitle === undefined ? {} : { jobTitle: named.jobTitle }),
      ...(joined === null ? {} : { joinDate: joined.day }),
      ...(country === null ? {} : { workCountry: country.entry }),
      ...(deepEqual(after, feishuOf(before)) ? {} : { extensions: { [DIALECT]: extensionOf(after) } }),
    };
  };
}

/** The last second of a year of four digits, and the first one. */
const MAX_SECONDS = Date.parse('9999-12-31T15:59:59Z') / 1_000;

/** Whether the seconds are of a day with a year of four digits. [contract feishu-contact.md 2.7] */
export function isJoinTime(seconds: number): boolean {
  return seconds >= 0 && seconds <= MAX_SECONDS;
}

/** The day of joining, and the seconds where they are not its beginning; 0 clears but for who is created. */
function joinOf(
  seconds: number | undefined,
  write: UserWrite,
): { readonly day: string | null; readonly seconds: number | null } | null {
  if (seconds === undefined || !isJoinTime(seconds)) return null;
  if (seconds === 0 && write !== 'create') return { day: null, seconds: null };
  const day = dayInChina(seconds * 1_000);
  return { day, seconds: startOfDayInChina(day) === seconds * 1_000 ? null : seconds };
}

/** Returns the country of a code; one that the company does not know is kept as written, and returned as none. */
function countryOf(
  code: string | undefined,
  { workCountry }: Employee,
  tenant: Tenant,
): { readonly entry: string | null; readonly written: string } | null {
  if (code === undefined) return null;
  const countries = tenant.catalog('country');
  const now = workCountry === null ? '' : (countries.get(workCountry)?.code ?? '');
  // What a read returned is accepted unchanged.
  if (code === now) return null;
  if (code === '') return { entry: null, written: '' };
  const [entry] = countries.withCode(code);
  return entry === undefined ? { entry: null, written: code } : { entry: entry.id, written: '' };
}
