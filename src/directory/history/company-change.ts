import type { TenantData } from '../tenant.ts';
import { changedFields, type ChangedFields, type ChangeKind } from './change.ts';

/** What of a company has a change of its own. */
export interface PartChange {
  readonly kind: ChangeKind;
  /** What names it among those of its kind. */
  readonly subject: string;
  readonly fields: ChangedFields;
}

type Parts = Omit<TenantData, 'number'>;

/** A department, an entry of a list, a field or an app. */
export interface CompanyPart {
  readonly id: string;
  readonly createdAt?: number;
}

/** The lists of a company whose members change one by one, by kind. */
export const PART_LISTS = {
  department: 'departments',
  'catalog-entry': 'catalogs',
  'custom-field': 'customFields',
  app: 'apps',
} as const satisfies Partial<Record<ChangeKind, keyof TenantData>>;

/** A kind of things of which a company has a list. */
export type PartKind = keyof typeof PART_LISTS;

const KINDS = Object.keys(PART_LISTS) as readonly PartKind[];

/** Whether a company has a list of things of this kind. */
export function isPartKind(kind: ChangeKind): kind is PartKind {
  return Object.hasOwn(PART_LISTS, kind);
}

/** Returns the name of a part among those of its kind: its id, below its list where ids are those of a list. */
export function subjectOf(part: CompanyPart): string {
  return 'catalog' in part ? `${String(part.catalog)}/${part.id}` : part.id;
}

/** Returns the members of a company's own record that are settings: not its clock, its marks or its dates. */
export function companyRecord(parts: Parts): object {
  const { key, name, state, secondLocale, names, settings, loginRealm = null, sandbox = null, targets = null } = parts;
  return { key, name, state, secondLocale, names, settings, loginRealm, sandbox, targets };
}

/**
 * Returns what differs between two states of a company, employees apart. A company that is made is one change: what
 * it is made with is in its file.
 */
export function companyChanges(before: Parts | null, after: Parts): readonly PartChange[] {
  if (before === null) {
    return [{ kind: 'company', subject: after.key, fields: { key: [null, after.key], name: [null, after.name] } }];
  }
  if (before === after) return [];
  const changes: PartChange[] = [];
  for (const kind of KINDS) {
    const list = PART_LISTS[kind];
    // A list that is the same one needs no look at its members, which may be thousands.
    if (before[list] !== after[list]) changes.push(...listChanges(kind, before[list], after[list]));
  }
  const fields = changedFields(companyRecord(before), companyRecord(after));
  if (Object.keys(fields).length > 0) changes.push({ kind: 'company', subject: after.key, fields });
  return changes;
}

function listChanges(
  kind: PartKind,
  before: readonly CompanyPart[],
  after: readonly CompanyPart[],
): readonly PartChange[] {
  const old = new Map(before.map((part) => [subjectOf(part), part]));
  const changes: PartChange[] = [];
  for (const part of after) {
    const subject = subjectOf(part);
    const was = old.get(subject) ?? null;
    old.delete(subject);
    if (was === part) continue;
    const fields = changedFields(was, part);
    if (was === null) changes.push({ kind, subject, fields: { ...fields, ...identity(null, part) } });
    else if (Object.keys(fields).length > 0) changes.push({ kind, subject, fields });
  }
  for (const [subject, part] of old) {
    const fields = { ...changedFields(part, null), ...identity(part, null) };
    changes.push({ kind, subject, fields });
  }
  return changes;
}

/** What stays the same as long as a part is there, and is needed to make it again. */
function identity(before: CompanyPart | null, after: CompanyPart | null): ChangedFields {
  const { createdAt } = before ?? after ?? {};
  return {
    id: [before?.id ?? null, after?.id ?? null],
    ...(createdAt === undefined
      ? {}
      : { createdAt: [before === null ? null : createdAt, after === null ? null : createdAt] }),
  };
}
