import type { Difference } from '../compare/contract.ts';

/* Types of the published package: what they lead to needs no types of Node. */

/** How a call of the journal is sent again; what is absent stays as it was. */
export interface ReplayRequest {
  /** The key of another company that it is sent to. */
  readonly company?: string;
  /** The key of a copy of the company, which is made first. */
  readonly fork?: string;
  /** The key of the app that sends it; default: the same one, or that which answers to it in the other company. */
  readonly app?: string;
  /** own id of the employee that the app acts for, empty where it acts for itself; default: the same as before. */
  readonly user?: string;
  /** Another path; with a `?` also another query. */
  readonly path?: string;
  /** The whole query instead of that which was sent, without a token. */
  readonly query?: Readonly<Record<string, string>>;
  /** Another body: a text is sent as it is, everything else as JSON. */
  readonly body?: unknown;
  /** The nearest request that passes is sent instead, without further changes. */
  readonly with?: 'nearest';
}

/** A call that was sent again. */
export interface Replayed {
  /** The id of the new call. */
  readonly request: string;
  readonly resent_from: string;
  readonly company: string;
  readonly app: string;
  /** Null where the connection was cut. */
  readonly status: number | null;
  readonly code: string | null;
  /** Null where one of the answers is not kept as a whole. */
  readonly comparison: AnswerComparison | null;
}

/** What a new answer has that the former one has not, and the other way round. */
export interface AnswerComparison {
  /** Whether they say the same, apart from what differs with each call. */
  readonly same: boolean;
  readonly differences: readonly Difference[];
}
