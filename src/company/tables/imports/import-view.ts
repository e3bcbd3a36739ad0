import { isOverBrake } from '../../brake.ts';
import { bareKey } from '../formats/bare-text.ts';
import type { TableField } from '../columns/field.ts';
import { dayIn } from '../columns/values.ts';
import type { ImportColumn, ImportView } from '../contract.ts';
import { CHUNK } from './apply-import.ts';
import type { KeptImport } from './kept-import.ts';

/** Returns an import as callers see it. */
export function importView(kept: KeptImport, fields: readonly TableField[]): ImportView {
  const { counts, present, state, done } = kept;
  const byName = new Map(fields.map((field) => [field.name, field]));
  const rows = counts?.rows ?? 0;
  const removes = counts?.removes ?? 0;
  const isUndoing = state === 'undoing';
  const chunks = Math.ceil(rows / CHUNK);
  return {
    id: kept.id,
    file: kept.file,
    origin: kept.origin ?? 'file',
    template: kept.template,
    state,
    at: new Date(kept.at).toISOString(),
    sheet: kept.sheet ?? null,
    other_sheets: kept.otherSheets ?? [],
    guessed_encoding: kept.guessedEncoding ?? null,
    columns: kept.columns.map(({ header, field, did_you_mean, repeats }, index): ImportColumn => ({
      header,
      field,
      did_you_mean,
      ...(repeats === undefined ? {} : { repeats }),
      example: kept.examples[index] ?? '',
      read_as: readAs(byName.get(field ?? ''), kept.examples[index] ?? '', kept.is1904 === true),
    })),
    fields: fields.map(({ name, zh, en, input }) => ({
      name,
      zh,
      en,
      ...(input?.kind === 'choice' ? { choices: input.choices } : {}),
    })),
    clears_empty: kept.clearsEmpty,
    skips_hidden: kept.skipsHidden ?? false,
    platforms: kept.platforms,
    counts: counts === null ? null : { ...counts, hidden: counts.hidden ?? 0 },
    brake: counts === null ? null : { tripped: removes > 0 && isOverBrake(removes, present), removes, present },
    progress: isUndoing ? { done: chunks - done, of: chunks } : { done, of: rows },
    applied: kept.applied,
    failed: kept.failed,
    kept: kept.kept,
    error: kept.error,
  };
}

/** What an example is read as, where that is something else: a day that the table has a number for, a key with full-width signs. */
function readAs(field: TableField | undefined, example: string, is1904: boolean): string | null {
  const isDay = field?.name === 'join_date' || field?.name === 'left_on';
  const read = isDay ? dayIn(bareKey(example), is1904) : field?.isKey === true ? bareKey(example) : null;
  return read === example ? null : read;
}
