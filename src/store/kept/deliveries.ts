import type {
  Consumer,
  ConsumerClaim,
  ConsumerCounts,
  Deliveries,
  EventFilter,
  EventOutcome,
  Installation,
  KeptEvent,
  NewConsumer,
  NewEvent,
} from '../../directory/deliveries.ts';
import type { SqlSyntax, SqlTask, Statement, When, WriteResult } from '../engine.ts';
import {
  addConsumer,
  claimConsumer,
  consumers,
  endLease,
  followed,
  installation,
  newInstallation,
  removeConsumer,
  renewLease,
  setConsumerState,
} from '../queries/consumers.ts';
import {
  countEvents,
  newestEvents,
  resendEvents,
  settleEvents,
  takeEvents,
  trimEvents,
  waitingEvents,
} from '../queries/events.ts';

/** How consumers and events are read and written. */
export interface DeliveriesWithin {
  readonly flavor: SqlSyntax;
  readonly read: <Result>(work: () => SqlTask<Result>) => Promise<Result>;
  readonly write: <Result>(work: () => SqlTask<WriteResult<Result>>, when?: When) => Promise<Result>;
}

/** What the store keeps for those that follow the change log. */
export class DeliveriesKept implements Deliveries {
  readonly #within: DeliveriesWithin;

  constructor(within: DeliveriesWithin) {
    this.#within = within;
  }

  async installation(): Promise<Installation> {
    // Callers without credentials have it read, so it is written to once only.
    const known = await this.#within.read(installation);
    if (known !== null) return known;
    await this.#run([newInstallation()]);
    return await this.installation();
  }

  followed(change: number): Promise<void> {
    return this.#run([followed(change)]);
  }

  consumers(tenant?: number): Promise<readonly Consumer[]> {
    return this.#within.read(() => consumers(tenant));
  }

  add(consumer: NewConsumer): Promise<void> {
    return this.#run([addConsumer(consumer)]);
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.#run(ids.flatMap(removeConsumer));
  }

  claim(id: string, node: string, leaseMs: number): Promise<Consumer | null> {
    return this.#write(() => claimConsumer(this.#within.flavor, id, node, leaseMs));
  }

  renew(claim: ConsumerClaim, leaseMs: number): Promise<boolean> {
    return this.#write(() => renewLease(this.#within.flavor, claim, leaseMs));
  }

  release(claim: ConsumerClaim): Promise<void> {
    return this.#run([endLease(claim)]);
  }

  setState(claim: ConsumerClaim, state: Pick<Consumer, 'state' | 'reason' | 'checked'>): Promise<boolean> {
    return this.#write(() => setConsumerState(claim, state));
  }

  take(
    claim: ConsumerClaim,
    cursor: number,
    events: readonly NewEvent[],
    now: number,
  ): Promise<readonly (number | null)[] | null> {
    return this.#write(() => takeEvents(claim, cursor, events, now));
  }

  waiting(id: string, limit: number): Promise<readonly KeptEvent[]> {
    return this.#within.read(() => waitingEvents(id, limit));
  }

  settle(claim: ConsumerClaim, outcomes: readonly EventOutcome[]): Promise<boolean> {
    return this.#write(() => settleEvents(this.#within.flavor, claim, outcomes));
  }

  events(filter: EventFilter): Promise<readonly KeptEvent[]> {
    return this.#within.read(() => newestEvents(this.#within.flavor, filter));
  }

  resend(ids: readonly string[], which: { readonly number: number } | 'dead'): Promise<number> {
    return this.#write(() => resendEvents(this.#within.flavor, ids, which));
  }

  trim(consumer: string, now: number): Promise<void> {
    return this.#run(trimEvents(consumer, now));
  }

  counts(): Promise<readonly ConsumerCounts[]> {
    return this.#within.read(countEvents);
  }

  #run(deferred: readonly Statement[]): Promise<void> {
    // eslint-disable-next-line require-yield -- there is nothing to ask
    return this.#within.write(function* (): SqlTask<WriteResult<void>> {
      return { result: undefined, deferred };
    });
  }

  #write<Result>(work: () => SqlTask<Result>): Promise<Result> {
    return this.#within.write(function* () {
      return { result: yield* work(), deferred: [] };
    });
  }
}
