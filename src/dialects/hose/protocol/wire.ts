import Type, { type Static } from 'typebox';
import { isObject } from '../../../lib/json-equal.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { phoneFromE164, type Phone } from '../../../directory/employees/phone.ts';
import type { Certificate } from './wire-certificates.ts';
import { Lines, OptionalLine, OptionalText } from './bounds.ts';
import { compiledOnUse } from './compiled-on-use.ts';

/** What Hose alone knows of an employee. */
export interface HoseExtension {
  /** Hose's own `fromWay`: where the record came from, and whether the API maintains it (contract 2.8). */
  readonly origin: 'manual' | 'api' | 'createByApiAndEdit';
  /** Whether someone edited it by hand after the API had touched it. */
  readonly edited: boolean;
  /** When the API last touched it, in epoch milliseconds, and by which app (own id). */
  readonly lastApiChange?: { readonly at: number; readonly app: string };
  /** What the shared record cannot hold of the custom form; absent where the form was never written. */
  readonly form?: HoseForm;
  /** How many items wait for the person, by kind. */
  readonly pending?: Readonly<Record<string, number>>;
  /** The encrypted WeCom id; absent: one is made up (hose-more 9.1). */
  readonly openUserid?: string;
  /** 证件 (hose-more 4). */
  readonly certificates?: readonly Certificate[];
}

/** What of a custom form no shared field can hold. */
export interface HoseForm {
  /** 常驻地 as sent, byte for byte. */
  readonly base?: string;
  /** Fields that were sent as `""` and cannot hold a text; they are returned as `""` while they hold nothing else. */
  readonly blank?: readonly string[];
}

const UNTOUCHED: HoseExtension = { origin: 'manual', edited: false };

/** What Hose alone knows of this employee. */
export function hoseOf(employee: Employee): HoseExtension {
  // Written by this dialect alone, as the type says.
  const kept = employee.extensions['hose'] as Partial<HoseExtension> | undefined;
  if (kept === undefined) return UNTOUCHED;
  return isWhole(kept) ? kept : whole(kept);
}

function isWhole(kept: Partial<HoseExtension>): kept is HoseExtension {
  return kept.origin !== undefined && kept.edited !== undefined && hasApp(kept.lastApiChange);
}

/** What an undo left of it, which takes away what a record that was never touched has not. */
function whole({ lastApiChange, ...kept }: Partial<HoseExtension>): HoseExtension {
  return { ...UNTOUCHED, ...kept, ...(lastApiChange !== undefined && hasApp(lastApiChange) ? { lastApiChange } : {}) };
}

/** The time of the last call is not logged (`withoutTimes`), so an undo leaves it where it takes the app away. */
function hasApp(last: Partial<NonNullable<HoseExtension['lastApiChange']>> | undefined): boolean {
  return last === undefined || last.app !== undefined;
}

/** True or false; as text they are neither [proposed]. */
export const OptionalFlag = Type.Optional(Type.Union([Type.Boolean(), Type.Null()]));

/** 员工自定义字段: the built-in fields; others are judged by their definition. */
export const CustomForm = Type.Object({ rankType: OptionalLine, postType: OptionalLine, base: OptionalText });

const staffMembers = {
  name: OptionalLine,
  enName: OptionalLine,
  nickName: OptionalLine,
  code: OptionalLine,
  cellphone: OptionalLine,
  email: OptionalLine,
  note: OptionalText,
  defaultDepartment: OptionalLine,
  departments: Type.Optional(Type.Union([Lines, Type.Null()])),
  modifyAccountPhone: OptionalFlag,
  modifyAccountEmail: OptionalFlag,
  staffCustomForm: Type.Optional(Type.Union([CustomForm, Type.Null()])),
};

/** The body of an update. `name` is required, but its absence has a sentence of its own [seed]. */
export const StaffBody = Type.Object(staffMembers);
/** One element of a batch; so has the absence of its `id`. */
const BatchElement = Type.Object({ id: OptionalLine, ...staffMembers });
/** The body of a batch. */
export const BatchBody = Type.Object({ staffList: Type.Array(BatchElement, { minItems: 1, maxItems: 100 }) });

const staffBody = compiledOnUse(StaffBody);
const batchElement = compiledOnUse(BatchElement);

/** What a request says of one staff; a member that is null counts as not sent [proposed]. */
export interface StaffRequest {
  readonly name: string | undefined;
  readonly enName: string | undefined;
  readonly nickName: string | undefined;
  readonly code: string | undefined;
  readonly cellphone: string | undefined;
  readonly email: string | undefined;
  readonly note: string | undefined;
  readonly defaultDepartment: string | undefined;
  readonly departments: readonly string[] | undefined;
  readonly modifyAccountPhone: boolean;
  readonly modifyAccountEmail: boolean;
  readonly staffCustomForm: Readonly<Record<string, unknown>> | undefined;
  /** Everything as sent, also what Hose passes over. */
  readonly sent: Readonly<Record<string, unknown>>;
}

/** Reads the body of an update; null where its structure is wrong. */
export function readStaff(body: unknown): StaffRequest | null {
  return staffBody.Check(body) ? requestOf(body) : null;
}

/** Reads one element of a batch; null where its structure is wrong. */
export function readBatchElement(element: unknown): { readonly id: string; readonly request: StaffRequest } | null {
  if (!batchElement.Check(element)) return null;
  return { id: element.id ?? '', request: requestOf(element) };
}

/** What a body of the right structure says. */
export function requestOf(body: Static<typeof StaffBody>): StaffRequest {
  return {
    name: body.name ?? undefined,
    enName: body.enName ?? undefined,
    nickName: body.nickName ?? undefined,
    code: body.code ?? undefined,
    cellphone: body.cellphone ?? undefined,
    email: body.email ?? undefined,
    note: body.note ?? undefined,
    defaultDepartment: body.defaultDepartment ?? undefined,
    departments: body.departments ?? undefined,
    modifyAccountPhone: body.modifyAccountPhone ?? false,
    modifyAccountEmail: body.modifyAccountEmail ?? false,
    staffCustomForm: body.staffCustomForm ?? undefined,
    sent: body,
  };
}

/**
 * The phone that a text names: a mainland number plain, a foreign one `(区号)手机号` [seed]. Null where it holds anything
 * but digits and one leading pair of ASCII parentheses (contract 2.4) [proposed for update].
 */
export function readPhone(text: string): Phone | null {
  const [, code, number] = /^(?:\(0*([1-9][0-9]*)\))?([0-9]+)$/.exec(text) ?? [];
  return number === undefined ? null : { country: code ?? '86', number };
}

/** The same where characters are not checked (`v1`, contract 2.9) [proposed]: what is no digit is dropped. */
export function readPhoneLeniently(text: string): Phone | null {
  const strict = readPhone(text.replaceAll('（', '(').replaceAll('）', ')').replaceAll(/[\s-]/g, ''));
  if (strict !== null) return strict;
  const digits = text.replaceAll(/[^0-9]/g, '');
  if (digits === '') return null;
  return (text.startsWith('+') ? phoneFromE164(`+${digits}`) : null) ?? { country: '86', number: digits };
}

/** A contact phone in the form in which clients must write it, so that what was read can be written back [proposed]. */
export function showPhone(phone: Phone | null): string {
  if (phone === null) return '';
  return phone.country === '86' ? phone.number : `(${phone.country})${phone.number}`;
}

/** Whether a text is what 常驻地 must be: a JSON list of objects with the texts `key` and `label` [proposed]. */
export function citiesIn(base: string): readonly string[] | null {
  let value: unknown;
  try {
    value = JSON.parse(base);
  } catch {
    return null;
  }
  if (!Array.isArray(value)) return null;
  const keys: string[] = [];
  for (const city of value as unknown[]) {
    if (!isObject(city) || typeof city['key'] !== 'string' || typeof city['label'] !== 'string') return null;
    keys.push(city['key']);
  }
  return keys;
}
