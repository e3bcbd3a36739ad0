import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cataloguesQuery, FIELDS, fieldsQuery } from '../../api/catalogue-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { visible } from '../../ui/code/visible.ts';
import { Page } from '../../ui/page/page.tsx';
import { Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { PartList } from './part-list.tsx';
import { catalogueWords, listName } from './words.ts';
import './catalogues.css';

/** The lists of choices of a company and its own fields: who uses an entry, and what may be added, renamed or ended. */
export function CataloguesPage(): ReactNode {
  const say = useWords(catalogueWords);
  const { company } = useParams({ from: '/c/$company' });
  const { list = 'job_titles' } = useSearch({ from: '/c/$company/catalogues' });
  const mayWrite = useMayWrite();
  const { data, error, refetch } = useQuery(cataloguesQuery(company));
  const fields = useQuery(fieldsQuery(company));
  const failed = error ?? fields.error;
  const lists = [
    ...(data?.catalogues ?? []).map((one) => ({ name: one.list, parts: one.entries })),
    { name: FIELDS, parts: fields.data?.fields ?? [] },
  ];
  const chosen = lists.find(({ name }) => name === list) ?? lists[0];
  return (
    <Page title={say('title')} document={say('title')}>
      <p className="quiet">{say(mayWrite ? 'how' : 'readOnly')}</p>
      {failed !== null && <Failure what={say('failed')} error={failed} retry={() => void refetch()} />}
      {data === undefined || fields.data === undefined || chosen === undefined ? (
        failed === null && <Loading rows={10} />
      ) : (
        <div className="catalogues">
          <nav className="card catalogues-lists" aria-label={say('lists')}>
            <ul>
              {lists.map(({ name, parts }) => (
                <li key={name}>
                  <Link
                    to="/c/$company/catalogues"
                    params={{ company }}
                    search={{ list: name }}
                    className="catalogues-list"
                    // The address alone does not say it: without a list the first one is shown.
                    activeProps={{}}
                    aria-current={name === chosen.name ? 'true' : undefined}
                  >
                    <span className="clip">{visible(listName(name, say))}</span>
                    <span className="quiet small">{parts.length}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <PartList
            key={chosen.name}
            company={company}
            list={chosen.name}
            parts={chosen.parts}
            lists={lists.flatMap(({ name, parts }) => (name === FIELDS || parts.length === 0 ? [] : [name]))}
          />
        </div>
      )}
    </Page>
  );
}
