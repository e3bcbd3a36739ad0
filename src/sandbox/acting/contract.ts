/* Types of the published package: what they lead to needs no types of Node. */

/** A call of a platform, to be sent by this server as an app. */
export interface OwnCallBody {
  readonly platform: string;
  /** The key of an app of the company; its secret is not needed. */
  readonly app: string;
  readonly operation: string;
  /** Parameters of the path. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON, or a text that is sent as it is. */
  readonly body?: object | string;
}

/** What a call that was sent was answered. */
export interface SentCall {
  /** Its id in the journal. */
  readonly request: string;
  readonly status: number;
  /** The platform's own code; null where the answer has none. */
  readonly code: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON where it is JSON, else text; null where it is too long to be shown. */
  readonly body: unknown;
}
