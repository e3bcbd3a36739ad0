import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { OutboxLine } from '../../../../src/http/admin/contract.ts';
import { api } from '../../api/client.ts';
import { outboxQuery } from '../../api/company-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { Body } from '../../ui/code/json-body.tsx';
import { visible } from '../../ui/code/visible.ts';
import { Page } from '../../ui/page/page.tsx';
import { PersonName } from '../../ui/people/person-name.tsx';
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
  none: {
    zh: '还没有邀请或消息。用企业微信邀请一名成员，或发送一条应用消息，就会出现在这里。',
    en: 'No invitations or messages yet. Invite a member over WeCom, or send a message of an app, and it is here.',
  },
  invitation: { zh: '邀请', en: 'Invitation' },
  message: { zh: '消息', en: 'Message' },
  join: { zh: '已加入', en: 'Joined' },
  sms: { zh: '短信', en: 'SMS' },
  mail: { zh: '邮件', en: 'Mail' },
  recalled: { zh: '已撤回', en: 'recalled' },
  call: { zh: '看这次调用', en: 'See the call' },
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
        <strong>{say(item.kind)}</strong>
        {item.channel !== null && (
          <span>
            {say(item.channel)} <span className="code">{visible(item.address ?? '')}</span>
          </span>
        )}
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
