import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isObject } from '../../../src/lib/json-equal.ts';
import { openTestDirectory, type TestDirectory } from '../../support/test-directory.ts';
import { fixturesOf } from '../../support/fixtures.ts';

/* What the platform's pages and live replies show, sent to the demo company. */

const demo = readFileSync(new URL('../../../companies/demo.yaml', import.meta.url), 'utf8');
const fixtures = fixturesOf('wecom');

let directory: TestDirectory;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [demo] });
});
afterEach(() => directory.close());

test.each(fixtures.map(([, fixture]) => [fixture.name, fixture] as const))(
  '%s',
  async (_name, { request, response }) => {
    const { json } = await directory.send(
      'GET',
      '/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret',
    );
    const path = request.path.replace('ACCESS_TOKEN', json.access_token);
    const answer = await directory.send(request.method, path, request.body === undefined ? {} : { body: request.body });
    expect(answer.status).toBe(response.status);
    expect(masked(answer.json, response.body)).toEqual(response.body);
  },
);

/** The answer with the wildcards it satisfies: `{ "$any": "…" }` any value; one that ends in an ellipsis any text that begins so. */
function masked(actual: unknown, expected: unknown): unknown {
  if (Array.isArray(expected)) {
    return Array.isArray(actual) ? actual.map((item: unknown, index) => masked(item, expected[index])) : actual;
  }
  if (!isObject(expected) || actual === undefined) return actual;
  const what = expected['$any'];
  if (typeof what === 'string') {
    if (!what.endsWith('…')) return expected;
    return typeof actual === 'string' && actual.startsWith(what.slice(0, -1)) ? expected : actual;
  }
  if (!isObject(actual)) return actual;
  return Object.fromEntries(Object.entries(actual).map(([key, member]) => [key, masked(member, expected[key])]));
}
