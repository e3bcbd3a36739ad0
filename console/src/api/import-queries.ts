import type { QueryClient } from '@tanstack/react-query';
import type { ImportView } from '../../../src/company/tables/contract.ts';

/** The key of what is known of an import. */
export const importKey = (company: string, id: string) => ['c', company, 'import', id] as const;

/** Takes what a step of an import came to; its rows are asked for again, as they may be others. */
export function noteImport(queries: QueryClient, company: string, view: ImportView): void {
  queries.removeQueries({ queryKey: [...importKey(company, view.id), 'rows'] });
  queries.setQueryData(importKey(company, view.id), view);
}

/** What the rows of an import are filtered by. */
export const ROW_STATES = ['ready', 'same', 'refused', 'applied', 'failed'] as const;

/** Which import is open, and which of its rows are shown. */
export interface ImportSearch {
  readonly id?: string;
  readonly state?: (typeof ROW_STATES)[number];
  /** How many rows come before those that are shown. */
  readonly from?: number;
}
