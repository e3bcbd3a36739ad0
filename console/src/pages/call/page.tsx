import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import type { WholeRequestView } from '../../../../src/sandbox/journal/contract.ts';
import { api } from '../../api/client.ts';
import { callQuery, callsQuery } from '../../api/company-queries.ts';
import { isTyping } from '../../ui/keys/typing.ts';
import { CallResult } from '../../ui/calls/call-result.tsx';
import { listed } from '../../ui/calls/listed-call.ts';
import { Body } from '../../ui/code/json-body.tsx';
import { visible } from '../../ui/code/visible.ts';
import { CopyButton } from '../../ui/copy/copy-button.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PersonName } from '../../ui/people/person-name.tsx';
import { Platform, usePlatformName } from '../../ui/platform/platform.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { MarkedBody } from '../../ui/verdict/marked-body.tsx';
import { VerdictCounts } from '../../ui/verdict/verdict-mark.tsx';
import { useWords } from '../../words/language.tsx';
import { CallChanges } from './call-changes.tsx';
import { Resent } from './resent.tsx';
import { SendAgain } from './send-again.tsx';
import { callWords } from './words.ts';
import './call.css';

/** The forms in which a call can be copied. */
const FORMS = ['curl', 'node', 'go', 'python', 'java', 'har', 'fixture'] as const;

/** One call: what was sent, what became of each member and why, what was answered, what changed. */
export function CallPage(): ReactNode {
  const say = useWords(callWords);
  const { company, id } = useParams({ from: '/c/$company/calls/$id' });
  const { data, error, refetch } = useQuery(callQuery(id));
  useNeighbours(company, id);
  const platformName = usePlatformName();
  const title = data === undefined ? say('title') : `${platformName(data.platform)} ${data.operation ?? data.path}`;
  return (
    <Page
      title={data === undefined ? say('title') : <CallTitle company={company} call={data} />}
      document={title}
      actions={data?.direction === 'in' && <Copies id={id} />}
    >
      <p className="small">
        <Link to="/c/$company/calls" params={{ company }}>
          ← {say('calls')}
        </Link>
      </p>
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined ? error === null && <Loading rows={12} /> : <Call call={data} company={company} />}
    </Page>
  );
}

function CallTitle({ company, call }: { readonly company: string; readonly call: WholeRequestView }): ReactNode {
  return (
    <span className="row wrap">
      <Platform name={call.platform} /> <span className="code call-title">{call.operation ?? call.path}</span>
      {call.employee !== null && (
        <span className="quiet">
          <PersonName company={company} id={call.employee} />
        </span>
      )}
    </span>
  );
}

function Copies({ id }: { readonly id: string }): ReactNode {
  const say = useWords(callWords);
  return FORMS.map((as) => (
    <CopyButton
      key={as}
      label={say(as)}
      text={async () => {
        const text: unknown = await api('requests.get', { params: { id }, query: { as } });
        return typeof text === 'string' ? text : JSON.stringify(text, null, 2);
      }}
    />
  ));
}

function Call({ call, company }: { readonly call: WholeRequestView; readonly company: string }): ReactNode {
  const say = useWords(callWords);
  const zone = useZone(company);
  const summary = listed(call);
  const isWhole = summary.outcome === 'refused' && call.fields.length > 0;
  const silent = call.fields.filter((field) => field.silent === true).length;
  return (
    <>
      <section className="card row wrap call-facts">
        <CallResult call={summary} />
        <VerdictCounts counts={summary.verdicts} silent={silent} />
        <Time at={call.at} zone={zone} precise />
        <span className="code">{call.duration_ms.toFixed(1)} ms</span>
        <span className="code quiet">{call.app ?? '–'}</span>
        <span className="row">
          <span className="code quiet clip">{call.id}</span>
          <CopyButton text={call.id} of={say('id')} />
        </span>
      </section>
      {call.injected !== null && (
        <p className="band verdict-changed">{say('injected', { rule: call.injected.preset ?? call.injected.rule })}</p>
      )}
      {isWhole && <p className="band verdict-bad">✕ {say('refusedWhole')}</p>}
      {silent > 0 && <p className="band verdict-warn">! {say('silent', { n: silent })}</p>}
      {call.direction === 'out' ? (
        <p className="band">→ {say('wentOut', { host: call.host ?? '' })}</p>
      ) : (
        <SendAgain key={call.id} call={call} company={company} />
      )}
      <Resent call={call} company={company} />
      <section className="stack-tight">
        <h2>{say('request')}</h2>
        <p className="code call-path">
          {call.method} {visible(call.path)}
        </p>
        {call.request.body === null || call.request.body === '' ? (
          <>
            <Empty>{say('noBody')}</Empty>
            {call.fields.length > 0 && <MarkedBody body={{}} fields={call.fields} label={say('request')} />}
          </>
        ) : (
          <MarkedBody body={call.request.body} fields={call.fields} label={say('request')} />
        )}
      </section>
      <section className="stack-tight">
        <h2>
          {say('response')} <span className="quiet">{call.status ?? say('cut')}</span>
        </h2>
        {call.response.body === null ? (
          <Empty>{say('noAnswer')}</Empty>
        ) : (
          <Body body={call.response.body} label={say('response')} />
        )}
      </section>
      <CallChanges company={company} request={call.id} />
      <details className="card">
        <summary>{say('headers')}</summary>
        <div className="call-headers">
          <Headers headers={call.request.headers} title={say('request')} />
          <Headers headers={call.response.headers} title={say('response')} />
        </div>
        <p className="small quiet">
          {say('client', { agent: call.client.user_agent || '–', address: call.client.address })}
        </p>
      </details>
    </>
  );
}

function Headers({
  headers,
  title,
}: {
  readonly headers: Readonly<Record<string, string>>;
  readonly title: string;
}): ReactNode {
  return (
    <div className="stack-tight">
      <h3>{title}</h3>
      <dl>
        {Object.entries(headers).map(([name, value]) => (
          <div key={name} className="call-header">
            <dt className="code quiet">{name}</dt>
            <dd className="code">{visible(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** j and k go to the call before and after. */
function useNeighbours(company: string, id: string): void {
  const navigate = useNavigate();
  const { data } = useQuery(callsQuery(company, ''));
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (isTyping(event) || (event.key !== 'j' && event.key !== 'k')) return;
      const calls = data?.requests ?? [];
      const at = calls.findIndex((call) => call.id === id);
      const next = at === -1 ? undefined : calls[event.key === 'j' ? at + 1 : at - 1];
      if (next !== undefined) void navigate({ to: '/c/$company/calls/$id', params: { company, id: next.id } });
    };
    window.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('keydown', pressed);
    };
  }, [company, data, id, navigate]);
}
