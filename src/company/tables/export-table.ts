import type { Employee } from '../../directory/employees/employee.ts';
import { PERSON_STATES } from '../../directory/people-index/people-index.ts';
import { load, type Store } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { fieldsOf, type TablePlatform } from './columns/columns.ts';
import { NameIndex } from './columns/name-index.ts';
import { ImportError } from './contract.ts';
import type { Language } from '../../lib/language.ts';

/** How a table is written. */
export const TABLE_FORMATS = ['xlsx', 'csv', 'csv-gb18030'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** What an export has. */
export interface ExportOptions {
  /** Names of fields; absent: all. */
  readonly columns?: readonly string[];
  readonly language: Language;
  /** A platform whose own table it is to be. */
  readonly template?: string;
  /** Only employees of this department, and of those below it. */
  readonly department?: string;
  /** Only employees in one of these states, with commas between, as lists of people are filtered. */
  readonly status?: string;
}

/** So many employees are written at a time. */
const BATCH = 200;

/** Yields the rows of a table of employees, the header first, a few of them in memory at a time. */
export async function* employeeTable(
  store: Store,
  tenant: Tenant,
  platforms: readonly TablePlatform[],
  options: ExportOptions,
): AsyncGenerator<readonly string[], void, undefined> {
  const fields = new Map(fieldsOf(tenant, platforms).map((field) => [field.name, field]));
  const platform = platforms.find(({ name }) => name === options.template)?.rows;
  const template = platform?.template;
  if (options.template !== undefined && template === undefined) {
    throw new ImportError('columns', {
      en: `The table of ${options.template} is not documented; choose columns instead.`,
      zh: `${options.template} 没有公开的表格模板，请改为指定列。`,
    });
  }
  const strange = options.columns?.find((name) => !fields.has(name));
  if (strange !== undefined)
    throw new ImportError('columns', { en: `There is no field ${strange}.`, zh: `没有字段 ${strange}。` });
  const columns =
    template?.map(({ header, field, write }) => ({ header, field: fields.get(field ?? ''), write })) ??
    (options.columns ?? [...fields.keys()]).flatMap((name) => {
      const field = fields.get(name);
      return field === undefined ? [] : [{ header: field[options.language], field, write: undefined }];
    });
  const states = options.status === undefined ? null : statesIn(options.status);
  const within = options.department === undefined ? null : withinOf(tenant, options.department);
  const names = new NameIndex(tenant, null);
  const own = platform?.departments;
  yield columns.map(({ header }) => header);
  for await (const batch of batches(store.employees(tenant.number))) {
    const chosen = batch.filter(
      (employee) =>
        (states === null || isInOneOf(employee, states)) &&
        (within === null || employee.departments.some(({ department }) => within.has(department))) &&
        platform?.isInTemplate?.(employee) !== false,
    );
    const leaders = [...new Set(chosen.flatMap(({ leader }) => leader ?? []))];
    const people = await store.read(() => load('employees-by-id', { tenant: tenant.number, ids: leaders }));
    const context = {
      names,
      personOf: (id: string): string => {
        const number = people.get(id)?.jobNumber;
        return number === null || number === undefined || number === '' ? id : number;
      },
    };
    for (const employee of chosen) {
      yield columns.map(({ field, write }) => {
        if (field === undefined) return '';
        if (write !== undefined) return write(employee);
        return field.name === 'departments' && own !== undefined
          ? employee.departments
              .map(({ department }) => tenant.departments.get(department)?.ids[own] ?? department)
              .join(';')
          : field.write(employee, context);
      });
    }
  }
}

/** Yields the bytes of a table in a format, whose package is loaded with the first table of that form. */
export async function* tableBytes(
  rows: AsyncIterable<readonly string[]>,
  format: TableFormat,
  isRaw: boolean,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (format === 'xlsx') {
    const { xlsxBytes } = await import('./formats/xlsx-out.ts');
    return yield* xlsxBytes(rows, 'employees');
  }
  const { csvBytes } = await import('./formats/csv-out.ts');
  yield* csvBytes(rows, { encoding: format === 'csv' ? 'utf-8' : 'gb18030', isRaw });
}

function withinOf({ departments }: Tenant, id: string): ReadonlySet<string> {
  if (departments.get(id) === undefined)
    throw new ImportError('columns', { en: `There is no department ${id}.`, zh: `没有部门 ${id}。` });
  return new Set([id, ...departments.descendantsOf(id).map((one) => one.id)]);
}

/** A slip in the name of a state must not come to a table without rows. */
function statesIn(text: string): ReadonlySet<string> {
  const states = new Set(text.split(',').filter((one) => one !== ''));
  const strange = [...states].find((state) => !PERSON_STATES.has(state));
  if (strange !== undefined)
    throw new ImportError('columns', {
      en: `There is no status ${strange}; there are ${[...PERSON_STATES].join(', ')}.`,
      zh: `没有状态 ${strange}，可用的有 ${[...PERSON_STATES].join('、')}。`,
    });
  return states;
}

function isInOneOf({ status, activation, frozen }: Employee, states: ReadonlySet<string>): boolean {
  return states.has(status) || states.has(activation) || (frozen && states.has('frozen'));
}

async function* batches(people: AsyncIterable<Employee>): AsyncGenerator<readonly Employee[], void, undefined> {
  let batch: Employee[] = [];
  for await (const employee of people) {
    if (batch.push(employee) < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
