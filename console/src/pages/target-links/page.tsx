import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import type { ReactNode } from 'react';
import type { LinkLine } from '../../../../src/http/admin/targets/contract.ts';
import { api } from '../../api/client.ts';
import { useMayWrite } from '../../api/session.ts';
import { linksQuery, type LinkSearch } from '../../api/target-queries.ts';
import { LINK_KINDS, LINK_STATES } from '../../api/target-words.ts';
import { Page } from '../../ui/page/page.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { TargetHead } from '../../ui/target/target-head.tsx';
import { chosenFilters } from '../../ui/chosen-filters.ts';
import { Headings } from '../../ui/table/headings.tsx';
import { MoreRows } from '../../ui/table/more-rows.tsx';
import { useWords } from '../../words/language.tsx';
import { LinkRow } from './link-row.tsx';
import type { LinkWork } from './work.ts';
import { linkWords } from './words.ts';

/** Which of ours is which on a live tenant; what is not certain is decided here. */
export function TargetLinksPage(): ReactNode {
  const say = useWords(linkWords);
  const { company, target } = useParams({ from: '/c/$company/targets/$target/links' });
  const search = useSearch({ from: '/c/$company/targets/$target/links' });
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const pages = useInfiniteQuery(linksQuery(company, target, search));
  const { data, error, refetch } = pages;
  const change = useMutation({
    mutationFn: async ({ link: { kind, subject }, work }: { readonly link: LinkLine; readonly work: LinkWork }) => {
      const params = { key: company, target, subject };
      if (work.kind === 'remove') await api('targets.remove-link', { params, query: { kind } });
      else
        await api('targets.put-link', {
          params,
          body: work.kind === 'link' ? { kind, live_id: work.liveId } : { kind },
        });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['c', company, 'targets'] }),
  });
  const links = data?.pages.flatMap((page) => page.links) ?? [];
  return (
    <Page title={say('title')} document={say('title')}>
      <TargetHead company={company} target={target} />
      <p className="quiet">{say(mayWrite ? 'how' : 'readOnly')}</p>
      <Filters search={search} />
      <div role="status">{change.error !== null && <Failure what={say('changeFailed')} error={change.error} />}</div>
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Loading rows={10} />
      ) : links.length === 0 ? (
        <NoLinks target={target} isFiltered={Object.keys(search).length > 0} />
      ) : (
        <section className="card target-wide" aria-label={say('title')}>
          <table className="target-middle">
            <Headings
              names={(['subject', 'kind', 'state', 'liveId', 'matched', 'agreed'] as const).map((column) =>
                say(column),
              )}
              buttons={say('actions')}
            />
            <tbody>
              {links.map((link) => (
                <LinkRow
                  target={target}
                  key={`${link.kind} ${link.subject} ${link.live_id ?? ''} ${link.state}`}
                  company={company}
                  link={link}
                  canChange={mayWrite && !change.isPending}
                  act={async (work) => {
                    await change.mutateAsync({ link, work }).catch(() => undefined);
                  }}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <MoreRows pages={pages}>{say('more')}</MoreRows>
    </Page>
  );
}

function NoLinks({ target, isFiltered }: { readonly target: string; readonly isFiltered: boolean }): ReactNode {
  const say = useWords(linkWords);
  const navigate = useNavigate({ from: '/c/$company/targets/$target/links' });
  return (
    <Empty action={isFiltered && <Button onClick={() => void navigate({ search: {} })}>{say('clear')}</Button>}>
      {isFiltered ? say('none') : say('noneYet', { target })}
    </Empty>
  );
}

function Filters({ search }: { readonly search: LinkSearch }): ReactNode {
  const say = useWords(linkWords);
  const navigate = useNavigate({ from: '/c/$company/targets/$target/links' });
  const choose = (chosen: Readonly<Partial<Record<keyof LinkSearch, string>>>): void => {
    void navigate({ search: chosenFilters(search, chosen) });
  };
  return (
    <div className="row wrap">
      <Select
        className="target-filter"
        aria-label={say('state')}
        value={search.state ?? ''}
        options={[
          { value: '', label: say('anyState') },
          ...LINK_STATES.map((one) => ({ value: one, label: say(one) })),
        ]}
        onChange={(state) => {
          choose({ state });
        }}
      />
      <Select
        className="target-filter"
        aria-label={say('kind')}
        value={search.kind ?? ''}
        options={[{ value: '', label: say('anyKind') }, ...LINK_KINDS.map((one) => ({ value: one, label: say(one) }))]}
        onChange={(kind) => {
          choose({ kind });
        }}
      />
    </div>
  );
}
