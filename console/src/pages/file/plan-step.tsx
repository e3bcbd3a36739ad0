import { Link } from '@tanstack/react-router';
import { memo, type ReactNode } from 'react';
import type { PlannedStep } from '../../../../src/company/contract.ts';
import { ChangeFields } from '../../ui/changes/change-fields.tsx';
import { visible } from '../../ui/code/visible.ts';
import { wordOf } from '../../ui/record/field-values.tsx';
import { useRecordValues } from '../../ui/record/record-values.tsx';
import { THING_WORDS } from '../../ui/record/record-words.ts';
import { useLanguage, useWords } from '../../words/language.tsx';
import { fileWords } from './words.ts';

const SIGN = { add: '+', change: '~', remove: '−' } as const;
const LOOK = { add: 'good', change: 'changed', remove: 'bad' } as const;

/** What becomes of one thing: a row with its values before and after. */
export const PlanStep = memo(function PlanStep({
  company,
  step,
}: {
  readonly company: string;
  readonly step: PlannedStep;
}): ReactNode {
  const say = useWords(fileWords);
  const { language } = useLanguage();
  const shown = useRecordValues(company);
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
          <span className="quiet small">{wordOf(THING_WORDS, kind, language)}</span>
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
        {action !== 'change' && <span className="quiet">{say(action === 'add' ? 'wholeAdded' : 'wholeRemoved')}</span>}
        {changed !== undefined && <ChangeFields fields={changed} shown={shown} kind={kind} />}
        {silent.length > 0 && (
          <span className="quiet">
            {silent.map(shown.field).join(', ')} {say('secret')}
          </span>
        )}
      </td>
    </tr>
  );
});
