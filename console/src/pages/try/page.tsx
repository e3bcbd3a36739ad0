import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { overviewQuery } from '../../api/company-queries.ts';
import { ApiProblem } from '../../api/problem.ts';
import { operationQuery } from '../../api/try-queries.ts';
import { visible } from '../../ui/code/visible.ts';
import { SafeLink } from '../../ui/link/safe-link.tsx';
import { Page } from '../../ui/page/page.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { CallForm } from './call-form.tsx';
import { Choices } from './choices.tsx';
import { tryWords } from './words.ts';
import './try.css';

/** Any operation of a platform as a form: sent as an app of the company, with the answer and the verdicts beside it. */
export function TryPage(): ReactNode {
  const say = useWords(tryWords);
  const { company, platform, operation } = useParams({ from: '/c/$company/try/$platform/$operation' });
  const search = useSearch({ from: '/c/$company/try/$platform/$operation' });
  const overview = useQuery(overviewQuery(company)).data;
  const { data, error, refetch } = useQuery(operationQuery(company, platform, operation, search.employee));
  const isUnknown = error instanceof ApiProblem && error.details.code === 'no-operation';
  const known = overview?.platforms.find(({ name }) => name === platform)?.apps ?? [];
  const apps = known.filter(({ enabled }) => enabled).map(({ key }) => key);
  const app = apps.find((key) => key === search.app) ?? apps[0];
  return (
    <Page
      title={say('title')}
      document={`${say('title')} ${operation}`}
      actions={data !== undefined && <SafeLink href={data.page}>{say('page')}</SafeLink>}
    >
      <Choices company={company} platform={platform} operation={operation} search={search} app={app} apps={apps} />
      {data?.note !== null && data?.note !== undefined && (
        <details className="small quiet">
          <summary>{say('partial')}</summary>
          <p lang="en">{data.note}</p>
        </details>
      )}
      {isUnknown && <Empty>{say('noOperation', { operation: visible(operation) })}</Empty>}
      {error !== null && !isUnknown && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined || overview === undefined ? (
        error === null && <Loading rows={12} />
      ) : (
        <CallForm
          key={`${platform} ${operation}`}
          company={company}
          operation={data}
          app={app ?? null}
          search={search}
        />
      )}
    </Page>
  );
}
