import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { EmployeeView, NamedThing } from '../../../../src/http/admin/people/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { useWords } from '../../words/language.tsx';
import { personWords } from './words.ts';

/** To whom a person reports, up to the top, and who reports to the person. */
export function ReportingLine({
  person,
  company,
}: {
  readonly person: EmployeeView;
  readonly company: string;
}): ReactNode {
  const say = useWords(personWords);
  const { reports_to: above, direct_reports: below } = person;
  return (
    <section className="card stack">
      <h2>{say('reportsTo')}</h2>
      {above.length === 0 && <p className="quiet">{say('noOne')}</p>}
      <ol className="person-line">
        {above.toReversed().map((one) => (
          <li key={one.id}>
            <Person person={one} company={company} />
          </li>
        ))}
        <li>
          <strong aria-current="true">{visible(person.name)}</strong>
        </li>
      </ol>
      <h2>{say('reports', { n: below.total })}</h2>
      {below.total === 0 && <p className="quiet">{say('noOne')}</p>}
      <ul className="row wrap">
        {below.employees.map((one) => (
          <li key={one.id}>
            <Person person={one} company={company} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Person({ person, company }: { readonly person: NamedThing; readonly company: string }): ReactNode {
  return (
    <Link to="/c/$company/people/$id" params={{ company, id: person.id }}>
      {visible(person.name)}
    </Link>
  );
}
