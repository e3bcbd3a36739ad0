// docs/company-file.md, made from the schema of company files: every setting with its default and its meaning.

import type { CompanySection } from '../../src/dialects/company-section.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { CATALOG_LISTS, companyFileSchema } from '../../src/company/schema.ts';
import { isObject } from '../../src/lib/json-equal.ts';
import { tableOf } from '../table.ts';

/** A node of the schema, and a value of the defaults. */
type Node = Readonly<Record<string, unknown>>;

/** What of the page is made, between the first and the last of these lines. */
const PLACE = /(<!-- settings -->\n).*(<!-- end of settings -->)/s;

const [FIRST_LIST = ''] = Object.keys(CATALOG_LISTS);

/** Returns the page with fresh tables. */
export function withSettings(page: string): string {
  if (!PLACE.test(page)) throw new Error('docs/company-file.md has no place for the settings');
  const made = sections().map(([title, rows]) => `## ${title}\n\n${tableOf(HEAD, rows)}`);
  return page.replace(
    PLACE,
    (_all, start: string, end: string) =>
      `${start}<!-- prettier-ignore-start -->\n\n${made.join('\n\n')}\n\n<!-- prettier-ignore-end -->\n${end}`,
  );
}

const HEAD = ['setting', 'form', 'default', 'meaning'];

function sections(): readonly (readonly [string, readonly (readonly string[])[]])[] {
  const { properties } = companyFileSchema(dialects) as unknown as {
    readonly properties: Readonly<Record<string, Node>>;
  };
  const whole = companyFileSchema(dialects) as unknown as Node;
  const names = dialects.map(({ name }) => name);
  const lists = Object.keys(CATALOG_LISTS);
  const isOwn = (name: string): boolean => !names.includes(name) && name !== 'dimensions' && !lists.includes(name);
  const top = Object.entries(properties).filter(([name]) => isOwn(name));
  const things = ['departments', 'custom_fields', 'employees'];
  return [
    ['The company', rowsOf({ ...whole, properties: Object.fromEntries(top) }, '', {}, 1)],
    ...dialects.map(({ name, company }): readonly [string, readonly (readonly string[])[]] => [
      `\`${name}\``,
      rowsOf(properties[name] ?? {}, '', defaultsOf(company)),
    ]),
    ...things.map((name): readonly [string, readonly (readonly string[])[]] => [
      `\`${name}[]\``,
      rowsOf(itemOf(properties[name]), '', {}),
    ]),
    [
      `Lists: ${[...lists, 'dimensions.NAME'].map((list) => `\`${list}[]\``).join(', ')}`,
      rowsOf(itemOf(properties[FIRST_LIST]), '', {}),
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
function rowsOf(node: Node, path: string, defaults: Node, depth = Infinity): (readonly string[])[] {
  const { properties, required } = node as {
    properties?: Readonly<Record<string, Node>>;
    required?: readonly string[];
  };
  if (!isObject(properties)) return innerOf(node).flatMap((inner) => rowsOf(inner, path, {}, depth));
  return Object.entries(properties).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const value = required?.includes(name) === true ? undefined : (inner['default'] ?? defaults[name]);
    const needed = required?.includes(name) === true ? 'required' : shown(value);
    const row = [`\`${at}\``, formOf(inner), needed, text(inner['description'])];
    // A text with translations is the same everywhere.
    if (depth === 1 || isText(inner)) return [row];
    return [row, ...rowsOf(inner, isObject(inner['properties']) ? at : `${at}[]`, isObject(value) ? value : {})];
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

/** A text or number of the schema. */
function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function formOf(node: Node): string {
  const { type, enum: choices, anyOf, const: only, items } = node;
  if (Array.isArray(choices)) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  if (only !== undefined) return `\`${text(only)}\``;
  if (Array.isArray(anyOf)) return [...new Set(anyOf.map((one: Node) => formOf(one)))].join(' or ');
  if (type === 'array') return `list of ${isObject(items) ? formOf(items) : 'anything'}`;
  return FORMS[String(type)] ?? 'anything';
}

const FORMS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: '`true` or `false`',
  object: 'map',
  null: '`null`',
};

/** A default as YAML has it; nothing for maps and lists with contents, whose members have their own. */
function shown(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value) || isObject(value))
    return Object.keys(value).length === 0 ? `\`${JSON.stringify(value)}\`` : '';
  return `\`${JSON.stringify(value)}\``;
}
