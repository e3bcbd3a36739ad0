import type { Route } from '../../../dialects/dialect.ts';
import { employeeTable, TABLE_FORMATS, tableBytes } from '../../../company/tables/export-table.ts';
import type { TablePlatform } from '../../../company/tables/columns/columns.ts';
import { languageIn } from '../language.ts';
import { companyNotFound } from '../companies.ts';
import { answeredImport } from './import-errors.ts';
import { isFormat } from './imports.ts';
import { tableReply } from './table-reply.ts';
import { notOneOf } from './wrong-request.ts';

/** The employees of a company as a table. */
export function exportTableRoute(platforms: readonly TablePlatform[]): Route {
  return {
    operation: 'companies.export-table',
    method: 'GET',
    path: '/mingce/v1/companies/:key/export',
    answer: ({ params, query, headers }, { store }) =>
      answeredImport(async () => {
        const key = params['key'] ?? '';
        const tenant = await store.tenantByKey(key);
        if (tenant === null) return companyNotFound(key);
        const template = query.get('template');
        const format = query.get('format') ?? (template === null ? 'xlsx' : 'csv');
        if (!isFormat(format)) return notOneOf('format', TABLE_FORMATS);
        const raw = query.get('raw') ?? 'false';
        if (raw !== 'true' && raw !== 'false') return notOneOf('raw', ['true', 'false']);
        const asked = query.get('language') ?? headers['accept-language'] ?? '';
        const department = query.get('department');
        const status = query.get('status');
        const rows = employeeTable(store, tenant, platforms, {
          language: languageIn(asked),
          ...(template === null ? {} : { template }),
          ...(query.has('columns') ? { columns: (query.get('columns') ?? '').split(',') } : {}),
          ...(department === null ? {} : { department }),
          ...(status === null ? {} : { status }),
        });
        return await tableReply(tableBytes(rows, format, raw === 'true'), format, `${key}-employees`);
      }),
  };
}
