import { queryOptions, useQuery } from '@tanstack/react-query';
import type { SessionView } from '../../../src/http/admin/contract.ts';
import { api } from './client.ts';

/** The session: who is signed in, and which companies there are. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api('session.show', { signal }),
  staleTime: 60_000,
  retry: false,
});

/** Returns the session of the page; pages inside the shell have one. */
export function useSession(): SessionView | undefined {
  return useQuery(sessionQuery).data;
}

/** Whether the caller may change anything. */
export function useMayWrite(): boolean {
  return useSession()?.role === 'full';
}
