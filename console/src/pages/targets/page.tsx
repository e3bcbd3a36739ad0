import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMayWrite } from '../../api/session.ts';
import { targetsQuery } from '../../api/target-queries.ts';
import { Page } from '../../ui/page/page.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { TargetCard } from './target-card.tsx';
import { targetWords } from './words.ts';
import '../../ui/target/target.css';

/** The live tenants of a company: whether each may be written to, why, and what leads to that. */
export function TargetsPage(): ReactNode {
  const say = useWords(targetWords);
  const { company } = useParams({ from: '/c/$company' });
  const mayWrite = useMayWrite();
  const { data, error, refetch } = useQuery(targetsQuery(company));
  return (
    <Page title={say('title')} document={say('title')}>
      <p className="quiet">{say(mayWrite ? 'how' : 'readOnly')}</p>
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Loading rows={8} />
      ) : data.targets.length === 0 ? (
        <Empty
          action={
            <Link to="/c/$company/file" params={{ company }}>
              {say('toFile')}
            </Link>
          }
        >
          {say('none')}
        </Empty>
      ) : (
        <div className="stack">
          {data.targets.map((target) => (
            <TargetCard key={target.platform} company={company} target={target} />
          ))}
        </div>
      )}
    </Page>
  );
}
