import { randomUUID } from 'node:crypto';
import { clearInterval, setInterval } from 'node:timers';
import type { Consumer, ConsumerClaim } from '../directory/deliveries.ts';

/** The right to drive a consumer, as long as the signal is not aborted. */
export interface Claim<Kept extends ConsumerClaim = Consumer> {
  readonly consumer: Kept;
  readonly signal: AbortSignal;
}

/** Where leases are kept. */
export interface Leases<Kept extends ConsumerClaim> {
  claim(id: string, node: string, leaseMs: number): Promise<Kept | null>;
  renew(claim: ConsumerClaim, leaseMs: number): Promise<boolean>;
  release(claim: ConsumerClaim): Promise<void>;
}

/** Decides which node drives a consumer. It is for liveness only: what keeps two drivers apart is the epoch. */
export interface Claims<Kept extends ConsumerClaim = Consumer> {
  /** Returns the right to drive a consumer; null while another node has it, or the consumer is gone. */
  take(consumer: string): Promise<Claim<Kept> | null>;
  /** Gives it back, so that another node may take it at once. */
  release(claim: Claim<Kept>): Promise<void>;
  close(): void;
}

/** So long a node is believed to drive a consumer after its last sign; and how often it gives one. */
const LEASE_MS = 20_000;
const RENEWALS = 4;

/**
 * Claims by a lease in the consumer's row. On an embedded store there is one process, so its claim is always granted.
 * See docs/decisions/0017-event-outbox.md for why this is not an engine for jobs.
 */
export function leaseClaims<Kept extends ConsumerClaim>(
  leases: () => Leases<Kept>,
  isShared: boolean,
  leaseMs = LEASE_MS,
): Claims<Kept> {
  const node = isShared ? randomUUID() : 'embedded';
  const held = new Map<string, { readonly claim: Claim<Kept>; readonly ends: AbortController }>();
  const renew = async (): Promise<void> => {
    for (const { claim, ends } of held.values()) {
      const isHeld = await leases()
        .renew(claim.consumer, leaseMs)
        .catch(() => true);
      if (!isHeld) ends.abort();
    }
  };
  const timer = isShared ? setInterval(() => void renew(), leaseMs / RENEWALS).unref() : undefined;
  return {
    take: async (id) => {
      const consumer = await leases().claim(id, node, leaseMs);
      if (consumer === null) return null;
      const ends = new AbortController();
      const claim = { consumer, signal: ends.signal };
      held.set(id, { claim, ends });
      return claim;
    },
    release: async ({ consumer }) => {
      held.delete(consumer.id);
      if (isShared) await leases().release(consumer);
    },
    close: () => {
      clearInterval(timer);
    },
  };
}
