import { deepEqual } from '../../../lib/json-equal.ts';
import type { CatalogName } from '../../../directory/catalog.ts';
import type { CustomValue } from '../../../directory/custom-field.ts';
import type { Department } from '../../../directory/departments/department.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { e164, type Phone } from '../../../directory/employees/phone.ts';
import type { EmployeePatch } from '../../../directory/employees/employee-update.ts';
import { normalizeEmail } from '../../../directory/lookup.ts';
import type { Membership } from '../../../directory/employees/membership.ts';
import { extensionOf, type FeishuEmployee, type RecycledMail } from '../model/employee-extension.ts';
import type { Facts, ResolvedCustomField } from './facts.ts';
import { entryNamed, SPACE } from '../model/ids.ts';
import { seatIds } from '../model/seats.ts';
import { DIALECT } from '../model/settings.ts';
import { mergedText } from '../protocol/localized-text.ts';
import type { PatchInput, GivenDepartment } from '../protocol/wire.ts';

/** What of an update is known before the rules run. */
export type ResolvedUpdate = Pick<
  Facts,
  'given' | 'before' | 'extensionBefore' | 'tenant' | 'settings' | 'at' | 'people' | 'departments' | 'customFields'
>;

type Draft = { -readonly [Field in keyof EmployeePatch]: EmployeePatch[Field] };

/**
 * The update in the record's words, as far as it means anything: what cannot be read, or names what does not exist, is
 * left out here and refused by a rule.
 */
export function patchOf(resolved: ResolvedUpdate): EmployeePatch {
  const { given, before, people } = resolved;
  const patch: Draft = {};
  if (given.name !== undefined) patch.name = mergedText(before.name, given.name);
  if (given.alias !== undefined) patch.alias = given.alias === '' && before.alias === null ? null : given.alias;
  if (given.gender !== undefined) patch.gender = given.gender;
  if (given.mobile?.phone !== undefined) patch.mobile = mobileMeant(given.mobile.phone, before.mobile);
  if (given.email !== undefined) patch.email = addressMeant(given.email, before.email);
  if (given.enterpriseEmail !== undefined)
    patch.enterpriseEmail = addressMeant(given.enterpriseEmail, before.enterpriseEmail);
  if (given.workStation !== undefined) {
    patch.workStation =
      given.workStation.default_value === '' ? null : mergedText(before.workStation, given.workStation);
  }
  if (given.jobNumber !== undefined) patch.jobNumber = orNull(given.jobNumber);
  if (given.extensionNumber !== undefined) patch.extensionNumber = orNull(given.extensionNumber);
  if (given.joinDate !== undefined) patch.joinDate = orNull(given.joinDate);
  if (given.employmentType !== undefined) patch.employmentType = given.employmentType;
  if (given.frozen !== undefined) patch.frozen = given.frozen;
  if (given.leader !== undefined) {
    if (given.leader === '') patch.leader = null;
    else {
      const leader = people.get(given.leader);
      if (leader !== undefined) patch.leader = leader.id;
    }
  }
  if (given.dottedLeaders !== undefined) {
    patch.dottedLeaders = given.dottedLeaders.flatMap((id) => people.get(id)?.id ?? []);
  }
  putEntries(patch, resolved);
  putDepartments(patch, resolved);
  putCustomFields(patch, resolved.customFields);
  putOwn(patch, resolved);
  return patch;
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}

/** The mobile as it is kept where the same number is given: whichever way its dialling code is split off, nothing changes. */
function mobileMeant(given: Phone | null, kept: Phone | null): Phone | null {
  return given !== null && kept !== null && e164(given) === e164(kept) ? kept : given;
}

/** The address as it is kept where the given one differs by the case of letters alone, which is no change. [contract 0.3, 2.3.2] */
function addressMeant(given: string, kept: string | null): string | null {
  return kept !== null && normalizeEmail(given) === normalizeEmail(kept) ? kept : orNull(given);
}

/** Fields that point into a shared list; `0` clears too where a read shows it for "none". [derived] */
const ENTRIES = [
  ['workCountry', 'country', ['']],
  ['workPlace', 'work-place', ['', '0']],
  ['jobTitle', 'job-title', ['', '0']],
  ['jobLevel', 'job-level', ['', '0']],
  ['jobFamily', 'job-family', ['', '0']],
] as const satisfies readonly (readonly [
  field: keyof PatchInput & keyof Employee,
  list: CatalogName,
  clears: string[],
])[];

/** The field whose value points into the list. */
export type EntryField = (typeof ENTRIES)[number][0];

/** What a field that points into a list says: null clears, undefined is unknown; absent fields are no concern here. */
export function entryGiven({ given, tenant }: Pick<Facts, 'given' | 'tenant'>, field: EntryField) {
  const [, catalog, clears] = ENTRIES.find(([name]) => name === field) ?? ENTRIES[0];
  const id = given[field] ?? '';
  return (clears as readonly string[]).includes(id) ? null : entryNamed(tenant, catalog, id);
}

function putEntries(patch: Draft, resolved: ResolvedUpdate): void {
  for (const [field] of ENTRIES) {
    if (resolved.given[field] === undefined) continue;
    const entry = entryGiven(resolved, field);
    if (entry !== undefined) patch[field] = entry === null ? null : entry.id;
  }
}

/** The given departments, the main one first: by weight, larger first, equal weights in the order given. [derived] */
export function departmentsSorted(given: readonly GivenDepartment[]): readonly number[] {
  const rankOf = (position: number): number => given[position]?.rankAmongOwn ?? 0;
  return given.map((_, position) => position).sort((a, b) => rankOf(b) - rankOf(a) || a - b);
}

function putDepartments(patch: Draft, { given, departments, before }: ResolvedUpdate): void {
  if (given.departments === undefined || given.departments.length === 0) return;
  const memberships: Membership[] = [];
  for (const position of departmentsSorted(given.departments)) {
    const entry = given.departments[position];
    const department: Department | undefined = departments[position];
    if (entry === undefined || department === undefined) return;
    const old = before.departments.find((membership) => membership.department === department.id);
    memberships.push({
      department: department.id,
      rank: weight(entry.rank, old?.rank),
      rankAmongOwn: weight(entry.rankAmongOwn, old?.rankAmongOwn),
    });
  }
  patch.departments = deepEqual(memberships, before.departments) ? before.departments : memberships;
  patch.mainDepartment = memberships[0]?.department ?? null;
}

/** A missing weight counts as 0, so that writing 0 over one that is missing changes nothing. [derived] */
export function weight(given: number | null | undefined, old: number | null | undefined): number | null {
  return old !== undefined && (given ?? 0) === (old ?? 0) ? old : (given ?? null);
}

function putCustomFields(patch: Draft, customFields: readonly ResolvedCustomField[]): void {
  const custom: Record<string, CustomValue | null> = {};
  for (const { field, value } of customFields) {
    if (field !== undefined && value !== undefined) custom[field.id] = value;
  }
  if (Object.keys(custom).length > 0) patch.custom = custom;
}

/** Members of a request that `putOwn` reads. */
const OWN = [
  'employeeId',
  'avatarKey',
  'backgroundImageKey',
  'description',
  'resignDate',
  'resignReason',
  'resignRemark',
  'resignType',
  'geoName',
  'subscriptionIds',
  'enterpriseEmail',
] as const satisfies readonly (keyof PatchInput)[];

function namesOwn(given: PatchInput): boolean {
  return OWN.some((member) => given[member] !== undefined);
}

/** What the platform alone knows, and its ids. */
function putOwn(patch: Draft, resolved: ResolvedUpdate): void {
  const { given, before, extensionBefore, settings, at } = resolved;
  if (!namesOwn(given)) return;
  const extensionAfter: { -readonly [Field in keyof FeishuEmployee]: FeishuEmployee[Field] } = { ...extensionBefore };
  const ids: Record<string, string | null> = {};
  if (given.employeeId !== undefined && given.employeeId !== '') ids[SPACE.employee] = given.employeeId;
  if (given.avatarKey !== undefined) extensionAfter.avatarKey = orNull(given.avatarKey);
  if (given.backgroundImageKey !== undefined) extensionAfter.backgroundImageKey = orNull(given.backgroundImageKey);
  if (given.description !== undefined) extensionAfter.description = given.description;
  if (isLeaving(before)) {
    if (given.resignDate !== undefined) extensionAfter.resignDate = orNull(given.resignDate);
    if (given.resignReason !== undefined) extensionAfter.resignReason = given.resignReason;
    if (given.resignRemark !== undefined) extensionAfter.resignRemark = given.resignRemark;
    if (given.resignType !== undefined) extensionAfter.resignType = given.resignType;
  }
  if (given.geoName !== undefined) extensionAfter.geoName = given.geoName;
  if (given.subscriptionIds !== undefined && !deepEqual(given.subscriptionIds, extensionBefore.subscriptionIds)) {
    extensionAfter.subscriptionIds = given.subscriptionIds;
    Object.assign(ids, seatIds(extensionBefore.subscriptionIds, given.subscriptionIds));
  }
  const old = normalizeEmail(before.enterpriseEmail ?? '');
  if (patch.enterpriseEmail !== undefined && old !== '' && old !== normalizeEmail(patch.enterpriseEmail ?? '')) {
    extensionAfter.recycledMail = recycle(old, extensionBefore.recycledMail, at, settings.mail_recycle_days, ids);
  }
  if (Object.keys(ids).length > 0) patch.ids = ids;
  if (!deepEqual(extensionAfter, extensionBefore)) patch.extensions = { [DIALECT]: extensionOf(extensionAfter) };
}

/** Whether resignation information may be kept of the employee. [seed] */
export function isLeaving({ status }: Employee): boolean {
  return status === 'resigned' || status === 'pre-resigned';
}

const DAY_MS = 86_400_000;

/** Whether an address has been in the recycle bin for so long that it is free again. */
export function isPurged(since: number, days: number, at: number): boolean {
  return at - since >= days * DAY_MS;
}

/** An enterprise mail that is changed or cleared goes to the recycle bin; what was purged there is forgotten. */
export function recycle(
  address: string,
  bin: readonly RecycledMail[],
  at: number,
  days: number,
  ids: Record<string, string | null>,
): readonly RecycledMail[] {
  const kept = bin.filter((mail) => mail.address !== address && !isPurged(mail.since, days, at));
  for (const mail of bin) if (!kept.includes(mail)) ids[SPACE.recycledMail(mail.address)] = null;
  ids[SPACE.recycledMail(address)] = address;
  return [...kept, { address, since: at }];
}
