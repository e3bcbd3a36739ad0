import { phoneFromE164, type Phone } from '../../../directory/employees/phone.ts';
import type { CustomFieldValue, PatchBody, LocalizedText } from './body-schemas.ts';

/** A mobile as sent, and what it means. */
export interface GivenMobile {
  readonly raw: string;
  /** Null clears; undefined where it is no mobile number. */
  readonly phone: Phone | null | undefined;
}

/** One entry of `employee_order_in_departments`. */
export interface GivenDepartment {
  readonly id: string | undefined;
  /** Null where none was given, undefined where it is no weight. */
  readonly rank: number | null | undefined;
  readonly rankAmongOwn: number | null | undefined;
  readonly isMain: boolean;
}

/** What an update says, in the platform's structure but with its leniencies taken out; undefined means not passed. */
export interface PatchInput {
  readonly name?: LocalizedText | undefined;
  readonly alias?: string | undefined;
  readonly mobile?: GivenMobile | undefined;
  readonly employeeId?: string | undefined;
  readonly avatarKey?: string | undefined;
  readonly email?: string | undefined;
  readonly enterpriseEmail?: string | undefined;
  readonly gender?: 0 | 1 | 2 | 3 | undefined;
  readonly departments?: readonly GivenDepartment[] | undefined;
  readonly backgroundImageKey?: string | undefined;
  readonly description?: string | undefined;
  readonly leader?: string | undefined;
  readonly dottedLeaders?: readonly string[] | undefined;
  readonly workCountry?: string | undefined;
  readonly workPlace?: string | undefined;
  readonly workStation?: LocalizedText | undefined;
  readonly jobNumber?: string | undefined;
  readonly extensionNumber?: string | undefined;
  readonly joinDate?: string | undefined;
  readonly employmentType?: number | undefined;
  readonly jobTitle?: string | undefined;
  readonly jobLevel?: string | undefined;
  readonly jobFamily?: string | undefined;
  readonly resignDate?: string | undefined;
  readonly resignReason?: string | undefined;
  readonly resignRemark?: string | undefined;
  readonly resignType?: string | undefined;
  readonly frozen?: boolean | undefined;
  readonly customFields?: readonly GivenCustomField[] | undefined;
  readonly geoName?: string | undefined;
  readonly subscriptionIds?: readonly string[] | undefined;
  /** Members that are accepted and passed over, as the caller wrote them. */
  readonly ignored: readonly string[];
}

/** One entry of `custom_field_values`. */
export interface GivenCustomField {
  readonly key: string;
  /** `''` where none was given. */
  readonly type: string;
  readonly value: CustomFieldValue;
}

/** Members of `employee` that are read; what else a caller sends is passed over. */
const MEMBERS = new Set([
  'name',
  'mobile',
  'custom_employee_id',
  'avatar_key',
  'email',
  'enterprise_email',
  'gender',
  'employee_order_in_departments',
  'background_image_key',
  'description',
  'leader_id',
  'dotted_line_leader_ids',
  'work_country_or_region',
  'work_place_id',
  'work_station',
  'job_number',
  'extension_number',
  'join_date',
  'employment_type',
  'job_title_id',
  'job_level_id',
  'job_family_id',
  'resign_date',
  'resign_reason',
  'resign_remark',
  'resign_type',
  'is_frozen',
  'custom_field_values',
]);

/** What the body of an update says. */
export function decodePatch({ employee, options }: PatchBody): PatchInput {
  const gender = int(employee.gender);
  const employmentType = int(employee.employment_type);
  const resignReason = numberText(employee.resign_reason);
  const resignType = numberText(employee.resign_type);
  // Every member is there, so that all updates are objects of one form.
  return {
    name: employee.name?.name,
    alias: employee.name?.another_name,
    mobile: employee.mobile === undefined ? undefined : mobileOf(employee.mobile),
    employeeId: employee.custom_employee_id,
    avatarKey: employee.avatar_key,
    // Only mobiles and mail addresses lose the white space around them. [derived, contract 0.3]
    email: employee.email?.trim(),
    enterpriseEmail: employee.enterprise_email?.trim(),
    gender: gender as PatchInput['gender'],
    departments: employee.employee_order_in_departments?.map((entry) => ({
      id: entry.department_id,
      rank: weightOf(entry.order_weight_in_deparment),
      rankAmongOwn: weightOf(entry.order_weight_among_deparments),
      isMain: entry.is_main_department === true,
    })),
    backgroundImageKey: employee.background_image_key,
    description: employee.description,
    leader: employee.leader_id,
    dottedLeaders: employee.dotted_line_leader_ids,
    workCountry: employee.work_country_or_region,
    workPlace: employee.work_place_id,
    workStation: employee.work_station,
    jobNumber: employee.job_number,
    extensionNumber: employee.extension_number,
    joinDate: employee.join_date,
    employmentType,
    jobTitle: employee.job_title_id,
    jobLevel: employee.job_level_id,
    jobFamily: employee.job_family_id,
    resignDate: employee.resign_date,
    resignReason,
    resignRemark: employee.resign_remark,
    resignType,
    frozen: employee.is_frozen,
    customFields: employee.custom_field_values?.map(customFieldGiven),
    geoName: options?.geo_name,
    subscriptionIds: options?.subscription_ids,
    ignored: unknownIn(employee),
  };
}

const NONE: readonly string[] = [];

/** The members that the operation has not. */
function unknownIn(employee: PatchBody['employee']): readonly string[] {
  let unknown: string[] | undefined;
  for (const member in employee) if (!MEMBERS.has(member)) (unknown ??= []).push(`employee.${member}`);
  return unknown ?? NONE;
}

/** An entry of `custom_field_values`. */
export function customFieldGiven(value: CustomFieldValue): GivenCustomField {
  return { key: value.field_key ?? '', type: String(value.field_type ?? ''), value };
}

/** An empty string says nothing. [derived, contract 2.4] */
function int(value: number | string | undefined): number | undefined {
  return value === undefined || value === '' ? undefined : Number(value);
}

function numberText(value: number | string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : String(value);
}

const WEIGHT = /^[0-9]{1,9}$/;

/** 1 to 9 digits. [derived, contract 2.3.3] */
function weightOf(value: number | string | undefined): number | null | undefined {
  if (value === undefined) return null;
  return WEIGHT.test(String(value)) ? Number(value) : undefined;
}

const MAINLAND = /^1[0-9]{10}$/;
const MAINLAND_WITH_CODE = /^\+861[0-9]{10}$/;
const INTERNATIONAL = /^\+[1-9][0-9]{5,14}$/;

/** What a mobile means: eleven digits are one of the mainland. */
export function mobileOf(raw: string): GivenMobile {
  const text = raw.trim();
  if (text === '') return { raw, phone: null };
  if (MAINLAND.test(text)) return { raw, phone: { country: '86', number: text } };
  if (text.startsWith('+86') ? !MAINLAND_WITH_CODE.test(text) : !INTERNATIONAL.test(text))
    return { raw, phone: undefined };
  // The platform judges the form alone; dialling codes that are not assigned have three digits.
  return { raw, phone: phoneFromE164(text) ?? { country: text.slice(1, 4), number: text.slice(4) } };
}
