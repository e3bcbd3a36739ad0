import type { Clock } from '../../lib/time/clock.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { noMask } from '../journal/mask.ts';
import { readQuery, saysDirection } from '../journal/query-language.ts';
import { fieldsOf, wholeViewOf } from '../journal/request-view.ts';
import type { RequestEntry, Requests } from './contract.ts';

/** Looks into a journal. */
export function requestsOf(journal: Journal, clock: Clock): Requests {
  const list = (search = ''): readonly RequestEntry[] => {
    const condition = readQuery(search, clock.now());
    return [...(saysDirection(search) ? journal.both() : journal.entries())]
      .filter((entry) => condition({ entry, fields: () => fieldsOf(entry) }))
      .map(entryFor);
  };
  return {
    list,
    last: (search) => {
      const [newest] = list(search);
      if (newest !== undefined) return newest;
      const [other] = list();
      const instead = other === undefined ? 'None is kept.' : `The newest is ${answerOf(other)}.`;
      throw new Error(`No call was answered that "${search ?? ''}" finds. ${instead}`);
    },
    clear: () => {
      void journal.clear();
    },
  };
}

/** Says in a line what was called and answered. */
export function answerOf({ method, path, status, code }: RequestEntry): string {
  return `${method} ${path} answered ${String(status)}, code ${code ?? 'none'}`;
}

function entryFor(entry: JournalEntry): RequestEntry {
  const fields = fieldsOf(entry);
  return {
    ...wholeViewOf(entry, fields, noMask),
    field: (name) => fields.find(({ field }) => field === name || field.endsWith(`.${name}`)),
  };
}
