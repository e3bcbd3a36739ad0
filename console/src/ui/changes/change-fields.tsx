import type { ReactNode } from 'react';
import type { ChangeLine } from '../../../../src/sandbox/history/contract.ts';
import { useWords } from '../../words/language.tsx';
import type { FieldValues } from '../record/field-values.tsx';
import './changes.css';

const words = { name: { zh: '名称', en: 'Name' } } as const;

/** The fields of a change, each with its value before and after. */
export function ChangeFields({
  fields,
  shown,
  kind = 'employee',
}: {
  readonly fields: ChangeLine['fields'];
  readonly shown: FieldValues;
  /** What changed: only people have a name of their own kind in Chinese. */
  readonly kind?: string;
}): ReactNode {
  const say = useWords(words);
  const isOwnName = (field: string): boolean => field === 'name' && kind !== 'employee';
  return (
    <ul className="change-fields">
      {Object.entries(fields).map(([field, { before, after }]) => (
        <li key={field}>
          <span className="quiet">{isOwnName(field) ? say('name') : shown.field(field)}</span>{' '}
          <del>{shown.value(field, before)}</del> <span aria-hidden="true">→</span>{' '}
          <ins>{shown.value(field, after)}</ins>
        </li>
      ))}
    </ul>
  );
}
