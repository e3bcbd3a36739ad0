import { deepEqual, isObject } from '../lib/json-equal.ts';
import type { MemberResult } from '../sandbox/journal/contract.ts';
import type { RequestEntry } from '../sandbox/library/contract.ts';
import { answerOf } from '../sandbox/library/requests.ts';
import { sentValues } from './sent-values.ts';
import type { TestCompany } from './test-companies.ts';

/** Whether a call is as a test wants it, and what to say where it is not. */
export interface Judgement {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What a test can want of a call: the matchers of all runners. */
export const judges = {
  /** A member changed the record; `value` is what it was sent as. */
  toHaveApplied: (entry: RequestEntry, field: string, value?: unknown): Judgement => {
    checkCall(entry);
    const found = entry.field(field);
    const wanted = value === undefined ? '' : ` as ${JSON.stringify(value)}`;
    const isSame =
      value === undefined ||
      (found !== undefined && sentValues(entry, found.field).some((sent) => deepEqual(sent, value)));
    return judged(entry, found?.verdict === 'applied' && isSame, `${field} was applied${wanted}`);
  },
  /** A member took a value away. */
  toHaveCleared: (entry: RequestEntry, field: string): Judgement => withVerdict(entry, field, 'cleared'),
  /** A member was kept in another form than it was sent in; `to` is that form. */
  toHaveNormalised: (entry: RequestEntry, field: string, to?: unknown): Judgement => {
    checkCall(entry);
    const found = entry.field(field);
    const isSame = to === undefined || deepEqual(found?.to, to);
    const wanted = to === undefined ? '' : ` to ${JSON.stringify(to)}`;
    return judged(entry, found?.verdict === 'normalised' && isSame, `${field} was normalised${wanted}`);
  },
  /** A rule passed a member over. */
  toHaveIgnored: (entry: RequestEntry, field: string): Judgement => withVerdict(entry, field, 'ignored'),
  /** The operation has no such member. */
  toHaveUnknown: (entry: RequestEntry, field: string): Judgement => withVerdict(entry, field, 'unknown'),
  /** The call was refused, with this code if one is given, for this member if one is named. */
  toHaveBeenRefused: (entry: RequestEntry, code?: string | number, field?: string): Judgement => {
    checkCall(entry);
    const isRefused = entry.fields.some(({ verdict }) => verdict === 'refused') || !isSuccess(entry);
    const isSame = code === undefined || entry.code === String(code);
    const isThere = field === undefined || entry.field(field)?.verdict === 'refused';
    const wanted = [code === undefined ? '' : ` with ${String(code)}`, field === undefined ? '' : ` for ${field}`];
    return judged(entry, isRefused && isSame && isThere, `the call was refused${wanted.join('')}`);
  },
  /** No member was lost although the answer says success. */
  toHaveNoSilentDrops: (entry: RequestEntry): Judgement => {
    checkCall(entry);
    const lost = entry.fields.filter(({ verdict }) => verdict === 'ignored' || verdict === 'unknown');
    return judged(entry, lost.length === 0 || !isSuccess(entry), 'no member was lost');
  },
  /** The company was called so, as often as `times` says; at least once without it. */
  toHaveReceived: (company: Pick<TestCompany, 'calls'>, search: string, times?: number): Judgement => {
    checkCompany(company, 'calls');
    const { length } = company.calls(search);
    const pass = times === undefined ? length > 0 : length === times;
    return {
      pass,
      message: () => {
        const wanted = times === undefined ? 'a call' : `${String(times)} ${times === 1 ? 'call' : 'calls'}`;
        const all = company.calls('');
        return [
          `${pass ? 'Not wanted' : 'Wanted'}: ${wanted} that "${search}" finds; it finds ${String(length)}.`,
          all.length === 0 ? 'No call was received.' : 'Received, the newest first:',
          ...all.slice(0, MAX_LISTED).map((entry) => `  ${answerOf(entry)}`),
          ...(all.length > MAX_LISTED ? [`  and ${String(all.length - MAX_LISTED)} before`] : []),
        ].join('\n');
      },
    };
  },
  /** The doctor finds nothing that the clients of the company do wrong. */
  toHaveNoFindings: async (company: Pick<TestCompany, 'doctor'>): Promise<Judgement> => {
    checkCompany(company, 'doctor');
    const findings = await company.doctor();
    const lines = findings.map(({ id, severity, message, about, remedy }) =>
      [`  ${severity} ${id}: ${message} (${about.join(', ')})`, `    ${remedy}`].join('\n'),
    );
    return {
      pass: findings.length === 0,
      message: () =>
        findings.length === 0
          ? 'Not wanted: no findings. The doctor found nothing in the calls that are kept.'
          : ['The doctor found:', ...lines].join('\n'),
    };
  },
};

/** The matchers as a runner's `expect` has them. */
export interface MingceMatchers<Result = void> {
  /** A member changed the record; `value` is what it was sent as. */
  toHaveApplied(field: string, value?: unknown): Result;
  /** A member took a value away. */
  toHaveCleared(field: string): Result;
  /** A member was kept in another form than it was sent in; `to` is that form. */
  toHaveNormalised(field: string, to?: unknown): Result;
  /** A rule passed a member over. */
  toHaveIgnored(field: string): Result;
  /** The operation has no such member. */
  toHaveUnknown(field: string): Result;
  /** The call was refused, with this code if one is given, for this member if one is named. */
  toHaveBeenRefused(code?: string | number, field?: string): Result;
  /** No member was lost although the answer says success. */
  toHaveNoSilentDrops(): Result;
  /** The company was called so, as often as `times` says; at least once without it. */
  toHaveReceived(search: string, times?: number): Result;
  /** The doctor finds nothing that the clients of the company do wrong. */
  toHaveNoFindings(): Promise<void>;
}

/** So many calls are listed where another one is wanted, and so many characters of a value are shown. */
const MAX_LISTED = 20;
const MAX_SHOWN = 80;

/** Throws where a matcher for calls is given something else: it would fail, or with `not` pass, for a reason of its own. */
function checkCall(entry: unknown): void {
  if (isObject(entry) && Array.isArray(entry['fields']) && typeof entry['field'] === 'function') return;
  throw new TypeError("This is no call that was kept. Ask for one with mingce.request('employee:…') and judge that.");
}

function checkCompany(company: unknown, tool: 'calls' | 'doctor'): void {
  if (typeof company === 'object' && company !== null && typeof Reflect.get(company, tool) === 'function') return;
  throw new TypeError('This is no company of a test: judge what withMingce or mingceFor gave.');
}

/** Success as the platforms say it: status 200 and the code 0, or no code at all. */
function isSuccess({ status, code }: RequestEntry): boolean {
  return status === 200 && (code === null || code === '0');
}

function withVerdict(entry: RequestEntry, field: string, verdict: MemberResult['verdict']): Judgement {
  checkCall(entry);
  return judged(entry, entry.field(field)?.verdict === verdict, `${field} was ${verdict}`);
}

function judged(entry: RequestEntry, pass: boolean, wanted: string): Judgement {
  return {
    pass,
    message: () =>
      [
        `${pass ? 'Not wanted' : 'Wanted'}: ${wanted}.`,
        answerOf(entry),
        ...entry.fields.map((field) => `  ${lineOf(entry, field)}`),
      ].join('\n'),
  };
}

/** What became of a member: `employee.mobile: applied as "+86…"`. */
function lineOf(entry: RequestEntry, { field, verdict, to, reason, did_you_mean: close = [] }: MemberResult): string {
  const [sent] = sentValues(entry, field);
  const as = sent === undefined || verdict === 'used' ? '' : ` as ${shown(sent)}`;
  const kept = to === undefined ? '' : ` to ${shown(to)}`;
  const why =
    reason === undefined ? '' : ` (${reason}${close.length === 0 ? '' : `; did you mean ${close.join(', ')}?`})`;
  return `${field}: ${verdict}${verdict === 'normalised' ? kept : as}${why}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
