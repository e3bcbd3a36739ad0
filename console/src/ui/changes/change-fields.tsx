import type { ReactNode } from 'react';
import type { ChangeLine } from '../../../../src/sandbox/history/contract.ts';
import type { FieldValues } from '../record/field-values.tsx';
import './changes.css';

/** The fields of a change, each with its value before and after. */
export function ChangeFields({
  fields,
  shown,
}: {
  readonly fields: ChangeLine['fields'];
  readonly shown: FieldValues;
}): ReactNode {
  return (
    <ul className="change-fields">
      {Object.entries(fields).map(([field, { before, after }]) => (
        <li key={field}>
          <span className="quiet">{shown.field(field)}</span> <del>{shown.value(field, before)}</del>{' '}
          <span aria-hidden="true">→</span> <ins>{shown.value(field, after)}</ins>
        </li>
      ))}
    </ul>
  );
}
