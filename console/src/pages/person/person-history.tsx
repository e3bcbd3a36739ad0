import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { personHistoryQuery } from '../../api/people-queries.ts';
import { ChangeList } from '../../ui/changes/change-list.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { personWords } from './words.ts';

/** What was changed of one person, newest first. */
export function PersonHistory({ company, id }: { readonly company: string; readonly id: string }): ReactNode {
  const say = useWords(personWords);
  const { data, error, refetch } = useQuery(personHistoryQuery(company, id));
  if (error !== null) return <Failure what={say('failed')} error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading rows={6} />;
  if (data.changes.length === 0) return <Empty>{say('noChanges')}</Empty>;
  return <ChangeList company={company} changes={data.changes} />;
}
