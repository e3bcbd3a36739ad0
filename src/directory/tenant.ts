import type { App } from './auth/app.ts';
import { Catalog, type CatalogEntry, type CatalogName } from './catalog.ts';
import type { CompanyClock } from './company-clock.ts';
import { isoCountries } from './countries.ts';
import { CustomFields, type CustomField } from './custom-field.ts';
import type { FaultRule } from './faults/fault.ts';
import type { Suppression } from './suppression.ts';
import type { Targets } from './targets/target.ts';
import { DepartmentTree, type Department } from './departments/department.ts';

/** Whether a company is in use; a dissolved one is kept, but no longer holds its people's login identifiers. */
export type TenantState = 'in-use' | 'dissolved';

/** What is known of the last company file that was applied. */
export interface AppliedFile {
  /** The number of the newest change, of any company, before it. */
  readonly change: number;
  /** Of the company without its employees, as the file made it. */
  readonly digest: string;
}

/** One company without its employees, as kept. */
export interface TenantData {
  /** The store's own number for it. */
  readonly number: number;
  /** The name that the company file and the admin API know it by. */
  readonly key: string;
  readonly name: string;
  readonly state: TenantState;
  /** Locale of the second name that some platforms keep, e.g. `en-US`. */
  readonly secondLocale: string;
  /** Names under which a platform knows the whole company, keyed by space; unique over all tenants. */
  readonly names: Readonly<Record<string, string>>;
  readonly departments: readonly Department[];
  /** Departments that were removed, the latest last, each dated by its removal; absent: none was. */
  readonly removedDepartments?: readonly Department[];
  readonly catalogs: readonly CatalogEntry[];
  readonly customFields: readonly CustomField[];
  readonly apps: readonly App[];
  /** Each dialect's settings of the company; typed and read by that dialect only. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The realm of the logins of its people; absent: that of all companies that name none. */
  readonly loginRealm?: string;
  /** How the workbench shows it; absent: people are masked. */
  readonly sandbox?: CompanySandbox;
  /** Live tenants that it may be connected with; absent: none. */
  readonly targets?: Targets;
  /** Absent: no company file was applied since there are such marks. */
  readonly appliedFile?: AppliedFile;
  /** Absent: the company has the system's time. */
  readonly clock?: CompanyClock;
  /** Rules that make calls fail, in order; absent: none. */
  readonly faults?: readonly FaultRule[];
  /** Findings on its clients that are accepted; absent: none. */
  readonly suppressions?: readonly Suppression[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** How the workbench shows a company. */
export interface CompanySandbox {
  /** `show`: its people do not exist, so nothing about them is masked. */
  readonly personal_data?: 'mask' | 'show';
}

/**
 * One company as it is at one moment: everything but its employees, found by any id. It never changes; the store hands
 * out another one after something of it was changed, so whatever is worked out from it may be remembered with it.
 */
export class Tenant {
  readonly parts: TenantData;
  readonly number: number;
  readonly key: string;
  readonly departments: DepartmentTree;
  readonly customFields: CustomFields;
  readonly #catalogs = new Map<string, Catalog>();
  readonly #apps = new Map<string, App>();
  readonly #derived = new Map<symbol, unknown>();

  constructor(parts: TenantData) {
    this.parts = parts;
    this.number = parts.number;
    this.key = parts.key;
    this.departments = new DepartmentTree(parts.departments);
    this.customFields = new CustomFields(parts.customFields);
    const lists = new Map<string, CatalogEntry[]>();
    for (const entry of parts.catalogs) {
      const list = lists.get(entry.catalog);
      if (list === undefined) lists.set(entry.catalog, [entry]);
      else list.push(entry);
    }
    for (const [name, entries] of lists) this.#catalogs.set(name, new Catalog(entries));
    for (const app of parts.apps) this.#apps.set(app.id, app);
  }

  get isInUse(): boolean {
    return this.parts.state === 'in-use';
  }

  /** The list of that name; empty where the tenant keeps none, but for countries, which are those of the world then. */
  catalog(name: CatalogName): Catalog {
    return this.#catalogs.get(name) ?? (name === 'country' ? (world ??= new Catalog(isoCountries())) : EMPTY);
  }

  app(id: string): App | undefined {
    return this.#apps.get(id);
  }

  /** The app of a dialect that callers name by this key. */
  appByKey(dialect: string, key: string): App | undefined {
    return this.parts.apps.find((app) => app.dialect === dialect && app.key === key);
  }

  /** What is worked out from the tenant once and then remembered, e.g. a dialect's settings with their defaults. */
  derived<Value>(what: symbol, workOut: (parts: TenantData) => Value): Value {
    if (!this.#derived.has(what)) this.#derived.set(what, workOut(this.parts));
    // The owner of the symbol always passes the same function, so the type is the one that was put in.
    return this.#derived.get(what) as Value;
  }
}

const EMPTY = new Catalog([]);
let world: Catalog | undefined;
