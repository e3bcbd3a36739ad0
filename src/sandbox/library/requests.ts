import type { Clock } from '../../lib/clock.ts';
import type { MemberResult } from '../journal/complete-fields.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { noMask } from '../journal/mask.ts';
import { readQuery } from '../journal/query-language.ts';
import { fieldsOf, wholeViewOf, type WholeRequestView } from '../journal/request-view.ts';

/** A call that was answered, with what became of each member. */
export interface RequestEntry extends WholeRequestView {
  /** Finds what became of a member, by its whole name (`employee.mobile`) or its last one (`mobile`). */
  field(name: string): MemberResult | undefined;
}

/** The calls that this Mingce answered, as a test looks at them; people are shown as they are. */
export interface Requests {
  /** Returns the calls that a search finds, newest first; all without one. Rejects a search that cannot be read. */
  list(search?: string): readonly RequestEntry[];
  /** Returns the newest call that a search finds. Throws where there is none. */
  last(search?: string): RequestEntry;
  /** Forgets all calls. */
  clear(): void;
}

/** Looks into a journal. */
export function requestsOf(journal: Journal, clock: Clock): Requests {
  const list = (search = ''): readonly RequestEntry[] => {
    const condition = readQuery(search, clock.now());
    return [...journal.entries()].filter((entry) => condition({ entry, fields: () => fieldsOf(entry) })).map(entryFor);
  };
  return {
    list,
    last: (search) => {
      const [newest] = list(search);
      if (newest === undefined) throw new Error(`No call was answered that "${search ?? ''}" finds.`);
      return newest;
    },
    clear: () => {
      journal.clear();
    },
  };
}

function entryFor(entry: JournalEntry): RequestEntry {
  const fields = fieldsOf(entry);
  return {
    ...wholeViewOf(entry, fields, noMask),
    field: (name) => fields.find(({ field }) => field === name || field.endsWith(`.${name}`)),
  };
}
