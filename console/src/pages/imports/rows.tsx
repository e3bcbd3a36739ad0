import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import type { ReactNode } from 'react';
import type { ImportRow, ImportView } from '../../../../src/company/tables/contract.ts';
import { api } from '../../api/client.ts';
import { ROW_STATES, type ImportSearch } from '../../api/import-queries.ts';
import { Failure, Loading } from '../../ui/state/states.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { visible } from '../../ui/code/visible.ts';
import { useLanguage, useWords } from '../../words/language.tsx';
import { MendRow } from './mend-row.tsx';
import { valueWords } from './value-words.ts';
import { importWords } from './words.ts';

const PAGE = 20;

type RowVerdict = NonNullable<ImportRow['verdicts'][string]>;
const MARKS = { ready: '✓', same: '=', refused: '✕', applied: '✓', failed: '✕' } as const;

/** The rows of an import, a page at a time, each with the verdict of every platform. */
export function ImportRowsView({
  company,
  view,
  leftSome,
}: {
  readonly company: string;
  readonly view: ImportView;
  readonly leftSome: (mended: number | null) => void;
}): ReactNode {
  const say = useWords(importWords);
  const { state, from: offset = 0 } = useSearch({ from: '/c/$company/imports' });
  const navigate = useNavigate({ from: '/c/$company/imports' });
  const show = (next: Omit<ImportSearch, 'id'>): void =>
    void navigate({ search: { id: view.id, ...next }, resetScroll: false });
  const go = (from: number): void => {
    show({ ...(state === undefined ? {} : { state }), ...(from > 0 ? { from } : {}) });
  };
  const isBulk = view.origin === 'people';
  const { data, error } = useQuery({
    queryKey: ['c', company, 'import', view.id, 'rows', view.state, state ?? 'all', offset],
    queryFn: ({ signal }) =>
      api('imports.rows', {
        params: { key: company, id: view.id },
        query: { offset, limit: PAGE, ...(state === undefined ? {} : { state }) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  const labels = {
    applied: 'appliedState',
    failed: 'failedState',
    ready: 'ready',
    same: 'same',
    refused: 'refused',
  } as const;
  if (error !== null) return <Failure what={say('failed')} error={error} />;
  if (data === undefined) return <Loading />;
  return (
    <div className="stack">
      <Segmented
        aria-label={say('state')}
        value={state ?? 'all'}
        options={[
          { value: 'all', label: say('all') },
          ...ROW_STATES.map((one) => ({ value: one, label: say(labels[one]) })),
        ]}
        onChange={(value) => {
          const chosen = ROW_STATES.find((one) => one === value);
          show(chosen === undefined ? {} : { state: chosen });
        }}
      />
      <div className="card import-scroll">
        <table className="import-table">
          <thead>
            <tr>
              {!isBulk && <th scope="col">{say('row')}</th>}
              <th scope="col">{say('state')}</th>
              <th scope="col">{say('name')}</th>
              {view.platforms.map((platform) => (
                <th scope="col" key={platform}>
                  <Platform name={platform} />
                </th>
              ))}
              <th scope="col">{say('what')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <Row
                key={row.row}
                row={row}
                view={view}
                label={say(labels[row.state])}
                company={company}
                leftSome={leftSome}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="row">
        <Button
          disabled={offset === 0}
          onClick={() => {
            go(Math.max(0, offset - PAGE));
          }}
        >
          {say('earlier')}
        </Button>
        <span>
          {say('range', {
            from: Math.min(offset + 1, data.total),
            to: Math.min(offset + PAGE, data.total),
            total: data.total,
          })}
        </span>
        <Button
          disabled={offset + PAGE >= data.total}
          onClick={() => {
            go(offset + PAGE);
          }}
        >
          {say('later')}
        </Button>
      </div>
    </div>
  );
}

/** Whether a code has a page of its own; a platform without codes gives the HTTP status. */
function hasPage(code: string | null | undefined): code is string {
  return /^\d{4,}$/.test(code ?? '');
}

/** Why a platform would refuse a row; its code leads to what it means and what to do. */
function Refused({
  company,
  platform,
  verdict: { code, message },
}: {
  readonly company: string;
  readonly platform: string;
  readonly verdict: RowVerdict;
}): ReactNode {
  return (
    <>
      ✕{' '}
      {hasPage(code) && (
        <Link to="/c/$company/errors/$platform/$code" params={{ company, platform, code }}>
          {visible(code)}
        </Link>
      )}
      {!hasPage(code) && visible(code ?? '')} {visible(message ?? '')}
    </>
  );
}

function Row({
  row,
  view,
  label,
  company,
  leftSome,
}: {
  readonly company: string;
  readonly row: ImportRow;
  readonly view: ImportView;
  readonly label: string;
  readonly leftSome: (mended: number | null) => void;
}): ReactNode {
  const say = useWords(importWords);
  const { language } = useLanguage();
  const nameOf = (field: string): string => view.fields.find(({ name }) => name === field)?.[language] ?? field;
  const words = (field: string, value: string): string => valueWords(view, field, value, language);
  return (
    <tr>
      {view.origin === 'file' && (
        <td>
          {row.row}
          {row.hidden === true && <p className="import-hidden small quiet">{say('hiddenRow')}</p>}
        </td>
      )}
      <td className="import-state">
        {MARKS[row.state]} {label}
      </td>
      <th scope="row" className="import-who">
        {view.origin === 'people' && row.employee !== null ? (
          <Link to="/c/$company/people/$id" params={{ company, id: row.employee }}>
            {visible(row.name)}
          </Link>
        ) : (
          visible(row.name)
        )}
      </th>
      {view.platforms.map((platform) => {
        const verdict = row.verdicts[platform];
        return (
          <td key={platform} className={verdict?.accepted === true ? 'import-state' : ''}>
            {verdict === null || verdict === undefined ? (
              '–'
            ) : verdict.accepted ? (
              `✓ ${say('accepted')}`
            ) : (
              <Refused company={company} platform={platform} verdict={verdict} />
            )}
          </td>
        );
      })}
      <td>
        {row.problems.map((problem) => (
          <p key={`${problem.field ?? ''} ${problem.en}`}>
            {problem.field !== null && (
              <span className="quiet">{say('inField', { name: visible(nameOf(problem.field)) })}</span>
            )}
            {visible(problem[language])}
          </p>
        ))}
        <ul className="import-fields">
          {Object.entries(row.fields).map(([field, [before, after]]) => (
            <li key={field}>{`${nameOf(field)} ${words(field, before)} → ${words(field, after)}`}</li>
          ))}
        </ul>
        {row.state === 'refused' && view.state === 'checked' && view.origin === 'file' && (
          <MendRow company={company} view={view} row={row} leftSome={leftSome} />
        )}
      </td>
    </tr>
  );
}
