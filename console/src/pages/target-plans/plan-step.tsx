import type { ReactNode } from 'react';
import type { TargetPlanStep } from '../../../../src/http/admin/targets/plan-contract.ts';
import { ChangeFields } from '../../ui/changes/change-fields.tsx';
import { visible } from '../../ui/code/visible.ts';
import { SubjectLink } from '../../ui/people/person-name.tsx';
import { useLiveValues } from '../../ui/target/live-values.tsx';
import { DONE_WORDS, FATE_WORDS } from '../../ui/target/live-words.ts';
import { useLanguage, useWords } from '../../words/language.tsx';
import { planWords } from './words.ts';

/** One request of a plan: each field old and new, what the platform is predicted to answer, and what it answered. */
export function PlanStep({ company, step }: { readonly company: string; readonly step: TargetPlanStep }): ReactNode {
  const say = useWords(planWords);
  const { language } = useLanguage();
  const live = useLiveValues(company);
  const { n, operation, call, subjects, predicted, outcome } = step;
  const kind = operation.startsWith('department-') ? 'department' : 'employee';
  const became = (field: string | null, fate: string): string =>
    [field === null ? '' : live.field(field), live.named(FATE_WORDS, fate)].join(' ').trim();
  return (
    <li className="card stack-tight">
      <p className="row wrap">
        <span className="quiet">{n}</span> <strong>{live.named(DONE_WORDS, operation)}</strong>{' '}
        <span className="code quiet">{visible(call)}</span>
        {step.is_refused && <span className="verdict verdict-bad">✕ {say('willRefuse')}</span>}
      </p>
      {subjects.map(({ subject, name, changes }) => (
        <div key={subject} className="row wrap">
          <SubjectLink subject={{ company, kind, id: subject }} name={visible(name === '' ? subject : name)} isLive />
          <ChangeFields
            shown={live}
            fields={Object.fromEntries(
              Object.entries(changes).map(([field, { from, to }]) => [field, { before: from ?? null, after: to }]),
            )}
          />
        </div>
      ))}
      <dl className="target-facts small">
        <div>
          <dt className="quiet">{say('predicted')}</dt>
          <dd>
            <ul>
              {predicted.map(({ subject, field, fate, code, remedy }) => (
                <li key={`${subject} ${field ?? ''}`}>
                  {became(field, fate)}
                  {code !== null && ` ${visible(code)}`}
                  {remedy !== undefined && <span className="quiet"> {visible(remedy[language])}</span>}
                </li>
              ))}
            </ul>
          </dd>
        </div>
        <div>
          <dt className="quiet">{say('outcome')}</dt>
          <dd>
            {outcome === null ? (
              <span className="quiet">{say('notSent')}</span>
            ) : (
              <>
                {live.named(FATE_WORDS, outcome.state)}
                <ul>
                  {outcome.items.map(({ subject, field, fate, code }) => (
                    <li key={`${subject} ${field ?? ''}`}>
                      {became(field, fate)}
                      {code !== null && ` ${visible(code)}`}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </dd>
        </div>
      </dl>
    </li>
  );
}
