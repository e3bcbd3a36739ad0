/** One call that went out to a live tenant, without a secret: placeholders are where they were. */
export interface SentCall {
  /** The key of the company whose target it is. */
  readonly company: string;
  readonly platform: string;
  /** What the limits and reports know it by. */
  readonly call: string;
  /** The host that it was sent to. */
  readonly host: string;
  readonly at: number;
  readonly durationMs: number;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Null where nothing was answered. */
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** Null where it is a secret as a whole. */
    readonly body: string | null;
  } | null;
  /** The platform's code, or why nothing was answered. */
  readonly code: string | null;
}

/** Is given each call that went out; returns the id under which it can be looked up, or null where it is not kept. */
export type SentCalls = (sent: SentCall) => string | null;
