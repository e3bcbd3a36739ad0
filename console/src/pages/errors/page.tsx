import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Input, Segmented } from 'antd';
import { useMemo, type ReactNode } from 'react';
import type { CatalogueEntry } from '../../../../src/sandbox/catalogue/entry.ts';
import { errorsQuery } from '../../api/company-queries.ts';
import { Page } from '../../ui/page/page.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { ErrorEntry } from './error-entry.tsx';
import { errorsWords } from './words.ts';
import './errors.css';

/** So many codes are listed at once; a search finds the others. */
const MAX_LISTED = 300;

/** The catalogue of codes: found by code or words on the left, one of them on the right. */
export function ErrorsPage(): ReactNode {
  const say = useWords(errorsWords);
  const { company, platform: openPlatform, code: openCode } = useParams({ strict: false });
  const { q = '', platform = '' } = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(errorsQuery);
  const found = useMemo(() => (data?.errors ?? []).filter((entry) => fits(entry, q, platform)), [data, q, platform]);
  const open = data?.errors.find((entry) => entry.platform === openPlatform && entry.id === openCode);
  const key = company ?? '';
  const search = (next: { readonly q: string; readonly platform: string }): void => {
    const kept = {
      ...(next.q === '' ? {} : { q: next.q }),
      ...(next.platform === '' ? {} : { platform: next.platform }),
    };
    void navigate({ to: '/c/$company/errors', params: { company: key }, search: kept, replace: true });
  };
  return (
    <Page title={say('title')} document={open === undefined ? say('title') : `${open.platform} ${open.id}`}>
      <div className="row wrap" role="search">
        <div className="errors-search" data-search="">
          <Input
            aria-label={say('search')}
            placeholder={say('example')}
            allowClear
            value={q}
            onChange={(event) => {
              search({ q: event.target.value, platform });
            }}
          />
        </div>
        <Segmented
          aria-label={say('platform')}
          value={platform}
          options={[
            { value: '', label: say('all') },
            ...['feishu', 'wecom', 'hose'].map((name) => ({ value: name, label: <Platform name={name} /> })),
          ]}
          onChange={(chosen) => {
            search({ q, platform: chosen });
          }}
        />
        {data !== undefined && (
          <span className="quiet">{say('count', { n: found.length, all: data.errors.length })}</span>
        )}
      </div>
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Loading rows={10} />
      ) : (
        <div className="errors">
          <ErrorList entries={found.slice(0, MAX_LISTED)} company={key} open={open} search={{ q, platform }} />
          <div className="errors-entry">
            {open === undefined ? (
              <Empty>{say('choose')}</Empty>
            ) : (
              <ErrorEntry key={`${open.platform} ${open.id}`} entry={open} company={key} />
            )}
          </div>
        </div>
      )}
    </Page>
  );
}

function ErrorList({
  entries,
  company,
  open,
  search,
}: {
  readonly entries: readonly CatalogueEntry[];
  readonly company: string;
  readonly open: CatalogueEntry | undefined;
  readonly search: { readonly q: string; readonly platform: string };
}): ReactNode {
  const say = useWords(errorsWords);
  const { language } = useLanguage();
  if (entries.length === 0) return <Empty>{say('none')}</Empty>;
  return (
    <ul className="errors-list card" aria-label={say('title')} tabIndex={0}>
      {entries.map((entry) => (
        <li key={`${entry.platform} ${entry.id}`}>
          <Link
            to="/c/$company/errors/$platform/$code"
            params={{ company, platform: entry.platform, code: entry.id }}
            search={{
              ...(search.q === '' ? {} : { q: search.q }),
              ...(search.platform === '' ? {} : { platform: search.platform }),
            }}
            resetScroll={false}
            className={entry === open ? 'call-line errors-open' : 'call-line'}
            aria-current={entry === open ? 'page' : undefined}
          >
            <Platform name={entry.platform} letterOnly />
            <code className="errors-id clip">{entry.id}</code>
            <span className="clip grow">{entry.title[language]}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function fits(entry: CatalogueEntry, q: string, platform: string): boolean {
  if (platform !== '' && entry.platform !== platform) return false;
  const { id, title, meaning, messages = [], operation = '' } = entry;
  const text = [id, title.zh, title.en, meaning.zh, meaning.en, operation, ...messages].join('\n').toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
