import { randomUUID } from 'node:crypto';
import type { Delivery } from '../../../../directory/targets/target-store.ts';
import { TakenOverError, type Context } from '../context.ts';
import { waitsFor } from '../kept.ts';
import { employeeSubject } from '../take.ts';

/** So many deliveries that ended without a value of a colleague are remembered, and so many colleagues; a retry sends the rest. */
const MAX_REMEMBERED = 1_000;

/** Remembers who could not get a value that a colleague still had there, so that it is sent once the colleague is done. */
export class Blocked {
  readonly #by = new Map<string, Set<string>>();
  readonly #freed = new Set<string>();

  /** Reads who was left so by earlier drivers; who a plan has brought further since is looked at at once. */
  async begin({ store, target }: Pick<Context, 'store' | 'target'>): Promise<void> {
    const { targets } = store;
    const ended = await targets.deliveries(target.id, { states: ['dead', 'partial'], limit: MAX_REMEMBERED });
    const waiting = ended.filter((one) => one.plan === null && waitsFor(one).length > 0);
    for (const one of waiting) this.closed(one);
    const holders = [...new Set(waiting.flatMap(waitsFor))].map(employeeSubject);
    const links = new Map((await targets.linksOf(target.id, holders)).map((link) => [link.subject, link]));
    for (const one of waiting) {
      const isSince = (holder: string): boolean => (links.get(holder)?.baseAt ?? 0) > one.updatedAt;
      if (waitsFor(one).some(isSince)) this.#freed.add(one.subject);
    }
  }

  /** A delivery is over. */
  closed(delivery: Delivery): void {
    const { subject, state } = delivery;
    if (state === 'dead' || state === 'partial') {
      for (const holder of waitsFor(delivery)) this.#remember(holder, subject);
    }
    // What was given up leaves the value where it was.
    if (state === 'dead') return;
    for (const one of this.#by.get(subject) ?? []) this.#freed.add(one);
    this.#by.delete(subject);
  }

  #remember(holder: string, subject: string): void {
    const waiting = this.#by.get(holder) ?? new Set();
    if (this.#by.size < MAX_REMEMBERED || waiting.size > 0) this.#by.set(holder, waiting.add(subject));
  }

  /** Opens deliveries of those whose colleagues are done; nothing of who has had a newer one since. */
  async reopen({ store, target, now }: Context): Promise<readonly Delivery[]> {
    if (this.#freed.size === 0) return [];
    const { targets } = store;
    const fresh = [];
    const subjects = [...this.#freed];
    for (const subject of subjects) {
      const [newest] = await targets.deliveries(target.id, { subject: employeeSubject(subject), limit: 1 });
      if (newest === undefined || !isLeft(newest)) continue;
      const { kind, operation, fromChange, toChange } = newest;
      fresh.push({ kind, subject, operation, fromChange, toChange, ...NEW, id: randomUUID() });
    }
    const opened = fresh.length === 0 ? [] : await targets.open(target, fresh, now());
    if (opened === null) throw new TakenOverError();
    for (const subject of subjects) this.#freed.delete(subject);
    return opened.length === 0 ? [] : await targets.deliveries(target.id, { ids: opened, limit: opened.length });
  }
}

const NEW = { plan: null, step: null, predicted: null } as const;

function isLeft(delivery: Delivery): boolean {
  return (delivery.state === 'dead' || delivery.state === 'partial') && waitsFor(delivery).length > 0;
}
