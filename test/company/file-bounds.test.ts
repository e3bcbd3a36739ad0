import { expect, test } from 'vitest';
import { MAX_TEXT_LENGTH, MAX_TRANSLATIONS } from '../../src/company/bounds.ts';
import { companyReader } from '../../src/company/read.ts';
import { companyFileSchema } from '../../src/company/schema.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { CompanyFileError } from '../../src/company/contract.ts';

type Node = Readonly<Record<string, unknown>>;

/** Where in a schema a text, a list or a map may be of any size; lists of the file itself are bounded by its bytes. */
function boundless(node: Node, path = ''): readonly string[] {
  const inner = (name: string): readonly string[] =>
    Object.entries((node[name] ?? {}) as Record<string, Node>).flatMap(([key, one]) =>
      boundless(one, `${path}/${key}`),
    );
  const one = (name: string): readonly string[] => {
    const value = node[name];
    return typeof value === 'object' && value !== null ? boundless(value as Node, `${path}/${name}`) : [];
  };
  const lacks = (bound: string): boolean => node[bound] === undefined;
  const isTopList = /^\/(?:[a-z_]+|dimensions\/[^/]+)$/.test(path);
  const own = [
    node['type'] === 'string' && lacks('maxLength'),
    node['type'] === 'array' && lacks('maxItems') && !isTopList,
    node['type'] === 'object' &&
      node['patternProperties'] !== undefined &&
      (lacks('maxProperties') || lacks('propertyNames')),
    Object.keys(node).every((key) => key === 'description'),
  ];
  return [
    ...(own.includes(true) ? [path] : []),
    ...inner('properties'),
    ...inner('patternProperties'),
    ...one('items'),
    ...one('additionalProperties'),
    ...((node['anyOf'] ?? []) as readonly Node[]).flatMap((alternative) => boundless(alternative, `${path}|`)),
  ];
}

test('the schema states a bound for every text, map and inner list', () => {
  expect(boundless(companyFileSchema(dialects) as unknown as Node)).toEqual([]);
});

const read = companyReader(dialects);

function faultsOf(employee: object): readonly string[] {
  const file = { mingce: 1, key: 'acme', name: 'Acme', employees: [{ id: 'e1', name: 'E', ...employee }] };
  try {
    read(JSON.stringify(file));
    return [];
  } catch (error) {
    if (!(error instanceof CompanyFileError)) throw error;
    return error.faults.map(({ path, message }) => `${path} ${message}`);
  }
}

const long = 'x'.repeat(MAX_TEXT_LENGTH + 1);
const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_none, index) => [`l${String(index)}`, 'x']));

test.each([
  ['a text', { note: long }, /employees\[0\]\.note must not have more than 20000 characters/],
  ['a translation', { name: { value: 'E', i18n: { 'en-US': long } } }, /employees\[0\]\.name/],
  ['too many translations', { name: { value: 'E', i18n: many(MAX_TRANSLATIONS + 1) } }, /employees\[0\]\.name/],
  ['a long name of a translation', { name: { value: 'E', i18n: { [long]: 'x' } } }, /employees\[0\]\.name/],
  ['a value of a custom field', { custom: { f: { text: [long] } } }, /employees\[0\]\.custom/],
  ['what one platform keeps', { wecom: { contacts: { address: long } } }, /employees\[0\]\.wecom/],
  ['a mobile', { mobile: `+${'1'.repeat(65)}` }, /employees\[0\]\.mobile/],
  ['a name with a line feed', { name: { value: 'E', i18n: { 'a\nb': 5 } } }, /employees\[0\]\.name/],
])('%s beyond its bound is refused with its path', (_what, employee, said) => {
  expect(faultsOf(employee).join('\n')).toMatch(said);
});

test('what is as long as the bounds allow is read', () => {
  expect(faultsOf({ note: long.slice(1), name: { value: 'E', i18n: many(MAX_TRANSLATIONS) } })).toEqual([]);
});
