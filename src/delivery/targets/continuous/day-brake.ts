import type { Store } from '../../../directory/store.ts';
import type { KeptTarget } from '../../../directory/targets/target-store.ts';
import { trippedByDay, type Braked, type Counts } from '../plan/brake.ts';
import { mustHold, type Context } from './context.ts';

/** How long what was counted elsewhere is believed to be as it was read. */
const FRESH_MS = 60_000;

/** Counts what is done to people without a plan, and holds back what is over the limit of a day. */
export class DayBrake {
  #today: Record<string, number>;
  #linked: number;
  #readAt: number;

  private constructor(today: Counts, linked: number, readAt: number) {
    this.#today = { ...today };
    this.#linked = linked;
    this.#readAt = readAt;
  }

  /** Reads what was counted so far. */
  static async begin(store: Store, target: Pick<KeptTarget, 'id'>, now: number): Promise<DayBrake> {
    const [today, links] = await Promise.all([
      store.targets.braked(target.id, now),
      store.targets.countLinks(target.id),
    ]);
    return new DayBrake(today, links.linked ?? 0, now);
  }

  /** Whether it is to be read again, as hours pass and plans are applied. */
  isOld(now: number): boolean {
    return now - this.#readAt >= FRESH_MS;
  }

  /** Returns the kinds that would be over their limit of a day. */
  over({ settings }: Context, kinds: readonly Braked[]): readonly Braked[] {
    const basis = { linked: this.#linked, limits: settings.brake ?? {}, today: this.#today };
    return trippedByDay(countsOf(kinds), basis).map(({ what }) => what);
  }

  /** Counts kinds that are about to be done. */
  async count({ store, target, now }: Context, kinds: readonly Braked[]): Promise<void> {
    if (kinds.length === 0) return;
    const counts = countsOf(kinds);
    for (const kind of kinds) this.#today[kind] = (this.#today[kind] ?? 0) + 1;
    mustHold(await store.targets.countBraked(target, counts, now()));
  }
}

function countsOf(kinds: readonly Braked[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
