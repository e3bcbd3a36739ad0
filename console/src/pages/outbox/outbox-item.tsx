import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { OutboxLine } from '../../../../src/http/admin/contract.ts';
import { api } from '../../api/client.ts';
import { useMayWrite } from '../../api/session.ts';
import { Body } from '../../ui/code/json-body.tsx';
import { PersonName } from '../../ui/people/person-name.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { Failure } from '../../ui/state/states.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useWords } from '../../words/language.tsx';
import { SentTo } from './invitation-item.tsx';
import { outboxWords } from './words.ts';

/** One message or invitation, and what was in it. */
export function OutboxItem({ item, company }: { readonly item: OutboxLine; readonly company: string }): ReactNode {
  const say = useWords(outboxWords);
  const zone = useZone(company);
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const accept = useMutation({
    mutationFn: () => api('outbox.accept', { params: { key: company, number: String(item.number) } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['c', company, 'record'] }),
  });
  const { number, at, ...content } = item;
  return (
    <article className="card stack-tight">
      <header className="row wrap">
        <Time at={at} zone={zone} />
        <Platform name={item.platform} />
        <strong>{say(item.kind)}</strong>
        {item.channel !== null && <SentTo channel={item.channel} address={item.address ?? ''} />}
        {item.recalled_at !== null && <span className="verdict verdict-quiet">{say('recalled')}</span>}
        <span className="row wrap grow">
          {item.recipients.map(({ employee }) => (
            <Link key={employee} to="/c/$company/people/$id" params={{ company, id: employee }}>
              <PersonName company={company} id={employee} />
            </Link>
          ))}
        </span>
        <Link to="/c/$company/calls/$id" params={{ company, id: item.request }}>
          {say('call')}
        </Link>
        {item.kind === 'invitation' && (
          <Button size="small" disabled={!mayWrite} loading={accept.isPending} onClick={() => accept.mutate()}>
            {say('accept')}
            <span className="only-read"> {number}</span>
          </Button>
        )}
      </header>
      {accept.error !== null && <Failure what={say('acceptFailed')} error={accept.error} />}
      <details>
        <summary className="small quiet">{say('content')}</summary>
        <Body body={content} label={say('content')} />
      </details>
    </article>
  );
}
