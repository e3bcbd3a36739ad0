import { randomInt } from 'node:crypto';
import { deepEqual } from '../../lib/json-equal.ts';
import type { App } from '../../directory/auth/app.ts';
import type { CatalogEntry } from '../../directory/catalog.ts';
import type { CustomField } from '../../directory/custom-field.ts';
import type { FaultRule } from '../../directory/faults/fault.ts';
import type { Department } from '../../directory/departments/department.ts';
import { DirectoryError } from '../../directory/errors.ts';
import type { Origin } from '../../directory/history/change.ts';
import { companyChanges } from '../../directory/history/company-change.ts';
import type { QueryParams } from '../../directory/store.ts';
import { Tenant, type TenantData } from '../../directory/tenant.ts';
import { isStorableText, listed, type SqlSyntax, type Row, type Statement, type SqlTask } from '../engine.ts';
import { endCountsOf } from './counts.ts';
import { resetChangeOrder } from './change-order.ts';
import { seal, unseal } from '../sealed.ts';
import { runInParallel } from '../run-in-parallel.ts';
import { insertChangeOf } from './changes.ts';
import { REMOVE_CONSUMERS_OF } from './consumers.ts';
import { removeSnapshots } from '../snapshots/kept.ts';
import { forgetSetAside } from '../snapshots/set-aside.ts';
import { REMOVE_TARGETS_OF } from '../targets/target-rows.ts';
import { endTokensOf } from './tokens.ts';

/** What of a tenant is in its own row, as JSON. */
type TenantRecord = Pick<
  TenantData,
  | 'name'
  | 'secondLocale'
  | 'loginRealm'
  | 'sandbox'
  | 'targets'
  | 'names'
  | 'settings'
  | 'appliedFile'
  | 'clock'
  | 'suppressions'
  | 'createdAt'
  | 'updatedAt'
>;

/** One department, entry, field or app, as kept. */
interface Part {
  readonly kind: string;
  readonly id: string;
  readonly position: number;
  readonly record: unknown;
}

/** A company, and which of its versions that is. */
export interface LoadedTenant {
  readonly tenant: Tenant;
  readonly version: number;
}

/** Returns the name of a company's lock: shared by transactions that read it, exclusive for those that change it. */
export function tenantLock(number: number): string {
  return `tenant ${String(number)}`;
}

/** Names the version of a company that is there. */
export function tenantVersion(number: number): Statement {
  return { text: 'SELECT version FROM tenant WHERE number = $1', params: [number] };
}

/** One company without its employees. */
export function* loadTenant(number: number): SqlTask<LoadedTenant | null> {
  const [rows = [], parts = []] = yield [
    { text: 'SELECT number, key, in_use, version, record FROM tenant WHERE number = $1', params: [number] },
    {
      text: 'SELECT kind, id, position, record FROM tenant_part WHERE tenant = $1 ORDER BY kind, position',
      params: [number],
    },
  ];
  const row = rows[0];
  return row === undefined ? null : { tenant: new Tenant(partsOf(row, parts)), version: Number(row['version']) };
}

/** What is kept of a company, and of a part of it, beside its record. */
function aboutTenant(key: string, inUse: number): string {
  return `${key} ${String(inUse)}`;
}
function aboutPart({ kind, id, position }: Readonly<Record<string, unknown>>): string {
  return `${String(kind)} ${String(id)} ${String(position)}`;
}

function partsOf(row: Row, parts: readonly Row[]): TenantData {
  // Everything here was written by `saveTenant` from the types it is read as.
  const records = <Record>(kind: string): readonly Record[] =>
    parts
      .filter((part) => part['kind'] === kind)
      .map((part) => unseal(String(part['record']), aboutPart(part)) as Record);
  const removed = records<Department>('removed-department');
  const faults = records<FaultRule>('fault');
  return {
    number: Number(row['number']),
    key: String(row['key']),
    state: Number(row['in_use']) === 1 ? 'in-use' : 'dissolved',
    ...(unseal(String(row['record']), aboutTenant(String(row['key']), Number(row['in_use']))) as TenantRecord),
    departments: records<Department>('department'),
    ...(removed.length === 0 ? {} : { removedDepartments: removed }),
    catalogs: records<CatalogEntry>('catalog-entry'),
    customFields: records<CustomField>('custom-field'),
    apps: records<App>('app'),
    ...(faults.length === 0 ? {} : { faults }),
  };
}

/** Which company it is, and which of its versions. */
export interface TenantRef {
  readonly number: number;
  readonly version: number;
}

/** The company that a row of one of these tables points to. */
export function* findTenantRef(by: 'key' | 'name', ...values: readonly string[]): SqlTask<TenantRef | null> {
  if (!values.every(isStorableText)) return null;
  const [rows = []] = yield [
    by === 'key'
      ? { text: 'SELECT number, version FROM tenant WHERE key = $1', params: values }
      : {
          text: 'SELECT t.number, t.version FROM tenant_name n JOIN tenant t ON t.number = n.tenant WHERE n.space = $1 AND n.value = $2',
          params: values,
        },
  ];
  return rows[0] === undefined ? null : { number: Number(rows[0]['number']), version: Number(rows[0]['version']) };
}

/** The keys of all companies, in order. */
export function* tenantKeys(): SqlTask<readonly string[]> {
  const [rows = []] = yield [{ text: 'SELECT key FROM tenant ORDER BY key', params: [] }];
  return rows.map((row) => String(row['key']));
}

/** The space in which the keys of a dialect's apps are names of their tenant. */
export function appSpace(dialect: string): string {
  return `app:${dialect}`;
}

/** The space in which the companies that have an app of a publisher stand, each by its key. */
function publisherSpace(dialect: string, publisher: string): string {
  return `publisher:${dialect}:${publisher}`;
}

/** Everything that points to the tenant from outside: platform names, app keys, and the publishers of its apps. */
export function externalNames({
  key,
  names,
  apps,
}: Pick<TenantData, 'key' | 'names' | 'apps'>): readonly (readonly [space: string, value: string])[] {
  return [
    ...Object.entries(names),
    ...apps.map((app) => [appSpace(app.dialect), app.key] as const),
    ...apps.flatMap(({ dialect, publisher }) =>
      publisher === undefined ? [] : [[publisherSpace(dialect, publisher), key] as const],
    ),
  ];
}

/** The companies that have an app of a publisher. */
export function* tenantsOfPublisher(about: QueryParams['tenants-of-publisher']): SqlTask<readonly number[]> {
  const [rows = []] = yield [
    {
      text: 'SELECT tenant FROM tenant_name WHERE space = $1 ORDER BY tenant LIMIT $2',
      params: [publisherSpace(about.dialect, about.publisher), about.limit],
    },
  ];
  return rows.map((row) => Number(row['tenant']));
}

function partRows(parts: Omit<TenantData, 'number'>): ReadonlyMap<string, Part> {
  const rows = new Map<string, Part>();
  const add = (kind: string, id: string, position: number, record: unknown): void => {
    rows.set(`${kind}\n${id}`, { kind, id, position, record });
  };
  parts.departments.forEach((one, position) => {
    add('department', one.id, position, one);
  });
  // Dated by its removal, so that no other has to move when the oldest is forgotten.
  for (const one of parts.removedDepartments ?? []) add('removed-department', one.id, one.updatedAt, one);
  parts.catalogs.forEach((one, position) => {
    add('catalog-entry', `${one.catalog}\n${one.id}`, position, one);
  });
  parts.customFields.forEach((one, position) => {
    add('custom-field', one.id, position, one);
  });
  parts.apps.forEach((one, position) => {
    add('app', one.id, position, one);
  });
  parts.faults?.forEach((one, position) => {
    add('fault', one.id, position, one);
  });
  return rows;
}

/**
 * A number that no version of any company had. Not a count: after an old copy was put back the same count would come
 * again with other contents, and a node that remembers the first would believe it.
 */
function freshVersion(): number {
  return randomInt(MAX_VERSIONS);
}

/** A platform's name for a company, or an app's key, belongs to one company only. */
export function* refuseNamesOfOthers(now: Tenant | null, parts: Parameters<typeof externalNames>[0]): SqlTask<void> {
  const names = externalNames(parts);
  const holders = yield* runInParallel(names.map(([space, value]) => findTenantRef('name', space, value)));
  for (const [index, holder] of holders.entries()) {
    if (holder !== null && holder.number !== now?.number)
      throw new DirectoryError({ kind: 'taken', subject: names[index]?.join(' ') ?? '' });
  }
}

/** As many as can be drawn at a time. */
const MAX_VERSIONS = 2 ** 48 - 1;

/** Who asked for a change of a company, and which changes it takes back, by kind and subject. */
export interface TenantChange {
  readonly origin?: Origin | undefined;
  readonly undoes?: ReadonlyMap<string, number> | undefined;
}

/** Writes what differs of a company, with a change of each part of it, and answers its number. */
export function* saveTenant(
  flavor: SqlSyntax,
  now: Tenant | null,
  parts: Omit<TenantData, 'number'>,
  change: TenantChange,
): SqlTask<number> {
  const record: TenantRecord = {
    name: parts.name,
    secondLocale: parts.secondLocale,
    ...(parts.loginRealm === undefined ? {} : { loginRealm: parts.loginRealm }),
    ...(parts.sandbox === undefined ? {} : { sandbox: parts.sandbox }),
    ...(parts.targets === undefined ? {} : { targets: parts.targets }),
    names: parts.names,
    settings: parts.settings,
    ...(parts.appliedFile === undefined ? {} : { appliedFile: parts.appliedFile }),
    ...(parts.clock === undefined ? {} : { clock: parts.clock }),
    ...(parts.suppressions === undefined ? {} : { suppressions: parts.suppressions }),
    createdAt: parts.createdAt,
    updatedAt: parts.updatedAt,
  };
  const inUse = parts.state === 'in-use' ? 1 : 0;
  const text = seal(JSON.stringify(record), aboutTenant(parts.key, inUse));
  let number = now?.number ?? 0;
  if (now === null) {
    const [rows = []] = yield [
      {
        text: `INSERT INTO tenant (number, key, in_use, version, record) VALUES (${flavor.next('tenant')}, $1, $2, $3, $4) RETURNING number`,
        params: [parts.key, inUse, freshVersion(), text],
      },
    ];
    number = Number(rows[0]?.['number']);
  } else {
    yield [
      {
        text: 'UPDATE tenant SET in_use = $1, version = $2, record = $3 WHERE number = $4',
        params: [inUse, freshVersion(), text, number],
      },
    ];
  }
  const statements = [
    ...nameStatements(number, now, parts),
    ...partStatements(number, now, parts),
    ...tokenStatements(now, parts),
    ...changeStatements(number, now, parts, change),
  ];
  if (statements.length > 0) yield statements;
  return number;
}

function nameStatements(number: number, now: Tenant | null, parts: Omit<TenantData, 'number'>): readonly Statement[] {
  const old = new Set(now === null ? [] : externalNames(now.parts).map((name) => name.join('\n')));
  const fresh = new Set(externalNames(parts).map((name) => name.join('\n')));
  const named = (key: string): readonly string[] => key.split('\n');
  return [
    ...[...old]
      .filter((key) => !fresh.has(key))
      .map((key) => ({ text: 'DELETE FROM tenant_name WHERE space = $1 AND value = $2', params: named(key) })),
    ...[...fresh]
      .filter((key) => !old.has(key))
      .map((key) => ({
        text: 'INSERT INTO tenant_name (space, value, tenant) VALUES ($1, $2, $3)',
        params: [...named(key), number],
      })),
  ];
}

/** The lists of a company that are kept a row for each of their members. */
const PART_LISTS = ['departments', 'removedDepartments', 'catalogs', 'customFields', 'apps', 'faults'] as const;

function partStatements(number: number, now: Tenant | null, parts: Omit<TenantData, 'number'>): readonly Statement[] {
  // A list that is the same one needs no look at its members, which may be thousands.
  if (now !== null && PART_LISTS.every((list) => now.parts[list] === parts[list])) return [];
  const old = now === null ? new Map<string, Part>() : partRows(now.parts);
  const fresh = partRows(parts);
  const statements: Statement[] = [];
  for (const [key, part] of old) {
    if (!fresh.has(key))
      statements.push({
        text: 'DELETE FROM tenant_part WHERE tenant = $1 AND kind = $2 AND id = $3',
        params: [number, part.kind, part.id],
      });
  }
  for (const [key, part] of fresh) {
    const before = old.get(key);
    if (before !== undefined && before.position === part.position && deepEqual(before.record, part.record)) continue;
    statements.push({
      text: 'INSERT INTO tenant_part (tenant, kind, id, position, record) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant, kind, id) DO UPDATE SET position = excluded.position, record = excluded.record',
      params: [number, part.kind, part.id, part.position, seal(JSON.stringify(part.record), aboutPart({ ...part }))],
    });
  }
  return statements;
}

function changeStatements(
  number: number,
  now: Tenant | null,
  parts: Omit<TenantData, 'number'>,
  { origin, undoes }: TenantChange,
): readonly Statement[] {
  return companyChanges(now?.parts ?? null, parts).map(({ kind, subject, fields }) => {
    if (kind === 'employee' || origin === undefined)
      throw new Error(`a ${kind} was changed, and it is not said by which call`);
    return insertChangeOf(kind, subject, number, fields, origin, undoes?.get(`${kind} ${subject}`) ?? null);
  });
}

/** What was handed out for a secret ends with it, also where the app itself is gone. */
function tokenStatements(now: Tenant | null, parts: Omit<TenantData, 'number'>): readonly Statement[] {
  if (now === null || now.parts.apps === parts.apps) return [];
  const secrets = new Map(parts.apps.map(({ id, secret }) => [id, secret]));
  return now.parts.apps
    .filter(({ id, secret }) => secrets.get(id) !== secret)
    .map(({ id }) => endTokensOf(now.number, id));
}

/** Every change of a company: each names the one before it of the same employee. */
const CHANGES = `WITH RECURSIVE past (number) AS (
  SELECT change FROM employee WHERE tenant = $1 UNION ALL SELECT change FROM departed WHERE tenant = $1
  UNION ALL SELECT c.previous FROM past JOIN change c ON c.number = past.number WHERE c.previous > 0
) SELECT number FROM past`;

/**
 * Removes a company with everything it has; its people's accounts stay where they belong to other companies too. Neither
 * its number nor its people’s or invitations’ is given again: who remembers one must not take what comes next for it.
 */
export function removeTenant(flavor: SqlSyntax, number: number, origin: Origin): readonly Statement[] {
  const counted = (['tenant', 'employee', 'invitation'] as const).flatMap((table) =>
    listed(flavor.beforeRemoval(table)),
  );
  const removals = [
    'DELETE FROM account WHERE id IN (SELECT account FROM account_member WHERE tenant = $1) AND NOT EXISTS (SELECT 1 FROM account_member m WHERE m.account = account.id AND m.tenant <> $1)',
    'DELETE FROM account_member WHERE tenant = $1',
    'DELETE FROM lookup WHERE tenant = $1',
    'DELETE FROM headcount WHERE tenant = $1',
    'DELETE FROM block_headcount WHERE tenant = $1',
    'DELETE FROM recency WHERE tenant = $1',
    `DELETE FROM change WHERE number IN (${CHANGES})`,
    'DELETE FROM change WHERE tenant = $1 AND kind IS NOT NULL',
    'DELETE FROM departed WHERE tenant = $1',
    'DELETE FROM employee WHERE tenant = $1',
    ...REMOVE_TARGETS_OF,
    ...REMOVE_CONSUMERS_OF,
    'DELETE FROM token WHERE tenant = $1',
    'DELETE FROM invitation WHERE tenant = $1',
    'DELETE FROM attachment WHERE tenant = $1',
    'DELETE FROM tenant_part WHERE tenant = $1',
    'DELETE FROM tenant_name WHERE tenant = $1',
    'DELETE FROM tenant WHERE number = $1',
  ].map((text): Statement => ({ text, params: [number], isPlannedEachTime: true }));
  return [
    ...removeSnapshots(number),
    forgetSetAside(number),
    ...counted,
    ...removals,
    endCountsOf(flavor, number),
    resetChangeOrder,
    // The only one of the company that stays: it keeps the numbers of those that went from being given again.
    insertChangeOf('company', '', number, {}, origin),
  ];
}

/** Removes those of the accounts that no employee of any company has any more. */
export function removeOrphanAccounts(flavor: SqlSyntax, ids: readonly string[]): Statement {
  return {
    text: `DELETE FROM account WHERE id IN (SELECT value FROM ${flavor.jsonEach('$1', 'v')}) AND NOT EXISTS (SELECT 1 FROM account_member m WHERE m.account = account.id)`,
    params: [JSON.stringify(ids)],
    isPlannedEachTime: true,
  };
}
