import type { Link, TargetStore } from '../../directory/targets/target-store.ts';
import type { WaitingDepartments } from '../../directory/targets/target-view.ts';
import { LruCache } from '../../lib/lru-cache.ts';
import { departmentsWaiting } from './departments-waiting.ts';
import type { OwnCompany } from './own-people.ts';

/** So many departments that wait are named. */
const MAX_NAMED = 10;
/** Links that are read in one query. */
const PAGE = 500;
/** So many targets are remembered. */
const MAX_TARGETS = 1_000;

type Waiting = Omit<WaitingDepartments, 'wanted'>;
type Departments = OwnCompany['departments'];

interface Look {
  readonly departments: Departments;
  readonly mark: string;
  readonly waiting: Waiting;
}

/**
 * Says which departments of a target wait for a plan. A page asks every few seconds, and to read and compare the links of 20,000
 * departments takes a tenth of a second: they are read again only where our departments or what is agreed on of one changed.
 */
export class WaitingLooks {
  readonly #looks = new LruCache<string, Look>(MAX_TARGETS);

  /** Returns those that wait; `departments` is the very list of the company, which is another one after each change. */
  async of(store: Pick<TargetStore, 'links' | 'linkMark'>, target: string, departments: Departments): Promise<Waiting> {
    // Asked for first: what changes while the links are read is seen by the next look.
    const mark = await store.linkMark(target, 'department');
    const last = this.#looks.get(target);
    if (last?.mark === mark && last.departments === departments) return last.waiting;
    const all = departmentsWaiting(departments, await linkedDepartments(store, target));
    const waiting = { count: all.length, first: all.slice(0, MAX_NAMED) };
    this.#looks.set(target, { departments, mark, waiting });
    return waiting;
  }

  /** Has the next look read all links of a target. */
  forget(target: string): void {
    this.#looks.delete(target);
  }
}

async function linkedDepartments(store: Pick<TargetStore, 'links'>, target: string): Promise<readonly Link[]> {
  const all: Link[] = [];
  for (;;) {
    const after = all.at(-1);
    const page = await store.links(target, {
      kind: 'department',
      state: 'linked',
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}
