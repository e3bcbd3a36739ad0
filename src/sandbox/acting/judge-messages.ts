import type { RowChange } from '../../dialects/row-calls.ts';
import type { RowVerdicts } from '../../dialects/row-verdict.ts';
import type { Query } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { KnownAnswers } from './shared-look-ups.ts';

/** The name by which the thread is started that judges rows. */
export const JUDGE = 'judge';

/** A change as threads hand it over: the company is sent once. */
export type SentChange = Omit<RowChange, 'tenant'>;

/** The company as threads hand it over: its parts, of which it is made again. */
type TenantParts = Tenant['parts'];

/** Sent to the thread that judges rows. */
export type ToJudge =
  | {
      readonly kind: 'batch';
      readonly platforms: readonly string[];
      /** Null: as in the batch before. */
      readonly tenant: TenantParts | null;
      /** The time here, in epoch milliseconds. */
      readonly now: number;
      readonly known: KnownAnswers;
    }
  | { readonly kind: 'changes'; readonly number: number; readonly changes: readonly SentChange[] }
  | { readonly kind: 'answers'; readonly answers: readonly unknown[] };

/** Sent by that thread. */
export type FromJudge =
  /** Null: it cannot judge them. */
  | { readonly kind: 'verdicts'; readonly number: number; readonly verdicts: readonly RowVerdicts[] | null }
  | { readonly kind: 'questions'; readonly questions: readonly Query[] };
