import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { companyPlansQuery, STEP_ACTIONS } from '../../api/company-plan-queries.ts';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useWords } from '../../words/language.tsx';
import { CompanyPlanState } from './plan-state.tsx';
import { fileWords } from './words.ts';

/** The stored plans of a company; nothing where there is none. */
export function PlanList({ company }: { readonly company: string }): ReactNode {
  const say = useWords(fileWords);
  const zone = useZone(company);
  const { data } = useQuery(companyPlansQuery(company));
  if (data === undefined || data.plans.length === 0) return null;
  return (
    <section className="card stack-tight" aria-label={say('plans')}>
      <h2>{say('plans')}</h2>
      <table>
        <tbody>
          {data.plans.map(({ id, made_at: at, state, counts }) => (
            <tr key={id}>
              <td>
                <Link to="/c/$company/file/plans/$id" params={{ company, id }} search={{}}>
                  <Time at={at} zone={zone} />
                </Link>
              </td>
              <td>
                <CompanyPlanState state={state} />
              </td>
              <td>{STEP_ACTIONS.map((action) => `${say(action)} ${String(counts[action])}`).join(' · ')}</td>
              <td className="code quiet small">{id}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
