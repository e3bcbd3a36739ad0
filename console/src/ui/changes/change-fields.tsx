import type { ReactNode } from 'react';
import type { ChangeLine } from '../../../../src/sandbox/history/contract.ts';
import { visible } from '../code/visible.ts';
import './changes.css';

/** The fields of a change, each with its value before and after. */
export function ChangeFields({ fields }: { readonly fields: ChangeLine['fields'] }): ReactNode {
  return (
    <ul className="change-fields">
      {Object.entries(fields).map(([field, { before, after }]) => (
        <li key={field}>
          <span className="quiet">{field}</span> <del>{shown(before)}</del> <span aria-hidden="true">→</span>{' '}
          <ins>{shown(after)}</ins>
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
