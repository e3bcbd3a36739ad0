/** What tells this installation from every other, and its data from an older copy that was put back. */
export interface Installation {
  /** Random; signs and derives. */
  readonly key: string;
  /** Random, another one after each restore: ids that are derived from it never come again. */
  readonly lineage: string;
  /** Up to which change the settings of companies were looked at for new consumers; null: never. */
  readonly followed: number | null;
}

/** Whether an app is sent anything: an address that was not checked is not. */
export type ConsumerState = 'unverified' | 'on';

/** One that follows the change log with a cursor of its own: an app that receives events. */
export interface Consumer {
  /** Random, never given again. */
  readonly id: string;
  readonly tenant: number;
  readonly platform: string;
  /** The app's own id. */
  readonly name: string;
  readonly state: ConsumerState;
  /** Why it is in that state, in one sentence; null: no reason. */
  readonly reason: string | null;
  /** A digest of the settings whose check passed last; null: none did. */
  readonly checked: string | null;
  /** The number of the last change that was looked at. */
  readonly cursor: number;
  /** Counts who drives it: a driver whose epoch is over writes nothing more. */
  readonly epoch: number;
}

/** What names a consumer, and where it begins to follow. */
export type NewConsumer = Pick<Consumer, 'tenant' | 'platform' | 'name' | 'cursor'>;

/** A driver's right to write, until another driver takes over. */
export type ConsumerClaim = Pick<Consumer, 'id' | 'epoch'>;

/** Whether an event waits to be sent, was taken by the app, or is given up. */
export type EventState = 'waiting' | 'taken' | 'dead';

/** One try to send an event. */
export interface EventAttempt {
  /** By the company's clock, in epoch milliseconds. */
  readonly at: number;
  /** The HTTP status; null where there was no answer. */
  readonly status: number | null;
  readonly ms: number;
  /** What was wrong or odd, without anything that the app sent. */
  readonly reason: string | null;
}

/** An event to keep. */
export interface NewEvent {
  /** What it is about; events of one subject are sent in their order. */
  readonly subject: string;
  readonly change: number;
  /** Its place among the events of its change. */
  readonly part: number;
  readonly eventId: string;
  readonly type: string;
  readonly body: string;
  /** Where this one goes instead of the app's address; only its dialect reads it. */
  readonly address?: unknown;
}

/** An event as kept. */
export interface KeptEvent extends Omit<NewEvent, 'body'> {
  readonly number: number;
  readonly consumer: string;
  /** Null once it is too old to be sent again. */
  readonly body: string | null;
  readonly state: EventState;
  /** How often it was sent since it was queued. */
  readonly attempt: number;
  /** When it is sent next, by the company's clock. */
  readonly dueAt: number;
  /** The last ones. */
  readonly attempts: readonly EventAttempt[];
  /** By the machine's clock. */
  readonly createdAt: number;
}

/** What a try made of an event. */
export type EventOutcome = Pick<KeptEvent, 'number' | 'state' | 'attempt' | 'dueAt' | 'attempts'>;

/** Which events of a company are meant; all where a member is absent. */
export interface EventFilter {
  readonly consumers: readonly string[];
  readonly state?: EventState;
  readonly type?: string;
  readonly before?: number;
  readonly limit: number;
}

/** How many events of a consumer are in each state, and how far it is behind. */
export interface ConsumerCounts {
  readonly consumer: string;
  readonly state: EventState;
  readonly events: number;
}

/** Takes what is kept for those that follow the change log. Each method is one transaction. */
export interface Deliveries {
  /** What the installation is; made when asked for first. */
  installation(): Promise<Installation>;
  /** Keeps up to which change the settings of companies were looked at. */
  followed(change: number): Promise<void>;
  /** All consumers, or those of a company. */
  consumers(tenant?: number): Promise<readonly Consumer[]>;
  /** Adds a consumer, unless there is one of that name. */
  add(consumer: NewConsumer): Promise<void>;
  /** Removes consumers with their events. */
  remove(ids: readonly string[]): Promise<void>;
  /** Takes over a consumer that no other node holds a lease of; null where one does, or it is gone. */
  claim(id: string, node: string, leaseMs: number): Promise<Consumer | null>;
  /** Keeps the lease; false where another node took over. */
  renew(claim: ConsumerClaim, leaseMs: number): Promise<boolean>;
  /** Lets others take over at once. */
  release(claim: ConsumerClaim): Promise<void>;
  /** Keeps what a check came to; false, or null, where another node took over, as with each of the following. */
  setState(claim: ConsumerClaim, state: Pick<Consumer, 'state' | 'reason' | 'checked'>): Promise<boolean>;
  /** Keeps events and how far the log was read; answers the number of each, null for one that was kept before. */
  take(
    claim: ConsumerClaim,
    cursor: number,
    events: readonly NewEvent[],
    now: number,
  ): Promise<readonly (number | null)[] | null>;
  /** The events that wait, in their order. */
  waiting(id: string, limit: number): Promise<readonly KeptEvent[]>;
  /** Keeps what became of events. */
  settle(claim: ConsumerClaim, outcomes: readonly EventOutcome[]): Promise<boolean>;
  /** The newest events, newest first. */
  events(filter: EventFilter): Promise<readonly KeptEvent[]>;
  /** Queues events again, by number or all that are dead; answers how many. */
  resend(consumers: readonly string[], which: { readonly number: number } | 'dead'): Promise<number>;
  /** Removes events that are old, or too many. */
  trim(consumer: string, now: number): Promise<void>;
  counts(): Promise<readonly ConsumerCounts[]>;
}
