import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Checkbox, Input, Select } from 'antd';
import { memo, useCallback, useDeferredValue, useEffect, type ReactNode } from 'react';
import {
  departmentsQuery,
  PAGE_SIZES,
  peopleQuery,
  PEOPLE_PER_PAGE,
  type PeopleSearch,
} from '../../api/people-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { useRemembered } from '../../ui/remembered.ts';
import { useSearchedText } from '../../ui/searched-text.ts';
import { Page } from '../../ui/page/page.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { useChosenPeople } from './chosen-people.ts';
import { ColumnChoice, useColumns, type Column } from './columns.tsx';
import { DepartmentTree } from './department-tree.tsx';
import { PeopleTable } from './people-table.tsx';
import { SavedFilters } from './saved-filters.tsx';
import { peopleWords, STATES } from './words.ts';
import './people.css';

/** So long after the last key a search begins. */
const TYPING_MS = 150;

/** The people of a company: departments on the left, a searched, filtered and sorted table on the right. */
export function PeoplePage(): ReactNode {
  const say = useWords(peopleWords);
  const { company } = useParams({ from: '/c/$company' });
  const search = useSearch({ from: '/c/$company/people' });
  // The same as long as only the page is another, so that what is around the table is not made again with each page.
  const filter = useSearch({ from: '/c/$company/people', select: withoutPage, structuralSharing: true });
  const navigate = useNavigate({ from: '/c/$company/people' });
  const [columns, chooseColumns] = useColumns();
  const [usualSize, rememberSize] = useRemembered('mingce.people.size', PEOPLE_PER_PAGE, readSize);
  const size = search.size ?? usualSize;
  const people = useQuery({ ...peopleQuery(company, { ...search, size }), placeholderData: keepPreviousData });
  const departments = useQuery(departmentsQuery(company));
  const choose = useCallback(
    (change: Partial<PeopleSearch>): void => {
      void navigate({
        search: (now) => {
          const next = { ...now, page: 0, ...change };
          return Object.fromEntries(
            Object.entries(next).filter(([, value]) => value !== '' && value !== 0 && value !== false),
          );
        },
      });
    },
    [navigate],
  );
  const chooseDepartment = useCallback(
    (department: string) => {
      choose({ department });
    },
    [choose],
  );
  // Rows are made in pieces, between which the page scrolls and answers keys: at once they are a long task.
  const data = useDeferredValue(people.data);
  const sortBy = useCallback(
    (sort: string) => {
      choose({ sort: sort === 'created' ? '' : sort });
    },
    [choose],
  );
  const mayWrite = useMayWrite();
  const chosen = useChosenPeople(search);
  return (
    <Page title={say('title')} document={say('title')} actions={mayWrite && <Additions company={company} />}>
      <div className="people">
        <section className="card people-tree" aria-label={say('departments')}>
          {departments.error !== null && <Failure what={say('departmentsFailed')} error={departments.error} />}
          {departments.data === undefined ? (
            <Loading rows={8} />
          ) : (
            <DepartmentTree
              departments={departments.data.departments}
              chosen={search.department ?? ''}
              choose={chooseDepartment}
            />
          )}
        </section>
        <div className="stack people-list">
          <Filters {...{ company, filter, choose, columns, chooseColumns }} />
          {people.error !== null && (
            <Failure what={say('failed')} error={people.error} retry={() => void people.refetch()} />
          )}
          {data === undefined && people.error === null && <Loading rows={12} />}
          {data !== undefined && data.index < 1 && (
            <p role="status">{say('indexing', { percent: Math.floor(data.index * 100) })}</p>
          )}
          {data?.employees.length === 0 &&
            data.index === 1 &&
            (isLimited(search) ? (
              <Empty
                action={
                  <Button
                    onClick={() => {
                      void navigate({ search: {} });
                    }}
                  >
                    {say('clear')}
                  </Button>
                }
              >
                {say('none')}
              </Empty>
            ) : (
              <Empty action={mayWrite && <Additions company={company} />}>{say('noneYet')}</Empty>
            ))}
          {data !== undefined && data.employees.length > 0 && (
            <>
              {mayWrite && <BulkBar company={company} search={search} total={data.total ?? 0} chosen={chosen} />}
              <PeopleTable
                company={company}
                people={data.employees}
                columns={columns}
                sortable={data.sortable}
                sort={search.sort ?? 'created'}
                chosen={mayWrite ? chosen : null}
                sortBy={sortBy}
              />
              <Pages
                page={search.page ?? 0}
                size={size}
                resize={(next) => {
                  rememberSize(next);
                  choose({ size: next });
                }}
                shown={data.employees.length}
                total={data.total}
                isOfAllStates={search.status === undefined && search.q === undefined}
                hasMore={data.next !== null}
                go={(page) => {
                  choose({ page });
                }}
              />
            </>
          )}
        </div>
      </div>
    </Page>
  );
}

/** Whether some people are left out; an order and a size leave none out. */
function isLimited({ q, department, status }: PeopleSearch): boolean {
  return q !== undefined || department !== undefined || status !== undefined;
}

/** The ways in which people come into the company: one by a call, many by a table. */
function Additions({ company }: { readonly company: string }): ReactNode {
  const say = useWords(peopleWords);
  return (
    <span className="row wrap">
      <Link
        to="/c/$company/try/$platform/$operation"
        params={{ company, platform: 'feishu', operation: 'employee.create' }}
      >
        {say('addOne')}
      </Link>
      <Link to="/c/$company/imports" params={{ company }}>
        {say('addMany')}
      </Link>
    </span>
  );
}

function withoutPage({ page: _page, ...filter }: PeopleSearch): Omit<PeopleSearch, 'page'> {
  return filter;
}

/** What is above the table: by what people are searched and filtered, and what the table shows. */
const Filters = memo(function Filters({
  company,
  filter,
  choose,
  columns,
  chooseColumns,
}: {
  readonly company: string;
  /** What is searched for, without the page. */
  readonly filter: PeopleSearch;
  readonly choose: (change: Partial<PeopleSearch>) => void;
  readonly columns: readonly Column[];
  readonly chooseColumns: (columns: readonly Column[]) => void;
}): ReactNode {
  const say = useWords(peopleWords);
  return (
    <div className="row wrap" role="search">
      <SearchField
        text={filter.q ?? ''}
        search={(q) => {
          choose({ q });
        }}
      />
      <Select
        className="people-status"
        aria-label={say('status')}
        value={filter.status ?? ''}
        options={[
          { value: '', label: say('anyStatus') },
          ...STATES.map((status) => ({ value: status, label: say(status) })),
        ]}
        onChange={(status) => {
          choose({ status });
        }}
      />
      <Checkbox
        checked={filter.only !== true}
        disabled={(filter.department ?? '') === ''}
        onChange={(event) => {
          choose({ only: !event.target.checked });
        }}
      >
        {say('below')}
      </Checkbox>
      <ColumnChoice columns={columns} choose={chooseColumns} />
      <SavedFilters key={company} company={company} filter={filter} />
    </div>
  );
});

function SearchField({ text, search }: { readonly text: string; readonly search: (q: string) => void }): ReactNode {
  const say = useWords(peopleWords);
  const { typed, type, send } = useSearchedText(text, search);
  useEffect(() => {
    if (typed === text) return undefined;
    const timeout = setTimeout(() => {
      send(typed);
    }, TYPING_MS);
    return () => {
      clearTimeout(timeout);
    };
  }, [typed, text, send]);
  return (
    <div className="people-search" data-search="">
      <Input
        aria-label={say('search')}
        placeholder={say('example')}
        allowClear
        value={typed}
        onChange={(event) => {
          type(event.target.value);
        }}
      />
    </div>
  );
}

function Pages({
  page,
  size,
  resize,
  shown,
  total,
  isOfAllStates,
  hasMore,
  go,
}: {
  readonly page: number;
  readonly size: number;
  readonly resize: (size: number) => void;
  readonly shown: number;
  /** Null while the index is made: then only some are shown. */
  readonly total: number | null;
  /** Whether those who left are among them. */
  readonly isOfAllStates: boolean;
  readonly hasMore: boolean;
  readonly go: (page: number) => void;
}): ReactNode {
  const say = useWords(peopleWords);
  const from = page * size + 1;
  return (
    <div className="row wrap">
      <span className="quiet grow" role="status">
        {total !== null &&
          say(isOfAllStates ? 'countAll' : 'count', {
            from: from.toLocaleString(),
            to: (from + shown - 1).toLocaleString(),
            total: total.toLocaleString(),
          })}
      </span>
      <Select
        className="people-size"
        aria-label={say('size')}
        value={size}
        options={PAGE_SIZES.map((one) => ({ value: one as number, label: say('perPage', { n: one }) }))}
        onChange={resize}
      />
      <Button
        disabled={page === 0}
        onClick={() => {
          go(page - 1);
        }}
      >
        {say('previous')}
      </Button>
      <Button
        disabled={!hasMore}
        onClick={() => {
          go(page + 1);
        }}
      >
        {say('next')}
      </Button>
    </div>
  );
}

function readSize(kept: unknown): number | null {
  return PAGE_SIZES.find((one) => one === kept) ?? null;
}
