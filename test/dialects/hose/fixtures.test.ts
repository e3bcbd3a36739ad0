import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../support/test-directory.ts';
import { fixturesOf } from '../../support/fixtures.ts';
import { clientOf, demoFiles } from './hose-client.ts';

/* Every example of the vendor's pages, answered as the pages say. */

const fixtures = fixturesOf('hose');

let directory: TestDirectory;
let tokens: Readonly<Record<string, string>>;
beforeAll(async () => {
  directory = await openTestDirectory({ companies: demoFiles });
  const one = await clientOf(directory, 'mingce-demo-key', 'mingce-demo-security');
  const two = await clientOf(directory, 'mingce-demo-key-2', 'mingce-demo-security-2');
  tokens = { demo: one.token, 'demo-2': two.token };
});
afterAll(() => directory.close());

const WILDCARDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  'text or null': (value) => value === null || typeof value === 'string',
  time: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value),
  token: (value) => typeof value === 'string' && /^ID_\w+:xgJ3wajigF25H0$/.test(value),
  milliseconds: (value) => Number.isSafeInteger(value) && Number(value) > 1e12,
};

/** Returns the documented body with each wildcard replaced by the actual value, if it matches. */
function filled(documented: unknown, actual: unknown): unknown {
  if (Array.isArray(documented)) return documented.map((item, index) => filled(item, (actual as unknown[])[index]));
  if (typeof documented !== 'object' || documented === null) return documented;
  const { $any: wildcard } = documented as { $any?: string };
  if (wildcard !== undefined) return WILDCARDS[wildcard]?.(actual) === true ? actual : `not ${wildcard}`;
  return Object.fromEntries(
    Object.entries(documented).map(([key, value]) => [key, filled(value, (actual as Record<string, unknown>)?.[key])]),
  );
}

test.each(fixtures)('%s', async (_file, { company, request, response, source }) => {
  expect(source).toMatch(/\S/);
  const token = tokens[company] ?? '';
  const path = request.path.replace('{accessToken}', token).replace('{encodedAccessToken}', encodeURIComponent(token));
  const { headers, body } = request;
  const answer = await directory.send(request.method, path, {
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  });
  expect(answer.status).toBe(response.status);
  // As text, so that the order of the keys counts too.
  const documented = filled(response.body, answer.json);
  expect(answer.text).toBe(typeof documented === 'string' ? documented : JSON.stringify(documented));
});
