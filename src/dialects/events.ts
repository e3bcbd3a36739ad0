import type { App } from '../directory/auth/app.ts';
import type { CatalogEntry } from '../directory/catalog.ts';
import type { CustomField } from '../directory/custom-field.ts';
import type { Department } from '../directory/departments/department.ts';
import type { Employee } from '../directory/employees/employee.ts';
import type { Change, ChangeKind } from '../directory/history/change.ts';
import type { StoreTask } from '../directory/store.ts';
import type { Tenant } from '../directory/tenant.ts';
import type { ConnectionProtocol } from './event-connections.ts';

/** One app of a company that receives events. */
export interface Subscription {
  readonly app: App;
  /** Whether events are posted to an address, or written to a connection that the app opened. */
  readonly via: 'address' | 'connection';
  /** The address as the company file names it; null for a connection, and where only single events have one. */
  readonly url: string | null;
  /** A digest of whatever the address was checked with; the check is repeated when it differs. */
  readonly digest: string;
  /** Whether events wait until the address has passed its check. */
  readonly needsCheck: boolean;
  /** The kinds of changes that can give it an event; absent: all. Employees are none of them. */
  readonly kinds?: readonly Exclude<ChangeKind, 'employee'>[];
}

/** The record that a change is about, right before and right after it; null: it was not there. */
interface Records<Kind, Thing> {
  readonly kind: Kind;
  readonly before: Thing | null;
  readonly after: Thing | null;
}

/** What a change is about, with its records; of other kinds the change itself says everything. */
export type ChangedThing =
  | Records<'employee', Employee>
  | Records<'department', Department>
  | Records<'catalog-entry', CatalogEntry>
  | Records<'custom-field', CustomField>
  | Records<'app', App>
  | Records<'company' | 'account' | 'job', never>;

/** A change of the log, with the records it is about. */
export interface ChangeWithRecord {
  /** The company as it is when the event is rendered, which may be later than the change. */
  readonly tenant: Tenant;
  readonly change: Change;
  readonly thing: ChangedThing;
}

/** One event as kept: rendered once, encrypted again with each try. */
export interface RenderedEvent {
  readonly type: string;
  /** The clear text of the body, e.g. an envelope of JSON or an XML document. */
  readonly body: string;
  /** Where this one event goes instead of the subscription's address; JSON that only the dialect reads. */
  readonly address?: unknown;
}

/** Why a change gives a subscription no event, in one word of the dialect, e.g. `own-write`. */
export interface NotSent {
  readonly notSent: string;
}

/** An event that waits to be sent. */
export interface StoredEvent extends RenderedEvent {
  /** The same in each try, and never that of another event. */
  readonly eventId: string;
}

/** What differs between two tries of one event; given from outside, so that a test can repeat them. */
export interface Noise {
  /** The company's time, in epoch milliseconds. */
  readonly at: number;
  /** Ten decimal digits. */
  readonly nonce: string;
  /** Sixteen random bytes, for whatever the cipher needs. */
  readonly bytes: Uint8Array;
}

/** One request to an app's address, free of any HTTP library. For a connection the body alone counts. */
export interface EventRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the app answered. */
export interface EventAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The first 64 KB. */
  readonly body: string;
}

/** What an answer means. */
export interface EventVerdict {
  readonly isTaken: boolean;
  /** What is wrong, or odd, in one short sentence without anything that the app sent; null: nothing. */
  readonly reason: string | null;
}

/** How often and when an event is sent. */
export interface EventTries {
  /** How long an answer is waited for, and a connection before it; by the machine's clock. */
  readonly timeoutMs: number;
  readonly connectMs: number;
  /** How long is waited after each try that failed, by the company's clock; after the last one the event is dead. */
  readonly waitsMs: readonly number[];
}

/** The events of a platform: what a change tells an app, and how it is sent. Pure but for questions to the store. */
export interface DialectEvents {
  /** Lists the apps of a company that receive events. */
  readonly subscriptions: (tenant: Tenant) => readonly Subscription[];
  /** Renders the events that one change gives one app, in order; `eventId` gives the id of each by its place, from 0. */
  readonly render: (
    about: ChangeWithRecord,
    to: Subscription,
    eventId: (part: number) => string,
  ) => StoreTask<readonly RenderedEvent[] | NotSent>;
  /** Encodes one try: encrypts the body and signs it. */
  readonly encode: (event: StoredEvent, to: Subscription, tenant: Tenant, noise: Noise) => EventRequest;
  /** Makes the request by which the platform checks an address, and says whether an answer passes. */
  readonly check: (
    to: Subscription,
    tenant: Tenant,
    noise: Noise,
  ) => {
    readonly request: EventRequest;
    readonly timeoutMs: number;
    readonly passes: (answer: EventAnswer) => boolean;
  };
  /** Judges the app's answer to an event. */
  readonly judge: (answer: EventAnswer) => EventVerdict;
  readonly tries: EventTries;
  /** Whether an event waits for the one before of the same employee or thing only, or for any before of its app. */
  readonly order: 'subject' | 'app';
  /** How apps receive events over connections that they open; absent: they cannot. */
  readonly connections?: ConnectionProtocol;
}

/** The connections that apps opened to this node; filled by the server, used by whatever sends. */
export interface EventConnections {
  /** Returns whether the app has a connection here. */
  readonly isOpen: (tenant: number, app: string) => boolean;
  /** Writes an event to one of the app's connections; rejects when none is left or no answer comes in time. */
  readonly send: (
    tenant: number,
    app: string,
    event: StoredEvent,
    request: EventRequest,
    timeoutMs: number,
  ) => Promise<EventAnswer>;
  /** Calls back when an app opens its first connection here. */
  readonly onOpen: (opened: (tenant: number, app: string) => void) => void;
}
