import { DeleteOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { PeopleSearch } from '../../api/people-queries.ts';
import { visible } from '../../ui/code/visible.ts';
import { useRemembered } from '../../ui/remembered.ts';
import { useWords } from '../../words/language.tsx';
import { peopleWords } from './words.ts';

interface SavedFilter {
  readonly name: string;
  readonly search: PeopleSearch;
}

/** So many are kept for a company. */
const MAX_FILTERS = 50;

/** Filters that this browser keeps under a name, for one company. */
export function SavedFilters({
  company,
  filter,
}: {
  readonly company: string;
  /** What is searched for, without the page. */
  readonly filter: PeopleSearch;
}): ReactNode {
  const say = useWords(peopleWords);
  const [filters, setFilters] = useRemembered<readonly SavedFilter[]>(
    `mingce.people.filters.${company}`,
    [],
    readFilters,
  );
  const [name, setName] = useState('');
  const isEmpty = Object.keys(filter).length === 0;
  return (
    <details className="people-menu">
      <summary>{say('saved', { n: filters.length })}</summary>
      <div className="people-menu-open card stack-tight">
        {filters.map((one) => (
          <span key={one.name} className="spread">
            <Link to="/c/$company/people" params={{ company }} search={one.search} className="clip">
              {visible(one.name)}
            </Link>
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={say('forget', { name: visible(one.name) })}
              onClick={() => {
                setFilters(filters.filter(({ name: other }) => other !== one.name));
              }}
            />
          </span>
        ))}
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            const others = filters.filter((one) => one.name !== name.trim());
            setFilters([...others, { name: name.trim(), search: filter }].slice(-MAX_FILTERS));
            setName('');
          }}
        >
          <Input
            aria-label={say('filterName')}
            placeholder={say(isEmpty ? 'filterFirst' : 'filterName')}
            maxLength={60}
            disabled={isEmpty}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
          <Button htmlType="submit" disabled={isEmpty || name.trim() === ''}>
            {say('save')}
          </Button>
        </form>
      </div>
    </details>
  );
}

function readFilters(kept: unknown): readonly SavedFilter[] | null {
  if (!Array.isArray(kept)) return null;
  return (kept as readonly unknown[]).filter(
    (one): one is SavedFilter =>
      typeof one === 'object' &&
      one !== null &&
      'name' in one &&
      typeof one.name === 'string' &&
      'search' in one &&
      typeof one.search === 'object' &&
      one.search !== null,
  );
}
