import type { KeptRequests } from '../directory/kept-requests.ts';
import type { AppFound, Backups } from '../directory/backup.ts';
import type { Checked } from '../directory/checked.ts';
import type { Deliveries } from '../directory/deliveries.ts';
import type { TargetStore } from '../directory/targets/target-store.ts';
import type { Employee } from '../directory/employees/employee.ts';
import type {
  ChangeListener,
  Decision,
  Remaking,
  Snapshots,
  Store,
  StoreTask,
  TenantContents,
  TenantRewrite,
} from '../directory/store.ts';
import type { Tenant } from '../directory/tenant.ts';
import type { Metric } from '../lib/metrics.ts';
import { appWithSecret } from './app-secrets.ts';
import { backupsOf } from './backups.ts';
import { EngineStore } from './engine-store.ts';
import type { Engine } from './engine.ts';

/** A store with the operations of its operator. */
export interface OpenedStore extends Store {
  /** Where the database is copied by tools of its own: the sentence that names them. */
  readonly backups: Backups | string;
  readonly metrics: readonly Metric[];
  /** Looks through everything that is kept, while work goes on. */
  check(): Promise<Checked>;
  /**
   * What is kept now, for work that asks several times: once a copy was put in the place of everything it refuses with
   * `StoreBusyError`, so that a number from before never names somebody else.
   */
  current(): Store;
  /** The first app that has one of these secrets; null where none has. */
  appWithSecret(secrets: readonly string[]): Promise<AppFound | null>;
}

/** The store of an engine, whose contents may be replaced as a whole while it is in use. */
export class ReplaceableStore implements OpenedStore {
  readonly backups: Backups | string;
  readonly metrics: readonly Metric[];
  readonly #engine: Engine;
  #current: EngineStore;
  #listener: ChangeListener | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#current = new EngineStore(engine);
    this.metrics = engine.metrics;
    this.backups = backupsOf(engine, () => {
      this.#current.end();
      this.#current = new EngineStore(engine);
      this.#current.onChange(this.#listener);
      this.#listener?.(null, false);
    });
  }

  get snapshots(): Snapshots {
    return this.#current.snapshots;
  }

  get requests(): KeptRequests {
    return this.#current.requests;
  }

  get targets(): TargetStore {
    return this.#current.targets;
  }

  get deliveries(): Deliveries {
    return this.#current.deliveries;
  }

  onChange(listener: ChangeListener | null): void {
    this.#listener = listener;
    this.#current.onChange(listener);
  }

  current(): Store {
    return this.#current;
  }

  appWithSecret(secrets: readonly string[]): Promise<AppFound | null> {
    return this.#engine.read(() => appWithSecret(secrets));
  }

  read<Answer>(work: () => StoreTask<Answer>): Promise<Answer> {
    return this.#current.read(work);
  }

  write<Answer>(work: () => StoreTask<Decision<Answer>>): Promise<Answer> {
    return this.#current.write(work);
  }

  tenant(number: number): Promise<Tenant | null> {
    return this.#current.tenant(number);
  }

  tenantByKey(key: string): Promise<Tenant | null> {
    return this.#current.tenantByKey(key);
  }

  tenantByName(space: string, value: string): Promise<Tenant | null> {
    return this.#current.tenantByName(space, value);
  }

  tenantByApp(dialect: string, key: string): Promise<Tenant | null> {
    return this.#current.tenantByApp(dialect, key);
  }

  get isShared(): boolean {
    return this.#current.isShared;
  }

  countUp(tenant: number, name: string): Promise<number> {
    return this.#current.countUp(tenant, name);
  }

  countOf(tenant: number, name: string): Promise<number> {
    return this.#current.countOf(tenant, name);
  }

  endCount(tenant: number, name: string): Promise<void> {
    return this.#current.endCount(tenant, name);
  }

  tenantKeys(): Promise<readonly string[]> {
    return this.#current.tenantKeys();
  }

  employees(tenant: number): AsyncIterable<Employee> {
    return this.#current.employees(tenant);
  }

  rewriteTenant<Answer>(key: string, work: (now: Tenant | null) => StoreTask<TenantRewrite<Answer>>): Promise<Answer> {
    return this.#current.rewriteTenant(key, work);
  }

  consider<Answer>(key: string, work: (now: TenantContents | null) => StoreTask<Answer>): Promise<Answer> {
    return this.#current.consider(key, work);
  }

  remakeTenant<Answer>(
    key: string,
    work: (now: TenantContents | null) => StoreTask<Remaking<Answer>>,
  ): Promise<Answer> {
    return this.#current.remakeTenant(key, work);
  }

  check(): Promise<Checked> {
    return this.#engine.check();
  }

  isReady(): Promise<boolean> {
    return this.#engine.isReady();
  }

  async close(): Promise<void> {
    await this.#engine.close();
    this.#current.end('the store is closed');
  }
}
