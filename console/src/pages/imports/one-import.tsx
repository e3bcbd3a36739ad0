import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import type { ImportView } from '../../../../src/company/tables/contract.ts';
import type { ImportMatch } from '../../../../src/http/admin/operations/tables.ts';
import { api, urlOf } from '../../api/client.ts';
import { importKey, noteImport } from '../../api/import-queries.ts';
import { Failure, Loading } from '../../ui/state/states.tsx';
import { visible } from '../../ui/code/visible.ts';
import { useLanguage, useWords } from '../../words/language.tsx';
import { cutText } from './cut-text.ts';
import { ImportRowsView } from './rows.tsx';
import { TableSource } from './table-source.tsx';
import { useImportTitle } from './import-title.ts';
import { valueWords } from './value-words.ts';
import { importWords } from './words.ts';

const RUNNING = ['checking', 'applying', 'undoing'];
const POLL_MS = 500;

type Step = 'check' | 'apply' | 'pause' | 'resume' | 'undo';

/** One import: its columns, what it would do, and how far it is. */
export function OneImport({ company, id }: { readonly company: string; readonly id: string }): ReactNode {
  const say = useWords(importWords);
  const { language } = useLanguage();
  const titleOf = useImportTitle();
  const queries = useQueryClient();
  const [confirmed, setConfirmed] = useState('');
  const [mended, setMended] = useState<number | null>(null);
  const params = { key: company, id };
  const queryKey = importKey(company, id);
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api('imports.show', { params, signal }),
    refetchInterval: ({ state }) => (RUNNING.includes(state.data?.state ?? '') ? POLL_MS : false),
  });
  const step = useMutation({
    mutationFn: (name: Step) =>
      name === 'apply'
        ? api('imports.apply', { params, body: confirmed === '' ? {} : { confirm: Number(confirmed) } })
        : api(`imports.${name}`, { params }),
    onSuccess: (view: ImportView) => {
      noteImport(queries, company, view);
    },
  });
  const match = useMutation({
    mutationFn: (body: ImportMatch) => api('imports.match', { params, body }),
    onSuccess: (view) => {
      noteImport(queries, company, view);
    },
  });
  if (data === undefined) return error === null ? <Loading /> : <Failure what={say('failed')} error={error} />;
  const { counts, brake, state, progress } = data;
  const isRunning = RUNNING.includes(state);
  const isFixed = isRunning || !['uploaded', 'checked', 'failed'].includes(state);
  const writes = (counts?.add ?? 0) + (counts?.change ?? 0);
  const failing = (counts?.refused ?? 0) + data.failed;
  const isConfirmed = brake?.tripped !== true || confirmed === String(brake.removes);
  const button = (name: Step, label: string, isPrimary = false, isDisabled = false): ReactNode => (
    <Button
      type={isPrimary ? 'primary' : 'default'}
      disabled={isDisabled}
      loading={step.isPending && step.variables === name}
      onClick={() => {
        step.mutate(name);
      }}
    >
      {label}
    </Button>
  );
  return (
    <section className="stack" aria-label={titleOf(data)}>
      <h2>{titleOf(data)}</h2>
      <TableSource
        view={data}
        isFixed={isFixed}
        chooseSheet={(sheet) => {
          match.mutate({ sheet });
        }}
        skipHidden={(skips) => {
          match.mutate(
            { skips_hidden: skips },
            {
              // How many rows are left is known after a check alone.
              onSuccess: () => {
                step.mutate('check');
              },
            },
          );
        }}
      />
      {data.origin === 'people' ? (
        <Link to="/c/$company/people" params={{ company }}>
          {say('toPeople')}
        </Link>
      ) : (
        // Once it is checked its rows are what is looked at.
        <details className="import-columns" key={counts === null ? 'new' : 'checked'} open={counts === null}>
          <summary>
            {say('columns', { n: data.columns.filter(({ field }) => field !== null).length, of: data.columns.length })}
          </summary>
          <Columns
            view={data}
            match={(columns) => {
              match.mutate({ columns });
            }}
            isFixed={isFixed}
          />
        </details>
      )}
      {match.error !== null && <Failure what={say('failed')} error={match.error} />}
      {step.error !== null && <Failure what={say('failed')} error={step.error} />}
      {data.error !== null && <p role="alert">{data.error[language]}</p>}
      {counts !== null && (
        <p role="status">{say(data.origin === 'people' ? 'countsBulk' : 'counts', { ...numbers(counts) })}</p>
      )}
      {isRunning && (
        <p role="status">
          <progress value={progress.done} max={Math.max(progress.of, 1)} aria-label={say('state')} />{' '}
          {say('running', { done: progress.done, of: progress.of })}
        </p>
      )}
      {state === 'paused' && <p>{say('pausedAt', { n: progress.done })}</p>}
      {(state === 'applied' || state === 'paused') && (
        <p role="status">✓ {say('applied', { n: data.applied, failed: data.failed })}</p>
      )}
      {state === 'undone' && <p role="status">✓ {say(data.kept === 0 ? 'undoneAll' : 'undone', { n: data.kept })}</p>}
      {state === 'checked' && brake?.tripped === true && (
        <label className="stack-tight">
          <span>{say('brake', { n: brake.removes, of: brake.present })}</span>
          <Input
            className="import-confirm"
            value={confirmed}
            onChange={({ target }) => {
              setConfirmed(target.value);
            }}
          />
        </label>
      )}
      <div className="row wrap">
        {['uploaded', 'checked', 'failed'].includes(state) && button('check', say('check'), state !== 'checked')}
        {state === 'checked' &&
          button(
            'apply',
            say(data.origin === 'people' ? 'applyBulk' : 'apply', { n: writes }),
            true,
            writes === 0 || !isConfirmed,
          )}
        {isRunning && button('pause', say('pause'))}
        {state === 'paused' && button('resume', say('resume'), true)}
        {(state === 'applied' || state === 'paused') &&
          button('undo', say(data.origin === 'people' ? 'undoBulk' : 'undo'))}
        {counts !== null && failing > 0 && (
          <a href={urlOf('imports.failed', { params, query: { format: 'xlsx' } })} download>
            {say('download', { n: failing })}
          </a>
        )}
      </div>
      {mended !== null && (
        <p className="band verdict-warn" role="status">
          {say('mendedSome', { count: mended })}
        </p>
      )}
      {counts !== null && !isRunning && <ImportRowsView company={company} view={data} leftSome={setMended} />}
    </section>
  );
}

function numbers({ rows, add, change, same, refused }: NonNullable<ImportView['counts']>) {
  return { rows, add, change, same, refused };
}

function Columns({
  view,
  match,
  isFixed,
}: {
  readonly view: ImportView;
  readonly match: (columns: readonly (string | null)[]) => void;
  readonly isFixed: boolean;
}): ReactNode {
  const say = useWords(importWords);
  const { language } = useLanguage();
  const nameOf = (field: string): string => view.fields.find(({ name }) => name === field)?.[language] ?? field;
  const options = [
    { value: '', label: say('skip') },
    ...view.fields.map((field) => ({ value: field.name, label: visible(field[language]) })),
  ];
  return (
    <div className="import-scroll">
      <table className="import-table">
        <thead>
          <tr>
            <th scope="col">{say('header')}</th>
            <th scope="col">{say('field')}</th>
            <th scope="col">{say('example')}</th>
          </tr>
        </thead>
        <tbody>
          {view.columns.map(({ header, field, example, read_as: readAs, did_you_mean: close, repeats }, index) => (
            <tr key={`${String(index)} ${header}`}>
              <th scope="row">{visible(cutText(header))}</th>
              <td>
                <Select
                  className="import-field"
                  aria-label={say('fieldOf', { header: cutText(header) })}
                  disabled={isFixed}
                  value={field ?? ''}
                  options={options}
                  onChange={(value: string) => {
                    match(view.columns.map((one, at) => (at === index ? (value === '' ? null : value) : one.field)));
                  }}
                />
                {repeats !== undefined && field === null && (
                  <span className="quiet"> {say('repeats', { name: visible(nameOf(repeats)) })}</span>
                )}
                {close.length > 0 && field === null && (
                  <span className="quiet"> {say('meant', { names: close.map(nameOf).join(', ') })}</span>
                )}
              </td>
              <td>
                {view.origin === 'people' ? valueWords(view, field, example, language) : visible(cutText(example))}
                {readAs !== null && ` = ${cutText(readAs)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
