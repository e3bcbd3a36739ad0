import type { Call, Reply, Route } from '../dialects/dialect.ts';

/** One answered call, as an observer sees it. */
export interface AnsweredCall {
  /** The platform's name. */
  readonly group: string;
  readonly call: Call;
  /** Path and query as they were sent. */
  readonly target: string;
  /** Absent where the call is not served. */
  readonly route: Route | undefined;
  readonly reply: Reply;
  readonly durationMs: number;
}

/** Looks at calls of the platforms; what it does changes no answer. */
export interface RequestObserver {
  /** Takes notice of an answer, before it is sent; returns whether it can be looked up by the id of the call. */
  replied(answered: AnsweredCall): boolean;
}
