import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api, urlOf } from '../../api/client.ts';
import { useMayWrite } from '../../api/session.ts';
import { Page } from '../../ui/page/page.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { FileDrop } from './file-drop.tsx';
import { OneImport } from './one-import.tsx';
import { useImportTitle } from './import-title.ts';
import { importWords } from './words.ts';
import './imports.css';

/** Tables of employees, in and out. */
export function ImportsPage(): ReactNode {
  const say = useWords(importWords);
  const { company } = useParams({ from: '/c/$company' });
  const { id } = useSearch({ from: '/c/$company/imports' });
  const mayWrite = useMayWrite();
  const navigate = useNavigate();
  const titleOf = useImportTitle();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['c', company, 'imports'],
    queryFn: ({ signal }) => api('imports.list', { params: { key: company }, signal }),
    enabled: mayWrite,
  });
  const open = (one: string): void =>
    void navigate({ to: '/c/$company/imports', params: { company }, search: { id: one } });
  const upload = useMutation({
    mutationFn: async (file: File) =>
      api('imports.create', {
        params: { key: company },
        query: { name: file.name },
        body: new Uint8Array(await file.arrayBuffer()),
      }),
    onSuccess: async ({ id: made }) => {
      await queries.invalidateQueries({ queryKey: ['c', company, 'imports'] });
      open(made);
    },
  });
  if (!mayWrite) {
    return (
      <Page title={say('title')} document={say('title')}>
        <p className="quiet">{say('readOnly')}</p>
      </Page>
    );
  }
  const shown = id ?? data?.imports[0]?.id;
  // A plan for many people was made elsewhere, and has no file; without a choice a file can always be dropped.
  const isBulk = id !== undefined && data?.imports.find((one) => one.id === id)?.origin === 'people';
  return (
    <Page title={say('title')} document={say('title')} actions={<Exports company={company} />}>
      {!isBulk && (
        <>
          <FileDrop take={upload.mutate} />
          <p className="quiet">{say('how')}</p>
        </>
      )}
      {upload.error !== null && <Failure what={say('failed')} error={upload.error} />}
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data?.imports.length === 0 && <Empty>{say('none')}</Empty>}
      {data !== undefined && data.imports.length > 1 && (
        <ul className="row wrap">
          {data.imports.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className="import-name"
                aria-pressed={one.id === shown}
                title={titleOf(one)}
                onClick={() => {
                  open(one.id);
                }}
              >
                {titleOf(one)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {shown !== undefined && <OneImport key={shown} company={company} id={shown} />}
    </Page>
  );
}

function Exports({ company }: { readonly company: string }): ReactNode {
  const say = useWords(importWords);
  const { language } = useLanguage();
  const link = (label: string, query: { readonly format?: string; readonly template?: string }): ReactNode => (
    <a href={urlOf('companies.export-table', { params: { key: company }, query: { ...query, language } })} download>
      {label}
    </a>
  );
  return (
    <span className="row wrap">
      <span className="quiet">{say('exportAs')}</span>
      {link('Excel', { format: 'xlsx' })}
      {link('CSV UTF-8', { format: 'csv' })}
      {link('CSV GB18030', { format: 'csv-gb18030' })}
      {link(say('wecom'), { template: 'wecom' })}
    </span>
  );
}
