import { expect, test } from 'vitest';
import { placeAt } from './schema-place.ts';

/** What is before the cursor, and where that is. */
const PLACES: readonly (readonly [string, string | null])[] = [
  ['', 'name of '],
  ['na', 'name of : na'],
  ['mingce: 1\nname: ', 'value of name'],
  ['mingce: 1\nfeishu:\n  ', 'name of feishu'],
  ['feishu:\n  apps:\n    - ', 'name of feishu.apps.-'],
  ['feishu:\n  apps:\n    - app_id: x\n      sc', 'name of feishu.apps.-: sc'],
  ['employees:\n  - id: a\n    name: b\n  - id: c\n    ', 'name of employees.-'],
  ['employees:\n- id: a\n  ', 'name of employees.-'],
  ['employees:\n- ', 'name of employees.-'],
  ['employees:\n  - { id: a, na', 'name of employees.-: na (id)'],
  ['employees:\n  - { id: a, name: { value: b, ', 'name of employees.-.name (value)'],
  [
    'employees:\n  - { id: a, name: { value: "x, {", i18n: { } }, status: re',
    'value of employees.-.status: re (id,name,status)',
  ],
  ['departments:\n  - { id: a, leaders: [{ em', 'name of departments.-.leaders.-: em'],
  ['a:\n  b:\n    c: 1\nd:\n  # a remark\n\n  e', 'name of d: e'],
  ['a: "x', null],
  ['a: 1 # rem', null],
  ['a: { b: 1 }', null],
];

test.each(PLACES)('after %j comes %s', (text, expected) => {
  const place = placeAt(text);
  const written =
    place === null
      ? null
      : `${place.isName ? 'name' : 'value'} of ${place.path.map((step) => step ?? '-').join('.')}` +
        (place.typed === '' ? '' : `: ${place.typed}`) +
        (place.beside.length === 0 ? '' : ` (${place.beside.join(',')})`);
  expect(written).toBe(expected);
});
