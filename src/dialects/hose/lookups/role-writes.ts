import type { Decision, StoreTask } from '../../../directory/store.ts';
import { Tenant } from '../../../directory/tenant.ts';
import { isObject } from '../../../lib/json-equal.ts';
import type { Caller } from '../auth/caller.ts';
import { malformedBody, type StructureRefusal } from '../auth/structure-refusal.ts';
import { staffNamed, type StaffBy } from '../employees/staff-named.ts';
import { roleBounds, type RoleRow, type RoleSetting, type RoleSource } from '../model/role-settings.ts';
import { settingsOf } from '../model/settings.ts';
import { MAX_IN_LINE, MAX_IN_LIST } from '../protocol/bounds.ts';
import type { HoseError } from '../protocol/codes.ts';
import { pathFault, roleCodes, staffFault } from '../protocol/role-codes.ts';
import { nowOf } from './dimension-item-writes.ts';
import { isPathType, placeAt, placeWithId, type PathType } from './role-paths.ts';
import { freeCode, roleGroupsOf, rolesOf, scopeNamed, type Role } from './roles.ts';

/** A role after a write, and the company that has it; or why nothing was written. */
export type WrittenRole = StructureRefusal | { readonly tenant: Tenant; readonly role: Role };

/** A role that is to be made. */
export interface RoleToMake {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly source: RoleSource;
  readonly group: string | null;
}

function refusal(failure: HoseError, problem: StructureRefusal['problem']): Decision<StructureRefusal> {
  return { answer: { problem, failure }, effects: [] };
}

/** Makes a role (hose-more 3.2) [public: corporation/create-roledefs.md]. */
export function* makeRole(given: RoleToMake, caller: Caller, at: number): StoreTask<Decision<WrittenRole>> {
  const now = yield* nowOf(caller);
  const { id, name, scope, source, group } = given;
  const roles = [...rolesOf(now).values()];
  if (scopeNamed(now, scope) === undefined)
    return refusal(roleCodes.scopeInvalid, { kind: 'invalid', subject: 'scope' });
  if (group !== null && roleGroupsOf(now).every((one) => one.id !== group))
    return refusal(roleCodes.groupUnknown, { kind: 'unknown', subject: 'roleGroupId', value: group });
  if (roles.some((role) => role.name === name)) return refusal(roleCodes.nameTaken, { kind: 'taken', subject: 'name' });
  if (roles.length >= roleBounds.roles) return { answer: malformedBody, effects: [] };
  const code = freeCode(new Set(roles.map((role) => role.code)));
  const times = { createdAt: at, updatedAt: at };
  return withRole(now, { id, name, code, scope, source, ...(group === null ? {} : { group }), ...times });
}

/** Gives a role another name [public: corporation/update-roledefs.md]. */
export function* renameRole(id: string, name: string, caller: Caller, at: number): StoreTask<Decision<WrittenRole>> {
  const now = yield* nowOf(caller);
  const role = rolesOf(now).get(id);
  if (role === undefined) return unknownRole(id);
  for (const other of rolesOf(now).values())
    if (other.id !== id && other.name === name) return refusal(roleCodes.nameTaken, { kind: 'taken', subject: 'name' });
  return withRole(now, { ...settingOf(role), name, version: role.version + 1, updatedAt: at });
}

/** How rows are to be written: `v1` leaves roles alone that are kept by hand, and takes full paths of ids (ruling 5b). */
export interface RowWriteOptions {
  readonly isOld: boolean;
  readonly staffBy: StaffBy;
}

/** Replaces the staff of each path that was sent; all or nothing (hose-more 3.2) [public: corporation/update-roles.md]. */
export function* writeRows(
  id: string,
  body: unknown,
  { isOld, staffBy }: RowWriteOptions,
  caller: Caller,
  at: number,
): StoreTask<Decision<WrittenRole>> {
  const now = yield* nowOf(caller);
  const role = roleToSync(now, id, isOld);
  if ('failure' in role) return { answer: role, effects: [] };
  const sent = readRows(body, role);
  if ('failure' in sent) return { answer: sent, effects: [] };
  const values = sent.rows.flatMap(({ staffs }) => staffs);
  const people = yield* staffNamed(values, staffBy, now.number);
  const contents = new Map<string | null, RoleRow>(role.contents.map((row) => [row.at, row]));
  const faults: string[] = [];
  for (const [index, row] of sent.rows.entries()) {
    const place = placeOf(row, role, isOld, now);
    if ('missing' in place) faults.push(pathFault(index, place.missing));
    for (const value of row.staffs) if (!people.has(value)) faults.push(staffFault(index, value));
    if ('missing' in place) continue;
    const staffs = [...new Set(row.staffs.flatMap((value) => people.get(value)?.id ?? []))];
    if (staffs.length === 0) contents.delete(place.at);
    else contents.set(place.at, { at: place.at, staffs });
  }
  if (faults.length > 0)
    return refusal(roleCodes.dataWrong(faults), { kind: 'unknown', subject: 'contents', value: '' });
  const rows = [...contents.values()];
  if (rows.length > roleBounds.rows || rows.reduce((sum, { staffs }) => sum + staffs.length, 0) > roleBounds.staffs)
    return { answer: malformedBody, effects: [] };
  return withRole(now, { ...settingOf(role), contents: rows, version: role.version + 1, updatedAt: at });
}

/** Takes all rows away [public: corporation/delete-roles.md]. */
export function* clearRows(id: string, isOld: boolean, caller: Caller, at: number): StoreTask<Decision<WrittenRole>> {
  const now = yield* nowOf(caller);
  const role = roleToSync(now, id, isOld);
  if ('failure' in role) return { answer: role, effects: [] };
  return withRole(now, { ...settingOf(role), contents: [], version: role.version + 1, updatedAt: at });
}

function unknownRole(value: string): Decision<StructureRefusal> {
  return refusal(roleCodes.unknown, { kind: 'unknown', subject: 'role', value });
}

function roleToSync(now: Tenant, id: string, isOld: boolean): Role | StructureRefusal {
  const role = rolesOf(now).get(id);
  if (role === undefined) return unknownRole(id).answer;
  if (isOld && role.source === 'MANUAL')
    return { problem: { kind: 'forbidden', subject: 'role' }, failure: roleCodes.notSynced };
  return role;
}

/** A row as sent. */
interface SentRow {
  readonly type: PathType;
  readonly path: readonly string[];
  readonly staffs: readonly string[];
}

function readRows(body: unknown, { scope }: Role): { readonly rows: readonly SentRow[] } | StructureRefusal {
  if (!isObject(body)) return malformedBody;
  const { contents } = body;
  if (contents === undefined || contents === null || (Array.isArray(contents) && contents.length === 0))
    return { problem: { kind: 'missing', subject: 'contents' }, failure: roleCodes.contentsMissing };
  if (!Array.isArray(contents) || contents.length > roleBounds.rows) return malformedBody;
  const rows: SentRow[] = [];
  for (const row of contents as unknown[]) {
    if (!isObject(row)) return malformedBody;
    const { pathType: type = 'name', path, staffs } = row;
    if (typeof type !== 'string' || !isPathType(type))
      return { problem: { kind: 'invalid', subject: 'pathType' }, failure: roleCodes.pathTypeInvalid };
    if (staffs === undefined || staffs === null)
      return { problem: { kind: 'missing', subject: 'staffs' }, failure: roleCodes.staffsMissing };
    const isPlaced = scope.kind !== 'plain';
    if (isPlaced && (path === undefined || path === null))
      return { problem: { kind: 'missing', subject: 'path' }, failure: roleCodes.pathMissing };
    if (!isList(staffs) || (isPlaced && !isList(path))) return malformedBody;
    rows.push({ type, path: isPlaced && isList(path) ? path : [], staffs });
  }
  return { rows };
}

function isList(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length <= MAX_IN_LIST &&
    value.every((one) => typeof one === 'string' && one.length <= MAX_IN_LINE)
  );
}

function placeOf(
  { path, type }: SentRow,
  { scope }: Role,
  isOld: boolean,
  tenant: Tenant,
): { readonly at: string | null } | { readonly missing: string } {
  if (scope.kind === 'plain') return { at: null };
  return type === 'id' && !isOld ? placeWithId(path, scope, tenant) : placeAt(path, scope, type, tenant);
}

/** A role as it is kept. */
function settingOf(role: Role): RoleSetting {
  const { id, name, code, group, scopeName: scope, source, active, contents, version, createdAt, updatedAt } = role;
  return { id, name, code, group, scope, source, active, contents, version, createdAt, updatedAt };
}

function withRole(now: Tenant, setting: RoleSetting): Decision<WrittenRole> {
  const settings = settingsOf(now);
  const { roles = [] } = settings;
  const isKnown = roles.some(({ id }) => id === setting.id);
  const changed = isKnown ? roles.map((one) => (one.id === setting.id ? setting : one)) : [...roles, setting];
  const parts = { ...now.parts, settings: { ...now.parts.settings, hose: { ...settings, roles: changed } } };
  const tenant = new Tenant(parts);
  const role = rolesOf(tenant).get(setting.id);
  if (role === undefined) throw new Error('a role that was just written is not there');
  return { answer: { tenant, role }, effects: [{ write: 'tenant', now, parts }] };
}
