// The tables that only Feishu's README has: the codes of its update, and the fields.

import { PatchBody, WORDING } from '../src/dialects/feishu/protocol/body-schemas.ts';
import { FIELD_TARGETS } from '../src/dialects/feishu/employees/verdicts.ts';
import { isObject, deepEqual } from '../src/lib/json-equal.ts';
import { fixturesOf, type NamedFixture } from '../test/support/fixtures.ts';
import { codeFiles, CODES, type CodeCase } from '../test/dialects/feishu/code-cases.ts';
import { tableOf } from './table.ts';

/** Every code of the page in its order, and how to get it. */
export function codesTable(): string {
  const examples = fixturesOf('feishu');
  const byCode = new Map(codeFiles.map((file) => [file[1].response.body.code, file]));
  const rows = CODES.map((code) => {
    const named = byCode.get(code);
    if (named === undefined) throw new Error(`no file tells how to get ${String(code)}`);
    const [file, { response, cases }] = named;
    const [first, ...others] = cases;
    const more = others.length === 0 ? '' : `, and ${String(others.length)} more`;
    return [
      String(code),
      `\`${response.body.msg}\``,
      `${first?.when ?? ''}${more}`,
      `[${String(code)}.yaml](fixtures/${file})`,
      examples
        .filter((example) => codeIn(example) === code)
        .map(([name]) => `[request](fixtures/${name})`)
        .join(', '),
    ];
  });
  const table = tableOf(['code', 'message', 'for example when', 'state and request', 'demo company'], rows);
  return `${String(rows.length)} of ${String(CODES.length)} codes are served.\n\n${table}`;
}

function codeIn([, { response }]: NamedFixture): unknown {
  return isObject(response.body) ? response.body['code'] : undefined;
}

/** A schema as far as the table tells it. */
interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly patternProperties?: object;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly [WORDING]?: { readonly expect: string; readonly options?: readonly (string | number)[] };
}

interface Field {
  readonly path: string;
  readonly shape: Shape;
  readonly isRequired: boolean;
}

/** Every member of the body of the update, and where in the record it lands. */
export function fieldsTable(): string {
  const codes = codesByField();
  const rows = fieldsIn(JSON.parse(JSON.stringify(PatchBody)) as Shape, '').map(({ path, shape, isRequired }) => [
    `\`${path}\``,
    typeOf(shape),
    [isRequired ? 'required' : '', ...limitsOf(shape)].filter(Boolean).join(', '),
    placeOf(path),
    codesOf(codes, path, shape),
  ]);
  return tableOf(['member', 'type', 'limits', 'in the record', 'codes'], rows);
}

/** Members that hold something themselves, in the order of the shape; a list is followed by what is in it. */
function fieldsIn({ properties = {}, required = [] }: Shape, prefix: string): readonly Field[] {
  return Object.entries(properties).flatMap(([name, shape]): readonly Field[] => {
    const path = `${prefix}${name}`;
    const field = { path, shape, isRequired: required.includes(name) };
    if (shape.properties !== undefined) return fieldsIn(shape, `${path}.`);
    return shape.items?.properties === undefined ? [field] : [field, ...fieldsIn(shape.items, `${path}[*].`)];
  });
}

function typeOf(shape: Shape): string {
  const { type = '', items, patternProperties, [WORDING]: wording } = shape;
  if (wording !== undefined) return wording.expect;
  if (patternProperties !== undefined) return 'texts by language';
  return type === 'array' ? `${items?.type ?? ''}[]` : type;
}

function limitsOf({ minLength, maxLength, maxItems, [WORDING]: wording }: Shape): readonly string[] {
  const { options } = wording ?? {};
  return [
    options === undefined ? '' : `one of ${options.join(', ')}`,
    minLength === undefined ? '' : 'not empty',
    maxLength === undefined ? '' : `at most ${String(maxLength)} characters`,
    maxItems === undefined ? '' : `at most ${String(maxItems)} entries`,
  ];
}

function placeOf(path: string): string {
  if (path.startsWith('employee.custom_field_values')) return '`custom.<id>`';
  const place = FIELD_TARGETS.find(
    ([, field]) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`),
  );
  return place === undefined ? '' : `\`${place[2]}\``;
}

/** Stages of the order of checks that look at what the request says. */
const ABOUT_FIELDS = /^S(?:8|9|10|11|12|13)$/;

/** Codes by the members that make the difference in the cases that get them. */
function codesByField(): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  for (const [, { response, cases }] of codeFiles) {
    for (const one of cases.filter(({ stage }) => ABOUT_FIELDS.test(stage))) {
      for (const path of guiltyIn(one)) found.set(path, (found.get(path) ?? new Set()).add(response.body.code));
    }
  }
  return found;
}

function guiltyIn({ body, mended, passes }: CodeCase): readonly string[] {
  const other = mended?.body ?? passes;
  const fine = other === undefined ? undefined : new Map(leavesIn(other, ''));
  const leaves = leavesIn(body, '');
  const guilty = leaves.filter(([path, value]) => !deepEqual(fine?.get(path), value));
  return (guilty.length === 0 ? leaves : guilty).map(([path]) => path);
}

function leavesIn(value: unknown, path: string): readonly (readonly [path: string, value: unknown])[] {
  if (Array.isArray(value)) {
    return value.some(isObject) ? value.flatMap((item) => leavesIn(item, `${path}[*]`)) : [[path, value]];
  }
  if (!isObject(value)) return [[path, value]];
  return Object.entries(value).flatMap(([name, member]) => leavesIn(member, path === '' ? name : `${path}.${name}`));
}

function codesOf(codes: ReadonlyMap<string, ReadonlySet<number>>, path: string, shape: Shape): string {
  const own = [...codes].filter(
    ([at]) => at === path || (shape.patternProperties !== undefined && at.startsWith(`${path}.`)),
  );
  return [...new Set(own.flatMap(([, found]) => [...found]))].join(', ');
}
