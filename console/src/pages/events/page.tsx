import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { EVENT_STATES, eventsQuery, type EventSearch } from '../../api/event-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { Page } from '../../ui/page/page.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { chosenFilters } from '../../ui/chosen-filters.ts';
import { Headings } from '../../ui/table/headings.tsx';
import { MoreRows } from '../../ui/table/more-rows.tsx';
import { useWords } from '../../words/language.tsx';
import { EventRow } from './event-row.tsx';
import { Subscriptions } from './subscriptions.tsx';
import { eventWords } from './words.ts';
import './events.css';

/** The events of a company to its apps: who receives them, which were sent, and what became of each. */
export function EventsPage(): ReactNode {
  const say = useWords(eventWords);
  const { company } = useParams({ from: '/c/$company' });
  const search = useSearch({ from: '/c/$company/events' });
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const pages = useInfiniteQuery(eventsQuery(company, search));
  const { data, error, refetch } = pages;
  // The filter by app leaves the others out of the answer, too.
  const all = useInfiniteQuery(eventsQuery(company, {})).data?.pages[0]?.subscriptions;
  const resend = useMutation({
    mutationFn: (id: string) => api('events.resend', { params: { key: company, id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['c', company, 'record', 'events'] }),
  });
  const events = data?.pages.flatMap((page) => page.events) ?? [];
  const isFiltered = Object.keys(search).length > 0;
  const canSend = mayWrite && !resend.isPending;
  return (
    <Page title={say('title')} document={say('title')}>
      {!mayWrite && <p className="quiet">{say('readOnly')}</p>}
      <section className="card stack-tight" aria-label={say('subscriptions')}>
        <h2>{say('subscriptions')}</h2>
        {all === undefined ? <Loading rows={2} /> : <Subscriptions company={company} subscriptions={all} />}
      </section>
      <section className="card stack-tight" aria-label={say('events')}>
        <header className="spread wrap">
          <h2>{say('events')}</h2>
          <Button
            disabled={
              !canSend || (all ?? []).length === 0 || (!isFiltered && data !== undefined && events.length === 0)
            }
            onClick={() => {
              resend.mutate('dead');
            }}
          >
            {say('resendDead')}
          </Button>
        </header>
        <Filters apps={[...new Set((all ?? []).flatMap(({ app }) => app ?? []))]} search={search} />
        <div role="status">
          {resend.error !== null && <Failure what={say('resendFailed')} error={resend.error} />}
          {resend.data !== undefined && <p>{say('resent', { n: resend.data.resent })}</p>}
        </div>
        {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
        {data === undefined ? (
          error === null && <Loading rows={8} />
        ) : events.length === 0 ? (
          <NoEvents isFiltered={isFiltered} />
        ) : (
          <div className="events-wide">
            <table>
              <Headings
                names={(['at', 'app', 'events', 'about', 'state', 'tries'] as const).map((column) => say(column))}
                buttons={say('resend')}
              />
              <tbody>
                {events.map((event) => (
                  <EventRow
                    key={event.id}
                    company={company}
                    event={event}
                    canSend={canSend}
                    resend={() => {
                      resend.mutate(event.id);
                    }}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
        <MoreRows pages={pages}>{say('more')}</MoreRows>
      </section>
    </Page>
  );
}

function NoEvents({ isFiltered }: { readonly isFiltered: boolean }): ReactNode {
  const say = useWords(eventWords);
  const navigate = useNavigate({ from: '/c/$company/events' });
  return (
    <Empty action={isFiltered && <Button onClick={() => void navigate({ search: {} })}>{say('clear')}</Button>}>
      {say(isFiltered ? 'none' : 'noneYet')}
    </Empty>
  );
}

function Filters({ apps, search }: { readonly apps: readonly string[]; readonly search: EventSearch }): ReactNode {
  const say = useWords(eventWords);
  const navigate = useNavigate({ from: '/c/$company/events' });
  const choose = (chosen: Readonly<Partial<Record<keyof EventSearch, string>>>): void => {
    void navigate({ search: chosenFilters(search, chosen) });
  };
  return (
    <div className="row wrap">
      <Select
        className="events-filter"
        aria-label={say('app')}
        value={search.app ?? ''}
        options={[{ value: '', label: say('anyApp') }, ...apps.map((app) => ({ value: app, label: app }))]}
        onChange={(app) => {
          choose({ app });
        }}
      />
      <Select
        className="events-filter"
        aria-label={say('state')}
        value={search.state ?? ''}
        options={[
          { value: '', label: say('anyState') },
          ...EVENT_STATES.map((state) => ({ value: state, label: say(state) })),
        ]}
        onChange={(state) => {
          choose({ state });
        }}
      />
      <Input
        key={search.type ?? ''}
        className="events-filter-type"
        aria-label={say('type')}
        placeholder={say('type')}
        defaultValue={search.type ?? ''}
        onPressEnter={({ currentTarget }) => {
          choose({ type: currentTarget.value.trim() });
        }}
      />
    </div>
  );
}
