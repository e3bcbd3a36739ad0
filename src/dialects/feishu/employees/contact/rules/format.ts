import type { Refusal } from '../../../protocol/errors.ts';
import type { UserProblem } from '../errors.ts';
import { lengthOf } from '../../../protocol/localized-text.ts';
import { MAX_IN_TITLE } from '../catalog-names.ts';
import { MAX_WEIGHT } from '../departments.ts';
import type { UserFacts, UserRule } from '../facts.ts';
import { isJoinTime } from '../patch.ts';

/* Formats and lengths. [contract feishu-contact.md 2.1, 2.7, 9.1, 9.2] */

const NAME_LIMIT = 255;
/** Outside China names are shorter. [contract feishu-contact.md 2.1] */
const LARK_NAME_LIMIT = 64;
const TEXT_LIMIT = 255;
const ATTRIBUTE_LIMIT = 100;
const USER_ID_LIMIT = 64;
const DEPARTMENTS_LIMIT = 50;

function refuse(field: string, problem: UserProblem): Refusal<UserProblem> {
  return { problem, fields: [field] };
}

function nameWithin(member: 'name' | 'en_name' | 'nickname', subject: 'name' | 'name.en-US' | 'alias'): UserRule {
  return ({ body, settings }: UserFacts) => {
    const limit = settings.brand === 'lark' ? LARK_NAME_LIMIT : NAME_LIMIT;
    return lengthOf(body[member] ?? '') > limit ? refuse(member, { kind: 'too-long', subject, limit }) : null;
  };
}

/** 41070 */
export const userNameShort = nameWithin('name', 'name');
/** 41071 */
export const userEnglishNameShort = nameWithin('en_name', 'name.en-US');
/** 41072 */
export const nicknameShort = nameWithin('nickname', 'alias');

/** Neither empty nor with white space. 41012 */
export const userIdUnspaced: UserRule = ({ body, write }) =>
  write === 'create' && body.user_id !== undefined && !/^\S+$/u.test(body.user_id)
    ? refuse('user_id', { kind: 'invalid', subject: 'user_id' })
    : null;

/** 41043 */
export const userIdShort: UserRule = ({ body, write }) =>
  write === 'create' && lengthOf(body.user_id ?? '') > USER_ID_LIMIT
    ? refuse('user_id', { kind: 'too-long', subject: 'user_id', limit: USER_ID_LIMIT })
    : null;

/** 41038 */
export const genderKnown: UserRule = ({ body: { gender }, given }) =>
  gender !== undefined && given.gender === undefined ? refuse('gender', { kind: 'invalid', subject: 'gender' }) : null;

/** 41042 */
export const joinTimeValid: UserRule = ({ body: { join_time: seconds } }) =>
  seconds !== undefined && !isJoinTime(seconds) ? refuse('join_time', { kind: 'invalid', subject: 'joinTime' }) : null;

/** 41063 */
export const titleShort: UserRule = ({ body }) =>
  lengthOf(body.job_title ?? '') > MAX_IN_TITLE
    ? refuse('job_title', { kind: 'too-long', subject: 'jobTitle', limit: MAX_IN_TITLE })
    : null;

/** Limits without a code of their own, and a department that is named twice. 40001 */
export const parametersSensible: UserRule = ({ body, departments }) => {
  const invalid = (field: string): Refusal<UserProblem> => refuse(field, { kind: 'invalid', subject: 'param' });
  if (lengthOf(body.work_station ?? '') > TEXT_LIMIT) return invalid('work_station');
  if (lengthOf(body.employee_no ?? '') > TEXT_LIMIT) return invalid('employee_no');
  const texts = (body.custom_attrs ?? []).map(({ value }) => value?.text ?? '');
  if (texts.some((text) => lengthOf(text) > ATTRIBUTE_LIMIT)) return invalid('custom_attrs[*].value.text');
  const weights = (body.orders ?? []).flatMap((order) => [order.user_order ?? 0, order.department_order ?? 0]);
  if (weights.some((weight) => weight < 0 || weight > MAX_WEIGHT)) return invalid('orders[*]');
  const ids = (body.department_ids ?? []).map((id, position) => departments[position]?.id ?? `unknown ${id}`);
  return new Set(ids).size < ids.length ? invalid('department_ids') : null;
};

/** 41017 */
export const departmentsFilled: UserRule = ({ body }) =>
  body.department_ids?.length === 0 ? refuse('department_ids', { kind: 'missing', subject: 'departments' }) : null;

/** 41033 */
export const departmentsWithin: UserRule = ({ body }) =>
  (body.department_ids?.length ?? 0) > DEPARTMENTS_LIMIT
    ? refuse('department_ids', { kind: 'too-long', subject: 'departments.count', limit: DEPARTMENTS_LIMIT })
    : null;

/** 41025 */
export const ordersOfDepartments: UserRule = ({ body: { orders = [], department_ids = [] } }) =>
  orders.every(({ department_id = '' }) => department_ids.includes(department_id))
    ? null
    : refuse('orders[*].department_id', { kind: 'invalid', subject: 'orders' });
