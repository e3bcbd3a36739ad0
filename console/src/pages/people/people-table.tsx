import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { EmployeeRow } from '../../../../src/http/admin/people/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { Platform } from '../../ui/platform/platform.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useWords } from '../../words/language.tsx';
import { peopleWords } from './words.ts';

/** The columns, each with what it is sorted by. */
const COLUMNS = [
  ['name', 'name'],
  ['job_number', 'job_number'],
  ['department', null],
  ['job_title', null],
  ['mobile', null],
  ['status', null],
  ['changed', 'updated'],
] as const;

/** One page of people. */
export function PeopleTable({
  company,
  people,
  sortable,
  sort,
  sortBy,
}: {
  readonly company: string;
  readonly people: readonly EmployeeRow[];
  readonly sortable: readonly string[];
  readonly sort: string;
  readonly sortBy: (sort: string) => void;
}): ReactNode {
  const say = useWords(peopleWords);
  return (
    <div className="card people-table" tabIndex={0} role="region" aria-label={say('title')}>
      <table>
        <thead>
          <tr>
            {COLUMNS.map(([name, by]) => {
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
            <PersonRow key={person.id} person={person} company={company} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PersonRow({ person, company }: { readonly person: EmployeeRow; readonly company: string }): ReactNode {
  const say = useWords(peopleWords);
  const zone = useZone(company);
  const { status, activation, frozen } = person;
  const isLeft = status === 'resigned';
  return (
    <tr>
      <th scope="row" className="people-name">
        <Link to="/c/$company/people/$id" params={{ company, id: person.id }}>
          {visible(person.name)}
        </Link>
        {person.alias !== null && <span className="quiet small"> {visible(person.alias)}</span>}
      </th>
      <td className="code">{person.job_number ?? '–'}</td>
      <td>
        {person.department === null ? '–' : visible(person.department.name)}
        {person.more_departments > 0 && (
          <span className="quiet small"> {say('more', { n: person.more_departments })}</span>
        )}
      </td>
      <td>{person.job_title === null ? '–' : visible(person.job_title.name)}</td>
      <td className="code">{person.mobile ?? '–'}</td>
      <td>
        <span className={isLeft ? 'quiet' : undefined}>{say(status)}</span>
        {isLeft && person.left_on !== null && <span className="quiet small"> {person.left_on}</span>}
        {activation !== 'active' && !isLeft && <span className="verdict verdict-warn"> {say(activation)}</span>}
        {frozen && <span className="verdict verdict-bad"> {say('frozen')}</span>}
      </td>
      <td>
        {person.last_change !== null && (
          <span className="row">
            <Platform name={person.last_change.platform} letterOnly /> <Time at={person.last_change.at} zone={zone} />
          </span>
        )}
      </td>
    </tr>
  );
}
