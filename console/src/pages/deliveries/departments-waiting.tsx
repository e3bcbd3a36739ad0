import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { targetsQuery } from '../../api/target-queries.ts';
import { SubjectLink, useSubjectName } from '../../ui/people/person-name.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { deliveryWords } from './words.ts';

/** Departments that were renamed or moved here, which continuous delivery leaves to a plan: a line for each live tenant. */
export function DepartmentsWaiting({
  company,
  only,
}: {
  readonly company: string;
  /** The live tenant that is looked at; absent: all of them. */
  readonly only: string | undefined;
}): ReactNode {
  const say = useWords(deliveryWords);
  const { data, error, refetch } = useQuery(targetsQuery(company));
  if (data === undefined) {
    return error !== null && <Failure what={say('targetsFailed')} error={error} retry={() => void refetch()} />;
  }
  const lines = data.targets.flatMap(({ platform, departments_waiting: waiting }) =>
    waiting === null || waiting.count === 0 || (only !== undefined && only !== platform)
      ? []
      : [{ platform, ...waiting }],
  );
  if (lines.length === 0) return null;
  return (
    <section className="card" aria-label={say('departments')}>
      <ul className="stack-tight">
        {lines.map(({ platform, count, first, wanted }) => (
          <li key={platform} className="row wrap">
            <Platform name={platform} letterOnly />
            <span className="target-line">
              {say(wanted ? 'departmentsWait' : 'departmentsStay', { n: count })}
              {first.map((id, n) => (
                <span key={id}>
                  {n > 0 && say('comma')}
                  <Department company={company} id={id} />
                </span>
              ))}
              {count > first.length && ' …'}
            </span>
            {wanted && (
              <Link to="/c/$company/targets/$target/plans" params={{ company, target: platform }}>
                {say('toPlans')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Department({ company, id }: { readonly company: string; readonly id: string }): ReactNode {
  const about = { company, kind: 'department', id };
  return <SubjectLink subject={about} name={useSubjectName(about)} />;
}
