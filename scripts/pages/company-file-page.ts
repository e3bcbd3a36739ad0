// docs/company-file.md in both languages, made from the schema of company files: every setting with its default and its meaning.

import type { CompanySection } from '../../src/dialects/company-section.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { companyFileSchemaInChinese } from '../../src/company/chinese/schema.ts';
import { CATALOG_LISTS, companyFileSchema } from '../../src/company/schema.ts';
import { isObject } from '../../src/lib/json-equal.ts';
import { tableOf } from '../table.ts';

/** A node of the schema, and a value of the defaults. */
type Node = Readonly<Record<string, unknown>>;

/** What of the page is made, between the first and the last of these lines. */
const PLACE = /(<!-- settings -->\n).*(<!-- end of settings -->)/s;

const [FIRST_LIST = ''] = Object.keys(CATALOG_LISTS);

/** The words of the tables in a language. */
interface Words {
  readonly head: readonly string[];
  readonly company: string;
  readonly lists: (lists: string) => string;
  readonly required: string;
  readonly or: string;
  readonly listOf: (form: string) => string;
  readonly anything: string;
  readonly forms: Readonly<Record<string, string>>;
}

const ENGLISH: Words = {
  head: ['setting', 'form', 'default', 'meaning'],
  company: 'The company',
  lists: (lists) => `Lists: ${lists}`,
  required: 'required',
  or: ' or ',
  listOf: (form) => `list of ${form}`,
  anything: 'anything',
  forms: {
    string: 'text',
    integer: 'whole number',
    number: 'number',
    boolean: '`true` or `false`',
    object: 'map',
    null: '`null`',
  },
};

const CHINESE: Words = {
  head: ['设置', '形式', '默认值', '含义'],
  company: '公司',
  lists: (lists) => `列表：${lists}`,
  required: '必填',
  or: ' 或 ',
  listOf: (form) => `列表：${form}`,
  anything: '任意值',
  forms: {
    string: '文本',
    integer: '整数',
    number: '数字',
    boolean: '`true` 或 `false`',
    object: '对象',
    null: '`null`',
  },
};

/** Returns the English page with fresh tables. */
export function withSettings(page: string): string {
  return withTables(page, companyFileSchema(dialects), ENGLISH);
}

/** Returns the Chinese page with fresh tables. */
export function withSettingsInChinese(page: string): string {
  return withTables(page, companyFileSchemaInChinese(dialects), CHINESE);
}

function withTables(page: string, schema: unknown, words: Words): string {
  if (!PLACE.test(page)) throw new Error('docs/company-file.md has no place for the settings');
  // The company file is a map with members.
  const whole = schema as Node & { readonly properties: Readonly<Record<string, Node>> };
  const made = sections(whole, words).map(([title, rows]) => `## ${title}\n\n${tableOf(words.head, rows)}`);
  return page.replace(
    PLACE,
    (_all, start: string, end: string) =>
      `${start}<!-- prettier-ignore-start -->\n\n${made.join('\n\n')}\n\n<!-- prettier-ignore-end -->\n${end}`,
  );
}

type Row = readonly string[];

function sections(
  whole: Node & { readonly properties: Readonly<Record<string, Node>> },
  words: Words,
): readonly (readonly [string, readonly Row[]])[] {
  const { properties } = whole;
  const names = dialects.map(({ name }) => name);
  const lists = Object.keys(CATALOG_LISTS);
  const isOwn = (name: string): boolean => !names.includes(name) && name !== 'dimensions' && !lists.includes(name);
  const top = Object.entries(properties).filter(([name]) => isOwn(name));
  const things = ['departments', 'custom_fields', 'employees'];
  return [
    [words.company, rowsOf({ ...whole, properties: Object.fromEntries(top) }, '', {}, words, 1)],
    ...dialects.map(({ name, company }): readonly [string, readonly Row[]] => [
      `\`${name}\``,
      rowsOf(properties[name] ?? {}, '', defaultsOf(company), words),
    ]),
    ...things.map((name): readonly [string, readonly Row[]] => [
      `\`${name}[]\``,
      rowsOf(itemOf(properties[name]), '', {}, words),
    ]),
    [
      words.lists([...lists, 'dimensions.NAME'].map((list) => `\`${list}[]\``).join(', ')),
      rowsOf(itemOf(properties[FIRST_LIST]), '', {}, words),
    ],
  ];
}

/** The defaults of a platform's settings as it fills them in, under the names that a file has for them. */
function defaultsOf(section: CompanySection): Node {
  const { settings } = section.readSettings({}, 'KEY');
  return { ...(settings as Node), ...(section.writeSettings(settings) as Node) };
}

function itemOf(list: Node | undefined): Node {
  return (list?.['items'] ?? {}) as Node;
}

/** A row for each setting of a node and of what is in it. */
function rowsOf(node: Node, path: string, defaults: Node, words: Words, depth = Infinity): readonly Row[] {
  const { properties, required } = node as {
    properties?: Readonly<Record<string, Node>>;
    required?: readonly string[];
  };
  if (!isObject(properties)) return innerOf(node).flatMap((inner) => rowsOf(inner, path, {}, words, depth));
  return Object.entries(properties).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const value = required?.includes(name) === true ? undefined : (inner['default'] ?? defaults[name]);
    const needed = required?.includes(name) === true ? words.required : shown(value);
    const row = [`\`${at}\``, formOf(inner, words), needed, text(inner['description'])];
    // A text with translations is the same everywhere.
    if (depth === 1 || isText(inner)) return [row];
    return [row, ...rowsOf(inner, isObject(inner['properties']) ? at : `${at}[]`, isObject(value) ? value : {}, words)];
  });
}

function isText(node: Node): boolean {
  return innerOf(node).some((inner) => isObject(inner['properties']) && 'i18n' in inner['properties']);
}

/** The schemas of what a list has, of each alternative, and of each member of a map. */
function innerOf({ items, anyOf, patternProperties }: Node): readonly Node[] {
  const others = Array.isArray(anyOf) ? (anyOf as readonly unknown[]) : [];
  const inner = [items, ...others, ...Object.values((patternProperties ?? {}) as Node)];
  return inner.filter((one): one is Node => isObject(one));
}

/** A text, number or truth value of the schema. */
function text(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

function formOf(node: Node, words: Words): string {
  const { type, enum: choices, anyOf, const: only, items } = node;
  if (Array.isArray(choices)) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  if (only !== undefined) return `\`${text(only)}\``;
  if (Array.isArray(anyOf)) return [...new Set(anyOf.map((one: Node) => formOf(one, words)))].join(words.or);
  if (type === 'array') return words.listOf(isObject(items) ? formOf(items, words) : words.anything);
  return words.forms[String(type)] ?? words.anything;
}

/** A default as YAML has it; nothing for maps and lists with contents, whose members have their own. */
function shown(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value) || isObject(value))
    return Object.keys(value).length === 0 ? `\`${JSON.stringify(value)}\`` : '';
  return `\`${JSON.stringify(value)}\``;
}
