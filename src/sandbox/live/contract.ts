import type { ChangeKind } from '../../directory/history/change.ts';
import type { RequestView } from '../journal/contract.ts';

/* Types of the published package: what they lead to needs no types of Node. */

/** A call as a live list shows it: without bodies, and with its members counted. */
export interface RequestSummary extends Omit<RequestView, 'fields'> {
  /** How many members have each verdict. */
  readonly verdicts: Readonly<Record<string, number>>;
  /** How many members did nothing although the answer says success. */
  readonly silent: number;
}

/** The calls of one platform in one step of time. */
export interface CallBucket {
  /** When the step began, ISO 8601, UTC. */
  readonly at: string;
  readonly platform: string;
  readonly ok: number;
  readonly partly: number;
  readonly refused: number;
  readonly injected: number;
  /** Of all these, those that lost something silently. */
  readonly silent: number;
}

/** `GET /mingce/v1/stats/calls`: steps without calls are absent. */
export interface CallStats {
  readonly from: string;
  readonly step_ms: number;
  readonly calls: readonly CallBucket[];
}

/** What a stream of events says, by the name of the event. */
export interface LiveEvents {
  /** Calls that were answered, the oldest first. */
  readonly requests: { readonly requests: readonly RequestSummary[] };
  /** Changes that were written, the oldest first; of many only the number of the newest. */
  readonly changes: { readonly newest: number; readonly changes: readonly LiveChange[] };
  readonly health: { readonly ready: boolean; readonly at: string };
  /** Calls that were not sent; null where it is not known how many. */
  readonly gap: { readonly missed: number | null };
  readonly heartbeat: { readonly at: string };
}

/** A change, as far as a page must know which of its data is old. */
export interface LiveChange {
  readonly number: number;
  readonly company: string;
  readonly kind: ChangeKind;
  /** Own id; null where it is no change of an employee. */
  readonly employee: string | null;
  readonly subject: string | null;
  readonly fields: readonly string[];
}
