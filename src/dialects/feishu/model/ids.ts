import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { isInService, type Employee } from '../../../directory/employees/employee.ts';
import type { Department } from '../../../directory/departments/department.ts';
import type { CatalogEntry, CatalogName } from '../../../directory/catalog.ts';
import type { LookupSpace } from '../../../directory/lookup.ts';
import { load, loadAll, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { LruCache } from '../../../lib/lru-cache.ts';
import { countryWithMdmCode, mdmCodeOf } from './mdm-codes.ts';
import { appSettingsOf, DIALECT } from './settings.ts';

/** Id spaces of this platform. */
export const SPACE = {
  employee: 'feishu.employee_id',
  uid: 'feishu.uid',
  unionId: 'feishu.union_id',
  openId: (appId: string) => `feishu.open_id:${appId}`,
  department: 'feishu.department_id',
  openDepartment: 'feishu.open_department_id',
  entry: 'feishu.id',
  field: 'feishu.field_key',
  /** Group markers, to find employees with something in common: the value is the part after the colon. */
  recycledMail: (address: string) => `feishu.recycled_mail:${address}`,
  seat: (subscriptionId: string) => `feishu.seat:${subscriptionId}`,
} as const;

/** How a request names employees. */
export type EmployeeIdKind = 'open_id' | 'union_id' | 'employee_id';
/** How a request names departments. */
export type DepartmentIdKind = 'open_department_id' | 'department_id';

/** The root's id in both kinds. */
export const ROOT = '0';

/** Who asks: an open_id means something only to one app, a union_id to the apps of one developer. */
export interface IdReader {
  readonly appId: string;
  readonly developer: string;
}

/** Returns 32 hex characters that are always the same for an employee and are never sent. */
export function uidOf(tenantKey: string, id: string): string {
  return createHash('sha256').update(`${tenantKey}\n${id}`).digest('hex').slice(0, 32);
}

/** The platform's name for the whole company: 16 hex characters. [public: the form, ev/overview] */
export function tenantKeyOf(tenantKey: string): string {
  return createHash('sha256').update(`tenant\n${tenantKey}`).digest('hex').slice(0, 16);
}

/** The open_id of an app's own bot. */
export function botIdOf(tenantKey: string, appId: string): string {
  return `ou_${createHash('sha256').update(`bot\n${tenantKey}\n${appId}`).digest('hex').slice(0, 32)}`;
}

/** The open_department_id of a department that was given none. */
export function openDepartmentIdOf(tenantKey: string, id: string): string {
  return `od-${createHash('sha256').update(`department\n${tenantKey}\n${id}`).digest('hex').slice(0, 32)}`;
}

/**
 * Turns uids into the ids that one app, or one developer, sees, and back: a block cipher over the one block a uid is.
 * So each app has its own ids for everyone without a row for any of them. In this mode nothing is carried from block to
 * block, and both ciphers answer as soon as a block is full, so one pair serves for ever.
 */
class IdCipher {
  readonly #prefix: string;
  readonly #encipher;
  readonly #decipher;

  constructor(prefix: string, owner: string) {
    this.#prefix = prefix;
    const key = createHash('sha256').update(`${prefix}${owner}`).digest().subarray(0, 16);
    this.#encipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
    this.#decipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  }

  idOf(uid: string): string {
    return this.#prefix + this.#encipher.update(uid, 'hex', 'hex');
  }

  /** The uid, or null for what cannot be such an id. */
  uidOf(id: string): string | null {
    return ID_FORM.test(id) && id.startsWith(this.#prefix) ? this.#decipher.update(id.slice(3), 'hex', 'hex') : null;
  }
}

const ID_FORM = /^o[un]_[0-9a-f]{32}$/;
const ciphers = new LruCache<string, IdCipher>(2_000);

function cipher(prefix: 'ou_' | 'on_', owner: string): IdCipher {
  const key = prefix + owner;
  const known = ciphers.get(key);
  if (known !== undefined) return known;
  const made = new IdCipher(prefix, owner);
  ciphers.set(key, made);
  return made;
}

function uid(employee: Employee, tenant: Tenant): string {
  return employee.ids[SPACE.uid] ?? uidOf(tenant.key, employee.id);
}

/** The id by which the reader knows the employee. */
export function employeeIdOf(employee: Employee, kind: EmployeeIdKind, reader: IdReader, tenant: Tenant): string {
  switch (kind) {
    case 'employee_id':
      return employee.ids[SPACE.employee] ?? employee.id;
    case 'union_id':
      return employee.ids[SPACE.unionId] ?? cipher('on_', reader.developer).idOf(uid(employee, tenant));
    case 'open_id':
      return employee.ids[SPACE.openId(reader.appId)] ?? cipher('ou_', reader.appId).idOf(uid(employee, tenant));
  }
}

/** Of one value so many holders of each standing are looked at, the earliest made. [proposed] */
export const MAX_HOLDERS = 100;

/** Employees by the ids by which the reader knows them; unknown ids are left out. */
export function* employeesNamed(
  tenant: Tenant,
  kind: EmployeeIdKind,
  reader: IdReader,
  ids: readonly string[],
): StoreTask<ReadonlyMap<string, Employee>> {
  const found = new Map<string, Employee>();
  if (ids.length === 0) return found;
  if (kind === 'employee_id') {
    const space: LookupSpace = `id:${SPACE.employee}`;
    const holders = yield* load('employees-by', { tenant: tenant.number, space, values: ids, upTo: MAX_HOLDERS });
    for (const [id, employees] of holders) {
      const meant = preferred(employees);
      if (meant !== undefined) found.set(id, meant);
    }
    return found;
  }
  const asUids = kind === 'open_id' ? cipher('ou_', reader.appId) : cipher('on_', reader.developer);
  const wellFormed = new Map<string, string>();
  for (const id of ids) {
    const plain = asUids.uidOf(id);
    if (plain !== null) wellFormed.set(id, plain);
  }
  if (wellFormed.size > 0) {
    const holders = yield* load('employees-by', by(tenant, SPACE.uid, [...wellFormed.values()]));
    for (const [id, plain] of wellFormed) {
      const [employee] = holders.get(plain) ?? [];
      // Someone whose id was given in the company file has no second one.
      if (employee !== undefined && employeeIdOf(employee, kind, reader, tenant) === id) found.set(id, employee);
    }
  }
  const others = ids.filter((id) => !found.has(id));
  if (others.length > 0) {
    const space = kind === 'open_id' ? SPACE.openId(reader.appId) : SPACE.unionId;
    const holders = yield* load('employees-by', by(tenant, space, others));
    for (const [id, [employee]] of holders) if (employee !== undefined) found.set(id, employee);
  }
  return found;
}

/** Whether an open_id that the reader does not know belongs to an employee in the eyes of another app of the tenant. */
export function* isKnownToOtherApp(tenant: Tenant, reader: IdReader, openId: string): StoreTask<boolean> {
  const others = tenant.parts.apps.filter((app) => app.dialect === DIALECT && app.key !== reader.appId);
  const uids = others.flatMap((app) => cipher('ou_', app.key).uidOf(openId) ?? []);
  const asked = [
    ...(uids.length === 0 ? [] : [by(tenant, SPACE.uid, uids)]),
    ...others.map((app) => by(tenant, SPACE.openId(app.key), [openId])),
  ];
  const answers = yield* loadAll('employees-by', asked);
  return answers.some((holders) => holders.size > 0);
}

/** Companies of one developer that are looked into for a union_id; a person of a further one is unknown. [proposed] */
const MAX_TENANTS = 100;

/** How companies with apps of a developer are found: in a form that is short whatever the developer's name is. */
export function publisherOf(developer: string): string {
  return createHash('sha256').update(developer).digest('hex').slice(0, 32);
}

/** Returns whether a union_id unknown here is known in another company that has an app of the developer. */
export function* isKnownToOtherTenant(tenant: Tenant, { developer }: IdReader, unionId: string): StoreTask<boolean> {
  const plain = cipher('on_', developer).uidOf(unionId);
  if (plain === null) return false;
  const publisher = publisherOf(developer);
  const tenants = yield* load('tenants-of-publisher', { dialect: DIALECT, publisher, limit: MAX_TENANTS });
  const others = tenants.filter((number) => number !== tenant.number).map((number) => ({ number }));
  const answers = yield* loadAll(
    'employees-by',
    others.flatMap((other) => [by(other, SPACE.uid, [plain]), by(other, SPACE.unionId, [unionId])]),
  );
  // Someone whose id was given in the company file has no second one.
  return answers.some((holders) =>
    [...holders.values()].flat().some(({ ids }) => (ids[SPACE.unionId] ?? unionId) === unionId),
  );
}

function by({ number }: Pick<Tenant, 'number'>, space: string, values: readonly string[]) {
  const lookup: LookupSpace = `id:${space}`;
  return { tenant: number, space: lookup, values };
}

/** Picks one of several employees with one employee_id: the one in service, else the one who left last. [derived] */
function preferred(employees: readonly Employee[]): Employee | undefined {
  if (employees.length < 2) return employees[0];
  const rank = (employee: Employee): string => employee.leftOn ?? '';
  return (
    employees.find(isInService) ??
    [...employees].sort((a, b) => (rank(a) === rank(b) ? b.updatedAt - a.updatedAt : rank(a) < rank(b) ? 1 : -1))[0]
  );
}

const DEPARTMENT_SPACE = { department_id: SPACE.department, open_department_id: SPACE.openDepartment } as const;

/** The department that a request names so; `0` is the root in both kinds. */
export function departmentNamed(tenant: Tenant, kind: DepartmentIdKind, id: string): Department | undefined {
  return id === ROOT ? tenant.departments.root : tenant.departments.by(DEPARTMENT_SPACE[kind], id);
}

const REMOVED = Symbol('removed departments');

/**
 * A department that was deleted, by its open_department_id: the other id may be another's by now. [derived] That mget
 * shows such a one: [public: dir/department/mget]
 */
export function removedDepartmentNamed(tenant: Tenant, kind: DepartmentIdKind, id: string): Department | undefined {
  if (kind !== 'open_department_id') return undefined;
  const removed = tenant.derived(
    REMOVED,
    ({ removedDepartments = [] }) =>
      new Map(removedDepartments.map((department) => [department.ids[SPACE.openDepartment] ?? '', department])),
  );
  return removed.get(id);
}

/** The department's id in the kind asked for. */
export function departmentIdOf(department: Department, kind: DepartmentIdKind): string {
  return department.parent === null ? ROOT : (department.ids[DEPARTMENT_SPACE[kind]] ?? department.id);
}

/** The entry of a shared list that this platform knows by the id. */
export function entryNamed(tenant: Tenant, catalog: CatalogName, id: string): CatalogEntry | undefined {
  const entry = tenant.catalog(catalog).by(SPACE.entry, id);
  if (entry !== undefined || catalog !== 'country') return entry;
  // Countries that no company listed have no ids of platforms.
  const country = tenant.catalog('country').get(countryWithMdmCode(id) ?? '');
  return country?.ids[SPACE.entry] === undefined ? country : undefined;
}

/** This platform's id of a list's entry. */
export function entryIdOf(entry: CatalogEntry): string {
  return entry.ids[SPACE.entry] ?? (entry.catalog === 'country' ? mdmCodeOf(entry.id) : undefined) ?? entry.id;
}

/** How the app that calls reads ids. */
export function idReaderOf(app: Parameters<typeof appSettingsOf>[0]): IdReader {
  return { appId: app.key, developer: appSettingsOf(app).developer };
}
