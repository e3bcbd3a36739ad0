import type { Employee } from '../../../directory/employees/employee.ts';
import type { Problem } from '../../../directory/errors.ts';
import { normalizeEmail, type LookupSpace } from '../../../directory/lookup.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import { isTakenInService } from '../../../directory/unique.ts';
import type { Rule } from '../../rule.ts';
import { forbiddenField, memberStatus, result, type Result } from '../protocol/codes.ts';
import { memberStatusOf } from '../model/member-status.ts';
import { isProblem, type AttributeWrite } from './attributes.ts';
import { isWritable, type PlacedField } from '../roster/roster.ts';
import type { Reading } from '../roster/values.ts';

/** Those who hold a value that an item claims, by space and value. */
export type Holders = ReadonlyMap<LookupSpace, ReadonlyMap<string, readonly Employee[]>>;

/** One demand on an item: what it refuses, with which result, and the reason in a sentence. */
interface ItemDemand<Facts> {
  readonly name: string;
  readonly result: Result;
  readonly refuses: (facts: Facts) => Problem | null;
  readonly reason: string;
}

/** Why an item was refused. */
export interface ItemRefusal {
  readonly rule: string;
  readonly result: Result;
  readonly problem: Problem;
  readonly reason: string;
}

/** A rule for items. The order of rules is the contract's: the first matching line wins. */
export type ItemRule<Facts> = Rule<Facts, ItemRefusal>;

/** Makes one of what it refuses and with which result. */
export function itemRule<Facts>({ name, result: answer, refuses, reason }: ItemDemand<Facts>): ItemRule<Facts> {
  return (facts) => {
    const problem = refuses(facts);
    return problem === null ? null : { rule: name, result: answer, problem, reason };
  };
}

/** What is asked of an update item before its value is looked into. */
export interface PlaceFacts {
  readonly fieldid: number;
  readonly subIdx: number;
  readonly field: PlacedField | undefined;
  /** Whether there is something at `sub_idx`. */
  readonly hasPlace: boolean;
  readonly reading: Reading;
}

const FORBIDDEN: ReadonlySet<number> = new Set(Object.values(forbiddenField));

const fieldKnown = itemRule<PlaceFacts>({
  name: 'fieldKnown',
  result: result.notFound,
  refuses: ({ fieldid, field }) =>
    field === undefined ? { kind: 'unknown', subject: 'fieldid', value: String(fieldid) } : null,
  reason: 'no such field in the roster',
});

/** 不支持更新字段表，以字段id为准 [seed]. */
const fieldAllowed = itemRule<PlaceFacts>({
  name: 'fieldAllowed',
  result: result.notUpdatable,
  refuses: ({ fieldid }) => (FORBIDDEN.has(fieldid) ? { kind: 'forbidden', subject: String(fieldid) } : null),
  reason: 'one of the three fields that cannot be updated',
});

const fieldUpdatable = itemRule<PlaceFacts>({
  name: 'fieldUpdatable',
  result: result.notUpdatable,
  refuses: ({ field }) => (field === undefined || isWritable(field) ? null : { kind: 'forbidden', subject: field.key }),
  reason: 'the field holds files or is not updatable',
});

/** 非可重复组中的字段时需要填0 [seed]; an update makes no instance [proposed]. */
const instanceExists = itemRule<PlaceFacts>({
  name: 'placeThere',
  result: result.notFound,
  refuses: ({ subIdx, hasPlace }) => (hasPlace ? null : { kind: 'unknown', subject: 'sub_idx', value: String(subIdx) }),
  reason: 'that sub_idx is empty',
});

/** A name is never empty on any platform, whatever the company's data says of it. */
const mustFieldKept = itemRule<PlaceFacts>({
  name: 'mustFieldKept',
  result: result.mustBeFilled,
  refuses: ({ field, reading }) =>
    field !== undefined && (field.is_must || field.canonical === 'name') && reading.kind === 'empty'
      ? { kind: 'missing', subject: field.key }
      : null,
  reason: 'a must field cannot be emptied',
});

const valueWellFormed = itemRule<PlaceFacts>({
  name: 'valueWellFormed',
  result: result.failure,
  refuses: ({ reading }) => (reading.kind === 'bad' ? reading.problem : null),
  reason: 'the value is of the wrong type, out of range, too long, or no option',
});

/** Lines 1 to 5 of the contract's table 2.7 for update items, and of line 6 what needs no look at the record. */
export const locationRules: readonly ItemRule<PlaceFacts>[] = [
  fieldKnown,
  fieldAllowed,
  fieldUpdatable,
  instanceExists,
  mustFieldKept,
  valueWellFormed,
];

/** What is asked of an update item of the shared record once its value is understood. */
export interface ValueFacts {
  /** The record as the items before this one left it. */
  readonly before: Employee;
  /** What the item makes of it. */
  readonly written: AttributeWrite | Problem;
  readonly holders: Holders;
  readonly lockMobileWhenActive: boolean;
}

const valueAcceptable = itemRule<ValueFacts>({
  name: 'valueAcceptable',
  result: result.failure,
  refuses: ({ written }) => (isProblem(written) ? written : null),
  reason: 'the value is not one that the attribute can have',
});

/** Tenant switch `lock_mobile_when_active`. [proposed] */
const mobileUnlocked = itemRule<ValueFacts>({
  name: 'mobileUnlocked',
  result: result.failure,
  refuses: ({ before, written, lockMobileWhenActive }) =>
    lockMobileWhenActive && writes(written, 'mobile') && memberStatusOf(before) === memberStatus.activated
      ? { kind: 'locked', subject: 'mobile' }
      : null,
  reason: 'the member has activated, and the company locks the mobile then',
});

const mobileUnique = unique('mobileUnique', 'mobile', 'mobile', ({ mobile }) => (mobile == null ? null : e164(mobile)));
const emailUnique = unique('emailUnique', 'email', 'email', ({ email }) =>
  email == null ? null : normalizeEmail(email),
);
const jobNumberUnique = unique('jobNumberUnique', 'jobNumber', 'job-number', ({ jobNumber }) => jobNumber ?? null);
const extensionNumberUnique = unique(
  'extensionNumberUnique',
  'extensionNumber',
  'extension-number',
  ({ extensionNumber }) => extensionNumber ?? null,
);

/** 手机和邮箱不能同时为空 (60129) of the contacts, here a result. https://developer.work.weixin.qq.com/document/path/90313 */
const keepsContact = itemRule<ValueFacts>({
  name: 'staysReachable',
  result: result.failure,
  refuses: ({ before, written }) => {
    if (isProblem(written) || !(writes(written, 'mobile') || writes(written, 'email'))) return null;
    const after = { ...before, ...written.members };
    return hasContact(before) && !hasContact(after) ? { kind: 'missing', subject: 'mobile' } : null;
  },
  reason: 'mobile and mail cannot both be empty',
});

/** Line 6 of the contract's table 2.7 for update items, as far as it needs the record. */
export const valueRules: readonly ItemRule<ValueFacts>[] = [
  valueAcceptable,
  mobileUnlocked,
  mobileUnique,
  emailUnique,
  jobNumberUnique,
  extensionNumberUnique,
  keepsContact,
];

function writes(written: AttributeWrite | Problem, member: keyof Employee): boolean {
  return !isProblem(written) && written.members !== undefined && Object.hasOwn(written.members, member);
}

function hasContact({ mobile, email }: Pick<Employee, 'mobile' | 'email'>): boolean {
  return mobile !== null || (email !== null && email !== '');
}

/** A value that no one else who works here may have. */
function unique(
  name: string,
  member: 'mobile' | 'email' | 'jobNumber' | 'extensionNumber',
  space: LookupSpace,
  valueOf: (members: Partial<Employee>) => string | null,
): ItemRule<ValueFacts> {
  return itemRule({
    name,
    result: result.failure,
    refuses: ({ before, written, holders }) => {
      if (isProblem(written) || !writes(written, member)) return null;
      const value = valueOf(written.members ?? {});
      if (value === null) return null;
      return isTakenInService(holders.get(space)?.get(value), before) ? { kind: 'taken', subject: member } : null;
    },
    reason: 'someone else who works here has it',
  });
}
