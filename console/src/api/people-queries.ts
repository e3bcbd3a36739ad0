import { queryOptions } from '@tanstack/react-query';
import { api } from './client.ts';

/* What pages ask about people. Under `record` is what a change of the record makes old. */

/** So many people are on one page, unless another number is chosen. */
export const PEOPLE_PER_PAGE = 50;
/** The numbers that can be chosen. */
export const PAGE_SIZES = [20, 50, 100, 200] as const;

/** What is searched for, as it is in the address. */
export interface PeopleSearch {
  readonly q?: string;
  readonly department?: string;
  /** Only that department, without those below. */
  readonly only?: boolean;
  readonly status?: string;
  readonly sort?: string;
  /** From 0. */
  readonly page?: number;
  /** So many are on one page. */
  readonly size?: number;
}

export const peopleQuery = (
  company: string,
  { q, department, only, status, sort, page = 0, size = PEOPLE_PER_PAGE }: PeopleSearch,
) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'people', q, department, only, status, sort, page, size],
    queryFn: ({ signal }) =>
      api('employees.list', {
        params: { key: company },
        query: {
          q,
          department,
          below: department === undefined || only === true ? undefined : 'true',
          status,
          sort,
          offset: page * size,
          limit: size,
          // How far the index is, is shown.
          partial: 'true',
        },
        signal,
      }),
    // While the index is being made, it is looked at again.
    refetchInterval: ({ state }) => (state.data !== undefined && state.data.index < 1 ? 500 : false),
  });

export const departmentsQuery = (company: string) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'departments'],
    queryFn: ({ signal }) => api('departments.tree', { params: { key: company }, signal }),
  });

export const personQuery = (company: string, id: string) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'person', id],
    queryFn: ({ signal }) => api('employees.show', { params: { key: company, id }, query: { why: 'true' }, signal }),
  });

/** `readers`: by platform, which way and app to read by. */
export const viewsQuery = (company: string, id: string, readers: Readonly<Record<string, string>>) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'views', id, readers],
    queryFn: ({ signal }) => api('employees.views', { params: { key: company, id }, query: readers, signal }),
  });

export const personHistoryQuery = (company: string, id: string) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'person-history', id],
    queryFn: ({ signal }) => api('employees.changes', { params: { key: company, id }, query: { limit: 100 }, signal }),
  });

/** People for a choice are the first that are found. */
export const peopleChoiceQuery = (company: string, q: string) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'choice', q],
    queryFn: ({ signal }) =>
      api('employees.list', {
        params: { key: company },
        query: { q: q === '' ? undefined : q, limit: 20, partial: 'true' },
        signal,
      }),
    placeholderData: (former) => former,
    refetchInterval: ({ state }) => (state.data !== undefined && state.data.index < 1 ? 500 : false),
  });

/** The fields that many people can get the same value of. */
export const bulkEditFieldsQuery = (company: string) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'bulk-edit-fields'],
    queryFn: ({ signal }) => api('imports.people-fields', { params: { key: company }, signal }),
  });

/** People who are chosen one by one, up to so many; more are meant by the filter. */
export const MAX_CHOSEN = 1_000;

/** Makes the plan that gives people the same values, and begins to check it; returns its id. */
export async function planBulkEdit(
  company: string,
  chosen: readonly string[] | PeopleSearch,
  set: Readonly<Record<string, string>>,
): Promise<string> {
  const select = isSearch(chosen)
    ? {
        filter: {
          ...(chosen.q === undefined ? {} : { q: chosen.q }),
          ...(chosen.department === undefined ? {} : { department: chosen.department }),
          ...(chosen.only === true ? { below: false } : {}),
          ...(chosen.status === undefined ? {} : { status: chosen.status }),
        },
      }
    : { ids: chosen };
  const params = { key: company };
  const { id } = await api('imports.create-for-people', { params, body: { select, set } });
  await api('imports.check', { params: { ...params, id } });
  return id;
}

function isSearch(chosen: readonly string[] | PeopleSearch): chosen is PeopleSearch {
  return !Array.isArray(chosen);
}
