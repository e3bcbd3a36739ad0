import type { Store } from '../../../directory/store.ts';
import type { KeptTarget } from '../../../directory/targets/target-store.ts';
import { trippedByDay, type Braked } from '../plan/brake.ts';
import { mustHold, type Context } from './context.ts';
import { currentIntentOf, outcomeOf } from './kept.ts';
import type { ToSend } from './prepare.ts';

/** How long what was counted elsewhere is believed to be as it was read. */
const FRESH_MS = 60_000;

/** What is about to be done to one person, as far as the brake counts it. */
export interface Reservation {
  /** Counts it: it is sent now. */
  count(context: Context): Promise<void>;
  /** It was not sent. */
  free(): void;
}

/** Counts what is done to people without a plan, and holds back what is over the limit of a day. */
export class DayBrake {
  readonly #reserved = new Map<Braked, number>();
  #today: Record<string, number> = {};
  #linked = 0;
  #readAt = -Infinity;

  /** Reads what was counted so far. */
  async read(store: Store, target: Pick<KeptTarget, 'id'>, now: number): Promise<void> {
    const [today, links] = await Promise.all([
      store.targets.braked(target.id, now),
      store.targets.countLinks(target.id),
    ]);
    this.#today = { ...today };
    this.#linked = links.linked ?? 0;
    this.#readAt = now;
  }

  /** Whether it is to be read, as hours pass and plans are applied. */
  isOld(now: number): boolean {
    return now - this.#readAt >= FRESH_MS;
  }

  /** Returns the kinds that would be over their limit of a day. */
  over({ settings }: Context, kinds: readonly Braked[]): readonly Braked[] {
    const today = { ...this.#today };
    for (const [kind, count] of this.#reserved) today[kind] = (today[kind] ?? 0) + count;
    const basis = { linked: this.#linked, limits: settings.brake ?? {}, today };
    return trippedByDay(countsOf(kinds), basis).map(({ what }) => what);
  }

  /** Returns what of a delivery is counted for the first time, and what has it wait for approval. */
  weigh(
    context: Context,
    { delivery, counts, asked }: ToSend,
  ): { readonly fresh: readonly Braked[]; readonly over: readonly Braked[] } {
    const counted = new Set(currentIntentOf(delivery)?.counted);
    const allowed = new Set(outcomeOf(delivery)?.allowed);
    const isNew = (kind: Braked): boolean => !counted.has(kind);
    const fresh = counts.filter(isNew);
    const over = new Set([...asked.filter(isNew), ...this.over(context, fresh)]);
    return { fresh, over: [...over].filter((kind) => !allowed.has(kind)) };
  }

  /** Keeps room for kinds that are about to be done, so that many at a time are not over the limit. */
  reserve(kinds: readonly Braked[]): Reservation {
    let left = kinds;
    const free = (): void => {
      for (const kind of left) this.#reserved.set(kind, (this.#reserved.get(kind) ?? 0) - 1);
      left = [];
    };
    for (const kind of kinds) this.#reserved.set(kind, (this.#reserved.get(kind) ?? 0) + 1);
    return {
      free,
      count: async (context) => {
        const counted = left;
        free();
        await this.#count(context, counted);
      },
    };
  }

  async #count({ store, target, now }: Context, kinds: readonly Braked[]): Promise<void> {
    if (kinds.length === 0) return;
    for (const kind of kinds) this.#today[kind] = (this.#today[kind] ?? 0) + 1;
    mustHold(await store.targets.countBraked(target, countsOf(kinds), now()));
  }
}

function countsOf(kinds: readonly Braked[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
