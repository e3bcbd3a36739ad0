import type { Tenant } from '../../directory/tenant.ts';
import { LruCache } from '../../lib/lru-cache.ts';
import { queryUnderLock, type Engine, type SqlTask } from '../engine.ts';
import { loadTenant, tenantLock, tenantVersion, type LoadedTenant, type TenantRef } from '../queries/tenants.ts';
import type { CacheAdmission, TransactionContext } from './transaction-context.ts';

/** How many companies are remembered. */
const MAX_TENANTS = 1_000;

/**
 * Companies as they were loaded last. Where other processes write the same data, one is believed only if its version,
 * asked for at the same time, is still the same.
 */
export class TenantCache {
  readonly #engine: Engine;
  readonly #admission: CacheAdmission;
  readonly #tenants = new LruCache<number, LoadedTenant>(MAX_TENANTS);

  constructor(engine: Engine, admission: CacheAdmission) {
    this.#engine = engine;
    this.#admission = admission;
  }

  /** Returns a company without asking; undefined where it is not remembered. */
  peek(number: number): Tenant | undefined {
    return this.#tenants.get(number)?.tenant;
  }

  /** Loads a company, or believes what is remembered of it. */
  *load(number: number, run: TransactionContext): SqlTask<Tenant | null> {
    const known = this.#tenants.get(number);
    if (this.#engine.isShared) {
      const sure = run.tenants.get(number);
      if (sure !== undefined) return sure.tenant;
      const version = yield* this.#version(number, run);
      if (known !== undefined && known.version === version) {
        run.tenants.set(number, known);
        return known.tenant;
      }
    } else if (known !== undefined) return known.tenant;
    const loaded = yield* loadTenant(number);
    if (loaded === null) return null;
    run.tenants.set(number, loaded);
    this.#admission.learn(run, () => {
      this.#tenants.set(number, loaded);
    });
    return loaded.tenant;
  }

  /** Loads the company that a look-up finds; null where it finds none. */
  *loadByRef(lookup: SqlTask<TenantRef | null>, run: TransactionContext): SqlTask<Tenant | null> {
    const ref = yield* lookup;
    if (ref === null) return null;
    run.versions.set(ref.number, ref.version);
    return yield* this.load(ref.number, run);
  }

  /** Forgets a company at once, before the commit: the next work of the same group must already see the change. */
  forget(number: number): void {
    this.#admission.forget();
    this.#tenants.delete(number);
  }

  /** Loads the version of a company; a write locks it until it is done. */
  *#version(number: number, run: TransactionContext): SqlTask<number | null> {
    const known = run.isWrite ? undefined : run.versions.get(number);
    if (known !== undefined) return known;
    const shared = run.isWrite ? this.#engine.flavor.sharedLock(tenantLock(number)) : null;
    const [row] = yield* queryUnderLock(shared, tenantVersion(number));
    return row === undefined ? null : Number(row['version']);
  }
}
