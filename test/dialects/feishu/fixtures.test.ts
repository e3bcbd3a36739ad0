import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../support/test-directory.ts';
import { fixturesOf } from '../../support/fixtures.ts';
import { demo, tokenOf } from './feishu-client.ts';

/* What the platform's own pages print, answered as they say. */

const fixtures = fixturesOf('feishu');

/** Shared by the exchanges that are refused, and so write nothing. */
let shared: TestDirectory;
beforeAll(async () => {
  shared = await openTestDirectory({ companies: [demo] });
});
afterAll(() => shared.close());

const WILDCARDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string' && value !== '',
  token: (value) => typeof value === 'string' && /^t-\S{10,}$/.test(value),
  seconds: (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) <= 7200,
};

/** Returns the documented body with each wildcard replaced by the actual value, if it matches. */
function filled(documented: unknown, actual: unknown): unknown {
  if (Array.isArray(documented)) return documented.map((item, index) => filled(item, (actual as unknown[])?.[index]));
  if (typeof documented !== 'object' || documented === null) return documented;
  const { $any: wildcard } = documented as { $any?: string };
  if (wildcard !== undefined) return WILDCARDS[wildcard]?.(actual) === true ? actual : `not ${wildcard}`;
  return Object.fromEntries(
    Object.entries(documented).map(([key, value]) => [key, filled(value, (actual as Record<string, unknown>)?.[key])]),
  );
}

test.each(fixtures)('%s', async (_file, { request, response, source }) => {
  expect(source).toMatch(/\S/);
  const directory = response.status === 200 ? await openTestDirectory({ companies: [demo] }) : shared;
  const token = await tokenOf(directory);
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name, value.replace('{token}', token)]),
  );
  const answer = await directory.send(request.method, request.path, {
    headers,
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  expect(answer.status).toBe(response.status);
  expect(answer.json ?? answer.text).toEqual(filled(response.body, answer.json));
  if (typeof response.body === 'object') expectHeaders(answer);
  if (directory !== shared) await directory.close();
});

/** Checks the headers of every JSON answer. */
function expectHeaders({ headers, json }: Answer): void {
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(headers['x-tt-logid']).toMatch(/^20260105080000[0-9A-F]{20}$/);
  expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect([undefined, headers['x-tt-logid']]).toContain(json.error?.log_id);
}
