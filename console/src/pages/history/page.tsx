import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { historyQuery } from '../../api/company-queries.ts';
import { ChangeList } from '../../ui/changes/change-list.tsx';
import { Page } from '../../ui/page/page.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';

const words = {
  title: { zh: '变更历史', en: 'History' },
  failed: { zh: '无法读取变更历史。', en: 'The history cannot be read.' },
  none: { zh: '还没有变更。', en: 'No changes yet.' },
} as const;

/** What was changed in the company, newest first, each with its undo. */
export function HistoryPage(): ReactNode {
  const say = useWords(words);
  const { company } = useParams({ from: '/c/$company' });
  const { data, error, refetch } = useQuery(historyQuery(company));
  return (
    <Page title={say('title')} document={say('title')}>
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading rows={8} />}
      {data?.changes.length === 0 && <Empty>{say('none')}</Empty>}
      {data !== undefined && data.changes.length > 0 && <ChangeList company={company} changes={data.changes} />}
    </Page>
  );
}
