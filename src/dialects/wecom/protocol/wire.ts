import { isObject } from '../../../lib/json-equal.ts';
import { parseJson } from '../../../lib/json.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { Phone } from '../../../directory/employees/phone.ts';
import { MAX_BODY } from './envelope.ts';
import { malformed, type Refusal } from './errors.ts';

/** A telephone number as 电话号码类型字段结构 [seed] writes it. */
export interface PhoneValue {
  readonly value_country_code: string;
  readonly value_mobile: string;
}

/**
 * A roster value as kept: a text; an option's id as a number; seconds as decimal digits, so that none is lost; a
 * telephone number; the media ids of files.
 */
export type RosterValue = string | number | PhoneValue | readonly string[];

/** One instance of a repeatable group: its values by fieldid. */
export type Instance = Readonly<Record<string, RosterValue>>;

/** What this platform alone knows of an employee. */
export interface WecomEmployee {
  /** The userid with its letters as given, where that is not how it is found. */
  readonly userid?: string;
  /** How far the member came on this platform; absent: as far as the shared record says. */
  readonly status?: 1 | 2 | 4;
  /** By fieldid. */
  readonly values: Readonly<Record<string, RosterValue>>;
  /** By group type. */
  readonly groups: Readonly<Record<string, readonly Instance[]>>;
  /** What only the contacts keep and return; see {@link CONTACT_KEYS}. */
  readonly contacts?: Contacts;
  /** Whether the platform itself made the userid, so that it may be changed once. */
  readonly useridGenerated?: true;
  /** Where the company mailbox comes from; absent: from the system. */
  readonly bizMailOrigin?: 'given' | 'changed';
  /** When the member was invited, in epoch milliseconds; absent: never. */
  readonly invitedAt?: number;
}

/** Members of 更新成员 that have no place in the shared record, by their names on the wire. */
export type Contacts = Readonly<Record<string, unknown>>;

/** Their names; `position` is there only while the company keeps no list of job titles. */
export const CONTACT_KEYS = [
  'position',
  'address',
  'external_position',
  'external_profile',
  'biz_mail_alias',
  'avatar_mediaid',
  'nickname',
] as const;

/** A roster's phone as the shared record keeps one; null for any other value. */
export function phoneOf(value: RosterValue): Phone | null {
  if (typeof value !== 'object' || !('value_mobile' in value)) return null;
  return { country: value.value_country_code, number: value.value_mobile };
}

const NOTHING: WecomEmployee = { values: {}, groups: {} };

/** What this platform alone knows of an employee. */
export function wecomOf(employee: Pick<Employee, 'extensions'>): WecomEmployee {
  // Written by this folder only; an undo may have taken its last value and its last group away.
  const kept = employee.extensions['wecom'] as Partial<WecomEmployee> | undefined;
  if (kept === undefined) return NOTHING;
  return isWhole(kept) ? kept : { ...NOTHING, ...kept };
}

function isWhole(kept: Partial<WecomEmployee>): kept is WecomEmployee {
  return kept.values !== undefined && kept.groups !== undefined;
}

/** The same as kept: nothing at all where there is nothing to keep. */
export function toStoredExtension(employee: WecomEmployee): WecomEmployee | undefined {
  const { contacts, values, groups: all, ...facts } = employee;
  const groups = Object.fromEntries(Object.entries(all).filter(([, instances]) => instances.length > 0));
  const known = Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
  const hasContacts = contacts !== undefined && Object.keys(contacts).length > 0;
  if (!hasContacts && Object.keys({ ...known, ...values, ...groups }).length === 0) return undefined;
  return { ...known, values, groups, ...(hasContacts ? { contacts } : {}) };
}

/** An object of a request. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** One content of a request: which field, where, and the value keys. */
export interface FieldContent {
  readonly fieldid: number;
  readonly subIdx: number;
  readonly members: JsonObject;
}

/** 更新员工花名册信息 as understood. */
export interface StaffInfoUpdate {
  readonly userid: string;
  readonly updates: readonly FieldContent[];
  readonly removes: readonly { readonly groupType: number; readonly subIdx: number }[];
  readonly inserts: readonly { readonly groupType: number; readonly item: readonly FieldContent[] }[];
}

/** 获取员工花名册信息 as understood. */
export interface StaffInfoQuery {
  readonly userid: string;
  /** Null: all fields. */
  readonly fieldids: readonly { readonly fieldid: number; readonly subIdx: number }[] | null;
}

/** Elements of each list. [proposed] */
export const MAX_SIZE = { update_items: 200, remove_items: 100, insert_items: 100, item: 100, fieldids: 200 } as const;

const MAX_USERID_BYTES = 64;
const encoder = new TextEncoder();

/** Why a request is not one; thrown inside `decoded` only. */
class MalformedRequestError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.problem.kind);
    this.refusal = refusal;
  }
}

/** Reads a request body; a 40058 where it is not one. Values are left as they are: a wrong one is a result, not an error. */
export function decodeUpdate(body: Uint8Array): StaffInfoUpdate | Refusal {
  return decoded(body, (top) => {
    const userid = useridIn(top);
    const updates = listIn(top, 'update_items', 'update_items').map((item) => contentIn(item, 'update_items', true));
    const removes = listIn(top, 'remove_items', 'remove_items').map((item) => ({
      groupType: numberIn(item, 'group_type', 'remove_items.group_type'),
      subIdx: numberIn(item, 'sub_idx', 'remove_items.sub_idx'),
    }));
    const inserts = listIn(top, 'insert_items', 'insert_items').map((insert) => ({
      groupType: numberIn(insert, 'group_type', 'insert_items.group_type'),
      // Inside an insert sub_idx is ignored [seed], whatever it is.
      item: listIn(insert, 'item', 'insert_items.item').map((item) => contentIn(item, 'insert_items.item', false)),
    }));
    // 不能全部为空 [seed], which names no code.
    if (updates.length + removes.length + inserts.length === 0) fail({ kind: 'missing', subject: 'update_items' }, '');
    return { userid, updates, removes, inserts };
  });
}

/** Reads a request body; a 40058 where it is not one. */
export function decodeQuery(body: Uint8Array): StaffInfoQuery | Refusal {
  return decoded(body, (top) => {
    const userid = useridIn(top);
    if (flagIn(top, 'get_all')) return { userid, fieldids: null };
    const fieldids = listIn(top, 'fieldids', 'fieldids').map((item) => ({
      fieldid: numberIn(item, 'fieldid', 'fieldids.fieldid'),
      // The page's own sample writes `sud_idx` once [public: 99132].
      subIdx: optionalNumberIn(item, isAbsent(item['sub_idx']) ? 'sud_idx' : 'sub_idx', 'fieldids.sub_idx') ?? 0,
    }));
    if (fieldids.length === 0) fail({ kind: 'missing', subject: 'fieldids' }, ''); // [public: WxJava PR#3925]
    return { userid, fieldids };
  });
}

/** Whether a reading ended in a refusal. */
export function isRefusal(read: object): read is Refusal {
  return 'problem' in read;
}

/** Reads a body's object; what the reader throws by `fail` is the answer. */
function decoded<Request>(body: Uint8Array, read: (top: JsonObject) => Request): Request | Refusal {
  if (body.byteLength > MAX_BODY)
    return malformed(
      { kind: 'too-long', subject: 'body', limit: MAX_BODY },
      `request body exceed max size ${String(MAX_BODY)}`,
    );
  const parsed = parseJson(body, { bigIntegers: true });
  const top = parsed.ok ? parsed.value : parsed.problem === 'empty' ? {} : undefined;
  if (!isObject(top)) return notJson;
  try {
    return read(top);
  } catch (error) {
    if (error instanceof MalformedRequestError) return error.refusal;
    throw error;
  }
}

/** The sentence contains `Warning: wrong json format.` [public: 90313]. */
const notJson: Refusal = (() => {
  const { problem, returned } = malformed({ kind: 'invalid', subject: 'body' }, '');
  return { problem, returned: { ...returned, errmsg: `${returned.errmsg}. Warning: wrong json format.` } };
})();

/** Ends the reading of a body with 40058. */
function fail(problem: Refusal['problem'], detail: string): never {
  throw new MalformedRequestError(malformed(problem, detail));
}

function missing(path: string): never {
  return fail({ kind: 'missing', subject: path }, `missing field \`${path}\``);
}

function wrongType(path: string, type: string): never {
  return fail({ kind: 'invalid', subject: path }, `field \`${path}\` expect type \`${type}\``);
}

/** Absent and null are the same. */
function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** `userid`, which must be there. */
function useridIn(top: JsonObject): string {
  const userid = top['userid'];
  if (isAbsent(userid)) return missing('userid');
  if (typeof userid !== 'string') return wrongType('userid', 'string');
  if (userid === '') return fail({ kind: 'invalid', subject: 'userid' }, 'userid exceed min length 1');
  if (encoder.encode(userid).byteLength > MAX_USERID_BYTES)
    return fail(
      { kind: 'too-long', subject: 'userid', limit: MAX_USERID_BYTES },
      `userid exceed max length ${String(MAX_USERID_BYTES)}`,
    );
  return userid;
}

/** Absent, null and empty are the same. [proposed] */
function listIn(members: JsonObject, key: keyof typeof MAX_SIZE, path: string): readonly JsonObject[] {
  const list = members[key];
  if (isAbsent(list)) return [];
  if (!Array.isArray(list)) return wrongType(path, 'array');
  const limit = MAX_SIZE[key];
  if (list.length > limit)
    return fail({ kind: 'too-long', subject: path, limit }, `${path} exceed max size ${String(limit)}`);
  return list.map((item: unknown) => (isObject(item) ? item : wrongType(path, 'object')));
}

function contentIn(item: JsonObject, path: string, readsIndex: boolean): FieldContent {
  return {
    fieldid: numberIn(item, 'fieldid', `${path}.fieldid`),
    subIdx: readsIndex ? (optionalNumberIn(item, 'sub_idx', `${path}.sub_idx`) ?? 0) : 0,
    members: item,
  };
}

function numberIn(members: JsonObject, key: string, path: string): number {
  return optionalNumberIn(members, key, path) ?? missing(path);
}

/** A JSON number or decimal digits: a client in the field sends ids as strings [public: LauNet]. */
function optionalNumberIn(members: JsonObject, key: string, path: string): number | undefined {
  const value = members[key];
  if (isAbsent(value)) return undefined;
  const number = typeof value === 'string' && /^[0-9]{1,10}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 0xffff_ffff)
    return wrongType(path, 'uint32');
  return number;
}

function flagIn(members: JsonObject, key: string): boolean {
  const value = members[key];
  if (isAbsent(value) || value === false || value === 0) return false;
  if (value === true || value === 1) return true;
  return wrongType(key, 'bool');
}
