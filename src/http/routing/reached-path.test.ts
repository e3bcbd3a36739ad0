import { expect, test } from 'vitest';
import { reachedPath } from './reached-path.ts';

const PREFIXES = ['/open-apis/', '/cgi-bin/', '/api/openapi/'];

test.each([
  ['/feishu/open-apis/auth/v3', '/open-apis/auth/v3'],
  ['/a/b/c/cgi-bin/gettoken', '/cgi-bin/gettoken'],
  ['//open-apis/auth/v3', '/open-apis/auth/v3'],
  ['/hose//api//openapi/v1/staffs', '/api/openapi/v1/staffs'],
  ['/cgi-bin//gettoken', '/cgi-bin/gettoken'],
  ['/x/open-apis/y/cgi-bin/z', '/open-apis/y/cgi-bin/z'],
])('%s reaches %s', (path, reached) => {
  expect(reachedPath(path, PREFIXES)).toBe(reached);
});

test.each(['/open-apis/auth/v3', '/cgi-bin/gettoken', '/mingce//v1', '/', '', '/open-apis', '/xopen-apis/y'])(
  '%s is unchanged',
  (path) => {
    expect(reachedPath(path, PREFIXES)).toBe(null);
  },
);
