import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import type { CellView, PersonViews, ViewRow } from '../../../../src/sandbox/views/contract.ts';
import { viewsQuery } from '../../api/people-queries.ts';
import { Body } from '../../ui/code/json-body.tsx';
import { visible } from '../../ui/code/visible.ts';
import { Platform } from '../../ui/platform/platform.tsx';
import { Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { ReaderChoice, type ReaderProps } from './reader-choice.tsx';
import { isDifferent, SIGNS } from './relations.ts';
import { Rule } from './rule.tsx';
import { personWords } from './words.ts';

const GROUPS = ['identity', 'contact', 'organisation', 'job', 'state'] as const;
const SHOWN = ['filled', 'different', 'all'] as const;
type Shown = (typeof SHOWN)[number];
/** Fields whose name is a word for the value, which is then not shown beside it as an id is. */
const WORDED: ReadonlySet<string> = new Set(['gender', 'status', 'account_state', 'external', 'seated']);
/** What the signs of cells mean; a cell without one is the same. */
const LEGEND = ['form', 'value', 'empty', 'absent', 'hidden', 'unknown'] as const;

/** The record beside what each platform shows of it; a cell leads to the rule that makes its difference. */
export function Views({ company, id }: { readonly company: string; readonly id: string }): ReactNode {
  const say = useWords(personWords);
  const [readers, setReaders] = useState<Readonly<Record<string, string>>>({});
  const [shown, setShown] = useState<Shown>('filled');
  const [chosen, setChosen] = useState<{ readonly row: ViewRow; readonly cell: CellView } | null>(null);
  const { data, error, refetch } = useQuery({
    ...viewsQuery(company, id, readers),
    placeholderData: keepPreviousData,
  });
  if (error !== null) return <Failure what={say('viewsFailed')} error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading rows={14} />;
  const different = data.rows.filter((row) => row.cells.some(({ relation }) => isDifferent(relation))).length;
  return (
    <div className="stack">
      <div className="row wrap">
        <span className="quiet">{say('show')}</span>
        <Segmented
          aria-label={say('show')}
          value={shown}
          options={SHOWN.map((one) => ({ value: one, label: say(one) }))}
          onChange={setShown}
        />
        <span className="quiet">{say('compared', { n: different })}</span>
      </div>
      <div className="card person-views" tabIndex={0} role="region" aria-label={say('views')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('field')}</th>
              <th scope="col">{say('record')}</th>
              {data.readers.map((reader) => (
                <th key={reader.platform} scope="col">
                  <Reader
                    company={company}
                    reader={reader}
                    choose={(choice) => {
                      setReaders({ ...readers, [reader.platform]: choice });
                    }}
                  />
                </th>
              ))}
            </tr>
          </thead>
          {GROUPS.map((group) => (
            <Group
              key={group}
              group={group}
              views={data}
              shown={shown}
              chosen={chosen?.cell ?? null}
              choose={setChosen}
            />
          ))}
        </table>
      </div>
      <p className="row wrap small quiet">
        {LEGEND.map((relation) => (
          <span key={relation}>
            <span aria-hidden="true">{SIGNS[relation]}</span> {say(relation)}
          </span>
        ))}
      </p>
      <div className="person-rule card" role="status">
        {chosen === null ? <p className="quiet">{say('choose')}</p> : <Rule row={chosen.row} cell={chosen.cell} />}
      </div>
      <details className="card">
        <summary>{say('raw')}</summary>
        <div className="person-raw">
          {data.readers.map((reader) => (
            <div key={reader.platform} className="stack-tight">
              <h3>
                <Platform name={reader.platform} /> <span className="code quiet">{reader.operation}</span>
              </h3>
              <Body body={reader.raw} label={`${reader.platform} ${say('raw')}`} />
            </div>
          ))}
        </div>
      </details>
    </div>
  );
}

function Reader({ company, reader, choose }: ReaderProps): ReactNode {
  const say = useWords(personWords);
  const { platform, app, operation, choices, found } = reader;
  return (
    <span className="person-reader">
      <Platform name={platform} />
      {app === null ? (
        <span className="small">{say('noReader')}</span>
      ) : (
        <span className="small code">
          {operation} {!found && <strong>✕ {say('notFound')}</strong>}
        </span>
      )}
      {choices.length > 1 && <ReaderChoice company={company} reader={reader} choose={choose} />}
    </span>
  );
}

function Group({
  group,
  views,
  shown,
  chosen,
  choose,
}: {
  readonly group: ViewRow['group'];
  readonly views: PersonViews;
  readonly shown: Shown;
  readonly chosen: CellView | null;
  readonly choose: (chosen: { readonly row: ViewRow; readonly cell: CellView }) => void;
}): ReactNode {
  const say = useWords(personWords);
  const rows = views.rows.filter((row) => row.group === group && isShown(row, shown));
  if (rows.length === 0) return null;
  return (
    <tbody>
      <tr>
        <th scope="colgroup" colSpan={2 + views.readers.length} className="person-group">
          {say(group)}
        </th>
      </tr>
      {rows.map((row) => (
        <tr key={row.field}>
          <th scope="row">{row.label}</th>
          <td>
            {row.name === null ? (row.record === null ? '' : visible(row.record)) : visible(row.name)}
            {row.name !== null && row.record !== null && !WORDED.has(row.field) && (
              <span className="code small quiet"> {visible(row.record)}</span>
            )}
          </td>
          {views.readers.map(({ platform }) => {
            const cell = row.cells.find((one) => one.platform === platform);
            return cell === undefined ? (
              <td key={platform} />
            ) : (
              <td key={platform} className={`relation-${cell.relation}${cell === chosen ? ' relation-chosen' : ''}`}>
                <button
                  type="button"
                  className="person-cell"
                  aria-pressed={cell === chosen}
                  onClick={() => {
                    choose({ row, cell });
                  }}
                >
                  <span aria-hidden="true" className="person-sign">
                    {SIGNS[cell.relation]}
                  </span>
                  <span>
                    {shownValue(cell.value)}
                    {cell.relation !== 'same' && <span className="only-read"> {say(cell.relation)}</span>}
                  </span>
                </button>
              </td>
            );
          })}
        </tr>
      ))}
    </tbody>
  );
}

function isShown({ record, cells }: ViewRow, shown: Shown): boolean {
  if (shown === 'all') return true;
  if (shown === 'different') return cells.some(({ relation }) => isDifferent(relation));
  return record !== null || cells.some(({ relation }) => relation === 'value');
}

function shownValue(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return visible(value);
  if (typeof value !== 'object' || Array.isArray(value)) return visible(JSON.stringify(value));
  const members = Object.entries(value).map(([name, inner]) => `${name}: ${shownValue(inner)}`);
  return members.join('\n');
}
