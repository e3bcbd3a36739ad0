import { queryOptions } from '@tanstack/react-query';
import { api } from './client.ts';

/* What pages ask about one company. Under `record` is what a change of the record makes old, under `calls` what a call does. */

/** It looks through the whole journal, so it is asked again by the clock and not with every change. */
export const overviewQuery = (company: string) =>
  queryOptions({
    queryKey: ['c', company, 'overview'],
    refetchInterval: 15_000,
    queryFn: ({ signal }) => api('overview', { query: { company, window: '15m' }, signal }),
  });

export const faultsQuery = (company: string) =>
  queryOptions({
    queryKey: ['c', company, 'faults'],
    queryFn: ({ signal }) => api('faults.list', { params: { key: company }, signal }),
    retry: false,
  });

export const clockQuery = (company: string) =>
  queryOptions({
    queryKey: ['c', company, 'clock'],
    queryFn: ({ signal }) => api('clock.show', { params: { key: company }, signal }),
    retry: false,
  });

export const snapshotsQuery = (company: string) =>
  queryOptions({
    queryKey: ['c', company, 'snapshots'],
    queryFn: ({ signal }) => api('companies.snapshots', { params: { key: company }, signal }),
  });

export const callsQuery = (company: string, search: string) =>
  queryOptions({
    queryKey: ['c', company, 'calls', search],
    queryFn: ({ signal }) =>
      api('requests.list', { query: { company, limit: 200, ...(search === '' ? {} : { q: search }) }, signal }),
  });

/** The latest calls for the foot of a page, of one employee where that is given. */
export const latestCallsQuery = (company: string, employee: string | undefined, limit: number) =>
  queryOptions({
    queryKey: ['c', company, 'calls', 'latest', employee, limit],
    queryFn: ({ signal }) => api('requests.list', { query: { company, employee, limit }, signal }),
  });

/** An entry of the journal never changes. */
export const callQuery = (id: string) =>
  queryOptions({
    queryKey: ['call', id],
    queryFn: ({ signal }) => api('requests.get', { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const errorsQuery = queryOptions({
  queryKey: ['errors'],
  queryFn: ({ signal }) => api('errors.list', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** `ids`: of the calls to examine, with commas between; empty: all that are kept. */
export const doctorQuery = (company: string, ids: string) =>
  queryOptions({
    queryKey: ['c', company, 'calls', 'doctor', ids],
    queryFn: ({ signal }) => api('doctor', { query: { company, ...(ids === '' ? {} : { ids }) }, signal }),
  });

export const historyQuery = (company: string) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'history'],
    queryFn: ({ signal }) => api('changes.list', { params: { key: company }, query: { limit: 100 }, signal }),
  });

export const appsQuery = (company: string) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'apps'],
    queryFn: ({ signal }) => api('apps.list', { params: { key: company }, signal }),
  });

/** What a platform would have sent: the newest, so many at most. */
export const outboxQuery = (company: string, limit: number) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'outbox', limit],
    queryFn: ({ signal }) => api('outbox.list', { params: { key: company }, query: { limit }, signal }),
  });

/** Invitations to join that creating or changing people would have sent: the newest, so many at most. */
export const invitationsQuery = (company: string, limit: number) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'invitations', limit],
    queryFn: ({ signal }) => api('invitations.list', { params: { key: company }, query: { limit }, signal }),
  });
