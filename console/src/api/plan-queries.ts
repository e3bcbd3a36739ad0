import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { TargetPlanLine } from '../../../src/http/admin/targets/plan-contract.ts';
import { api } from './client.ts';

/* What pages ask about the plans for live tenants and about deliveries. */

/** What the server does by itself is looked at again as often. */
const AGAIN_MS = 5_000;
/** What is under way is looked at again as often. */
const SOON_MS = 1_000;

/** Whether a plan changes by itself. */
function isUnderWay({ state }: Pick<TargetPlanLine, 'state'>): boolean {
  return state === 'making' || state === 'running' || state === 'stopping';
}

/** The newest plans of a live tenant. */
export const plansQuery = (company: string, target: string) =>
  queryOptions({
    queryKey: ['c', company, 'targets', target, 'plans'],
    queryFn: ({ signal }) => api('target-plans.list', { params: { key: company, target }, signal }),
    refetchInterval: ({ state }) => (state.data?.plans.some(isUnderWay) === true ? SOON_MS : AGAIN_MS),
  });

/** So many steps of a plan are on one page. */
const STEPS = 100;

/** A plan with its steps, a hundred at a time; `what` is what the brake counts, e.g. `leave`. */
export const planQuery = (company: string, target: string, id: string, what: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['c', company, 'targets', target, 'plans', id, what],
    queryFn: ({ signal, pageParam }) =>
      api('target-plans.show', {
        params: { key: company, target, id },
        query: { what, after: pageParam, limit: STEPS },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) => {
      const [first] = state.data?.pages ?? [];
      return first !== undefined && isUnderWay(first) ? SOON_MS : false;
    },
  });

/** Which deliveries are looked at, as it is in the address. */
export interface DeliverySearch {
  readonly target?: string;
  readonly state?: DeliveryState;
  readonly employee?: string;
  readonly reason?: string;
}

/** The states of a delivery, in the order of a choice. */
export const DELIVERY_STATES = [
  'waiting',
  'staged',
  'held',
  'sending',
  'doubt',
  'written',
  'verified',
  'partial',
  'equal',
  'dead',
] as const;
/** One of them. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What was delivered to the live tenants of a company, newest first, fifty at a time. */
export const deliveriesQuery = (company: string, search: DeliverySearch) =>
  infiniteQueryOptions({
    queryKey: ['c', company, 'deliveries', search],
    queryFn: ({ signal, pageParam }) =>
      api('deliveries.list', { params: { key: company }, query: { ...search, before: pageParam, limit: 50 }, signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: AGAIN_MS,
  });

/** One employee on each live tenant. */
export const personTargetsQuery = (company: string, id: string) =>
  queryOptions({
    queryKey: ['c', company, 'targets', 'of', id],
    queryFn: ({ signal }) => api('employees.targets', { params: { key: company, id }, signal }),
  });
