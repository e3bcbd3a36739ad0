import { queryOptions } from '@tanstack/react-query';
import { api } from './client.ts';

/** What a text finds among people, departments, calls and codes. */
export const searchQuery = (company: string, q: string) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'search', q],
    queryFn: ({ signal }) => api('search', { query: { company, q }, signal }),
    placeholderData: (former) => former,
    staleTime: 2_000,
    // While the index is being made, it is looked at again.
    refetchInterval: ({ state }) => (state.data !== undefined && state.data.index < 1 ? 500 : false),
  });
