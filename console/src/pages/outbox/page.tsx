import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { InvitationLine, OutboxLine } from '../../../../src/http/admin/contract.ts';
import { invitationsQuery, outboxQuery } from '../../api/company-queries.ts';
import { Page } from '../../ui/page/page.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { InvitationItem } from './invitation-item.tsx';
import { OutboxItem } from './outbox-item.tsx';
import { outboxWords } from './words.ts';

/** So many of each kind are shown at first, and once older ones are asked for, which is the most that the server answers. */
const FIRST = 50;
const MOST = 1_000;

/** What the platforms would have sent to people: invitations to join, and what went through the outbox; the newest first. */
export function OutboxPage(): ReactNode {
  const say = useWords(outboxWords);
  const { company } = useParams({ from: '/c/$company' });
  const [limit, setLimit] = useState(FIRST);
  const outbox = useQuery({ ...outboxQuery(company, limit), placeholderData: keepPreviousData });
  const invitations = useQuery({ ...invitationsQuery(company, limit), placeholderData: keepPreviousData });
  const sent =
    outbox.data === undefined || invitations.data === undefined
      ? undefined
      : newestFirst(outbox.data.items, invitations.data.invitations);
  const hasOlder = limit < MOST && (outbox.data?.next != null || invitations.data?.invitations.length === limit);
  const error = outbox.error ?? invitations.error;
  const again = (): void => {
    void outbox.refetch();
    void invitations.refetch();
  };
  return (
    <Page title={say('title')} document={say('title')}>
      <p className="quiet">{say('nothing')}</p>
      {error !== null && <Failure what={say('failed')} error={error} retry={again} />}
      {sent === undefined && error === null && <Loading />}
      {sent?.length === 0 && <Empty>{say('none')}</Empty>}
      <ul className="stack-tight">
        {sent?.map((one) => (
          <li key={`${'kind' in one ? one.kind : 'invited'} ${String(one.number)}`}>
            {'kind' in one ? (
              <OutboxItem item={one} company={company} />
            ) : (
              <InvitationItem invitation={one} company={company} />
            )}
          </li>
        ))}
      </ul>
      {hasOlder && (
        <div>
          <Button onClick={() => setLimit(MOST)}>{say('older')}</Button>
        </div>
      )}
    </Page>
  );
}

function newestFirst(
  items: readonly OutboxLine[],
  invitations: readonly InvitationLine[],
): readonly (OutboxLine | InvitationLine)[] {
  return [...items, ...invitations].toSorted((one, other) => other.at.localeCompare(one.at));
}
