import type { LivePerson, LiveValue } from '../../connectors/connector.ts';
import type { CustomField, CustomValue } from '../../directory/custom-field.ts';

/** One custom field whose values differ. */
export interface CustomDifference {
  readonly field: `custom.${string}`;
  readonly ours: LiveValue;
  readonly theirs: LiveValue;
}

/** One custom field on both sides. */
interface CustomPair extends CustomDifference {
  /** The platform's name of it. */
  readonly key: string;
}

/**
 * Pairs the fields of a company's own that the platform knows, too. Only texts: the values of all other types are ids
 * or objects that each platform writes in a way of its own.
 */
export function customPairs(
  fields: readonly CustomField[],
  values: Readonly<Record<string, CustomValue>>,
  { custom }: LivePerson,
  space: string | null,
): readonly CustomPair[] {
  if (custom === undefined || space === null) return [];
  return fields.flatMap(({ id, type, enabled, ids }): readonly CustomPair[] => {
    const key = ids[space];
    if (type !== 'text' || !enabled || key === undefined) return [];
    return [{ key, field: `custom.${id}`, ours: textOf(values[id]), theirs: custom[key] ?? null }];
  });
}

/** A text is kept with its translations. */
function textOf(value: CustomValue | undefined): string | null {
  const text = typeof value === 'object' && 'value' in value && typeof value.value === 'string' ? value.value : value;
  const trimmed = typeof text === 'string' ? text.normalize('NFC').trim() : '';
  return trimmed === '' ? null : trimmed;
}
