import type { CustomField } from '../../../directory/custom-field.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { plainText } from '../../../directory/text.ts';
import { didYouMean } from '../../../lib/did-you-mean.ts';
import type { RowCalls } from '../../../dialects/row-calls.ts';
import { bareKey } from '../formats/bare-text.ts';
import type { TableField } from './field.ts';
import { FIELDS } from './fields.ts';

/** A platform, as tables know it. */
export interface TablePlatform {
  readonly name: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly rows: RowCalls;
}

/** The columns that the tables of a company may have: the usual ones, an id for each platform, and its own fields of text. */
export function fieldsOf(tenant: Tenant, platforms: readonly TablePlatform[]): readonly TableField[] {
  return [...FIELDS, ...platforms.map(idField), ...tenant.customFields.all.filter(isText).map(customField)];
}

function isText({ type, enabled }: CustomField): boolean {
  return enabled && (type === 'text' || type === 'number');
}

function idField({ name, title, rows: { id } }: TablePlatform): TableField {
  return {
    name: `${name}_id`,
    zh: `${title.zh} ID`,
    en: `${title.en} ID`,
    headers: id.headers,
    isKey: true,
    input: null,
    read: (cell, { keys }) => {
      keys.ids[id.space] = cell;
      return null;
    },
    write: ({ ids }) => ids[id.space] ?? '',
  };
}

function customField({ id, name, type }: CustomField): TableField {
  return {
    name: `custom.${id}`,
    zh: name.value,
    en: name.i18n['en-US'] ?? name.value,
    headers: [id],
    input: { kind: 'text' },
    read: (cell, { patch }) => {
      const number = bareKey(cell);
      if (type === 'number' && !/^-?[0-9]{1,20}(\.[0-9]{1,20})?$/.test(number)) {
        return { en: `${cell} is not a number.`, zh: `「${cell}」不是数字。` };
      }
      patch.custom = { ...patch.custom, [id]: type === 'text' ? plainText(cell) : number };
      return null;
    },
    clear: ({ patch }) => {
      patch.custom = { ...patch.custom, [id]: null };
    },
    write: ({ custom }) => {
      const value = custom[id];
      if (typeof value === 'object' && 'value' in value && typeof value.value === 'string') return value.value;
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    },
  };
}

/** A column of a table and the field it was matched with. */
export interface MatchedColumn {
  readonly header: string;
  /** Null: the column is passed over. */
  readonly field: string | null;
  /** Fields that may be meant, where none was matched. */
  readonly did_you_mean: readonly string[];
  /** The field that its header means, where an earlier column has it. */
  readonly repeats?: string;
}

/** Matches headers with fields, in Chinese or English; of two that mean one field the first counts. */
export function matchColumns(headers: readonly string[], fields: readonly TableField[]): readonly MatchedColumn[] {
  const byName = new Map<string, string>();
  for (const field of fields) {
    for (const name of [field.name, field.zh, field.en, ...field.headers]) {
      if (!byName.has(folded(name))) byName.set(folded(name), field.name);
    }
  }
  const taken = new Set<string>();
  return headers.map((header) => {
    const field = byName.get(folded(header));
    if (field !== undefined && !taken.has(field)) {
      taken.add(field);
      return { header, field, did_you_mean: [] };
    }
    if (field !== undefined) return { header, field: null, did_you_mean: [], repeats: field };
    const close = header === '' ? [] : didYouMean(folded(header), byName.keys());
    const meant = [...new Set(close.flatMap((name) => byName.get(name) ?? []))].filter((name) => !taken.has(name));
    return { header, field: null, did_you_mean: meant };
  });
}

/** A header without what is added to it: case, spaces, a star for what must be there, a remark in brackets. */
function folded(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\([^()]*\)|\[[^[\]]*\]|[\s*_\-:.]/g, '');
}

/** Finds the platform whose own table has these headers; null where there is none. */
export function templateOf(headers: readonly string[], platforms: readonly TablePlatform[]): TablePlatform | null {
  const given = new Set(headers.map(folded));
  const isOwn = ({ rows: { template, id } }: TablePlatform): boolean =>
    template !== undefined &&
    template.slice(0, 2).every(({ header }) => given.has(folded(header))) &&
    id.headers.some((header) => given.has(folded(header))) &&
    [...given].filter((header) => template.some((column) => folded(column.header) === header)).length >= 5;
  return platforms.find(isOwn) ?? null;
}
