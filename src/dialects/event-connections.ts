import type { App } from '../directory/auth/app.ts';
import type { Store } from '../directory/store.ts';
import type { Tenant } from '../directory/tenant.ts';

/** What letting a client in may use. */
export interface AdmissionContext {
  readonly store: Store;
  /** The present instant, as `DialectContext` has it. */
  readonly now: (tenant: Tenant | null) => number;
}

/** How apps of a platform open connections to receive events, and what is written over them. */
export interface ConnectionProtocol {
  /** The path at which a connection is opened. */
  readonly path: string;
  /** Lets a client in by the query of its request, or says why not. */
  readonly admit: (query: URLSearchParams, context: AdmissionContext) => Promise<Admission | ConnectionRefusal>;
  /** How many connections of one app there may be at a time. */
  readonly maxPerApp: number;
  /** The answer to a client that opens one more. */
  readonly full: ConnectionRefusal;
  /** The largest message that a client may send, in bytes. */
  readonly maxMessageBytes: number;
  /** A connection on which nothing came for so long is closed. */
  readonly silenceMs: number;
}

/** A client that may connect. */
export interface Admission {
  readonly tenant: Tenant;
  readonly app: App;
  readonly session: ConnectionSession;
}

/** The answer to a client that may not connect, sent instead of the handshake. */
export interface ConnectionRefusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is written over one connection, and what comes over it. */
export interface ConnectionSession {
  /** Writes an event as messages, in order. */
  readonly messages: (eventId: string, body: string) => readonly Uint8Array[];
  /** Reads a message of the client: what is replied, or the answer to an event; null where it is neither. */
  readonly received: (message: Uint8Array) => Received | null;
}

/** What a message of a client is. */
export type Received =
  | { readonly reply: Uint8Array }
  /** The answer to the event with this id. */
  | { readonly eventId: string; readonly answer: { readonly status: number; readonly body: string } };

/** What a dialect may ask of the connections that apps opened to this node. */
export interface OpenConnections {
  /** Whether connections can be opened here at all. */
  readonly isServed: boolean;
  /** How many connections an app has here; the app by its own id. */
  readonly countOf: (tenant: number, app: string) => number;
}
