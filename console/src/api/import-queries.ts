import type { QueryClient } from '@tanstack/react-query';
import type { ImportView } from '../../../src/company/tables/contract.ts';

/** The key of what is known of an import. */
export const importKey = (company: string, id: string) => ['c', company, 'import', id] as const;

/** Takes what a step of an import came to; its rows are asked for again, as they may be others. */
export function noteImport(queries: QueryClient, company: string, view: ImportView): void {
  queries.removeQueries({ queryKey: [...importKey(company, view.id), 'rows'] });
  queries.setQueryData(importKey(company, view.id), view);
}
