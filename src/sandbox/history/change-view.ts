import type { Change, ChangedFields, ChangeKind } from '../../directory/history/change.ts';
import type { UndoConflict } from '../../directory/history/undo-conflict.ts';
import type { Undone } from '../../directory/history/undo.ts';
import type { ChangeLine, UndoConflictLine, UndoneLine } from './contract.ts';

/** Returns a change as it is shown. */
export function changeView({ number, kind, employee, origin, fields, note, undoes }: Change): ChangeLine {
  return {
    number,
    at: new Date(origin.at).toISOString(),
    ...whose(kind, employee),
    platform: origin.dialect,
    operation: origin.operation,
    app: origin.app,
    request: origin.request,
    undoes: undoes ?? null,
    fields: fieldsView(fields),
    ...note,
  };
}

/** Returns what is taken back as it is shown. */
export function undoneView({ change, kind, employee, fields }: Undone): UndoneLine {
  return { change, ...whose(kind, employee), fields: fieldsView(fields) };
}

/** Returns what keeps a change from being taken back as it is shown. */
export function conflictView({ change, kind, employee, field, reason, by, holder }: UndoConflict): UndoConflictLine {
  const of = whose(kind, employee);
  return { change, ...of, field, reason, message: MESSAGES[reason], by: by ?? null, holder: holder ?? null };
}

/** Returns what was changed: an employee, or a thing of another kind by its id. */
export function whose(kind: ChangeKind, id: string): Pick<ChangeLine, 'kind' | 'employee' | 'subject'> {
  return kind === 'employee' ? { kind, employee: id, subject: null } : { kind, employee: null, subject: id };
}

function fieldsView(fields: ChangedFields): ChangeLine['fields'] {
  return Object.fromEntries(
    Object.entries(fields).map(([name, [before, after]]) => [
      name,
      // An app's secret is kept as a digest, so that it can be given back; nothing of it is shown.
      isSecret(name) ? { before: hidden(before), after: hidden(after) } : { before, after },
    ]),
  );
}

/** Members whose values are secrets of an app: of its calls, and of the events it receives. */
const SECRETS = new Set(['secret', 'encrypt_key', 'verification_token']);

function isSecret(name: string): boolean {
  return SECRETS.has(name.slice(name.lastIndexOf('.') + 1));
}

function hidden(value: unknown): unknown {
  return value === null ? null : '[changed]';
}

const MESSAGES: Readonly<Record<UndoConflict['reason'], string>> = {
  'changed-since': 'It was changed since; undo the later change first.',
  gone: 'It is not as the change left it: removed since, or there again.',
  taken: 'Another one has this value by now.',
  unknown: 'What the old value refers to is not there any more.',
  loop: 'The employee would come to lead themselves, or the department to be above itself.',
  'in-use': 'Others refer to it: people who report to the employee, members, departments below, or values.',
  nothing: 'The change did not change this.',
  'only-whole': 'The change made or removed it, so it can only be taken back as a whole.',
};
