import { queryOptions } from '@tanstack/react-query';
import type { Edits } from '../../../src/sandbox/dry-run/contract.ts';
import { api } from './client.ts';

/**
 * What each platform would make of new values of a person, and what would pass on the platform that is chosen. Without new
 * values: what can be chosen from.
 */
export const editCheckQuery = (company: string, id: string, changes: Edits, chosen: string) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'check', id, changes, chosen],
    queryFn: ({ signal }) =>
      api('employees.check', { params: { key: company, id }, body: { changes, nearest: chosen }, signal }),
    placeholderData: (former) => former,
    retry: false,
  });
