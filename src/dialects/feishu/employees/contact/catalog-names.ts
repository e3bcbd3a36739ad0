import type { CatalogEntry, CatalogName } from '../../../../directory/catalog.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { Tenant } from '../../../../directory/tenant.ts';
import { plainText } from '../../../../directory/text.ts';
import type { DialectContext } from '../../../dialect.ts';
import type { UserBody } from '../../protocol/contact/user-body.ts';
import { lengthOf } from '../../protocol/localized-text.ts';

/** Entries of one list at most, and the length of a city's name. [contract feishu-contact.md 2.1] */
const MAX_ENTRIES = 10_000;
const MAX_IN_CITY = 100;
/** The length of a title. [contract feishu-contact.md 2.1, 9.1] */
export const MAX_IN_TITLE = 255;

/** What makes an entry that there is not yet; own ids are made up beforehand, as the work may be run again. */
export interface EntryFactory {
  readonly recordFactory: DialectContext['recordFactory'];
  readonly placeId: string;
  readonly titleId: string;
  readonly at: number;
}

/** What a name means: an entry's own id, none, or nothing that can be used. Undefined: nothing was said. */
type Meant = string | null | typeof FAILED | undefined;
const FAILED = Symbol('a name that cannot be used');

/** The entries that `city` and `job_title` name, and the company with those that were added. */
export interface NamedEntries {
  readonly tenant: Tenant;
  readonly isAdded: boolean;
  readonly workPlace: string | null | undefined;
  readonly jobTitle: string | null | undefined;
  readonly isCityFailed: boolean;
  readonly isTitleFailed: boolean;
}

/** Finds the entries that a request names, and makes those that there are not. [contract feishu-contact.md 2.1] */
export function entriesNamed(
  tenant: Tenant,
  before: Employee,
  { city, job_title: title }: UserBody,
  factory: EntryFactory,
): NamedEntries {
  const added: CatalogEntry[] = [];
  const find = (catalog: CatalogName, name: string, now: string | null, id: string, isFit: boolean): Meant => {
    const { all, get } = listOf(tenant, catalog);
    // The name of the present entry means it, though another has the same name, or it may not be chosen any more.
    if (now !== null && get(now)?.name.value === name) return now;
    const entry =
      all.find((one) => one.name.value === name) ?? all.find((one) => Object.values(one.name.i18n).includes(name));
    if (entry !== undefined) return entry.enabled ? entry.id : FAILED;
    if (!isFit || all.length >= MAX_ENTRIES) return FAILED;
    const made = factory.recordFactory.catalogEntry(tenant, catalog, id, plainText(name), factory.at);
    added.push(made);
    return made.id;
  };
  const place = named(city, (name) =>
    find('work-place', name, before.workPlace, factory.placeId, lengthOf(name) <= MAX_IN_CITY),
  );
  const job = named(title, (name) =>
    // One that is too long is refused by a rule.
    find('job-title', name, before.jobTitle, factory.titleId, lengthOf(name) <= MAX_IN_TITLE),
  );
  const { parts } = tenant;
  return {
    tenant:
      added.length === 0
        ? tenant
        : new Tenant({ ...parts, catalogs: [...parts.catalogs, ...added], updatedAt: factory.at }),
    isAdded: added.length > 0,
    workPlace: place === FAILED ? undefined : place,
    jobTitle: job === FAILED ? undefined : job,
    isCityFailed: place === FAILED,
    isTitleFailed: job === FAILED,
  };
}

/** Blanks clear. */
function named(name: string | undefined, find: (name: string) => Meant): Meant {
  if (name === undefined) return undefined;
  return name.trim() === '' ? null : find(name);
}

function listOf(tenant: Tenant, catalog: CatalogName) {
  const list = tenant.catalog(catalog);
  return { all: list.all, get: (id: string) => list.get(id) };
}
