import { describe, expect, test } from 'vitest';
import { hose } from '../index.ts';
import { documentedPaths, hasDollars, segmentsOf, versionOf, versionText } from './api-paths.ts';

const to = (...versions: readonly string[]): readonly string[] =>
  versions.map((version) => `/api/openapi/${version}/staffs`);

describe('an operation answers under higher versions than its own', () => {
  test.each([
    ['v1', ['v1']],
    ['v1.0', ['v1']],
    ['v1.1', ['v1.1', 'v1']],
    ['v1.9', ['v1.1', 'v1']],
    ['v1.10', ['v1.1', 'v1']],
    ['v2', ['v2', 'v1.1', 'v1']],
    ['v2.0', ['v2', 'v1.1', 'v1']],
    ['v2.1', ['v2', 'v1.1', 'v1']],
    ['v10', ['v2', 'v1.1', 'v1']],
    ['%762', ['v2', 'v1.1', 'v1']],
    ['v0', []],
    ['v0.9', []],
    ['v', []],
    ['v1.1.1', []],
    ['v1.', []],
    ['v.1', []],
    ['V1', []],
    ['v-1', []],
    ['v1e3', []],
    ['', []],
  ])('%s', (version, served) => {
    expect(documentedPaths(`/api/openapi/${version}/staffs`)).toEqual(to(...served));
  });

  test.each(['/auth/openApi/v3/getAccessToken', '/api/other/v2/staffs', '/api/openapi/v2', '/', ''])(
    'and other paths do not: %s',
    (path) => {
      expect(documentedPaths(path)).toEqual([]);
    },
  );

  test('and every route is under one of these versions', () => {
    const versioned = hose.routes.map(({ path }) => path).filter((path) => path.startsWith('/api/openapi/'));
    expect(versioned.filter((path) => documentedPaths(path)[0] !== path)).toEqual([]);
  });
});

test('a version is written as in a path', () => {
  expect(['v1.0', 'v1.1', 'v2', 'v1.10'].map((text) => versionText(versionOf(`/api/openapi/${text}/x`)))).toEqual([
    'v1',
    'v1.1',
    'v2',
    'v1.10',
  ]);
});

test('a path without its literal $ is another path', () => {
  const route = '/api/openapi/v1/staffs/:staffId/code';
  expect(
    ['$a', '%24a', 'a', ''].map((id) => hasDollars(segmentsOf(`/api/openapi/v1/staffs/${id}/code`), segmentsOf(route))),
  ).toEqual([true, true, false, false]);
  expect(
    hasDollars(segmentsOf('/api/openapi/v1.1/staffs/disableOrEnableStaff/[a]'), segmentsOf('/a/b/c/d/e/:staffIds')),
  ).toBe(true);
});
