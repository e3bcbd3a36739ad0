import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { appsQuery } from '../../api/company-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { Page } from '../../ui/page/page.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { AppCard } from './app-card.tsx';
import { appWords } from './words.ts';
import './apps.css';

/** The apps that may call for a company: what each may do, whether it is on, and its secret replaced. */
export function AppsPage(): ReactNode {
  const say = useWords(appWords);
  const { company } = useParams({ from: '/c/$company' });
  const mayWrite = useMayWrite();
  const { data, error, refetch } = useQuery(appsQuery(company));
  const add = (
    <Link to="/c/$company/file" params={{ company }}>
      {say('add')}
    </Link>
  );
  return (
    <Page title={say('title')} document={say('title')} actions={add}>
      <p className="quiet">{say(mayWrite ? 'how' : 'readOnly')}</p>
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Loading rows={8} />
      ) : data.apps.length === 0 ? (
        <Empty action={add}>{say('none')}</Empty>
      ) : (
        <div className="stack">
          {data.apps.map((line) => (
            <AppCard key={`${line.platform} ${line.app}`} company={company} line={line} />
          ))}
        </div>
      )}
    </Page>
  );
}
