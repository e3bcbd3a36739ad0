import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CompanyFileError } from '../../src/company/contract.ts';
import { createCall } from '../../src/http/incoming-call.ts';
import { randomIds } from '../../src/lib/ids.ts';
import { startMingce, type Mingce } from '../../src/index.ts';
import { freshStore } from '../support/fresh-store.ts';

/*
 * While a large company file is planned, applied or exported, others are answered. They are counted, not timed: where
 * the file had the server to itself, no more than a few could pass between its steps.
 */

const PEOPLE = 1_000;
const ADMIN_KEY = 'key-of-these-tests';
/** One piece of work with so many people takes far more turns than this. */
const LEAST = 15;

const file = (title: string): string =>
  JSON.stringify({
    mingce: 1,
    key: 'large',
    name: 'Large',
    feishu: { apps: [{ app_id: 'cli_large', app_secret: 's' }] },
    job_titles: [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
    ],
    employees: Array.from({ length: PEOPLE }, (_none, index) => ({
      id: `e${String(index)}`,
      name: 'E',
      job_title: title,
      account: { email: `e${String(index)}@large.example` },
    })),
  });

let mingce: Mingce;
beforeAll(async () => {
  const other = 'mingce: 1\nkey: other\nname: Other\nhose: { apps: [{ app_key: other, app_security: s }] }';
  mingce = await startMingce({ store: await freshStore(), adminKey: ADMIN_KEY, companies: [other] });
});
afterAll(() => mingce.close());

/** How many of others' requests are answered while the work goes on, and what it came to. */
async function passing<Result>(work: Promise<Result>): Promise<{ readonly passed: number; readonly result: Result }> {
  let isDone = false;
  const noted = work.finally(() => (isDone = true));
  noted.catch(() => undefined);
  let passed = 0;
  while (!isDone) {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ appKey: 'other', appSecurity: 's' });
    const call = createCall('POST', '/api/openapi/v1/auth/getAccessToken', { ids: randomIds, headers, body });
    expect((await mingce.handle(call)).status).toBe(200);
    passed++;
    await setImmediate();
  }
  return { passed, result: await noted };
}

const apply = (text: string, plan = false): ReturnType<Mingce['companies']['apply']> =>
  mingce.companies.apply('large', text, { plan, request: 'r' });

test('others are answered while a large file is planned', async () => {
  const { passed, result } = await passing(apply(file('a'), true));
  expect(result.steps.filter(({ kind }) => kind === 'employee')).toHaveLength(PEOPLE);
  expect(passed).toBeGreaterThan(LEAST);
}, 120_000);

test('and while it is applied, changed, applied again and exported', async () => {
  expect((await passing(apply(file('a')))).passed).toBeGreaterThan(LEAST);
  const changed = await passing(apply(file('b')));
  expect(changed.result.steps).toHaveLength(PEOPLE);
  expect(changed.passed).toBeGreaterThan(LEAST);
  expect((await passing(apply(file('b')))).result.steps).toEqual([]);
  const exported = await passing(mingce.companies.export('large'));
  expect(exported.passed).toBeGreaterThan(LEAST);
  expect((await passing(apply(exported.result ?? ''))).result.steps).toEqual([]);
}, 120_000);

test('and while a file is refused that is no longer than a page but slow to read', async () => {
  const { passed, result } = await passing(apply('? '.repeat(12_000), true).catch((error: unknown) => error));
  expect(result).toBeInstanceOf(CompanyFileError);
  expect(passed).toBeGreaterThan(LEAST);
}, 120_000);
