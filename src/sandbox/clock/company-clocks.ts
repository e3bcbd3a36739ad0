import { companyTime, type CompanyClock } from '../../directory/company-clock.ts';
import { load, type Decision, type Store, type StoreTask } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { RateLimiter } from '../../lib/rate-limiter.ts';
import type { ClockView } from './contract.ts';
import { dueBetween, type TimedPlatform } from './due.ts';
import { movedClock, type ClockMove, type MoveResult, type MoveRefusal } from './move.ts';

/** What the clocks of companies are made of. */
export interface CompanyClocksOptions {
  readonly store: () => Store;
  readonly limiter: () => RateLimiter;
  readonly platforms: readonly TimedPlatform[];
  /** The system's time, in epoch milliseconds. */
  readonly now: () => number;
}

/** Reads and moves the clocks of companies. */
export class CompanyClocks {
  readonly #options: CompanyClocksOptions;

  constructor(options: CompanyClocksOptions) {
    this.#options = options;
  }

  /** Shows a company's clock; null where there is no such company. */
  async show(key: string): Promise<ClockView | null> {
    const tenant = await this.#options.store().tenantByKey(key);
    if (tenant === null) return null;
    return viewOf(tenant.parts.clock, companyTime(tenant, this.#options.now()), { due: [], more: 0 });
  }

  /** Moves a company's clock, or says what moving it would make due; null where there is no such company. */
  async move(key: string, move: ClockMove, isPlan = false): Promise<ClockView | MoveRefusal | null> {
    const store = this.#options.store();
    const found = await store.tenantByKey(key);
    if (found === null) return null;
    const systemAt = this.#options.now();
    const done = isPlan
      ? planned(found, move, systemAt)
      : await store.write(() => decideMove(found.number, move, systemAt));
    if (done === null || typeof done === 'string') return done;
    const { tenant, moved } = done;
    const limiter = this.#options.limiter();
    const list = await dueBetween({ store, limiter, platforms: this.#options.platforms }, tenant, [
      moved.from,
      moved.to,
    ]);
    return isPlan ? viewOf(tenant.parts.clock, moved.from, list) : viewOf(moved.clock, moved.to, list);
  }
}

interface Done {
  readonly tenant: Tenant;
  readonly moved: MoveResult;
}

function planned(tenant: Tenant, move: ClockMove, systemAt: number): Done | MoveRefusal {
  const moved = movedClock(tenant.parts.clock, move, systemAt);
  return typeof moved === 'string' ? moved : { tenant, moved };
}

/** One after the other: the company's lock is held while its clock is moved. */
function* decideMove(
  number: number,
  move: ClockMove,
  systemAt: number,
): StoreTask<Decision<Done | MoveRefusal | null>> {
  const tenant = yield* load('tenant', { number });
  if (tenant === null) return { answer: null, effects: [] };
  const answer = planned(tenant, move, systemAt);
  if (typeof answer === 'string') return { answer, effects: [] };
  const { number: _number, ...parts } = tenant.parts;
  return { answer, effects: [{ write: 'tenant', now: tenant, parts: { ...parts, clock: answer.moved.clock } }] };
}

function viewOf(clock: CompanyClock | undefined, now: number, list: Pick<ClockView, 'due' | 'more'>): ClockView {
  return { now: new Date(now).toISOString(), mode: clock?.mode ?? 'system', epoch: clock?.epoch ?? 0, ...list };
}
