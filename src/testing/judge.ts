import type { RequestEntry } from '../sandbox/library/contract.ts';
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
  /** A rule passed a member over. */
  toHaveIgnored: (entry: RequestEntry, field: string): Judgement => withVerdict(entry, field, 'ignored'),
  /** The operation has no such member. */
  toHaveUnknown: (entry: RequestEntry, field: string): Judgement => withVerdict(entry, field, 'unknown'),
  /** The call was refused, with this code if one is given. */
  toHaveBeenRefused: (entry: RequestEntry, code?: string | number): Judgement => {
    const isRefused = entry.fields.some(({ verdict }) => verdict === 'refused') || !isSuccess(entry);
    const isSame = code === undefined || entry.code === String(code);
    return judged(
      entry,
      isRefused && isSame,
      `the call was refused${code === undefined ? '' : ` with ${String(code)}`}`,
    );
  },
  /** No member was lost although the answer says success. */
  toHaveNoSilentDrops: (entry: RequestEntry): Judgement => {
    const lost = entry.fields.filter(({ verdict }) => verdict === 'ignored' || verdict === 'unknown');
    return judged(entry, lost.length === 0 || !isSuccess(entry), 'no member was lost');
  },
};

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
