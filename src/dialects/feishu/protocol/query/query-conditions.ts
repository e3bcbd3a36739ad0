import { parseJson } from '../../../../lib/json.ts';
import { GENERIC_CODES, READ_CODES, type Code } from '../codes.ts';
import { decodeCursor, type PagedList, type Cursor } from './query-paging.ts';
import type { Condition, PageRequest } from './query-schemas.ts';

/** Why a list cannot be shown, and which member of the request is to blame. */
export interface QueryError {
  readonly code: Code;
  readonly field: string;
}

/** Whether something cannot be read. */
export function isWrong(read: object): read is QueryError {
  return 'code' in read;
}

/** How many a page shows where the caller does not say. [derived; search documents it] */
const USUAL_SIZE = 20;
/** The largest page. [public: dir/employee/filter] */
export const MAX_ON_PAGE = 100;

/** A page as asked for. */
export interface QueryPage {
  readonly size: number;
  /** Null at the beginning. */
  readonly after: Cursor | null;
}

/** Reads how large a page is to be. 2221005, 2220010, 2220001 */
export function pageSizeOf(request: PageRequest | undefined): number | QueryError {
  if (request === undefined) return { code: READ_CODES.pageMissing, field: 'page_request' };
  const { page_size: size = 0 } = request;
  const field = 'page_request.page_size';
  if (size > MAX_ON_PAGE) return { code: READ_CODES.pageTooLarge, field };
  if (size < 0) return { code: GENERIC_CODES.paramInvalid, field };
  return size === 0 ? USUAL_SIZE : size;
}

/** Reads which page of a list is asked for. 2221004 */
export function readQueryPage(request: PageRequest | undefined, list: PagedList): QueryPage | QueryError {
  const size = pageSizeOf(request);
  if (typeof size !== 'number') return size;
  const after = decodeCursor(request?.page_token, list);
  return after === undefined
    ? { code: READ_CODES.pageTokenInvalid, field: 'page_request.page_token' }
    : { size, after };
}

/** A field that a filter knows, and what may be asked of it. */
export interface Filterable {
  readonly operators: readonly Operator[];
  readonly type: 'string' | 'int' | 'boolean';
}
export type Operator = 'eq' | 'in';

/** A condition that was read: the field has one of the values. */
export interface FilterCondition {
  readonly field: string;
  readonly values: readonly (string | number | boolean)[];
}

/** Values of one condition at most; no source says how many may stand there. [proposed] */
export const MAX_VALUES = 100;

/**
 * Reads a filter's conditions one after the other, each from the left: its field (2220009, 2220012), its operator
 * (2220013), its value (2220014). The value is JSON inside a string. [public: dir/filter-usage]
 */
export function readConditions(
  conditions: readonly Condition[],
  filterable: Readonly<Record<string, Filterable>>,
  isKnown: (field: string) => boolean,
): readonly FilterCondition[] | QueryError {
  const read: FilterCondition[] = [];
  for (const { field, operator, value } of conditions) {
    const about = Object.hasOwn(filterable, field) ? filterable[field] : undefined;
    if (about === undefined) {
      const code = isKnown(field) ? READ_CODES.fieldNotFilterable : READ_CODES.filterFieldInvalid;
      return { code, field: 'filter.conditions[*].field' };
    }
    if (!about.operators.some((one) => one === operator))
      return { code: READ_CODES.operatorUnsupported, field: 'filter.conditions[*].operator' };
    const values = valuesIn(value, operator === 'in', about.type);
    if (values === null) return { code: READ_CODES.filterValueInvalid, field: 'filter.conditions[*].value' };
    read.push({ field, values });
  }
  return read;
}

function valuesIn(text: string, isList: boolean, type: Filterable['type']): FilterCondition['values'] | null {
  const parsed = parseJson(Buffer.from(text));
  if (!parsed.ok || Array.isArray(parsed.value) !== isList) return null;
  const values = isList ? (parsed.value as readonly unknown[]) : [parsed.value];
  if (values.length > MAX_VALUES) return null;
  const fits = (value: unknown): value is string | number | boolean =>
    type === 'int' ? Number.isSafeInteger(value) : typeof value === type;
  return values.every(fits) ? values : null;
}
