import type { ReactNode } from 'react';
import type { ChangeLine } from '../../../../src/sandbox/history/contract.ts';
import { visible } from '../code/visible.ts';
import type { LiveValues } from '../target/live-values.ts';
import './changes.css';

/** The fields of a change, each with its value before and after. */
export function ChangeFields({
  fields,
  live,
}: {
  readonly fields: ChangeLine['fields'];
  /** How fields and values are named; absent: as the record has them. */
  readonly live?: Pick<LiveValues, 'field' | 'value'>;
}): ReactNode {
  const text = (field: string, value: unknown): string =>
    live === undefined ? shown(value) : live.value(field, value);
  return (
    <ul className="change-fields">
      {Object.entries(fields).map(([field, { before, after }]) => (
        <li key={field}>
          <span className="quiet">{live?.field(field) ?? field}</span> <del>{text(field, before)}</del>{' '}
          <span aria-hidden="true">→</span> <ins>{text(field, after)}</ins>
        </li>
      ))}
    </ul>
  );
}

/** Returns a value of a record in one line; ∅ for none. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return '∅';
  if (typeof value === 'string') return visible(value);
  if (isText(value)) return visible(value.value);
  if (isPhone(value)) return `+${value.country} ${value.number}`;
  return visible(JSON.stringify(value));
}

function isText(value: object | number | boolean | bigint | symbol): value is { readonly value: string } {
  return typeof value === 'object' && 'value' in value && typeof value.value === 'string';
}

function isPhone(
  value: object | number | boolean | bigint | symbol,
): value is { readonly country: string; readonly number: string } {
  return typeof value === 'object' && 'country' in value && 'number' in value;
}
