import { Link } from '@tanstack/react-router';
import { memo, type ReactNode } from 'react';
import type { PlannedStep } from '../../../../src/company/contract.ts';
import { ChangeFields } from '../../ui/changes/change-fields.tsx';
import { visible } from '../../ui/code/visible.ts';
import { useWords } from '../../words/language.tsx';
import { fileWords } from './words.ts';

const SIGN = { add: '+', change: '~', remove: '−' } as const;
const LOOK = { add: 'good', change: 'changed', remove: 'bad' } as const;

const KINDS = {
  employee: 'kind_employee',
  department: 'kind_department',
  app: 'kind_app',
  account: 'kind_account',
  company: 'kind_company',
  fault: 'kind_fault',
  'custom-field': 'kind_field',
} as const;

/** Returns the word for a kind of thing; a list of choices has the name that a company file gives it. */
export function kindOf(kind: string, say: (word: (typeof KINDS)[keyof typeof KINDS]) => string): string {
  const known = Object.entries(KINDS).find(([name]) => name === kind)?.[1];
  return known === undefined ? visible(kind) : say(known);
}

/** What becomes of one thing: a row with its values before and after. */
export const PlanStep = memo(function PlanStep({
  company,
  step,
}: {
  readonly company: string;
  readonly step: PlannedStep;
}): ReactNode {
  const say = useWords(fileWords);
  const { action, kind, id, name, values, fields } = step;
  const changed =
    values === undefined
      ? undefined
      : Object.fromEntries(Object.entries(values).map(([field, [before, after]]) => [field, { before, after }]));
  const silent = fields.filter((field) => values === undefined || !Object.hasOwn(values, field));
  const title = visible(name ?? id);
  return (
    <tr>
      <td className="file-what">
        <span className={`verdict verdict-${LOOK[action]}`}>
          <span aria-hidden="true">{SIGN[action]}</span> {say(action)}
        </span>
      </td>
      <td className="file-who">
        <div className="row wrap">
          <span className="quiet small">{kindOf(kind, say)}</span>
          {kind === 'employee' && action === 'change' ? (
            <Link to="/c/$company/people/$id" params={{ company, id }}>
              {title}
            </Link>
          ) : (
            <strong>{title}</strong>
          )}
          {name !== undefined && <span className="code quiet small">{visible(id)}</span>}
        </div>
      </td>
      <td className="file-fields">
        {changed !== undefined && <ChangeFields fields={changed} />}
        {silent.length > 0 && (
          <span className="quiet">
            {silent.map(visible).join(', ')} {say('secret')}
          </span>
        )}
      </td>
    </tr>
  );
});
