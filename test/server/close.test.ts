import { describe, expect, test } from 'vitest';
import { silentLog, startMingce, type StartOptions } from '../../src/index.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { scratchFolder } from '../support/program.ts';

/* `await using` closes what a test may have closed itself. */

const PLACES: readonly (readonly [string, () => Promise<StartOptions>])[] = [
  ['in memory', () => Promise.resolve({})],
  ['in a folder', () => Promise.resolve({ data: scratchFolder().path })],
  ['on PostgreSQL', async () => ({ data: scratchFolder().path, store: await freshSchema() })],
];

describe.each(PLACES)('%s', (_, place) => {
  test('a server that is closed again, later or at once, is closed once', async () => {
    const options = { demo: true, log: silentLog, ...(await place()) };
    await using mingce = await startMingce(options);
    const [first, second] = [mingce.close(), mingce.close()];
    await Promise.all([first, second]);
    await mingce.close();
    await expect(fetch(mingce.url)).rejects.toThrow('fetch failed');
    // Nothing of it is held any more.
    await using again = await startMingce({ ...options, demo: false });
    expect((await again.companies.keys()).includes('demo')).toBe(options.data !== undefined);
  });
});
