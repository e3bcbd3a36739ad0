import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { LINK_KINDS, LinkState } from './target-words.ts';
import { api } from './client.ts';

/* What pages ask about the live tenants of a company. */

/** What the server does by itself is looked at again as often. */
const AGAIN_MS = 5_000;
/** What is under way is looked at again as often. */
const SOON_MS = 1_000;
/** A probe goes from call to call faster. */
const PROBING_MS = 300;

/** The live tenants of a company. */
export const targetsQuery = (company: string) =>
  queryOptions({
    queryKey: ['c', company, 'targets'],
    queryFn: ({ signal }) => api('targets.list', { params: { key: company }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.targets.some(({ probing }) => probing !== null) === true ? PROBING_MS : AGAIN_MS,
  });

/** Which links are looked at, as it is in the address. */
export interface LinkSearch {
  readonly state?: LinkState;
  readonly kind?: (typeof LINK_KINDS)[number];
}

/** Which of ours is which on a live tenant, a hundred at a time. */
export const linksQuery = (company: string, target: string, { state, kind }: LinkSearch) =>
  infiniteQueryOptions({
    queryKey: ['c', company, 'targets', target, 'links', state, kind],
    queryFn: ({ signal, pageParam }) =>
      api('targets.links', {
        params: { key: company, target },
        query: { state, kind, after: pageParam, limit: 100 },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** The newest reads of a live tenant; one that is under way is looked at again soon. */
export const driftRunsQuery = (company: string, target: string) =>
  queryOptions({
    queryKey: ['c', company, 'targets', target, 'drift'],
    queryFn: ({ signal }) => api('targets.drift-runs', { params: { key: company, target }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.runs.some((run) => run.state === 'reading') === true ? SOON_MS : AGAIN_MS,
  });

/** The differences that a read showed, a hundred at a time. */
export const driftRunQuery = (company: string, target: string, run: string, of: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['c', company, 'targets', target, 'drift', run, of],
    queryFn: ({ signal, pageParam }) =>
      api('targets.drift-run', {
        params: { key: company, target, run },
        query: { class: of, after: pageParam, limit: 100 },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
