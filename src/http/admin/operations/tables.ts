import type { BulkEditField, ImportRows, ImportView, MendedCell } from '../../../company/tables/contract.ts';
import { reads, readsSecret, writes } from './operation.ts';

/** How an import is to be made; what is absent stays. */
export interface ImportMatch {
  readonly columns?: readonly (string | null)[];
  readonly clears_empty?: boolean;
  /** Whether rows that the sheet hides are left out. */
  readonly skips_hidden?: boolean;
  /** The sheet of a workbook; another one has columns of its own. */
  readonly sheet?: string;
  readonly platforms?: readonly string[];
  /** Cells to be read otherwise than the file has them. */
  readonly mended?: readonly MendedCell[];
}

/** The same values for many people. */
export interface BulkEditBody {
  readonly select:
    | { readonly ids: readonly string[] }
    | {
        readonly filter: {
          readonly q?: string;
          readonly department?: string;
          readonly below?: boolean;
          readonly status?: string;
        };
      };
  /** Cells by the names of fields; an empty one takes the value away. */
  readonly set: Readonly<Record<string, string>>;
}

/** Tables in and out. What they answer is contact data, so the read-only key does not get it. */
export const tableOperations = {
  'companies.export-table': readsSecret<Uint8Array>()('/companies/:key/export', [
    'format',
    'columns',
    'template',
    'department',
    'status',
    'language',
    'raw',
  ]),
  'imports.list': readsSecret<{ readonly imports: readonly ImportView[] }>()('/companies/:key/imports'),
  /** The body is the file. */
  'imports.create': writes<Uint8Array, ImportView>()('POST', '/companies/:key/imports', ['name', 'sheet']),
  'imports.people-fields': reads<{ readonly fields: readonly BulkEditField[] }>()('/companies/:key/imports/people'),
  'imports.create-for-people': writes<BulkEditBody, ImportView>()('POST', '/companies/:key/imports/people'),
  'imports.show': readsSecret<ImportView>()('/companies/:key/imports/:id'),
  'imports.match': writes<ImportMatch, ImportView>()('PATCH', '/companies/:key/imports/:id'),
  'imports.remove': writes<undefined, undefined>()('DELETE', '/companies/:key/imports/:id'),
  'imports.check': writes<undefined, ImportView>()('POST', '/companies/:key/imports/:id/check'),
  'imports.apply': writes<{ readonly confirm?: number }, ImportView>()('POST', '/companies/:key/imports/:id/apply'),
  'imports.pause': writes<undefined, ImportView>()('POST', '/companies/:key/imports/:id/pause'),
  'imports.resume': writes<undefined, ImportView>()('POST', '/companies/:key/imports/:id/resume'),
  'imports.undo': writes<undefined, ImportView>()('POST', '/companies/:key/imports/:id/undo'),
  'imports.rows': readsSecret<ImportRows>()('/companies/:key/imports/:id/rows', ['state', 'offset', 'limit']),
  /** Answers the table with the rows that failed, and why. */
  'imports.failed': readsSecret<Uint8Array>()('/companies/:key/imports/:id/failed', ['format']),
} as const;
