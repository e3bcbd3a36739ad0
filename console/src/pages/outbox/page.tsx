import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { OutboxLine } from '../../../../src/http/admin/contract.ts';
import { api } from '../../api/client.ts';
import { outboxQuery } from '../../api/company-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { Body } from '../../ui/code/json-body.tsx';
import { Page } from '../../ui/page/page.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useWords } from '../../words/language.tsx';

const words = {
  title: { zh: '邀请与消息', en: 'Outbox' },
  failed: { zh: '无法读取发件箱。', en: 'The outbox cannot be read.' },
  nothing: {
    zh: '什么都没有真正发出。这里是各平台本来会发出的短信、邮件和消息。',
    en: 'Nothing was really sent. These are the texts, mails and messages that the platforms would have sent.',
  },
  none: { zh: '没有邀请或消息。什么都没有真正发出。', en: 'No invitations or messages. Nothing was really sent.' },
  accept: { zh: '标记已接受', en: 'Accept' },
  acceptFailed: { zh: '没有标记。', en: 'Not accepted.' },
  content: { zh: '内容', en: 'Content' },
} as const;

/** What the platforms would have sent to people. */
export function OutboxPage(): ReactNode {
  const say = useWords(words);
  const { company } = useParams({ from: '/c/$company' });
  const { data, error, refetch } = useQuery(outboxQuery(company));
  return (
    <Page title={say('title')} document={say('title')}>
      <p className="quiet">{say('nothing')}</p>
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data?.items.length === 0 && <Empty>{say('none')}</Empty>}
      <ul className="stack-tight">
        {data?.items.map((item) => (
          <li key={item.number}>
            <Item item={item} company={company} />
          </li>
        ))}
      </ul>
    </Page>
  );
}

function Item({ item, company }: { readonly item: OutboxLine; readonly company: string }): ReactNode {
  const say = useWords(words);
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
        <strong className="grow">{item.kind}</strong>
        {item.kind === 'invitation' && (
          <Button size="small" disabled={!mayWrite} loading={accept.isPending} onClick={() => accept.mutate()}>
            {say('accept')}
            <span className="only-read"> {number}</span>
          </Button>
        )}
      </header>
      {accept.error !== null && <Failure what={say('acceptFailed')} error={accept.error} />}
      <Body body={content} label={say('content')} />
    </article>
  );
}
