import { createHmac, timingSafeEqual } from 'node:crypto';
import type { App } from '../../../directory/auth/app.ts';
import type { Ids } from '../../../lib/ids.ts';

/** How long a ticket opens a connection. [proposed] */
const LIFE_MS = 60_000;
/** No ticket of ours is longer. */
const LONGEST = 1_024;
/** So many used tickets are remembered; a ticket that is older than the oldest of them opens nothing. */
const MAX_USED = 20_000;

/**
 * A ticket that names the app which asked for it, good for one connection. Nothing is kept until it is used, and its
 * key follows from the app's secret, so every node can read it and a new secret ends it.
 */
export function issueTicket(app: App, at: number, ids: Ids): string {
  const name = Buffer.from(app.key).toString('base64url');
  const signed = `${name}.${String(at + LIFE_MS)}.${ids.hex(32)}`;
  return `${signed}.${macOf(signed, app)}`;
}

/** Returns the key of the app that a ticket names; null for what cannot be one. */
export function appNamedIn(ticket: string): string | null {
  const [name = '', ...rest] = ticket.length > LONGEST ? [] : ticket.split('.');
  return name === '' || rest.length !== 3 ? null : Buffer.from(name, 'base64url').toString();
}

/** The tickets that were used on this node. */
export class UsedTickets {
  /** By their nonce, until when each would have been good; in order of use. */
  readonly #used = new Map<string, number>();
  /** Tickets that end before are refused: it cannot be known any more whether they were used. */
  #forgotten = 0;

  /** Whether the ticket is the app's, in time and used for the first time. */
  redeem(ticket: string, app: App, at: number): boolean {
    const [name = '', until = '', nonce = '', mac = ''] = ticket.split('.');
    const expected = macOf(`${name}.${until}.${nonce}`, app);
    if (mac.length !== expected.length || !timingSafeEqual(Buffer.from(mac), Buffer.from(expected))) return false;
    const end = Number(until);
    if (end <= at || end <= this.#forgotten || this.#used.has(nonce)) return false;
    this.#used.set(nonce, end);
    for (const [old, oldEnd] of this.#used) {
      if (oldEnd > at && this.#used.size <= MAX_USED) break;
      if (oldEnd > at) this.#forgotten = Math.max(this.#forgotten, oldEnd);
      this.#used.delete(old);
    }
    return true;
  }
}

function macOf(signed: string, { secret }: App): string {
  return createHmac('sha256', `ticket:${JSON.stringify(secret)}`)
    .update(signed)
    .digest('base64url');
}
