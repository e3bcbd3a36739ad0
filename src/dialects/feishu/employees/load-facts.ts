import type { ChangedFields } from '../../../directory/history/change.ts';
import type { CustomValue } from '../../../directory/custom-field.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { updateEmployee, type EmployeePatch } from '../../../directory/employees/employee-update.ts';
import { normalizeEmail, type LookupSpace } from '../../../directory/lookup.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import { loadAll, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Caller } from '../auth/caller.ts';
import { addedBy, canMeetLimit, loadCapacity, NOT_COUNTED } from './capacity.ts';
import { decodeCustomValue, fieldNamed } from '../model/custom-fields.ts';
import type { Refusal } from '../protocol/errors.ts';
import { feishuOf, type FeishuEmployee } from '../model/employee-extension.ts';
import { founderOf } from '../model/founder.ts';
import { DOTTED_LIMIT } from './rules/format.ts';
import type { ClaimName, Facts, Holders, PatchRequest, ResolvedCustomField } from './facts.ts';
import {
  departmentNamed,
  employeesNamed,
  isKnownToOtherApp,
  isKnownToOtherTenant,
  MAX_HOLDERS,
  SPACE,
  type EmployeeIdKind,
} from '../model/ids.ts';
import { patchOf, type ResolvedUpdate } from './patch.ts';
import { settingsOf } from '../model/settings.ts';
import type { GivenCustomField } from '../protocol/wire.ts';

/**
 * People that one update may name; further ones count as unknown. Each is reserved while the update is decided, and a
 * database does not hold any number of reservations. [proposed]
 */
export const MAX_PEOPLE = 300;

/** Loads the facts that the rules of an update need, or returns why its employee was not found (S7). */
export function* loadFacts(request: PatchRequest, caller: Caller, at: number): StoreTask<Facts | Refusal> {
  const { tenant } = caller;
  const { id, idKind } = request;
  const known = customFieldsNamed(request, tenant);
  const people = yield* employeesNamed(tenant, idKind, caller.ids, peopleNamed(request, known, DOTTED_LIMIT));
  const before = people.get(id);
  if (before === undefined) return yield* unknownEmployee(caller, idKind, id);
  return yield* loadFactsFor(request, caller, at, { before, people, known });
}

/** The employee of an update, and what is loaded already. */
export interface KnownFacts {
  readonly before: Employee;
  readonly people: ReadonlyMap<string, Employee>;
  readonly known: readonly NamedCustomField[];
  /** Custom fields that another API has decoded already, instead of `known`. */
  readonly customFields?: readonly ResolvedCustomField[];
  /** Makes the patch of the record for another API; absent: that of the directory API. */
  readonly patchFrom?: (resolved: ResolvedUpdate) => EmployeePatch;
  /** Whether the company has one employee more afterwards. */
  readonly isNewPerson?: true;
}

/** Loads the other facts of an update whose employee is known. */
export function* loadFactsFor(
  { id, idKind, departmentKind, given }: PatchRequest,
  caller: Caller,
  at: number,
  { before, people, known, customFields: readFields, patchFrom = patchOf, isNewPerson }: KnownFacts,
): StoreTask<Facts> {
  const { tenant } = caller;
  const settings = settingsOf(tenant);
  const departments = (given.departments ?? []).map((entry) =>
    entry.id === undefined || entry.id === '' ? undefined : departmentNamed(tenant, departmentKind, entry.id),
  );
  const customFields = readFields ?? resolveCustomFields(known, before, people);
  const extensionBefore = feishuOf(before);
  const resolved = { given, before, extensionBefore, tenant, settings, at, people, departments, customFields };
  const { after, fields } = updateEmployee(before, patchFrom(resolved), at);
  const { aboveLeader, aboveDottedLeaders } =
    'leader' in fields || 'dottedLeaders' in fields ? yield* loadLines(tenant, after, fields) : NO_LINES;
  const claims = claimsOf(before, after, fields);
  const holders = claims.length === 0 ? NO_HOLDERS : yield* loadHolders(tenant, claims);
  const founder = 'frozen' in fields && after.frozen ? yield* founderOf(tenant) : null;
  const extensionAfter = after.extensions === before.extensions ? extensionBefore : feishuOf(after);
  const isCounted = isNewPerson === true || (after !== before && canMeetLimit(settings, fields));
  const capacity = isCounted
    ? yield* loadCapacity(tenant, addedBy({ before, after, extensionBefore, extensionAfter }, isNewPerson === true))
    : NOT_COUNTED;
  const imageKinds = settings.strict_image_keys
    ? yield* loadImageKinds(tenant, extensionBefore, extensionAfter)
    : NO_IMAGES;
  const { leader = '' } = given;
  const strangeLeader =
    leader === '' || people.has(leader) ? null : (yield* unknownEmployee(caller, idKind, leader)).problem;
  // Every member by name, so that the rules meet objects of one form.
  return {
    id,
    idKind,
    departmentKind,
    given,
    tenant,
    settings,
    caller,
    at,
    before,
    extensionBefore,
    after,
    extensionAfter,
    fields,
    people,
    departments,
    customFields,
    holders,
    capacity,
    imageKinds,
    leaderProblem: strangeLeader,
    aboveLeader,
    aboveDottedLeaders,
    founder,
  };
}

/** Returns the distinct ids of people that a request names, the one in the path first. */
export function peopleNamed(
  { id, given }: PatchRequest,
  customFields: readonly NamedCustomField[],
  dottedLimit: number,
): readonly string[] {
  const { leader, dottedLeaders } = given;
  if (leader === undefined && dottedLeaders === undefined && customFields.length === 0) return [id];
  const named = new Set([
    id,
    ...(leader === undefined || leader === '' ? [] : [leader]),
    // One more than may be given is refused for their number alone.
    ...(dottedLeaders ?? []).slice(0, dottedLimit + 1),
    ...customFields.flatMap(({ entry, known }) =>
      known?.field.type === 'person' || known?.field.type === 'people'
        ? (entry.value.user_values ?? []).flatMap(({ ids }) => ids)
        : [],
    ),
  ]);
  return [...named].slice(0, MAX_PEOPLE);
}

/** An entry of a request and its field. */
interface NamedCustomField {
  readonly entry: GivenCustomField;
  readonly known: ReturnType<typeof fieldNamed>;
}

/** Returns the fields of a request's entries. */
export function customFieldsNamed({ given }: PatchRequest, tenant: Tenant): readonly NamedCustomField[] {
  return given.customFields?.map((entry) => ({ entry, known: fieldNamed(tenant, entry.key) })) ?? [];
}

/** Whether the facts could not be loaded. */
export function isRefusal(facts: Facts | Refusal): facts is Refusal {
  return 'problem' in facts;
}

/** Later entries of one key build on the earlier ones. */
function resolveCustomFields(
  entries: readonly NamedCustomField[],
  before: Employee,
  people: ReadonlyMap<string, Employee>,
): readonly ResolvedCustomField[] {
  const values = new Map<string, CustomValue | undefined>();
  return entries.map(({ entry, known }) => {
    if (known === undefined) return { given: entry, field: undefined, value: undefined };
    const { field } = known;
    const old = values.has(field.id) ? values.get(field.id) : before.custom[field.id];
    const value = decodeCustomValue(entry, known, old, people);
    if (value !== undefined) values.set(field.id, value ?? undefined);
    return { given: entry, field, value };
  });
}

const NO_IMAGES: Facts['imageKinds'] = new Map();

/** Loads what the new images were uploaded for. */
function* loadImageKinds(
  tenant: Tenant,
  extensionBefore: FeishuEmployee,
  extensionAfter: FeishuEmployee,
): StoreTask<Facts['imageKinds']> {
  const keys: string[] = [];
  if (extensionAfter.avatarKey !== null && extensionAfter.avatarKey !== extensionBefore.avatarKey)
    keys.push(extensionAfter.avatarKey);
  if (
    extensionAfter.backgroundImageKey !== null &&
    extensionAfter.backgroundImageKey !== extensionBefore.backgroundImageKey
  )
    keys.push(extensionAfter.backgroundImageKey);
  const kinds = yield* loadAll(
    'attachment-kind',
    keys.map((id) => ({ tenant: tenant.number, id })),
  );
  return new Map(keys.map((key, index) => [key, kinds[index] ?? null]));
}

/** Returns the refusal of an unknown id, which depends on its kind. */
export function* unknownEmployee({ tenant, ids }: Caller, kind: EmployeeIdKind, id: string): StoreTask<Refusal> {
  if (kind === 'open_id' && (yield* isKnownToOtherApp(tenant, ids, id))) {
    return { problem: { kind: 'forbidden', subject: 'open_id' }, fields: [] };
  }
  // An open_id is never a union_id. [contract feishu-contact.md 7.2]
  if (kind === 'union_id' && id.startsWith('ou_'))
    return { problem: { kind: 'forbidden', subject: 'union_id.kind' }, fields: [] };
  if (kind === 'union_id' && (yield* isKnownToOtherTenant(tenant, ids, id))) {
    return { problem: { kind: 'forbidden', subject: 'union_id' }, fields: [] };
  }
  return { problem: { kind: 'unknown', subject: kind, value: id }, fields: [] };
}

/** A value that may have one holder. */
type Claim = readonly [name: ClaimName, space: LookupSpace, value: string];

/** The values that an update would give to the employee and that others may have. */
function claimsOf(before: Employee, after: Employee, fields: ChangedFields): readonly Claim[] {
  const claims: Claim[] = [];
  if ('mobile' in fields && after.mobile !== null) claims.push(['mobile', 'mobile', e164(after.mobile)]);
  if ('email' in fields && after.email !== null) claims.push(['email', 'email', normalizeEmail(after.email)]);
  if ('enterpriseEmail' in fields && after.enterpriseEmail !== null) {
    const address = normalizeEmail(after.enterpriseEmail);
    claims.push(['enterpriseEmail', 'enterprise-email', address]);
    claims.push(['recycledMail', `id:${SPACE.recycledMail(address)}`, address]);
  }
  if ('jobNumber' in fields && after.jobNumber !== null) claims.push(['jobNumber', 'job-number', after.jobNumber]);
  if ('extensionNumber' in fields && after.extensionNumber !== null)
    claims.push(['extensionNumber', 'extension-number', after.extensionNumber]);
  const id = after.ids[SPACE.employee];
  if (id !== undefined && id !== before.ids[SPACE.employee]) claims.push(['employeeId', `id:${SPACE.employee}`, id]);
  return claims;
}

function* loadHolders(tenant: Tenant, claims: readonly Claim[]): StoreTask<Holders> {
  const answers = yield* loadAll(
    'employees-by',
    claims.map(([name, space, value]) => ({
      tenant: tenant.number,
      space,
      values: [value],
      // The rules about a recycled mail need the holders' records; the others only whether there is one.
      ...(name === 'recycledMail' ? { upTo: MAX_HOLDERS } : {}),
    })),
  );
  return Object.fromEntries(claims.map(([name, , value], index) => [name, answers[index]?.get(value) ?? []]));
}

const NO_HOLDERS: Holders = {};

function* loadLines(
  tenant: Tenant,
  after: Employee,
  fields: ChangedFields,
): StoreTask<Pick<Facts, 'aboveLeader' | 'aboveDottedLeaders'>> {
  const leaders = 'leader' in fields && after.leader !== null ? [after.leader] : [];
  const dotted = 'dottedLeaders' in fields ? after.dottedLeaders : [];
  if (leaders.length === 0 && dotted.length === 0) return NO_LINES;
  const [aboveLeader = NOBODY, aboveDottedLeaders = NOBODY] = yield* loadAll('line-above', [
    { tenant: tenant.number, line: 'direct', from: leaders },
    { tenant: tenant.number, line: 'dotted', from: dotted },
  ]);
  return { aboveLeader, aboveDottedLeaders };
}

const NOBODY: ReadonlySet<string> = new Set();
const NO_LINES = { aboveLeader: NOBODY, aboveDottedLeaders: NOBODY };
