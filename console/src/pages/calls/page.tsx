import { PauseOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useEffect, useMemo, type ReactNode } from 'react';
import type { RequestView } from '../../../../src/sandbox/journal/contract.ts';
import { api } from '../../api/client.ts';
import { callsQuery } from '../../api/company-queries.ts';
import { clearLive, useLive } from '../../api/live.ts';
import { useMayWrite } from '../../api/session.ts';
import { isTyping } from '../../ui/keys/typing.ts';
import { listed, withLive, type ListedCall } from '../../ui/calls/listed-call.ts';
import { useStillCalls } from '../../ui/calls/use-still-calls.ts';
import { ConfirmButton } from '../../ui/confirm/confirm-button.tsx';
import { Page } from '../../ui/page/page.tsx';
import { useSearchedText } from '../../ui/searched-text.ts';
import { NoCallsKept, useKeepsCalls } from '../../ui/state/sandbox-off.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { CallsGrid } from './calls-grid.tsx';
import { MarkedCalls } from './marked-calls.tsx';
import { useMarkedCalls } from './use-marked-calls.ts';
import { callsWords } from './words.ts';
import './calls-page.css';

/** The journal, or why there is none. */
export function CallsPage(): ReactNode {
  const say = useWords(callsWords);
  return useKeepsCalls() ? (
    <Journal />
  ) : (
    <Page title={say('title')} document={say('title')}>
      <NoCallsKept />
    </Page>
  );
}

/** What was called: found by one search, live while nothing is searched for. */
function Journal(): ReactNode {
  const say = useWords(callsWords);
  const { company } = useParams({ from: '/c/$company' });
  const { q = '' } = useSearch({ from: '/c/$company/calls' });
  const queries = useQueryClient();
  const mayWrite = useMayWrite();
  const found = useQuery(callsQuery(company, q));
  const shown = useShown(company, q, found.data?.requests);
  const still = useStillCalls(shown, q, useLive(company).total);
  const { calls, hold } = still;
  const isPaused = still.isHeldFor('paused');
  const marked = useMarkedCalls(q);
  const hasMarked = marked.ids.size > 0;
  useEffect(() => {
    hold('marked', hasMarked);
  }, [hold, hasMarked]);
  const pause = (): void => {
    hold('paused', !isPaused);
  };
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (isTyping(event)) return;
      if (event.key === 's') pause();
      else if (event.key === 't') still.takeIn();
    };
    window.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('keydown', pressed);
    };
  });
  const clear = async (): Promise<void> => {
    await api('requests.clear');
    clearLive();
    marked.letGo();
    still.letGo();
    await queries.invalidateQueries({ queryKey: ['c', company, 'calls'] });
  };
  return (
    <Page
      title={say('title')}
      document={say('title')}
      actions={
        <>
          {q === '' && still.came > 0 && (
            <Button type="primary" onClick={still.takeIn}>
              {say('came', { n: still.came })}
            </Button>
          )}
          <Button icon={isPaused ? <PlayCircleOutlined /> : <PauseOutlined />} aria-pressed={isPaused} onClick={pause}>
            {say(isPaused ? 'resume' : 'pause')}
          </Button>
          <ConfirmButton ask={say('clearAsk')} confirm={say('clear')} disabled={!mayWrite} act={clear}>
            {say('clear')}
          </ConfirmButton>
        </>
      }
    >
      <Search q={q} />
      {found.error !== null && <Failure what={say('failed')} error={found.error} retry={() => void found.refetch()} />}
      {found.data === undefined ? (
        found.error === null && <Loading rows={10} />
      ) : calls.length === 0 ? (
        <Empty
          action={
            q !== '' && (
              <Link to="/c/$company/calls" params={{ company }}>
                {say('allCalls')}
              </Link>
            )
          }
        >
          {say(q === '' ? 'none' : 'noneFound')}
        </Empty>
      ) : (
        <>
          <MarkedCalls company={company} calls={calls} marked={marked} />
          <CallsGrid still={still} company={company} marked={marked.ids} mark={marked.mark} />
        </>
      )}
    </Page>
  );
}

/**
 * What is shown: what was found, and before it what came since. The same list as long as neither changes, for a list that is new
 * with each rendering would be rendered without end.
 */
function useShown(
  company: string,
  q: string,
  found: readonly (RequestView | ListedCall)[] | undefined,
): readonly ListedCall[] {
  const live = useLive(company).calls;
  const kept = useMemo(() => (found ?? []).map((call) => listed(call)), [found]);
  return useMemo(() => (found === undefined || q !== '' ? kept : withLive(live, kept)), [found, kept, live, q]);
}

function Search({ q }: { readonly q: string }): ReactNode {
  const say = useWords(callsWords);
  const navigate = useNavigate({ from: '/c/$company/calls' });
  const { typed, type, send } = useSearchedText(q, (next) => {
    void navigate({ search: next === '' ? {} : { q: next } });
  });
  return (
    <form
      role="search"
      className="stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        send(typed.trim());
      }}
    >
      <Input
        data-search=""
        className="code"
        aria-label={say('search')}
        placeholder={say('example')}
        allowClear
        value={typed}
        onChange={(event) => {
          type(event.target.value);
          if (event.target.value === '') send('');
        }}
      />
      <div className="row wrap small">
        <span className="quiet">{say('try')}</span>
        {[
          'silent:yes',
          'verdict:refused',
          'verdict:unknown',
          'platform:feishu',
          'platform:wecom',
          'platform:hose',
          'since:15m',
        ].map((term) => (
          <button
            key={term}
            type="button"
            className="plain-button code"
            onClick={() => {
              const next = `${typed} ${term}`.trim();
              type(next);
              send(next);
            }}
          >
            {term}
          </button>
        ))}
      </div>
    </form>
  );
}
