import type { Store } from './store.ts';
import { LruCache } from '../lib/lru-cache.ts';

/** Something that a platform would have delivered. Nothing leaves the machine: it waits here to be looked at. */
export interface OutboxMessage {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly platform: string;
  readonly kind: 'message' | 'invitation' | 'join';
  /** The operation that gave rise to it, as the dialect's coverage names it. */
  readonly operation: string;
  /** As the platform names the app; null where no app sent it. */
  readonly app: string | null;
  /** The id of the request. */
  readonly request: string;
  /** Own id of each employee, and the platform's. */
  readonly recipients: readonly OutboxRecipient[];
  readonly channel: 'sms' | 'mail' | null;
  readonly address: string | null;
  readonly msgid?: string;
  readonly msgtype?: string;
  readonly body?: unknown;
  /** What tells a duplicate. */
  readonly digest?: string;
  /** Recipients who are not reached, for they had too many already. */
  readonly dropped: readonly OutboxRecipient[];
}

/** A recipient among the employees. */
export interface OutboxRecipient {
  readonly employee: string;
  readonly userid: string;
}

/** The same as kept. */
export interface OutboxRecord extends OutboxMessage {
  /** Increases with every record of the company. */
  readonly number: number;
  /** How often the same was sent again within the time that counts as a duplicate. */
  duplicates: number;
  /** Epoch milliseconds; null: it was not recalled. */
  recalledAt: number | null;
}

interface Kept {
  readonly record: OutboxRecord;
  readonly bytes: number;
  /** Makes the invited person join; absent for other messages. */
  readonly accept?: () => Promise<boolean>;
}

/** Of each company so much is kept, the latest; of more companies than that those used last. */
const MAX_RECORDS = 1_000;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_COMPANIES = 256;

/** What the companies of a store would have delivered, as far as this node did it; kept in memory alone. */
export class Outbox {
  readonly #companies = new LruCache<number, { kept: Kept[]; bytes: number; last: number }>(MAX_COMPANIES);

  /** Puts a message into the outbox; `accept` is what follows when an invitation is accepted. */
  add(tenant: number, message: OutboxMessage, accept?: () => Promise<boolean>): OutboxRecord {
    const company = this.#companies.get(tenant) ?? { kept: [], bytes: 0, last: 0 };
    this.#companies.set(tenant, company);
    const record: OutboxRecord = { ...message, number: ++company.last, duplicates: 0, recalledAt: null };
    const bytes = JSON.stringify(record).length;
    company.kept.push({ record, bytes, ...(accept === undefined ? {} : { accept }) });
    company.bytes += bytes;
    // The newest stays, however large it is: a request has a bound of its own.
    while (company.kept.length > 1 && (company.kept.length > MAX_RECORDS || company.bytes > MAX_BYTES))
      company.bytes -= company.kept.shift()?.bytes ?? 0;
    return record;
  }

  /** The records of a company, the newest first. */
  list(tenant: number): readonly OutboxRecord[] {
    return (this.#companies.get(tenant)?.kept ?? []).map(({ record }) => record).toReversed();
  }

  /** Empties the outbox of a company. */
  clear(tenant: number): void {
    const company = this.#companies.get(tenant);
    if (company === undefined) return;
    company.kept = [];
    company.bytes = 0;
  }

  /** Accepts an invitation: whether somebody joined; null where there is no such invitation. */
  accept(tenant: number, number: number): Promise<boolean> | null {
    const kept = this.#companies.get(tenant)?.kept.find(({ record }) => record.number === number);
    return kept?.accept?.() ?? null;
  }
}

const outboxes = new WeakMap<Store, Outbox>();

/** The outbox of a store's companies. */
export function outboxOf(store: Store): Outbox {
  let outbox = outboxes.get(store);
  if (outbox === undefined) {
    outbox = new Outbox();
    outboxes.set(store, outbox);
  }
  return outbox;
}
