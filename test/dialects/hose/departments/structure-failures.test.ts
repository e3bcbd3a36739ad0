import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { fixtureFolder } from '../../../support/fixtures.ts';
import { clientOf, corporationA, failure, type Client } from '../hose-client.ts';

/* Each documented failure of departments and archives, got by the request that its file tells, and not once it is mended. */

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

interface Failures {
  readonly source: string;
  readonly before?: readonly Sent[];
  readonly cases: readonly {
    readonly when: string;
    readonly request: Sent;
    readonly response: { readonly status: number; readonly message: string };
    /** In what the request must differ to be accepted; `unchanged` where it then says what is so already. */
    readonly mended: Partial<Sent> & { readonly unchanged?: true };
  }[];
}

const folder = new URL('failures-of-structure/', fixtureFolder('hose'));
const files = readdirSync(folder)
  .toSorted()
  .map((file) => ({ file, ...(parse(readFileSync(new URL(file, folder), 'utf8')) as Failures) }));

let world: TestDirectory;
let hose: Client;
beforeEach(async () => {
  world = await openTestDirectory({ companies: [corporationA(', dimensions: [{ name: 项目, code: XM }]')] });
  hose = await clientOf(world, 'key-a', 's');
});
afterEach(() => world.close());

const send = ({ method, path, body }: Sent): Promise<Answer> =>
  hose.send(method, path, body === undefined ? {} : { body });

test('every file names its source', () => {
  expect(files.length).toBeGreaterThan(10);
  for (const { source } of files) expect(source).toMatch(/\.md/);
});

describe.each(files)('$file', ({ before = [], cases }) => {
  test.each(cases)('$when', async ({ request, response: { status, message }, mended }) => {
    for (const earlier of before) expect((await send(earlier)).status).toBe(200);
    const company = await world.companies.export('a');
    const refusal = await send(request);
    expect([refusal.status, refusal.json]).toEqual([status, failure(status, message)]);
    expect(refusal.outcome?.records[0]?.problem).toBeDefined();
    expect(await world.companies.export('a')).toBe(company);

    const { unchanged = false, ...differently } = mended;
    const accepted = await send({ ...request, ...differently });
    expect([200, 204]).toContain(accepted.status);
    expect((await world.companies.export('a')) === company).toBe(unchanged);
  });
});
