import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { TargetPlanView } from '../../../../src/http/admin/targets/plan-contract.ts';
import { planQuery } from '../../api/plan-queries.ts';
import { ApiProblem } from '../../api/problem.ts';
import { visible } from '../../ui/code/visible.ts';
import { Page } from '../../ui/page/page.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useLiveValues } from '../../ui/target/live-values.tsx';
import { DONE_WORDS, STOP_WORDS } from '../../ui/target/live-words.ts';
import { TargetHead } from '../../ui/target/target-head.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { MoreRows } from '../../ui/table/more-rows.tsx';
import { useWords } from '../../words/language.tsx';
import { Brake } from './brake.tsx';
import { PlanActions } from './plan-actions.tsx';
import { PlanNotes } from './plan-notes.tsx';
import { PlanState } from './plan-state.tsx';
import { PlanStep } from './plan-step.tsx';
import { planWords } from './words.ts';

const MISSING = 404;

/** One plan: what it would write, person by person, what the platform is predicted to answer, and how far it came. */
export function TargetPlanPage(): ReactNode {
  const say = useWords(planWords);
  const { company, target, id } = useParams({ from: '/c/$company/targets/$target/plans/$id' });
  const { what } = useSearch({ from: '/c/$company/targets/$target/plans/$id' });
  const pages = useInfiniteQuery(planQuery(company, target, id, what));
  const { data, error, refetch } = pages;
  const plan = data?.pages[0];
  const steps = data?.pages.flatMap(({ page }) => page) ?? [];
  return (
    <Page
      title={
        <span className="row wrap">
          {say('plan')} <span className="code quiet small">{id}</span>
          {plan !== undefined && <PlanState plan={plan} />}
        </span>
      }
      document={`${say('plan')} ${id}`}
    >
      <TargetHead company={company} target={target} />
      {error instanceof ApiProblem && error.status === MISSING ? (
        <Empty
          action={
            <Link to="/c/$company/targets/$target/plans" params={{ company, target }}>
              {say('title')}
            </Link>
          }
        >
          {say('noSuchPlan')}
        </Empty>
      ) : (
        error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />
      )}
      {plan === undefined ? (
        error === null && <Loading rows={12} />
      ) : (
        <>
          <Facts company={company} plan={plan} />
          {plan.brake.length > 0 && <Brake company={company} target={target} plan={plan} />}
          <PlanActions company={company} target={target} plan={plan} />
          <PlanNotes company={company} plan={plan} />
          {Object.keys(plan.counts).length > 0 && <What company={company} target={target} plan={plan} what={what} />}
          {plan.state !== 'making' && steps.length === 0 && <Empty>{say('noSteps')}</Empty>}
          <ol className="stack">
            {steps.map((step) => (
              <PlanStep key={step.n} company={company} step={step} />
            ))}
          </ol>
          <MoreRows pages={pages}>{say('more')}</MoreRows>
        </>
      )}
    </Page>
  );
}

function Facts({ company, plan }: { readonly company: string; readonly plan: TargetPlanView }): ReactNode {
  const say = useWords(planWords);
  const zone = useZone(company);
  const live = useLiveValues(company);
  const whyOf = (text: string): string => {
    const [, code, n, more] = STOPPED.exec(text) ?? [];
    if (code === undefined || !Object.hasOwn(STOP_WORDS, code)) return live.named(STOP_WORDS, text);
    const at = n === undefined ? '' : ` (${say('stepOf', { n })})`;
    return `${live.named(STOP_WORDS, code)}${at}${more === undefined ? '' : `: ${visible(more)}`}`;
  };
  return (
    <div className="stack-tight" role="status">
      <p className="row wrap">
        <span>
          {say('madeAt')} <Time at={plan.made_at} zone={zone} />
        </span>
        {plan.expires_at !== null && (
          <span className="quiet">
            {say('expires')} <Time at={plan.expires_at} zone={zone} />
          </span>
        )}
        <strong>
          {say('steps')} {say('progress', { done: plan.done, steps: plan.steps })}
        </strong>
        <span className="quiet">{say('accuracy', plan.accuracy)}</span>
        {plan.undoes !== null && <span>{say('undoes', { id: plan.undoes })}</span>}
      </p>
      {plan.undoes !== null && <p className="quiet">{say('undoHint')}</p>}
      {plan.state === 'running' && (
        <progress className="target-progress" max={plan.steps} value={plan.done} aria-label={say('steps')} />
      )}
      {plan.why !== null && (
        <p className="verdict-warn">
          {say('why')}: {whyOf(plan.why)}
        </p>
      )}
    </div>
  );
}

/** Why a run stopped, as the server words it: the kind, the step, and whom or what it is about. */
const STOPPED = /^([a-z-]+)(?: at step (\d+))?(?:: (.*))?$/s;

/** What the plan does, by kind; one is chosen in the address. */
function What({
  company,
  target,
  plan,
  what,
}: {
  readonly company: string;
  readonly target: string;
  readonly plan: TargetPlanView;
  readonly what: string | undefined;
}): ReactNode {
  const say = useWords(planWords);
  const live = useLiveValues(company);
  return (
    <nav className="row wrap" aria-label={say('counts')}>
      {[undefined, ...Object.keys(plan.counts)].map((one) => (
        <Link
          key={one ?? 'all'}
          to="/c/$company/targets/$target/plans/$id"
          params={{ company, target, id: plan.id }}
          search={one === undefined ? {} : { what: one }}
          className="target-tab"
          aria-current={one === what ? 'page' : undefined}
          activeProps={{}}
          resetScroll={false}
        >
          {one === undefined ? say('all') : `${live.named(DONE_WORDS, one)} ${String(plan.counts[one] ?? 0)}`}
        </Link>
      ))}
    </nav>
  );
}
