import type { ReactNode } from 'react';
import type { Plan, PlannedStep } from '../../../../src/company/contract.ts';
import { ChangeFields } from '../../ui/changes/change-fields.tsx';
import { visible } from '../../ui/code/visible.ts';
import { useWords } from '../../words/language.tsx';
import { Mistakes } from './mistakes.tsx';
import { fileWords } from './words.ts';

const SIGN = { add: '+', change: '~', remove: '−' } as const;
const ACTIONS = ['add', 'change', 'remove'] as const;
/** More steps are counted, and not listed. */
const MAX_STEPS = 500;

/** What applying a file would do, step by step with values. */
export function PlanView({ plan }: { readonly plan: Plan }): ReactNode {
  const say = useWords(fileWords);
  const { steps, warnings = [] } = plan;
  const counts = ACTIONS.map((action) => say(action, { n: steps.filter((step) => step.action === action).length }));
  const removed = steps.filter(({ action, kind }) => action === 'remove' && kind === 'employee').length;
  return (
    <section className="card stack">
      {removed > 0 && <p className="band verdict-warn">{say('brake', { n: removed })}</p>}
      {steps.length === 0 ? (
        <p>{say('nothing')}</p>
      ) : (
        <>
          <h2>{counts.join(' · ')}</h2>
          <ul className="stack-tight">
            {steps.slice(0, MAX_STEPS).map((step) => (
              <Step key={`${step.action} ${step.kind} ${step.id}`} step={step} />
            ))}
          </ul>
        </>
      )}
      {warnings.length > 0 && <Mistakes mistakes={warnings} title={say('warnings')} />}
    </section>
  );
}

function Step({ step }: { readonly step: PlannedStep }): ReactNode {
  const { action, kind, id, name, values, fields } = step;
  const changed =
    values === undefined
      ? undefined
      : Object.fromEntries(Object.entries(values).map(([field, [before, after]]) => [field, { before, after }]));
  return (
    <li className="row wrap">
      <span className={`verdict verdict-${action === 'add' ? 'good' : action === 'remove' ? 'bad' : 'changed'}`}>
        {SIGN[action]} {kind}
      </span>
      <strong>{visible(name ?? id)}</strong>
      {name !== undefined && <span className="code quiet">{id}</span>}
      {changed === undefined ? <span className="quiet">{fields.join(', ')}</span> : <ChangeFields fields={changed} />}
    </li>
  );
}
