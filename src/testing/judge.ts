import type { RequestEntry } from '../sandbox/library/contract.ts';
import type { TestCompany } from './test-companies.ts';
import type { MemberResult } from '../sandbox/journal/contract.ts';

/** Whether a call is as a test wants it, and what to say where it is not. */
export interface Judgement {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What a test can want of a call: the matchers of all runners. */
export const judges = {
  /** A member changed the record; `value` is what it was sent as. */
  toHaveApplied: (entry: RequestEntry, field: string, value?: unknown): Judgement => {
    const wanted = value === undefined ? '' : ` as ${JSON.stringify(value)}`;
    const found = entry.field(field);
    const isSame = value === undefined || JSON.stringify(found?.to) === JSON.stringify(value);
    return judged(entry, found?.verdict === 'applied' && isSame, `${field} was applied${wanted}`);
  },
  /** A member took a value away. */
  toHaveCleared: (entry: RequestEntry, field: string): Judgement => withVerdict(entry, field, 'cleared'),
  /** A member was kept in another form than it was sent in; `to` is that form. */
  toHaveNormalised: (entry: RequestEntry, field: string, to?: unknown): Judgement => {
    const found = entry.field(field);
    const isSame = to === undefined || JSON.stringify(found?.to) === JSON.stringify(to);
    const wanted = to === undefined ? '' : ` to ${JSON.stringify(to)}`;
    return judged(entry, found?.verdict === 'normalised' && isSame, `${field} was normalised${wanted}`);
  },
  /** A rule passed a member over. */
  toHaveIgnored: (entry: RequestEntry, field: string): Judgement => withVerdict(entry, field, 'ignored'),
  /** The operation has no such member. */
  toHaveUnknown: (entry: RequestEntry, field: string): Judgement => withVerdict(entry, field, 'unknown'),
  /** The call was refused, with this code if one is given, for this member if one is named. */
  toHaveBeenRefused: (entry: RequestEntry, code?: string | number, field?: string): Judgement => {
    const isRefused = entry.fields.some(({ verdict }) => verdict === 'refused') || !isSuccess(entry);
    const isSame = code === undefined || entry.code === String(code);
    const isThere = field === undefined || entry.field(field)?.verdict === 'refused';
    const wanted = [code === undefined ? '' : ` with ${String(code)}`, field === undefined ? '' : ` for ${field}`];
    return judged(entry, isRefused && isSame && isThere, `the call was refused${wanted.join('')}`);
  },
  /** No member was lost although the answer says success. */
  toHaveNoSilentDrops: (entry: RequestEntry): Judgement => {
    const lost = entry.fields.filter(({ verdict }) => verdict === 'ignored' || verdict === 'unknown');
    return judged(entry, lost.length === 0 || !isSuccess(entry), 'no member was lost');
  },
  /** The company was called so, as often as `times` says; at least once without it. */
  toHaveReceived: (company: Pick<TestCompany, 'calls'>, search: string, times?: number): Judgement => {
    const { length } = company.calls(search);
    return {
      pass: times === undefined ? length > 0 : length === times,
      message: () => `${String(length)} calls were received that "${search}" finds.`,
    };
  },
  /** The doctor finds nothing that the clients of the company do wrong. */
  toHaveNoFindings: async (company: Pick<TestCompany, 'doctor'>): Promise<Judgement> => {
    const findings = await company.doctor();
    const lines = findings.map(({ id, severity, message, about, remedy }) =>
      [`  ${severity} ${id}: ${message} (${about.join(', ')})`, `    ${remedy}`].join('\n'),
    );
    return { pass: findings.length === 0, message: () => ['The doctor found:', ...lines].join('\n') };
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

/** Success as the platforms say it: status 200 and the code 0, or no code at all. */
function isSuccess({ status, code }: RequestEntry): boolean {
  return status === 200 && (code === null || code === '0');
}

function withVerdict(entry: RequestEntry, field: string, verdict: MemberResult['verdict']): Judgement {
  return judged(entry, entry.field(field)?.verdict === verdict, `${field} was ${verdict}`);
}

function judged(entry: RequestEntry, pass: boolean, wanted: string): Judgement {
  return {
    pass,
    message: () => {
      const fields = entry.fields.map(
        ({ field, verdict, reason }) => `  ${field}: ${verdict}${reason === undefined ? '' : ` (${reason})`}`,
      );
      const said = `${entry.method} ${entry.path} answered ${String(entry.status)}, code ${entry.code ?? 'none'}`;
      return [`${pass ? 'Not wanted' : 'Wanted'}: ${wanted}.`, said, ...fields].join('\n');
    },
  };
}
