import type { Change, ChangedFields } from '../../directory/history/change.ts';
import type { UndoConflict } from '../../directory/history/undo-conflict.ts';
import type { Undone } from '../../directory/history/undo.ts';
import type { ChangeLine, UndoConflictLine, UndoneLine } from './contract.ts';

/** Returns a change as it is shown. */
export function changeView({ number, employee, origin, fields, note, undoes }: Change): ChangeLine {
  return {
    number,
    at: new Date(origin.at).toISOString(),
    kind: 'employee',
    employee,
    subject: null,
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
export function undoneView({ change, employee, fields }: Undone): UndoneLine {
  return { change, employee, fields: fieldsView(fields) };
}

/** Returns what keeps a change from being taken back as it is shown. */
export function conflictView({ change, employee, field, reason, by, holder }: UndoConflict): UndoConflictLine {
  return { change, employee, field, reason, message: MESSAGES[reason], by: by ?? null, holder: holder ?? null };
}

function fieldsView(fields: ChangedFields): ChangeLine['fields'] {
  return Object.fromEntries(Object.entries(fields).map(([name, [before, after]]) => [name, { before, after }]));
}

const MESSAGES: Readonly<Record<UndoConflict['reason'], string>> = {
  'changed-since': 'It was changed since; undo the later change first.',
  gone: 'The employee is not as the change left them: removed since, or there again.',
  taken: 'Another employee in service has this value by now.',
  unknown: 'What the old value refers to is not there any more.',
  loop: 'The employee would come to lead themselves.',
  'in-use': 'Others refer to the employee: people who report to them, or a department they lead.',
  nothing: 'The change did not change this.',
  'only-whole': 'The change made or removed the employee, so it can only be taken back as a whole.',
};
