import type { MemberResult } from '../journal/contract.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { Mask } from '../journal/mask.ts';
import { fieldsOf, outcomeOf, viewOf } from '../journal/request-view.ts';
import type { RequestSummary } from './contract.ts';

/** So many results are remembered: a body has thousands of members where a caller wants it so. */
const MOST_KNOWN = 200_000;

/** Results of members, worked out once for each entry that is still kept. */
let known = new WeakMap<JournalEntry, readonly MemberResult[]>();
let knownResults = 0;

/** Returns one result for each member of an entry's body, which is worked out once. */
export function knownFieldsOf(entry: JournalEntry): readonly MemberResult[] {
  let fields = known.get(entry);
  if (fields !== undefined) return fields;
  if (knownResults > MOST_KNOWN) {
    known = new WeakMap();
    knownResults = 0;
  }
  known.set(entry, (fields = fieldsOf(entry)));
  knownResults += fields.length;
  return fields;
}

/** Returns whether a call lost something although its answer says success. */
export function isSilent(entry: JournalEntry): boolean {
  const outcome = outcomeOf(entry);
  // What was refused as a whole is not silent, and needs no look at its members.
  if (outcome !== 'ok' && outcome !== 'partly') return false;
  return knownFieldsOf(entry).some(({ silent }) => silent === true);
}

/** Returns an entry as a live list shows it. */
export function summaryOf(entry: JournalEntry, mask: Mask): RequestSummary {
  const fields = knownFieldsOf(entry);
  const { fields: _none, ...view } = viewOf(entry, [], mask);
  const verdicts: Record<string, number> = {};
  for (const { verdict } of fields) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  const silent = fields.filter((field) => field.silent === true).length;
  return { ...view, verdicts, silent };
}
