import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { SentCall } from '../../../../src/sandbox/acting/contract.ts';
import { callQuery } from '../../api/company-queries.ts';
import { CallResult } from '../../ui/calls/call-result.tsx';
import { Body } from '../../ui/code/json-body.tsx';
import { Empty } from '../../ui/state/states.tsx';
import { MarkedBody } from '../../ui/verdict/marked-body.tsx';
import { useWords } from '../../words/language.tsx';
import { tryWords } from './words.ts';

/** What a call was answered, and what became of each member of it. */
export function Answer({
  company,
  sent,
}: {
  readonly company: string;
  readonly sent: SentCall | undefined;
}): ReactNode {
  const say = useWords(tryWords);
  const { data: call } = useQuery({ ...callQuery(sent?.request ?? ''), enabled: sent !== undefined });
  if (sent === undefined) return <Empty>{say('nothing')}</Empty>;
  const isWhole = call?.outcome === 'refused' && call.fields.length > 0;
  return (
    <div className="stack-tight" aria-live="polite">
      <p className="row wrap">
        {call !== undefined && <CallResult call={call} />}
        <Link to="/c/$company/calls/$id" params={{ company, id: sent.request }}>
          {say('open')}
        </Link>
      </p>
      {isWhole && <p className="verdict-bad try-band">✕ {say('refusedWhole')}</p>}
      {call !== undefined && call.fields.length > 0 && (
        <>
          <h3>{say('verdicts')}</h3>
          <MarkedBody key={call.id} body={call.request.body ?? {}} fields={call.fields} label={say('verdicts')} />
        </>
      )}
      <h3>{say('answer')}</h3>
      {sent.body === null ? <Empty>{say('tooLong')}</Empty> : <Body body={sent.body} label={say('answer')} />}
    </div>
  );
}
