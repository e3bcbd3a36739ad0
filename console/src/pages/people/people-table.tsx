import { useNavigate } from '@tanstack/react-router';
import { memo, useCallback, type ReactNode } from 'react';
import type { EmployeeRow } from '../../../../src/http/admin/people/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { RowLink } from '../../ui/link/row-link.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useWords } from '../../words/language.tsx';
import type { Column } from './columns.tsx';
import type { ChosenPeople } from './chosen-people.ts';
import { peopleWords } from './words.ts';

/** What each column is sorted by. */
const SORTED_BY: Readonly<Record<Column, string | null>> = {
  name: 'name',
  job_number: 'job_number',
  department: null,
  job_title: null,
  mobile: null,
  status: null,
  changed: 'updated',
};

/** One page of people; made again only where something in it is another. */
export const PeopleTable = memo(function PeopleTable({
  company,
  people,
  columns,
  sortable,
  sort,
  sortBy,
  chosen,
}: {
  readonly company: string;
  readonly people: readonly EmployeeRow[];
  readonly columns: readonly Column[];
  readonly sortable: readonly string[];
  readonly sort: string;
  readonly sortBy: (sort: string) => void;
  /** Who is chosen, and how to choose; null where nothing can be done with them. */
  readonly chosen: ChosenPeople | null;
}): ReactNode {
  const say = useWords(peopleWords);
  const ids = people.map(({ id }) => id);
  // Once for all rows: each place that asks for the session follows it.
  const zone = useZone(company);
  const navigate = useNavigate();
  const open = useCallback(
    (id: string) => void navigate({ to: '/c/$company/people/$id', params: { company, id } }),
    [company, navigate],
  );
  return (
    <div className="card people-table" tabIndex={0} role="region" aria-label={say('title')}>
      <table>
        <thead>
          <tr>
            {chosen !== null && (
              <td className="people-box">
                <input
                  type="checkbox"
                  aria-label={say('choosePage')}
                  checked={ids.every((id) => chosen.has(id))}
                  onChange={({ target }) => {
                    chosen.choose(ids, target.checked);
                  }}
                />
              </td>
            )}
            {columns.map((name) => {
              const by = SORTED_BY[name];
              const isUp = sort === by;
              const isDown = sort === `-${by ?? ''}`;
              return (
                <th
                  key={name}
                  scope="col"
                  className={`people-column-${name}`}
                  aria-sort={isUp ? 'ascending' : isDown ? 'descending' : undefined}
                >
                  {by !== null && sortable.includes(by) ? (
                    <button
                      type="button"
                      className="plain-button"
                      aria-label={say('sortBy', { name: say(name) })}
                      onClick={() => {
                        sortBy(isUp ? `-${by}` : isDown ? 'created' : by);
                      }}
                    >
                      {say(name)} {isUp ? '↑' : isDown ? '↓' : '↕'}
                    </button>
                  ) : (
                    say(name)
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {people.map((person, place) => (
            // By place: another page writes other texts into the same rows, which takes half as long as new rows.
            <PersonRow
              key={place}
              {...{ person, columns, company, zone, open }}
              isChosen={chosen?.has(person.id) ?? null}
              choose={chosen?.choose ?? noChoice}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
});

function noChoice(): void {
  // Who cannot be chosen has no box.
}

interface RowProps {
  readonly person: EmployeeRow;
  readonly company: string;
  readonly zone: string;
  readonly open: (id: string) => void;
}

/** One person; made again only where something about the person is another. */
const PersonRow = memo(function PersonRow({
  columns,
  isChosen,
  choose,
  ...row
}: RowProps & {
  readonly columns: readonly Column[];
  /** Null where no one can be chosen. */
  readonly isChosen: boolean | null;
  readonly choose: ChosenPeople['choose'];
}): ReactNode {
  const say = useWords(peopleWords);
  const { id, name } = row.person;
  return (
    <tr>
      {isChosen !== null && (
        <td className="people-box">
          <input
            type="checkbox"
            aria-label={say('chooseOne', { name: visible(name) })}
            checked={isChosen}
            onChange={({ target }) => {
              choose([id], target.checked);
            }}
          />
        </td>
      )}
      {columns.map((column) => (
        <Cell key={column} column={column} {...row} />
      ))}
    </tr>
  );
});

function Cell({ column, person, company, zone, open }: RowProps & { readonly column: Column }): ReactNode {
  const say = useWords(peopleWords);
  switch (column) {
    case 'name':
      return (
        <th scope="row" className="people-name" title={wholeName(person)}>
          <RowLink
            href={`/c/${encodeURIComponent(company)}/people/${encodeURIComponent(person.id)}`}
            open={() => {
              open(person.id);
            }}
          >
            {visible(person.name)}
          </RowLink>
          {person.alias !== null && <span className="quiet small"> {visible(person.alias)}</span>}
        </th>
      );
    case 'job_number':
      return <td className="code">{person.job_number ?? '–'}</td>;
    case 'department':
      return (
        <td title={person.department === null ? undefined : visible(person.department.name)}>
          {person.department === null ? '–' : visible(person.department.name)}
          {person.more_departments > 0 && (
            <span className="quiet small"> {say('more', { n: person.more_departments })}</span>
          )}
        </td>
      );
    case 'job_title':
      return person.job_title === null ? (
        <td>–</td>
      ) : (
        <td title={visible(person.job_title.name)}>{visible(person.job_title.name)}</td>
      );
    case 'mobile':
      return <td className="code">{person.mobile ?? '–'}</td>;
    case 'status':
      return <Status person={person} />;
    case 'changed':
      return <LastChange person={person} zone={zone} />;
  }
}

/** The name as a pointer shows it where its column cuts it. */
function wholeName({ name, alias }: EmployeeRow): string {
  return visible(alias === null ? name : `${name} ${alias}`);
}

function Status({ person: { status, activation, frozen, left_on } }: { readonly person: EmployeeRow }): ReactNode {
  const say = useWords(peopleWords);
  const isLeft = status === 'resigned';
  return (
    <td className="people-state">
      <span className={isLeft ? 'quiet' : undefined}>{say(status)}</span>
      {isLeft && left_on !== null && <span className="quiet small"> {left_on}</span>}
      {activation !== 'active' && !isLeft && <span className="verdict verdict-warn"> {say(activation)}</span>}
      {frozen && <span className="verdict verdict-bad"> {say('frozen')}</span>}
    </td>
  );
}

function LastChange({
  person: { last_change: change },
  zone,
}: {
  readonly person: EmployeeRow;
  readonly zone: string;
}): ReactNode {
  return (
    <td>
      {change !== null && (
        <span className="row">
          <Platform name={change.platform} letterOnly /> <Time at={change.at} zone={zone} />
        </span>
      )}
    </td>
  );
}
