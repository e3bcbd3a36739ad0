import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { EmployeeRow } from '../../../../src/http/admin/people/contract.ts';
import { visible } from '../../ui/code/visible.ts';
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

/** One page of people. */
export function PeopleTable({
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
                <th key={name} scope="col" aria-sort={isUp ? 'ascending' : isDown ? 'descending' : undefined}>
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
          {people.map((person) => (
            <tr key={person.id}>
              {chosen !== null && (
                <td className="people-box">
                  <input
                    type="checkbox"
                    aria-label={say('chooseOne', { name: visible(person.name) })}
                    checked={chosen.has(person.id)}
                    onChange={({ target }) => {
                      chosen.choose([person.id], target.checked);
                    }}
                  />
                </td>
              )}
              {columns.map((column) => (
                <Cell key={column} column={column} person={person} company={company} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({
  column,
  person,
  company,
}: {
  readonly column: Column;
  readonly person: EmployeeRow;
  readonly company: string;
}): ReactNode {
  const say = useWords(peopleWords);
  switch (column) {
    case 'name':
      return (
        <th scope="row" className="people-name">
          <Link to="/c/$company/people/$id" params={{ company, id: person.id }}>
            {visible(person.name)}
          </Link>
          {person.alias !== null && <span className="quiet small"> {visible(person.alias)}</span>}
        </th>
      );
    case 'job_number':
      return <td className="code">{person.job_number ?? '–'}</td>;
    case 'department':
      return (
        <td>
          {person.department === null ? '–' : visible(person.department.name)}
          {person.more_departments > 0 && (
            <span className="quiet small"> {say('more', { n: person.more_departments })}</span>
          )}
        </td>
      );
    case 'job_title':
      return <td>{person.job_title === null ? '–' : visible(person.job_title.name)}</td>;
    case 'mobile':
      return <td className="code">{person.mobile ?? '–'}</td>;
    case 'status':
      return <Status person={person} />;
    case 'changed':
      return <LastChange person={person} company={company} />;
  }
}

function Status({ person: { status, activation, frozen, left_on } }: { readonly person: EmployeeRow }): ReactNode {
  const say = useWords(peopleWords);
  const isLeft = status === 'resigned';
  return (
    <td>
      <span className={isLeft ? 'quiet' : undefined}>{say(status)}</span>
      {isLeft && left_on !== null && <span className="quiet small"> {left_on}</span>}
      {activation !== 'active' && !isLeft && <span className="verdict verdict-warn"> {say(activation)}</span>}
      {frozen && <span className="verdict verdict-bad"> {say('frozen')}</span>}
    </td>
  );
}

function LastChange({
  person: { last_change: change },
  company,
}: {
  readonly person: EmployeeRow;
  readonly company: string;
}): ReactNode {
  const zone = useZone(company);
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
