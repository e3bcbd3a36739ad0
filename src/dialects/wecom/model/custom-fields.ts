import { isObject } from '../../../lib/json-equal.ts';
import type { CustomField, CustomValue } from '../../../directory/custom-field.ts';
import type { Problem } from '../../../directory/errors.ts';
import { plainText, withValue, type LocalText } from '../../../directory/text.ts';
import type { RosterValue } from '../protocol/wire.ts';

/** Instants that are still a date. */
const MAX_SECONDS = 8_640_000_000_000n;

/** Returns a value of a field that the company added as a roster value; null where there is none or it has no form. */
export function customToRoster(field: CustomField, value: CustomValue | undefined): RosterValue | null {
  switch (field.type) {
    case 'text':
      return isText(value) ? value.value : null;
    case 'number':
      return typeof value === 'string' ? value : null;
    case 'date':
      return typeof value === 'number' ? String(Math.floor(value / 1000)) : null;
    case 'choice': {
      const position = field.options.findIndex(({ id }) => id === value);
      return position === -1 ? null : position + 1;
    }
    default:
      return null;
  }
}

/** What a roster value is in a field that the company added; it has passed the field's value type and options. */
export function rosterToCustom(
  field: CustomField,
  before: CustomValue | undefined,
  value: RosterValue,
): { readonly value: CustomValue } | Problem {
  const subject = `custom.${field.id}`;
  if (field.type === 'choice' && typeof value === 'number') {
    const option = field.options[value - 1];
    return option === undefined ? { kind: 'unknown', subject, value: String(value) } : { value: option.id };
  }
  if (typeof value !== 'string') return { kind: 'invalid', subject };
  switch (field.type) {
    case 'text':
      return { value: isText(before) ? withValue(before, value) : plainText(value) };
    case 'number':
      return /^-?[0-9]+(\.[0-9]+)?$/.test(value) ? { value } : { kind: 'invalid', subject };
    case 'date': {
      const seconds = BigInt(value);
      const isDate = seconds >= -MAX_SECONDS && seconds <= MAX_SECONDS;
      return isDate ? { value: Number(seconds) * 1000 } : { kind: 'invalid', subject };
    }
    default:
      return { kind: 'invalid', subject };
  }
}

function isText(value: CustomValue | undefined): value is LocalText {
  return isObject(value) && typeof value['value'] === 'string' && isObject(value['i18n']);
}
