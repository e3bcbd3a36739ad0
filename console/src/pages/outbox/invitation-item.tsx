import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { InvitationLine } from '../../../../src/http/admin/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { PersonName } from '../../ui/people/person-name.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useWords } from '../../words/language.tsx';
import { outboxWords } from './words.ts';

/** One invitation to join, as creating or changing a person would have sent it. */
export function InvitationItem({
  company,
  invitation,
}: {
  readonly company: string;
  readonly invitation: InvitationLine;
}): ReactNode {
  const say = useWords(outboxWords);
  const { at, dialect, channel, address, employee, request } = invitation;
  return (
    <article className="card row wrap">
      <Time at={at} zone={useZone(company)} />
      <Platform name={dialect} />
      <strong>{say('invitation')}</strong>
      <SentTo channel={channel} address={address} />
      <Link className="grow" to="/c/$company/people/$id" params={{ company, id: employee }}>
        <PersonName company={company} id={employee} />
      </Link>
      <Link to="/c/$company/calls/$id" params={{ company, id: request }}>
        {say('call')}
      </Link>
    </article>
  );
}

/** Where something would have been sent to. */
export function SentTo({
  channel,
  address,
}: {
  readonly channel: 'sms' | 'mail';
  readonly address: string;
}): ReactNode {
  const say = useWords(outboxWords);
  return (
    <span>
      {say(channel)} <span className="code">{visible(address)}</span>
    </span>
  );
}
