/** An invitation to a person with an account. Nothing is really sent: it is kept in the outbox. */
export interface Invitation {
  /** Own id of the employee. */
  readonly employee: string;
  readonly channel: 'sms' | 'mail';
  /** Where it would have gone: a number as E.164, or a mail address. */
  readonly address: string;
  readonly dialect: string;
  /** The operation that gave rise to it, as the dialect's coverage names it. */
  readonly operation: string;
  /** The id of the request, as returned to the caller. */
  readonly request: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** An invitation in the outbox. */
export interface StoredInvitation extends Invitation {
  /** Increases with every invitation; not without gaps. */
  readonly number: number;
}
