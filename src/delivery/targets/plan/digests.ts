import { createHash } from 'node:crypto';
import type { FieldName, FieldRow, LivePerson, LiveValue } from '../../../connectors/connector.ts';
import type { OwnPerson } from '../own-people.ts';

/** Digests what of one of ours a step was made from. */
export function ownDigest(own: OwnPerson | null, fields: readonly string[]): string {
  if (own === null) return digest(['absent']);
  const values = fields.toSorted().map((field) => [field, own.values[field as FieldName] ?? null]);
  return digest([own.isInService, values, fields.some((field) => field.startsWith('custom:')) ? own.custom : null]);
}

/** Digests what of a person there a step was made from; who left and who was never there look the same in some reads. */
export function liveDigest(
  live: LivePerson | 'absent' | null,
  fields: readonly string[],
  rows: readonly FieldRow[],
): string {
  if (live === 'absent' || live === null || !live.isInService) return digest(['absent']);
  const same = new Map(rows.map((row) => [row.field as string, row.same]));
  const values = fields.toSorted().map((field) => [field, seen(live, field, same.get(field))]);
  return digest(['there', values]);
}

function seen(live: LivePerson, field: string, same?: (value: LiveValue) => LiveValue): LiveValue {
  if (field.startsWith('custom:')) return live.custom?.[field.slice('custom:'.length)] ?? null;
  const value = live.values[field as FieldName];
  if (value === undefined) return 'unread';
  return same === undefined ? value : same(value);
}

/** Digests anything that is JSON. */
export function digest(value: unknown): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(value)).digest('hex')}`;
}
