import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { peopleHavingQuery, type PartPlace } from '../../api/catalogue-queries.ts';
import { visible } from '../../ui/code/visible.ts';
import { Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { catalogueWords } from './words.ts';

/** Who has an entry, or a value in a field: the first of them, and how many there are. */
export function PeopleHavingIt({ place }: { readonly place: PartPlace }): ReactNode {
  const say = useWords(catalogueWords);
  const { data, error, refetch } = useQuery(peopleHavingQuery(place));
  if (error !== null) return <Failure what={say('whoFailed')} error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading rows={1} />;
  const { people, total, complete } = data;
  return (
    <div className="small" role="status">
      {total === 0 ? (
        <p>{say('unused')}</p>
      ) : (
        <p>
          {say('used', { n: total })}{' '}
          {people.map(({ id, name }, at) => (
            <span key={id}>
              {at > 0 && ' · '}
              <Link to="/c/$company/people/$id" params={{ company: place.company, id }}>
                {visible(name)}
              </Link>
            </span>
          ))}
          {total > people.length && ` ${say('more')}`}
        </p>
      )}
      {!complete && <p className="quiet">{say('incomplete')}</p>}
    </div>
  );
}
