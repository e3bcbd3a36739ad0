import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { plansQuery } from '../../api/plan-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { Page } from '../../ui/page/page.tsx';
import { EmployeesChoice, type ChosenEmployee } from '../../ui/people/employees-choice.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useLiveValues } from '../../ui/target/live-values.tsx';
import { DONE_WORDS } from '../../ui/target/live-words.ts';
import { TargetHead } from '../../ui/target/target-head.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useWords } from '../../words/language.tsx';
import { PlanState } from './plan-state.tsx';
import { planWords } from './words.ts';

/** The plans of a live tenant: made for everyone or for some, and each with how far it came. */
export function TargetPlansPage(): ReactNode {
  const say = useWords(planWords);
  const { company, target } = useParams({ from: '/c/$company/targets/$target/plans' });
  const zone = useZone(company);
  const live = useLiveValues(company);
  const countsText = (counts: Readonly<Record<string, number>>): string => {
    const parts = Object.entries(counts).map(([what, count]) => `${live.named(DONE_WORDS, what)} ${String(count)}`);
    return parts.length === 0 ? '–' : parts.join(' · ');
  };
  const mayWrite = useMayWrite();
  const { data, error, refetch } = useQuery(plansQuery(company, target));
  return (
    <Page title={say('title')} document={say('title')}>
      <TargetHead company={company} target={target} />
      <p className="quiet">{say(mayWrite ? 'how' : 'readOnly')}</p>
      <NewPlan company={company} target={target} />
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Loading rows={6} />
      ) : data.plans.length === 0 ? (
        <Empty>{say('none')}</Empty>
      ) : (
        <section className="card target-wide" aria-label={say('title')}>
          <table>
            <thead>
              <tr>
                {(['made', 'state', 'steps', 'counts'] as const).map((column) => (
                  <th key={column} scope="col">
                    {say(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.plans.map((plan) => (
                <tr key={plan.id}>
                  <td>
                    <Link to="/c/$company/targets/$target/plans/$id" params={{ company, target, id: plan.id }}>
                      <Time at={plan.made_at} zone={zone} />
                    </Link>
                    <p className="small quiet code">{plan.id}</p>
                  </td>
                  <td>
                    <PlanState plan={plan} />
                    {plan.undoes !== null && <p className="small quiet">{say('undoes', { id: plan.undoes })}</p>}
                  </td>
                  <td>{say('progress', { done: plan.done, steps: plan.steps })}</td>
                  <td>{countsText(plan.counts)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Page>
  );
}

function NewPlan({ company, target }: { readonly company: string; readonly target: string }): ReactNode {
  const say = useWords(planWords);
  const mayWrite = useMayWrite();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [only, setOnly] = useState<readonly ChosenEmployee[]>([]);
  const make = useMutation({
    mutationFn: () =>
      api('target-plans.make', {
        params: { key: company, target },
        body: only.length === 0 ? {} : { only: only.map(({ value }) => value) },
      }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['c', company, 'targets', target, 'plans'] });
      await navigate({ to: '/c/$company/targets/$target/plans/$id', params: { company, target, id } });
    },
  });
  return (
    <form
      className="row wrap"
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <span className="target-only">
        <EmployeesChoice company={company} employees={only} label={say('only')} disabled={!mayWrite} choose={setOnly} />
      </span>
      <Button type="primary" htmlType="submit" disabled={!mayWrite} loading={make.isPending}>
        {say('make')}
      </Button>
      <div role="status">{make.error !== null && <Failure what={say('changeFailed')} error={make.error} />}</div>
    </form>
  );
}
