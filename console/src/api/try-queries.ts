import { queryOptions } from '@tanstack/react-query';
import type { OwnCallBody } from '../../../src/sandbox/acting/contract.ts';
import { api } from './client.ts';

/* What the page “Try it” asks. */

/** What is tried, as it is in the address. */
export interface TrySearch {
  /** Any id of an employee. */
  readonly employee?: string;
  /** The key of an app. */
  readonly app?: string;
  readonly query?: string;
  /** A text, as it is sent. */
  readonly body?: string;
}

export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: ({ signal }) => api('operations.list', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** An operation with the members of its body, and how a call for an employee begins. */
export const operationQuery = (company: string, platform: string, operation: string, employee: string | undefined) =>
  queryOptions({
    queryKey: ['operation', platform, operation, company, employee],
    queryFn: ({ signal }) =>
      api('operations.get', {
        params: { platform, operation },
        query: employee === undefined ? {} : { company, employee },
        signal,
      }),
    staleTime: 60_000,
    placeholderData: (former) => (former?.platform === platform && former.operation === operation ? former : undefined),
  });

/** The forms in which a call is written that was not sent. */
export const PROGRAM_FORMS = ['curl', 'node', 'go', 'python', 'java'] as const;
export type ProgramForm = (typeof PROGRAM_FORMS)[number];

/** A call as a program, which is not sent. */
export const programQuery = (company: string, call: OwnCallBody, form: ProgramForm) =>
  queryOptions({
    queryKey: ['program', company, call, form],
    // It is text, where sending answers JSON.
    queryFn: async ({ signal }): Promise<string> => {
      const text: unknown = await api('calls.send', {
        params: { key: company },
        query: { as: form },
        body: call,
        signal,
      });
      return String(text);
    },
    placeholderData: (former) => former,
    staleTime: 60_000,
    gcTime: 60_000,
  });
