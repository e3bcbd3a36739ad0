import { isDay } from '../../../../lib/time/day.ts';
import type { Rule } from '../facts.ts';
import { refuseUnder } from '../../protocol/errors.ts';
import { isLeaving } from '../patch.ts';
import { lengthOf } from '../../protocol/localized-text.ts';

const NAME_LIMIT = 64;
const MAIL_LIMIT = 255;
const EXTENSION_LIMIT = 99;
const EMPLOYEE_ID_LIMIT = 64; // [public: dir/employee/create]
/** Dotted-line leaders of one employee. [seed] */
export const DOTTED_LIMIT = 10;
/** Dotted-line leaders of somebody who is created. [public: dir/employee/create] */
export const FIRST_DOTTED_LIMIT = 20;

const refuse = refuseUnder('employee.');

/** [seed] 2221164; that the Chinese and Japanese names count too is [derived]. */
export const nameShort: Rule = ({ given }) => {
  const { default_value = '', i18n_value } = given.name ?? {};
  const names = [default_value, i18n_value?.['zh_cn'] ?? '', i18n_value?.['ja_jp'] ?? ''];
  return names.some((name) => lengthOf(name) > NAME_LIMIT)
    ? refuse('name.name', { kind: 'too-long', subject: 'name', limit: NAME_LIMIT })
    : null;
};

/** The English name is the `en_us` value. [seed] 2221165 */
export const englishNameShort: Rule = ({ given }) =>
  lengthOf(given.name?.i18n_value?.['en_us'] ?? '') > NAME_LIMIT
    ? refuse('name.name.i18n_value.en_us', { kind: 'too-long', subject: 'name.en-US', limit: NAME_LIMIT })
    : null;

/** [seed] 2221166 */
export const aliasShort: Rule = ({ given }) =>
  lengthOf(given.alias ?? '') > NAME_LIMIT
    ? refuse('name.another_name', { kind: 'too-long', subject: 'alias', limit: NAME_LIMIT })
    : null;

/** A changed name holds none of the company's sensitive words, whatever their case. [derived] 2221109 */
export const nameNotSensitive: Rule = ({ settings, before, after, fields }) => {
  if (settings.sensitive_words.length === 0 || !('name' in fields || 'alias' in fields)) return null;
  const old = [before.name.value, ...Object.values(before.name.i18n), before.alias];
  const fresh = [after.name.value, ...Object.values(after.name.i18n), after.alias ?? ''].filter(
    (name) => !old.includes(name),
  );
  const words = settings.sensitive_words.map((word) => word.toLowerCase());
  return fresh.some((name) => words.some((word) => name.toLowerCase().includes(word)))
    ? refuse('name', { kind: 'invalid', subject: 'name' })
    : null;
};

/** [seed] 2221106; the accepted forms are [derived]. */
export const mobileWellFormed: Rule = ({ given }) =>
  given.mobile !== undefined && given.mobile.phone === undefined
    ? refuse('mobile', { kind: 'invalid', subject: 'mobile' })
    : null;

/** Neither empty nor with white space, at most 64. [seed] for the white space, [public] and [derived] else. 2221116 */
export const employeeIdWellFormed: Rule = ({ given }) => {
  if (given.employeeId === undefined) return null;
  const isFine = /^\S+$/u.test(given.employeeId) && lengthOf(given.employeeId) <= EMPLOYEE_ID_LIMIT;
  return isFine ? null : refuse('custom_employee_id', { kind: 'invalid', subject: 'employee_id' });
};

/** One `@`, a local part of 1 to 64 of these characters, at least two labels. [derived, contract 2.3.2] */
const MAIL =
  /^[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;

/** The code's advice says enterprise mail; its sentence and place mean the work mail. [seed] 2221107 */
export const emailWellFormed: Rule = ({ given: { email = '' } }) => {
  if (email === '') return null;
  return lengthOf(email) <= MAIL_LIMIT && MAIL.test(email)
    ? null
    : refuse('email', { kind: 'invalid', subject: 'email' });
};

/** The sentence says alias, but no field takes one. [seed] 2221146 */
export const enterpriseEmailShort: Rule = ({ given }) =>
  lengthOf(given.enterpriseEmail ?? '') > MAIL_LIMIT
    ? refuse('enterprise_email', { kind: 'too-long', subject: 'enterpriseEmail', limit: MAIL_LIMIT })
    : null;

/** [seed] 2221278 */
export const enterpriseEmailWellFormed: Rule = ({ given: { enterpriseEmail = '' } }) =>
  enterpriseEmail === '' || MAIL.test(enterpriseEmail)
    ? null
    : refuse('enterprise_email', { kind: 'invalid', subject: 'enterpriseEmail' });

/** At least one department, each with an id. [seed]; that an entry may not lack its id is [derived]. 2221129 */
export const departmentsNamed: Rule = ({ given: { departments } }) =>
  departments !== undefined && (departments.length === 0 || departments.some(({ id }) => (id ?? '') === ''))
    ? refuse('employee_order_in_departments', { kind: 'missing', subject: 'departments' })
    : null;

/** [seed] 2221221; that it is this code and not a violation of the schema is [derived]. */
export const dottedLeadersFew = dottedLeadersWithin(DOTTED_LIMIT);

/** A created employee may have more of them than an update may give. [public: dir/employee/create] 2221221 */
export const dottedLeadersFewAtFirst = dottedLeadersWithin(FIRST_DOTTED_LIMIT);

function dottedLeadersWithin(limit: number): Rule {
  return ({ given }) =>
    (given.dottedLeaders?.length ?? 0) > limit
      ? refuse('dotted_line_leader_ids', { kind: 'too-long', subject: 'dottedLeaders', limit })
      : null;
}

/** [seed] 2221193 */
export const extensionShort: Rule = ({ given }) =>
  lengthOf(given.extensionNumber ?? '') > EXTENSION_LIMIT
    ? refuse('extension_number', { kind: 'too-long', subject: 'extensionNumber', limit: EXTENSION_LIMIT })
    : null;

/** [seed] 2221191; the characters are [derived]. */
export const extensionWellFormed: Rule = ({ given: { extensionNumber = '' } }) =>
  extensionNumber === '' || /^[0-9+*#,;()\- ]+$/.test(extensionNumber)
    ? null
    : refuse('extension_number', { kind: 'invalid', subject: 'extensionNumber' });

/** A day of the calendar, not after the day of resignation that is kept. [seed]; the latter is [derived]. 2221210 */
export const joinDateValid: Rule = ({ given: { joinDate, resignDate }, extensionBefore }) => {
  if (joinDate === undefined) return null;
  const isAfterEnd =
    resignDate === undefined && extensionBefore.resignDate !== null && joinDate > extensionBefore.resignDate;
  return isDay(joinDate) && !isAfterEnd ? null : refuse('join_date', { kind: 'invalid', subject: 'joinDate' });
};

/** A day of the calendar, not before the effective day of joining. [seed] 2221213 */
export const resignDateValid: Rule = ({ given: { resignDate }, before, after }) => {
  if (resignDate === undefined || !isLeaving(before)) return null;
  const isBeforeStart = after.joinDate !== null && resignDate < after.joinDate;
  return isDay(resignDate) && !isBeforeStart ? null : refuse('resign_date', { kind: 'invalid', subject: 'resignDate' });
};

/** 0 to 25. [seed] 2221214 */
export const resignReasonKnown: Rule = ({ given: { resignReason } }) =>
  resignReason === undefined || /^(?:[0-9]|1[0-9]|2[0-5])$/.test(resignReason)
    ? null
    : refuse('resign_reason', { kind: 'invalid', subject: 'resignReason' });

/** 0 to 3. [seed] 2221231 */
export const resignTypeKnown: Rule = ({ given: { resignType } }) =>
  resignType === undefined || /^[0-3]$/.test(resignType)
    ? null
    : refuse('resign_type', { kind: 'invalid', subject: 'resignType' });

/** 1 to 9 digits. [derived, contract 2.3.3] 2220001 */
export const weightsWellFormed: Rule = ({ given: { departments = [] } }) => {
  const path = 'employee_order_in_departments[*]';
  if (departments.some(({ rank }) => rank === undefined))
    return refuse(`${path}.order_weight_in_deparment`, { kind: 'invalid', subject: 'rank' });
  return departments.some(({ rankAmongOwn }) => rankAmongOwn === undefined)
    ? refuse(`${path}.order_weight_among_deparments`, { kind: 'invalid', subject: 'rankAmongOwn' })
    : null;
};
