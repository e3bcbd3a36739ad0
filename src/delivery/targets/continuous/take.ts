import { randomUUID } from 'node:crypto';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type LogPage, type QueryParams, type Store, type StoreTask } from '../../../directory/store.ts';
import type { KeptTarget, Subject, TakenSubject } from '../../../directory/targets/target-store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { PACE } from './context.ts';
import { ownPeople, type OwnCompany } from '../own-people.ts';
import { scopeOf } from '../plan/scope.ts';

/** The next piece of the log, and whose state is to be delivered because of it. */
export interface TakenPage {
  readonly page: LogPage;
  readonly subjects: readonly TakenSubject[];
}

/** Reads the next piece of the log for a target. Many changes of one subject become one delivery. */
export async function takeNext(store: Store, { target, tenant, settled, limit }: Following): Promise<TakenPage> {
  const about = { tenant: tenant.number, after: target.cursor, limit, settled };
  const { newest, ...page } = await store.read(() => load('changed-employees-after', about));
  if (newest.size === 0) return { page, subjects: [] };
  const ids = [...newest.keys()];
  const links = await store.targets.linksOf(target.id, ids.map(employeeSubject));
  const linked = new Map(links.map((link) => [link.subject, link]));
  const isOurs = await whoIsInScope(
    store,
    tenant,
    target.platform,
    ids.filter((id) => !linked.has(id)),
  );
  return {
    page,
    subjects: ids.flatMap((subject): readonly TakenSubject[] => {
      const toChange = newest.get(subject) ?? 0;
      const link = linked.get(subject);
      // A newer state is there already, or no one there is meant.
      if (link === undefined ? !isOurs.has(subject) : link.state !== 'linked' || link.delivered >= toChange) return [];
      return [{ kind: 'employee', subject, id: randomUUID(), fromChange: link?.delivered ?? 0, toChange }];
    }),
  };
}

/** When a driver reads the log: once for all that is written in a moment, however much that is. */
export class Looks {
  #lookedAt = -Infinity;
  /** Infinity: once something is written. */
  #lookAt = -Infinity;

  /** Something was written. Returns whether the log is read earlier because of it. */
  changed(): boolean {
    const at = this.#lookedAt + PACE.lookMs;
    if (at >= this.#lookAt) return false;
    this.#lookAt = at;
    return true;
  }

  /** In how many milliseconds it is to be read. */
  inMs(now: number): number {
    return Math.max(0, this.#lookAt - now);
  }

  /** It is read now: what is written from now on has it read again. */
  begin(now: number): void {
    this.#lookedAt = now;
    this.#lookAt = Infinity;
  }

  /** Takes notice of what was read. */
  end({ gap, isEnd }: LogPage, isShared: boolean): void {
    const ms = gap !== null ? PACE.gapMs : !isEnd ? 0 : isShared ? PACE.sharedMs : Infinity;
    this.#lookAt = Math.min(this.#lookAt, this.#lookedAt + ms);
  }
}

/** Whose log is followed, and from where. */
export interface Following {
  readonly target: KeptTarget;
  readonly tenant: Tenant;
  /** Up to which number a missing one is known to be of nothing. */
  readonly settled: number;
  readonly limit: number;
}

/** Returns those of some employees who are not there yet and are to be. */
async function whoIsInScope(
  store: Store,
  tenant: Tenant,
  platform: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const settings = tenant.parts.targets?.[platform];
  const isInScope = scopeOf(settings?.scope, tenant.parts.departments);
  const found = await store.read(() => load('employees-by-id', { tenant: tenant.number, ids }));
  const people = ownPeople(companyOf(tenant, [...found.values()]));
  return new Set(people.flatMap((one) => (one.isInService && isInScope(one) ? [one.id] : [])));
}

/** Reads some employees, and before that up to which change each has at the least. */
export function* recordsNow(about: QueryParams['employees-by-id']): StoreTask<{
  readonly newest: ReadonlyMap<string, number>;
  readonly records: ReadonlyMap<string, Employee>;
}> {
  const newest = yield* load('newest-changes-of', about);
  return { newest, records: yield* load('employees-by-id', about) };
}

/** Returns some employees of a company in the form that is compared. */
export function companyOf({ parts }: Tenant, employees: readonly Employee[]): OwnCompany {
  const { secondLocale, departments, catalogs, customFields } = parts;
  return { secondLocale, departments, catalogs, customFields, employees };
}

/** Returns an employee as the subject of a link or a delivery. */
export function employeeSubject(subject: string): Subject {
  return { kind: 'employee', subject };
}
