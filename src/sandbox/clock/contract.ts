/* Types of the published package: what they lead to needs no types of Node. */

/** Something that became otherwise by the passing of time alone. */
export interface DueView {
  /** ISO 8601, UTC, as the company has it. */
  readonly at: string;
  /** The platform; null for what is kept apart from platforms. */
  readonly platform: string | null;
  /** What it is, e.g. `token.tenant`, `rate-window` or `licence`. */
  readonly kind: string;
  readonly subject: string;
  /** Own id of the employee whose this is; absent where it is of no employee. */
  readonly employee?: string;
  readonly was: string;
  readonly is: string;
}

/** `GET` and `POST /mingce/v1/companies/{key}/clock`. */
export interface ClockView {
  /** The present instant as the company has it, ISO 8601, UTC. */
  readonly now: string;
  /** `system`: the system's time; `shifted`: ahead of it; `frozen`: stopped. */
  readonly mode: 'system' | 'shifted' | 'frozen';
  /** Counts how often time went back, by a reset. */
  readonly epoch: number;
  /** What became due between the time before and now, the earliest first. */
  readonly due: readonly DueView[];
  /** How much more there was than is listed. */
  readonly more: number;
}
