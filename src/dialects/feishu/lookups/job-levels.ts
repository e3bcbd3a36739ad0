import Type, { type Static } from 'typebox';
import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { isListed } from '../model/job-entry-extension.ts';
import { MAX_IN_TEXT } from '../protocol/bounds.ts';
import { JOB_LEVEL_CODES, type Code } from '../protocol/codes.ts';
import { describedBy, isDescriptionShort, isNamed, jobEntryMembers, showJobEntry } from './job-entries.ts';

/** Returns a level as it is shown. [public: contact/job_level/list] */
export function showLevel(entry: CatalogEntry): object {
  return showJobEntry('job_level', entry, { order: entry.order });
}

/** What create and update read. Numbers that have a code of their own are no part of the shape. */
export const LevelBody = Type.Object({ ...jobEntryMembers, order: Type.Optional(Type.Integer()) });
type LevelBody = Static<typeof LevelBody>;

const MAX_IN_NAME = 255;
const LEAST_ORDER = 100;
const MAX_ORDER = 100_000;
/** Levels of one company, deleted ones among them; the page states no number. [proposed] */
const MAX_LEVELS = 1_000;

/** The level as asked for, or why not. `blank` is the level as it is, or a new one. The order of the rules is [proposed]. */
export function levelFrom(body: LevelBody, blank: CatalogEntry, isNew: boolean, tenant: Tenant): CatalogEntry | Code {
  const { all } = tenant.catalog('job-level');
  const others = all.filter((entry) => entry.id !== blank.id && isListed(entry));
  if (!isNamed(body, MAX_IN_NAME)) return JOB_LEVEL_CODES.nameInvalid;
  if (!isDescriptionShort(body, MAX_IN_TEXT)) return JOB_LEVEL_CODES.descriptionInvalid;
  const { order = isNew ? freeOrder(others) : blank.order } = body;
  if (body.order !== undefined && (order < LEAST_ORDER || order > MAX_ORDER)) return JOB_LEVEL_CODES.orderInvalid;
  if (isNew && all.length >= MAX_LEVELS) return JOB_LEVEL_CODES.tooMany;
  if (others.some((entry) => entry.name.value === body.name)) return JOB_LEVEL_CODES.nameTaken;
  if (body.order !== undefined && others.some((entry) => entry.order === order)) return JOB_LEVEL_CODES.orderTaken;
  return { ...describedBy(body, blank), order };
}

/** The smallest number that no level has. [proposed] */
function freeOrder(levels: readonly CatalogEntry[]): number {
  const taken = new Set(levels.map(({ order }) => order));
  let order = LEAST_ORDER;
  while (taken.has(order)) order++;
  return order;
}
