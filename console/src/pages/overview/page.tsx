import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { OverviewView } from '../../../../src/http/admin/contract.ts';
import { callsQuery, overviewQuery } from '../../api/company-queries.ts';
import { useLive } from '../../api/live.ts';
import { CallLines } from '../../ui/calls/call-lines.tsx';
import { withLive } from '../../ui/calls/listed-call.ts';
import { Page } from '../../ui/page/page.tsx';
import { PersonName } from '../../ui/people/person-name.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { NoCallsKept, useKeepsCalls } from '../../ui/state/sandbox-off.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useWords } from '../../words/language.tsx';
import { OutcomeBars } from './outcome-bars.tsx';
import { Samples } from './samples.tsx';
import { PlatformCard } from './platform-card.tsx';
import { overviewWords } from './words.ts';
import './overview.css';

/** So many live calls are listed here; the list of calls has them all. */
const MAX_LISTED = 8;
/** Live calls among which these are looked for: they come nearly in the order of their times. */
const LOOKED_AT = 100;

/** What is served where, and what happens just now. */
export function OverviewPage(): ReactNode {
  const say = useWords(overviewWords);
  const { company } = useParams({ from: '/c/$company' });
  const { data, error, refetch } = useQuery(overviewQuery(company));
  return (
    <Page title={say('title')} document={data === undefined ? say('title') : `${say('title')} · ${data.name}`}>
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined ? error === null && <Loading rows={8} /> : <Overview overview={data} />}
    </Page>
  );
}

function Overview({ overview }: { readonly overview: OverviewView }): ReactNode {
  const say = useWords(overviewWords);
  const { platforms, calls, counts, store } = overview;
  const keepsCalls = useKeepsCalls();
  return (
    <>
      <section className="overview-cards" aria-label={say('reach')}>
        {platforms.map((platform) => (
          <PlatformCard key={platform.name} platform={platform} />
        ))}
        <section className="card stack-tight">
          <h2>{say('directory')}</h2>
          <p>
            {say('people', {
              employees: counts.employees.toLocaleString('en-US'),
              departments: counts.departments.toLocaleString('en-US'),
            })}
          </p>
          <p className="quiet">
            {store.kind === 'embedded' ? 'SQLite' : 'PostgreSQL'} · {store.ready ? say('ready') : say('notReady')}
          </p>
          <p>
            <Link to="/c/$company/outbox" params={{ company: overview.company }}>
              {say('sent', { n: counts.invitations, m: counts.messages })}
            </Link>
          </p>
          {keepsCalls && (
            <p>
              <Link to="/c/$company/doctor" params={{ company: overview.company }}>
                {overview.findings.length === 0 ? say('noFindings') : say('findings', { n: overview.findings.length })}
              </Link>
            </p>
          )}
        </section>
      </section>
      {keepsCalls ? (
        <>
          <OutcomeBars stats={calls} company={overview.company} />
          <div className="overview-lists">
            <LiveCalls overview={overview} />
            <Refusals overview={overview} />
          </div>
        </>
      ) : (
        <NoCallsKept />
      )}
    </>
  );
}

function LiveCalls({ overview }: { readonly overview: OverviewView }): ReactNode {
  const say = useWords(overviewWords);
  const { company, platforms } = overview;
  const live = useLive(company).calls;
  const kept = useQuery(callsQuery(company, '')).data?.requests ?? [];
  const calls = withLive(live, kept, LOOKED_AT).slice(0, MAX_LISTED);
  return (
    <section className="card stack-tight">
      <div className="spread">
        <h2>{say('live')}</h2>
        <Link to="/c/$company/calls" params={{ company }}>
          {say('all')}
        </Link>
      </div>
      {calls.length === 0 ? (
        <Empty action={<Samples overview={overview} />}>{say('noCalls', { url: platforms[0]?.base_url ?? '' })}</Empty>
      ) : (
        <CallLines calls={calls} company={company} />
      )}
    </section>
  );
}

function Refusals({ overview }: { readonly overview: OverviewView }): ReactNode {
  const say = useWords(overviewWords);
  const zone = useZone(overview.company);
  return (
    <section className="card stack-tight">
      <h2>{say('refusals')}</h2>
      {overview.refusals.length === 0 ? (
        <Empty>{say('noRefusals')}</Empty>
      ) : (
        <ul>
          {overview.refusals.slice(0, MAX_LISTED).map((refusal) => (
            <li key={refusal.request}>
              <Link
                className="call-line"
                to="/c/$company/calls/$id"
                params={{ company: overview.company, id: refusal.request }}
              >
                <Time at={refusal.at} zone={zone} />
                <Platform name={refusal.platform} letterOnly />
                <span className="grow clip">{refusal.operation ?? '–'}</span>
                {refusal.employee !== null && (
                  <span className="clip">
                    <PersonName company={overview.company} id={refusal.employee} />
                  </span>
                )}
                <span className="verdict verdict-bad">✕ {refusal.code ?? refusal.status}</span>
              </Link>
              {refusal.nearest !== null && <p className="small quiet overview-nearest">→ {refusal.nearest}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
