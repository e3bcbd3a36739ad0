import Type, { type Static } from 'typebox';
import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { entryNamed } from '../model/ids.ts';
import { isListed } from '../model/job-entry-extension.ts';
import { MAX_IN_TEXT } from '../protocol/bounds.ts';
import { JOB_FAMILY_CODES as F, type Code } from '../protocol/codes.ts';
import { parentIdOf } from './catalog-routes.ts';
import { describedBy, isDescriptionShort, isNamed, jobEntryMembers, showJobEntry } from './job-entries.ts';

/** Returns a family as it is shown. [public: contact/job_family/list] */
export function showFamily(entry: CatalogEntry, tenant: Tenant): object {
  return showJobEntry('job_family', entry, { parent_job_family_id: parentIdOf(entry, tenant) });
}

/** What create and update read; name and status must be there. [contract feishu-contact.md 4.3, 9.1] */
export const FamilyBody = Type.Object({ ...jobEntryMembers, parent_job_family_id: Type.Optional(Type.String()) });
type FamilyBody = Static<typeof FamilyBody>;

const MAX_IN_NAME = 100;
/** Families of one company, deleted ones among them, and how deep they lie; the page states neither. [proposed] */
const MAX_FAMILIES = 1_000;
const MAX_DEPTH = 10;

/** The family as asked for, or why not. `blank` is the family as it is, or a new one. The order of the rules is [proposed]. */
export function familyFrom(body: FamilyBody, blank: CatalogEntry, isNew: boolean, tenant: Tenant): CatalogEntry | Code {
  const { all } = tenant.catalog('job-family');
  if (!isNamed(body, MAX_IN_NAME)) return F.nameInvalid;
  if (!isDescriptionShort(body, MAX_IN_TEXT)) return F.descriptionInvalid;
  if (isNew && all.length >= MAX_FAMILIES) return F.tooMany;
  if (all.some((entry) => entry.id !== blank.id && isListed(entry) && entry.name.value === body.name))
    return F.nameTaken;
  const parent = parentFrom(body, blank, tenant);
  if (parent !== null && typeof parent === 'object') return parent;
  return { ...describedBy(body, blank), parent };
}

/** Own id of the family above, null for none, or why it cannot lie there. */
function parentFrom(
  { parent_job_family_id: id }: FamilyBody,
  blank: CatalogEntry,
  tenant: Tenant,
): string | null | Code {
  if (id === undefined) return blank.parent;
  if (id === '' || id === '0') return null;
  const parent = entryNamed(tenant, 'job-family', id);
  if (parent === undefined) return F.parentUnknown;
  if (!isListed(parent)) return F.parentDeleted;
  if (!parent.enabled && parent.id !== blank.parent) return F.parentDisabled;
  const families = tenant.catalog('job-family');
  let depth = 1;
  for (let at: CatalogEntry | undefined = parent; at !== undefined; depth++) {
    if (at.id === blank.id) return F.cycle;
    if (depth >= MAX_DEPTH) return F.tooDeep;
    at = at.parent === null ? undefined : families.get(at.parent);
  }
  return parent.id;
}

/** Whether a family lies below this one. */
export function hasChild(entry: CatalogEntry, tenant: Tenant): boolean {
  return tenant.catalog('job-family').all.some((one) => one.parent === entry.id && isListed(one));
}
