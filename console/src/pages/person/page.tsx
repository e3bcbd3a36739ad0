import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { EmployeeView } from '../../../../src/http/admin/people/contract.ts';
import { personQuery } from '../../api/people-queries.ts';
import { ApiProblem } from '../../api/problem.ts';
import { visible } from '../../ui/code/visible.ts';
import { Page } from '../../ui/page/page.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { Edit } from './edit.tsx';
import { Ids } from './ids.tsx';
import { Live } from './live.tsx';
import { PersonHistory } from './person-history.tsx';
import { ReportingLine } from './reporting-line.tsx';
import { Views } from './views.tsx';
import { personWords } from './words.ts';
import './person.css';

const TABS = ['views', 'edit', 'history', 'ids', 'line', 'targets'] as const;

/** A person: the one record beside what each platform shows of it, and the history, the ids and the reporting line. */
export function PersonPage(): ReactNode {
  const say = useWords(personWords);
  const { company, id } = useParams({ from: '/c/$company/people/$id' });
  const { tab = 'views' } = useSearch({ from: '/c/$company/people/$id' });
  const { data, error, refetch } = useQuery(personQuery(company, id));
  const name = data === undefined ? visible(id) : visible(data.name);
  if (error instanceof ApiProblem && error.details.code === 'no-employee')
    return (
      <Page title={name} document={name}>
        <Empty
          action={
            <span className="row wrap">
              <Link to="/c/$company/people" params={{ company }} search={{ q: id }}>
                {say('searchFor', { id: name })}
              </Link>
              <Link to="/c/$company/people" params={{ company }}>
                {say('everyone')}
              </Link>
            </span>
          }
        >
          {say('missing', { id: name })}
        </Empty>
      </Page>
    );
  return (
    <Page title={data === undefined ? name : <Title person={data} />} document={name}>
      <p className="small row wrap">
        <Link to="/c/$company/people" params={{ company }}>
          ← {say('back')}
        </Link>
        <Link to="/c/$company/try/$platform" params={{ company, platform: 'feishu' }} search={{ employee: id }}>
          {say('try')} →
        </Link>
      </p>
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      <nav className="person-tabs" aria-label={name}>
        {TABS.map((one) => (
          <Link
            key={one}
            to="/c/$company/people/$id"
            params={{ company, id }}
            search={one === 'views' ? {} : { tab: one }}
            className={one === tab ? 'person-tab person-tab-open' : 'person-tab'}
            aria-current={one === tab ? 'page' : undefined}
            resetScroll={false}
          >
            {say(one)}
          </Link>
        ))}
      </nav>
      {data === undefined
        ? error === null && <Loading rows={12} />
        : {
            views: <Views company={company} id={data.id} />,
            edit: <Edit key={data.id} company={company} person={data} />,
            history: <PersonHistory company={company} id={data.id} />,
            ids: <Ids person={data} />,
            targets: <Live company={company} person={data} />,
            line: <ReportingLine person={data} company={company} />,
          }[tab]}
    </Page>
  );
}

function Title({ person }: { readonly person: EmployeeView }): ReactNode {
  const path = person.department_path.map(({ name }) => visible(name)).join(' / ');
  const facts = [person.job_number, path, person.job_title === null ? null : visible(person.job_title.name)];
  return (
    <span className="row wrap">
      {visible(person.name)}
      {person.alias !== null && <span className="quiet">{visible(person.alias)}</span>}
      <span className="person-facts quiet">{facts.filter((fact) => fact !== null && fact !== '').join(' · ')}</span>
    </span>
  );
}
