import { expect, test } from 'vitest';
import { Catalog, type CatalogEntry } from './catalog.ts';
import { DepartmentTree, type Department } from './departments/department.ts';
import { plainText } from './text.ts';

const parts = { ids: {}, code: '', enabled: true, createdAt: 0, updatedAt: 0, extensions: {} } as const;

const department = (id: string, parent: string | null, order = 0): Department => ({
  ...parts,
  id,
  parent,
  order,
  name: plainText(id),
  external: false,
  leaders: [],
});

const entry = (id: string, parent: string | null): CatalogEntry => ({
  ...parts,
  id,
  parent,
  order: 0,
  name: plainText(id),
  catalog: 'dimension:d',
});

const idsOf = (all: readonly { readonly id: string }[]): readonly string[] => all.map(({ id }) => id);

test('everything below a department comes level by level, siblings as they are kept or in an order', () => {
  const tree = new DepartmentTree([
    department('root', null),
    department('a', 'root', 1),
    department('b', 'root', 2),
    department('a1', 'a'),
    department('b1', 'b'),
    department('a11', 'a1'),
  ]);
  expect(idsOf(tree.descendantsOf('root'))).toEqual(['a', 'b', 'a1', 'b1', 'a11']);
  expect(idsOf(tree.descendantsOf('root', (one, other) => other.order - one.order))).toEqual([
    'b',
    'a',
    'b1',
    'a1',
    'a11',
  ]);
  expect(tree.descendantsOf('a11')).toEqual([]);
});

test('everything below an entry of a list comes once, even where parents form a loop', () => {
  const catalog = new Catalog([entry('a', 'c'), entry('b', 'a'), entry('c', 'b'), entry('d', 'b'), entry('e', null)]);
  expect(idsOf(catalog.descendantsOf('a'))).toEqual(['b', 'c', 'd']);
  expect(catalog.descendantsOf('e')).toEqual([]);
});
