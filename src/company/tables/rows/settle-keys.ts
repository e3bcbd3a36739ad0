import { bareKey } from '../formats/bare-text.ts';
import type { RowDraft } from '../columns/field.ts';
import type { PeopleFound } from './find-people.ts';

/**
 * Settles how the keys of a row are spelled: as they are written where an employee has them so, as a platform may have let
 * through; else as a keyboard types them, as `０１２` in a table means 012 and must not add another person.
 */
export function settleKeys(draft: RowDraft, { byId, by }: PeopleFound): void {
  const { keys, patch, leader } = draft;
  const isHeld = (space: `id:${string}` | 'job-number', value: string): boolean => by.get(space)?.has(value) === true;
  if (keys.id !== undefined && !byId.has(keys.id)) keys.id = bareKey(keys.id);
  for (const [space, value] of Object.entries(keys.ids)) {
    if (!isHeld(`id:${space}`, value)) keys.ids[space] = bareKey(value);
  }
  const { jobNumber } = patch;
  if (typeof jobNumber === 'string' && !isHeld('job-number', jobNumber)) patch.jobNumber = bareKey(jobNumber);
  if (typeof leader !== 'string' || byId.has(leader)) return;
  if (![...by.values()].some((found) => found.has(leader))) draft.leader = bareKey(leader);
}
