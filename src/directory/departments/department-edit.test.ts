import { expect, test } from 'vitest';
import { isRefused, withDepartment, withoutDepartment } from './department-edit.ts';
import type { Department } from './department.ts';
import type { TenantData } from '../tenant.ts';

const department = (id: string, parent: string | null, ids: Record<string, string> = {}): Department => ({
  id,
  name: { value: id, i18n: {} },
  parent,
  ids,
  code: '',
  enabled: true,
  external: false,
  order: 0,
  leaders: [],
  createdAt: 1,
  updatedAt: 1,
  extensions: {},
});

const parts: TenantData = {
  number: 1,
  key: 'one',
  name: 'One',
  state: 'in-use',
  secondLocale: 'en-US',
  names: {},
  departments: [department('root', null), department('a', 'root', { 'x.id': '7' }), department('b', 'a')],
  catalogs: [],
  customFields: [],
  apps: [],
  settings: {},
  createdAt: 1,
  updatedAt: 1,
};

const idsOf = (edit: ReturnType<typeof withDepartment>): readonly string[] =>
  isRefused(edit) ? [] : edit.departments.map(({ id }) => id);

test('a new department comes last, a changed one stays where it is', () => {
  const added = withDepartment(parts, department('c', 'b'), 5);
  expect(idsOf(added)).toEqual(['root', 'a', 'b', 'c']);
  expect(added).toMatchObject({ updatedAt: 5, departments: [{}, {}, {}, { id: 'c', createdAt: 1, updatedAt: 5 }] });
  const renamed = withDepartment(parts, { ...department('a', 'root'), code: 'A' }, 5);
  expect(idsOf(renamed)).toEqual(['root', 'a', 'b']);
  expect(renamed).toMatchObject({ departments: [{ updatedAt: 1 }, { code: 'A', updatedAt: 5 }, { updatedAt: 1 }] });
});

test('nothing new leaves the very same parts', () => {
  expect(withDepartment(parts, { ...department('b', 'a'), updatedAt: 9 }, 9)).toBe(parts);
});

test('the tree keeps its one root and has no loops', () => {
  expect(withDepartment(parts, department('c', null), 5)).toEqual({ kind: 'locked', subject: 'parent' });
  expect(withDepartment(parts, department('a', null), 5)).toEqual({ kind: 'locked', subject: 'parent' });
  expect(withDepartment(parts, department('root', 'a'), 5)).toEqual({ kind: 'locked', subject: 'parent' });
  expect(withDepartment(parts, department('a', 'b'), 5)).toEqual({ kind: 'loop', subject: 'parent' });
  expect(withDepartment(parts, department('a', 'a'), 5)).toEqual({ kind: 'loop', subject: 'parent' });
  expect(withDepartment(parts, department('c', 'z'), 5)).toEqual({ kind: 'unknown', subject: 'parent', value: 'z' });
  expect(idsOf(withDepartment(parts, department('b', 'root'), 5))).toEqual(['root', 'a', 'b']);
});

test('an id of a platform names one department', () => {
  expect(withDepartment(parts, department('c', 'root', { 'x.id': '7' }), 5)).toEqual({
    kind: 'taken',
    subject: 'x.id',
  });
  expect(idsOf(withDepartment(parts, department('c', 'root', { 'y.id': '7' }), 5))).toEqual(['root', 'a', 'b', 'c']);
});

test('only what has nothing below it goes, and never the root', () => {
  expect(withoutDepartment(parts, 'z', 5)).toEqual({ kind: 'unknown', subject: 'department', value: 'z' });
  expect(withoutDepartment(parts, 'a', 5)).toEqual({ kind: 'locked', subject: 'children' });
  expect(withoutDepartment({ ...parts, departments: [department('root', null)] }, 'root', 5)).toEqual({
    kind: 'locked',
    subject: 'department',
  });
  expect(idsOf(withoutDepartment(parts, 'b', 5))).toEqual(['root', 'a']);
});
