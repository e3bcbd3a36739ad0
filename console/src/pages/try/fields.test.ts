import { describe, expect, test } from 'vitest';
import type { FieldLine } from '../../../../src/sandbox/operations/contract.ts';
import {
  fieldTree,
  matching,
  movedBody,
  shownValue,
  typedValue,
  valueAt,
  withValue,
  type FieldNode,
} from './fields.ts';

const line = (path: string, ...types: string[]): FieldLine => ({
  path,
  types,
  required: false,
  limits: {},
  enum: null,
});
const LINES = [
  line('userid', 'string'),
  line('employee', 'object'),
  line('employee.mobile', 'string'),
  line('employee.name', 'object'),
  line('employee.name.another_name', 'string'),
  line('items', 'array'),
  line('items[].id', 'integer', 'string'),
  line('items[].parts', 'array'),
  line('items[].parts[].value', 'string'),
  line('ids', 'array'),
];

const namesOf = (node: FieldNode): unknown =>
  node.item !== null ? [namesOf(node.item)] : Object.fromEntries(node.members.map((one) => [one.name, namesOf(one)]));

describe('the tree of fields', () => {
  test('has members in objects, and entries in lists', () => {
    expect(namesOf(fieldTree(LINES))).toEqual({
      userid: {},
      employee: { mobile: {}, name: { another_name: {} } },
      items: [{ id: {}, parts: [{ value: {} }] }],
      ids: {},
    });
  });

  test('has a body that is a list', () => {
    expect(namesOf(fieldTree([line('[].type', 'string'), line('[].number', 'string')]))).toEqual([
      { type: {}, number: {} },
    ]);
  });

  test('is narrowed to the paths that contain a text', () => {
    const found = matching(fieldTree(LINES), 'ANOTHER');
    expect(found === null ? null : namesOf(found)).toEqual({ employee: { name: { another_name: {} } } });
    expect(matching(fieldTree(LINES), 'nothing')).toBeNull();
  });
});

describe('a body', () => {
  test('takes a value at a place that is not there yet', () => {
    expect(withValue({}, ['items', 0, 'parts', 0, 'value'], 'x')).toEqual({ items: [{ parts: [{ value: 'x' }] }] });
    expect(withValue({ a: 1, b: 2 }, ['a'], 3)).toEqual({ a: 3, b: 2 });
    expect(Object.keys(withValue({ a: 1, b: 2 }, ['a'], 3) as object)).toEqual(['a', 'b']);
  });

  test('loses a member with the objects that held only it, and an entry of a list', () => {
    const body = { employee: { mobile: '1', name: { another_name: 'x' } } };
    expect(withValue(body, ['employee', 'name', 'another_name'], undefined)).toEqual({ employee: { mobile: '1' } });
    expect(withValue({ items: [{ id: 1 }, { id: 2 }] }, ['items', 0], undefined)).toEqual({ items: [{ id: 2 }] });
  });

  test('has what was put into it', () => {
    expect(valueAt(withValue(null, ['a', 'b', 2], 'x'), ['a', 'b', 0])).toBe('x');
    expect(valueAt({ a: 1 }, ['toString'])).toBeUndefined();
  });

  test('goes on to another employee with what was typed', () => {
    expect(movedBody({ userid: 'a', items: [1] }, { userid: 'b' })).toEqual({ userid: 'b', items: [1] });
    expect(movedBody({ employee: { mobile: '1' } }, { employee: {} })).toEqual({ employee: { mobile: '1' } });
  });
});

test('what is typed becomes the type of the field, and is shown as it was typed', () => {
  expect(typedValue(line('g', 'integer', 'string'), '1')).toBe(1);
  expect(typedValue(line('g', 'integer', 'string'), '012')).toBe('012');
  expect(typedValue(line('m', 'string'), '13800000000')).toBe('13800000000');
  expect(typedValue(line('n', 'integer'), '9007199254740993000')).toBe('9007199254740993000');
  expect(typedValue(line('l', 'array'), 'a, b')).toEqual(['a', 'b']);
  expect(typedValue(line('o', 'object'), '{"en_us":"X"}')).toEqual({ en_us: 'X' });
  expect(typedValue(line('m', 'string'), '')).toBeUndefined();
  expect(shownValue(['a', 'b'])).toBe('a, b');
  expect(shownValue({ en_us: 'X' })).toBe('{"en_us":"X"}');
});
