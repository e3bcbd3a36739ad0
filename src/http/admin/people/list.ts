import type { Dialect, Reply, Route } from '../../../dialects/dialect.ts';
import {
  PEOPLE_ORDERS,
  PERSON_STATES,
  type PeopleFilter,
  type PeopleIndex,
  type PeopleSort,
  type PersonState,
} from '../../../directory/people-index/people-index.ts';
import { PeopleIndexes } from '../../../directory/people-index/people-indexes.ts';
import { searchQueryOf } from '../../../directory/people-index/search-text.ts';
import { load, type Store, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { romaniser } from '../../../directory/people-index/romanise.ts';
import { Turns } from '../../../lib/turns.ts';
import { employeesNamed } from '../../../sandbox/employees-named.ts';
import { companyOf, isCompany, wholeNumber } from '../console/company-param.ts';
import { json, problem } from '../reply.ts';
import type { EmployeeList, EmployeeRow } from './contract.ts';
import { rowsOf } from './employee-row.ts';

/** The most people in one answer. */
const MAX_PEOPLE = 200;
const USUAL_LIMIT = 50;
/** A caller who can show how far the index is waits so long for it. */
const PARTIAL_WAIT_MS = 600;
/** Others wait longer, as an empty list would look like an answer. */
const WAIT_MS = 10_000;
const RETRY_AFTER_S = 5;

const SORTS = ['created', ...PEOPLE_ORDERS].flatMap((by) => [by, `-${by}`]);

/** Which people a call asks for. */
interface Asked {
  readonly filter: PeopleFilter;
  readonly text: string;
  readonly sort: PeopleSort;
  readonly offset: number;
  readonly limit: number;
  /** Whether a list may lack people while the index is made. */
  readonly isPartial: boolean;
}

/** Lists the people of a company: searched, filtered, sorted, from any place on. */
export function employeesRoute(dialects: readonly Dialect[]): Route {
  return {
    operation: 'employees.list',
    method: 'GET',
    path: '/mingce/v1/companies/:key/employees',
    answer: async (call, context) => {
      const tenant = await companyOf(call, context);
      if (!isCompany(tenant)) return tenant;
      const ids = call.query.get('ids');
      if (ids !== null) return await byIds(context.store, tenant, ids);
      const asked = askedBy(call.query, tenant, call.isReader);
      if ('status' in asked) return asked;
      const people = await peopleOf(dialects, context.store, tenant, asked);
      return people === null ? INDEX_IS_MADE : json(200, people);
    },
  };
}

/** Returns the people with these own ids, which have spaces between them, as no id contains any. Nothing is searched for. */
async function byIds(store: Store, tenant: Tenant, text: string): Promise<Reply> {
  const ids = [...new Set(text.split(' ').filter((id) => id !== ''))];
  if (ids.length > MAX_PEOPLE) return problem(400, `The parameter ids has at most ${String(MAX_PEOPLE)} ids.`);
  const employees = await store.read(() => rowsOfIds(tenant, ids));
  return json(200, {
    employees,
    total: employees.length,
    next: null,
    sortable: SORTS,
    index: 1,
  } satisfies EmployeeList);
}

/** Indexes of the people of a store; what was put in its place has others. */
const indexes = new WeakMap<Store, PeopleIndexes>();

/** Returns the indexes of the people of a store. */
export function indexesOf(store: Store): PeopleIndexes {
  let found = indexes.get(store);
  if (found === undefined) {
    found = new PeopleIndexes({ romanise: romaniser, pause: pauses });
    indexes.set(store, found);
  }
  return found;
}

/** Makes what lets others have their turn in a long work. */
export function pauses(): () => Promise<void> | undefined {
  const turns = new Turns();
  return () => turns.next();
}

function askedBy(query: URLSearchParams, tenant: Tenant, isReader = false): Asked | Reply {
  const offset = wholeNumber(query, query.has('after') ? 'after' : 'offset', { least: 0, most: 1e9, fallback: 0 });
  const limit = wholeNumber(query, 'limit', { least: 1, most: MAX_PEOPLE, fallback: USUAL_LIMIT });
  if (typeof offset !== 'number') return offset;
  if (typeof limit !== 'number') return limit;
  const sort = query.get('sort') ?? 'created';
  if (!SORTS.includes(sort)) return problem(400, `The parameter sort is one of ${SORTS.join(', ')}.`);
  const below = query.get('below') ?? 'true';
  if (below !== 'true' && below !== 'false') return problem(400, 'The parameter below is true or false.');
  const partial = query.get('partial') ?? 'false';
  if (partial !== 'true' && partial !== 'false') return problem(400, 'The parameter partial is true or false.');
  const states = (query.get('status') ?? '').split(',').filter((one) => one !== '');
  if (!states.every((state) => PERSON_STATES.has(state))) {
    return problem(400, `The parameter status lists some of ${[...PERSON_STATES].join(', ')}, with commas between.`);
  }
  const department = query.get('department');
  if (department !== null && tenant.departments.get(department) === undefined) {
    return problem(404, 'The company has no department of this own id.');
  }
  const text = query.get('q') ?? '';
  const search = searchQueryOf(text, isReader);
  const order = sort.replace(/^-/, '');
  return {
    filter: {
      ...(search === null ? {} : { query: search }),
      ...(department === null ? {} : { departments: departmentsOf(tenant, department, below === 'true') }),
      // Every one is a state: it was checked.
      ...(states.length === 0 ? {} : { statuses: new Set(states as PersonState[]) }),
    },
    text: text.trim(),
    sort: { by: PEOPLE_ORDERS.find((by) => by === order) ?? null, descending: sort.startsWith('-') },
    offset,
    limit,
    isPartial: partial === 'true',
  };
}

function departmentsOf({ departments }: Tenant, id: string, below: boolean): ReadonlySet<string> {
  return new Set([id, ...(below ? departments.descendantsOf(id).map((one) => one.id) : [])]);
}

/** The answer where the index is not made in time: an empty list would say that no one is meant. */
const INDEX_IS_MADE: Reply = (({ headers, ...rest }) => ({
  ...rest,
  headers: { ...headers, 'Retry-After': String(RETRY_AFTER_S) },
}))(problem(503, 'The search index of the company is being made; try again in some seconds.'));

/** Returns a page of people, without an index where the store itself has the order; null where the index is not made in time. */
async function peopleOf(
  dialects: readonly Dialect[],
  store: Store,
  tenant: Tenant,
  asked: Asked,
): Promise<EmployeeList | null> {
  const { filter, sort, text, offset, limit, isPartial } = asked;
  const isPlain = Object.keys(filter).length === 0 && sort.by === null && !sort.descending;
  if (isPlain) return store.read(() => plainPage(tenant, offset, limit));
  const state = await indexesOf(store).of(store, tenant.number, isPartial ? PARTIAL_WAIT_MS : WAIT_MS);
  if (!isPartial && !('index' in state)) return null;
  const named = await store.read(() => namedBy(dialects, tenant, text));
  if (!('index' in state)) {
    const rows = await store.read(() => rowsOfIds(tenant, offset === 0 ? named : []));
    return { employees: rows, total: null, next: null, sortable: SORTS, index: state.done };
  }
  const { total, ids } = await foundIn(state.index, asked, named);
  const rows = await store.read(() => rowsOfIds(tenant, ids));
  return { employees: rows, total, next: nextOf(offset, limit, total), sortable: SORTS, index: 1 };
}

/** Returns how many people are meant, and the ids of one page of them. */
async function foundIn(
  index: PeopleIndex,
  { filter, sort, offset, limit }: Asked,
  named: readonly string[],
): Promise<{ readonly total: number; readonly ids: readonly string[] }> {
  const { query, ...rest } = filter;
  const exact = query === undefined ? [] : named.filter((id) => index.isMeant(id, rest));
  const selection = await index.select(filter, sort, pauses());
  // Who is named by an id comes first, and once.
  const others = exact.filter((id) => !selection.has(id));
  const ids = [...others, ...selection.ids(Math.max(0, offset - others.length), limit + others.length)].slice(
    Math.min(offset, others.length),
  );
  return { total: selection.total + others.length, ids: ids.slice(0, limit) };
}

/** Returns the own ids of everyone that a filter means, in the order in which they came; or why that cannot be said. */
export async function selectedIds(
  dialects: readonly Dialect[],
  store: Store,
  tenant: Tenant,
  query: URLSearchParams,
): Promise<readonly string[] | Reply> {
  const asked = askedBy(query, tenant);
  if ('status' in asked) return asked;
  const state = await indexesOf(store).of(store, tenant.number, WAIT_MS);
  if (!('index' in state)) return INDEX_IS_MADE;
  const named = await store.read(() => namedBy(dialects, tenant, asked.text));
  return (await foundIn(state.index, { ...asked, limit: state.index.size + named.length }, named)).ids;
}

function* plainPage(tenant: Tenant, offset: number, limit: number): StoreTask<EmployeeList> {
  const about = { tenant: tenant.number, offset, limit, order: 'created' } as const;
  const { total, employees } = yield* load('employee-page', about);
  const rows = yield* rowsOf(tenant, employees);
  return { employees: rows, total, next: nextOf(offset, limit, total), sortable: SORTS, index: 1 };
}

function nextOf(offset: number, limit: number, total: number): number | null {
  return offset + limit < total ? offset + limit : null;
}

/** Own ids of those that a platform knows by exactly this id. */
export function* namedBy(dialects: readonly Dialect[], tenant: Tenant, text: string): StoreTask<readonly string[]> {
  if (text === '' || text.length > 200) return [];
  return (yield* employeesNamed(dialects, tenant, text)).map(({ id }) => id);
}

/** Returns people as rows, in the order of their ids; those who are gone by now are left out. */
export function* rowsOfIds(tenant: Tenant, ids: readonly string[]): StoreTask<readonly EmployeeRow[]> {
  if (ids.length === 0) return [];
  const found = yield* load('employees-by-id', { tenant: tenant.number, ids });
  return yield* rowsOf(
    tenant,
    ids.flatMap((id) => found.get(id) ?? []),
  );
}
