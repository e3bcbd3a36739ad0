import type { DialectEvents, EventAnswer, EventConnections, EventRequest } from '../../dialects/events.ts';
import type { EventOutcome, KeptEvent } from '../../directory/deliveries.ts';
import type { Store } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Claims } from '../claims.ts';

/** Sends one request and reads the answer. Rejects with an error whose message is a sentence without the address. */
export type Post = (
  request: EventRequest,
  limits: {
    readonly timeoutMs: number;
    readonly connectMs: number;
    /** Whether the address came with a call instead of the company file. */
    readonly isFromCaller: boolean;
  },
) => Promise<EventAnswer>;

/** One try, for metrics and the journal. */
export interface Tried {
  readonly tenant: Tenant;
  readonly platform: string;
  readonly app: string;
  readonly event: KeptEvent;
  /** Null: none could be made. */
  readonly request: EventRequest | null;
  /** Null: there was none. */
  readonly answer: EventAnswer | null;
  readonly outcome: EventOutcome;
  readonly startedAt: number;
  readonly ms: number;
}

/** A platform that has events. */
export interface EventPlatform {
  readonly name: string;
  readonly events?: DialectEvents;
}

/** What drivers of subscribers use. */
export interface SubscriberPorts {
  readonly store: () => Store;
  readonly platforms: readonly EventPlatform[];
  readonly clock: Clock;
  readonly companyNow: (tenant: Tenant) => number;
  readonly claims: Claims;
  readonly post: Post;
  /** Absent: no app can open a connection here. */
  readonly connections?: EventConnections;
  readonly log: Log;
  readonly tried: (tried: Tried) => void;
}
