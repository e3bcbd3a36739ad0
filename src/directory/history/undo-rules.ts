import type { CatalogName } from '../catalog.ts';
import type { Change } from './change.ts';
import { isInService, type Employee } from '../employees/employee.ts';
import { createsCycle } from '../employees/reporting-line.ts';
import { isGroupMarker, lookupKeys, type LookupKey } from '../lookup.ts';
import { load, loadAll, type StoreTask } from '../store.ts';
import type { Tenant } from '../tenant.ts';
import { isTakenInService } from '../unique.ts';
import type { UndoConflict } from './undo-conflict.ts';
import { about } from './undo-fields.ts';

/** What the record demands of every change, whatever the platform: without these a change is not taken back. */
export function* undoRefusals(
  tenant: Tenant,
  change: Change,
  before: Employee | null,
  after: Employee | null,
): StoreTask<readonly UndoConflict[]> {
  const found = after === null ? yield* uses(tenant, change.employee) : yield* recordRefusals(tenant, before, after);
  return found.map((refusal) => ({ ...about(change), ...refusal }));
}

/** Why a record cannot become another, whatever the platform. */
export type Refusal = Omit<UndoConflict, 'change' | 'kind' | 'employee'>;

/** Returns what the record demands of a write: no value of another employee, nothing unknown, no loop of leaders. */
export function* recordRefusals(
  tenant: Tenant,
  before: Employee | null,
  after: Employee,
): StoreTask<readonly Refusal[]> {
  return [
    ...(yield* takenValues(tenant, before, after)),
    ...missingParts(tenant, before, after),
    ...(yield* wrongLeaders(tenant, before, after)),
  ];
}

/** Who reports to the employee, and which departments the employee leads. */
function* uses(tenant: Tenant, employee: string): StoreTask<readonly Refusal[]> {
  const spaces = ['leader', 'dotted-leader'] as const;
  const below = yield* loadAll(
    'employees-by',
    spaces.map((space) => ({ tenant: tenant.number, space, values: [employee] })),
  );
  const [first] = below.flatMap((holders) => holders.get(employee) ?? []);
  if (first !== undefined) return [{ field: null, reason: 'in-use', holder: first.id }];
  const isLeader = tenant.departments.all.some(({ leaders }) => leaders.some((leader) => leader.employee === employee));
  return isLeader ? [{ field: null, reason: 'in-use' }] : [];
}

/** The field of the record that a look-up space is of, where one employee in service at most has the value. */
function ownedField([space, value]: LookupKey): string | null {
  if (space.startsWith('id:')) return isGroupMarker(space, value) ? null : `ids.${space.slice('id:'.length)}`;
  return OWNED.get(space) ?? null;
}

const OWNED: ReadonlyMap<string, string> = new Map([
  ['mobile', 'mobile'],
  ['email', 'email'],
  ['enterprise-email', 'enterpriseEmail'],
  ['job-number', 'jobNumber'],
]);

function* takenValues(tenant: Tenant, before: Employee | null, after: Employee): StoreTask<readonly Refusal[]> {
  if (!isInService(after)) return [];
  // Who comes back claims every value again.
  const had = new Set(before === null || !isInService(before) ? [] : lookupKeys(before).map(String));
  const claimed = lookupKeys(after).filter((key) => !had.has(String(key)) && ownedField(key) !== null);
  const answers = yield* loadAll(
    'employees-by',
    claimed.map(([space, value]) => ({ tenant: tenant.number, space, values: [value] })),
  );
  return claimed.flatMap((key, index): readonly Refusal[] => {
    const holders = answers[index]?.get(key[1]);
    if (!isTakenInService(holders, after)) return [];
    const holder = holders?.find((other) => other.id !== after.id && isInService(other))?.id;
    return [{ field: ownedField(key), reason: 'taken', ...(holder === undefined ? {} : { holder }) }];
  });
}

const CATALOGS: readonly (readonly [field: keyof Employee, catalog: CatalogName])[] = [
  ['jobTitle', 'job-title'],
  ['jobLevel', 'job-level'],
  ['jobFamily', 'job-family'],
  ['workPlace', 'work-place'],
  ['workCountry', 'country'],
];

/** Departments, entries of lists and fields that are not there any more. */
function missingParts(tenant: Tenant, before: Employee | null, after: Employee): readonly Refusal[] {
  const unknown = (field: string): Refusal => ({ field, reason: 'unknown' });
  const had = new Set(before?.departments.map(({ department }) => department));
  const departments = after.departments.map(({ department }) => department);
  const refusals: Refusal[] = [];
  if (departments.some((id) => !had.has(id) && tenant.departments.get(id) === undefined)) {
    refusals.push(unknown('departments'));
  }
  if (after.mainDepartment !== null && !departments.includes(after.mainDepartment)) {
    refusals.push(unknown('mainDepartment'));
  }
  for (const [field, catalog] of CATALOGS) {
    const id = after[field];
    if (typeof id !== 'string' || id === before?.[field] || tenant.catalog(catalog).get(id) !== undefined) continue;
    refusals.push(unknown(field));
  }
  for (const id of Object.keys(after.custom)) {
    if (before !== null && Object.hasOwn(before.custom, id)) continue;
    if (tenant.customFields.get(id) === undefined) refusals.push(unknown(`custom.${id}`));
  }
  return refusals;
}

/** Leaders who are not there any more, or who would lead themselves. */
function* wrongLeaders(tenant: Tenant, before: Employee | null, after: Employee): StoreTask<readonly Refusal[]> {
  const lines = [
    { line: 'direct', field: 'leader', from: after.leader === null ? [] : [after.leader], had: [before?.leader] },
    { line: 'dotted', field: 'dottedLeaders', from: after.dottedLeaders, had: before?.dottedLeaders ?? [] },
  ] as const;
  const refusals: Refusal[] = [];
  for (const { line, field, from, had } of lines) {
    const fresh = from.filter((id) => !(had as readonly unknown[]).includes(id));
    if (fresh.length === 0) continue;
    const leaders = yield* load('employees-by-id', { tenant: tenant.number, ids: fresh });
    if (fresh.some((id) => !leaders.has(id))) refusals.push({ field, reason: 'unknown' });
    const above = yield* load('line-above', { tenant: tenant.number, line, from: fresh });
    if (createsCycle(after.id, above)) refusals.push({ field, reason: 'loop' });
  }
  return refusals;
}
