import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from './client.ts';

/* What pages ask about the stored plans of company files. */

/** What a plan does to a thing. */
export const STEP_ACTIONS = ['add', 'change', 'remove'] as const;

/** Which steps are looked at, as it is in the address. */
export interface StepSearch {
  readonly q?: string;
  readonly action?: (typeof STEP_ACTIONS)[number];
  readonly kind?: string;
}

/** A plan that is being applied is looked at again as often. */
const SOON_MS = 500;
/** So many steps are on one page. */
const STEPS = 100;

/** The stored plans of a company. */
export const companyPlansQuery = (company: string) =>
  queryOptions({
    queryKey: ['c', company, 'file-plans'],
    queryFn: ({ signal }) => api('plans.list', { params: { key: company }, signal }),
  });

/** A stored plan with its steps, a hundred at a time. */
export const companyPlanQuery = (company: string, id: string, search: StepSearch) =>
  infiniteQueryOptions({
    queryKey: ['c', company, 'file-plans', id, search],
    queryFn: ({ signal, pageParam }) =>
      api('plans.show', {
        params: { key: company, id },
        query: { ...search, after: pageParam, limit: STEPS },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next ?? undefined,
    retry: false,
    // While other steps are searched, those that were found stay.
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data?.pages[0]?.state === 'applying' ? SOON_MS : false),
  });
