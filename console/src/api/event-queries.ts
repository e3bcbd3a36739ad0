import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from './client.ts';

/** Which events are looked at, as it is in the address. */
export interface EventSearch {
  /** The key of an app. */
  readonly app?: string;
  readonly state?: EventState;
  readonly type?: string;
}

/** The states of an event, in the order of a choice. */
export const EVENT_STATES = ['waiting', 'taken', 'dead'] as const;
export type EventState = (typeof EVENT_STATES)[number];

/** Events are sent while nothing is changed, so the newest are asked for again. */
const AGAIN_MS = 5_000;

/** The events of a company to its apps, newest first, fifty at a time. */
export const eventsQuery = (company: string, { app, state, type }: EventSearch) =>
  infiniteQueryOptions({
    queryKey: ['c', company, 'record', 'events', app, state, type],
    queryFn: ({ signal, pageParam }) =>
      api('events.list', {
        params: { key: company },
        query: { app, state, type, before: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: AGAIN_MS,
  });
