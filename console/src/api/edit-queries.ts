import { queryOptions } from '@tanstack/react-query';
import type { Edits } from '../../../src/sandbox/dry-run/contract.ts';
import { api } from './client.ts';

/** What each platform would make of new values of a person; without any, what can be chosen from. */
export const editCheckQuery = (company: string, id: string, changes: Edits) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'check', id, changes],
    queryFn: ({ signal }) => api('employees.check', { params: { key: company, id }, body: { changes }, signal }),
    placeholderData: (former) => former,
    retry: false,
  });
