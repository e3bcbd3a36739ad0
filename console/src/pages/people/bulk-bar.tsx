import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { MAX_CHOSEN, type PeopleSearch } from '../../api/people-queries.ts';
import { useWords } from '../../words/language.tsx';
import { BulkForm } from './bulk-form.tsx';
import type { ChosenPeople } from './chosen-people.ts';
import { peopleWords } from './words.ts';

const ACTIONS = [
  ['departments', 'changeDepartment'],
  ['status', 'changeStatus'],
  ['job_title', 'changeOther'],
] as const;

/** Who is chosen and what can be done with them; nothing where there is none. */
export function BulkBar({
  company,
  search,
  total,
  chosen,
}: {
  readonly company: string;
  readonly search: PeopleSearch;
  readonly total: number;
  readonly chosen: ChosenPeople;
}): ReactNode {
  const say = useWords(peopleWords);
  const [field, setField] = useState<string | null>(null);
  const { ids, isAll } = chosen;
  const isAny = isAll || ids.size > 0;
  const isTooMany = !isAll && ids.size > MAX_CHOSEN;
  if (!isAny) return null;
  return (
    <section className="card stack-tight people-bulk" aria-label={say('bulkTitle')}>
      <div className="row wrap">
        <strong role="status">
          {isAll ? say('chosenAll', { n: total.toLocaleString() }) : say('chosen', { n: ids.size.toLocaleString() })}
        </strong>
        {!isAll && total > ids.size && (
          <button type="button" className="plain-button" onClick={chosen.chooseAll}>
            {say('chooseAll', { n: total.toLocaleString() })}
          </button>
        )}
        <span className="grow" />
        {ACTIONS.map(([name, word]) => (
          <Button
            key={name}
            disabled={isTooMany}
            aria-pressed={field === name}
            onClick={() => {
              setField(name);
            }}
          >
            {say(word)}
          </Button>
        ))}
        <Button
          type="text"
          onClick={() => {
            setField(null);
            chosen.letGo();
          }}
        >
          {say('letGo')}
        </Button>
      </div>
      {isTooMany && <p role="alert">{say('tooMany', { n: MAX_CHOSEN.toLocaleString() })}</p>}
      {field !== null && !isTooMany && (
        <BulkForm
          key={field}
          company={company}
          first={field}
          chosen={isAll ? search : [...ids]}
          close={() => {
            setField(null);
          }}
        />
      )}
    </section>
  );
}
