import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import type { CatalogueCase, CatalogueEntry } from '../../src/sandbox/catalogue/entry.ts';
import { messagesOf } from '../../src/sandbox/catalogue/messages.ts';
import { tryCase } from '../../src/sandbox/catalogue/run.ts';
import type { OpenThrowaway } from '../../src/sandbox/catalogue/throwaway.ts';
import { openTestDirectory } from '../support/test-directory.ts';

/* Every code of the catalogue, provoked by the state and the request that its file says, and not once that is mended. */

/** Opens a directory on the engine under test, without a server. */
const open: OpenThrowaway = async (at) => {
  const world = await openTestDirectory({ companies: [], at });
  const keys = new Set<string>();
  return {
    apply: async (key, text) => {
      await world.companies.apply(key, text, { plan: false, request: 'test' });
      keys.add(key);
    },
    send: async ({ method, path, headers, body, address }) => {
      const answer = await world.send(method, path, {
        headers,
        ...(body === undefined ? {} : { body }),
        ...(address === undefined ? {} : { peer: address }),
      });
      return { status: answer.status, headers: answer.headers, body: answer.json ?? answer.text, fields: [] };
    },
    wait: (milliseconds) => {
      world.clock.advance(milliseconds);
    },
    state: () => Promise.all([...keys].map(async (key) => (await world.companies.export(key)) ?? '')),
    close: () => world.close(),
  };
};

/** Declares a test for each case of a platform. */
export function testCatalogueOf(name: string): void {
  const platform = catalogue.platform(name);
  if (platform === null) throw new Error(`no platform ${name}`);

  test('every entry is either provoked or says why it never is', () => {
    for (const entry of platform.entries) {
      const { id, cases = [], not_produced: never, proved_in: file } = entry;
      expect([cases.length > 0, never !== undefined, file !== undefined].filter(Boolean), id).toHaveLength(1);
      const source = file === undefined ? id : readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
      expect(
        [id, ...messagesOf(entry)].filter((text) => source.includes(text.replace('{}', ''))),
        id,
      ).not.toEqual([]);
    }
  });

  const cases = platform.entries.flatMap((entry) => (entry.cases ?? []).map((one) => [entry.id, one.when, entry, one]));
  test.each(cases as [string, string, CatalogueEntry, CatalogueCase][])('%s: %s', async (_id, _when, entry, one) => {
    const tried = await tryCase(entry, one, platform, open);
    expect(tried.isProvoked, JSON.stringify(tried.exchange)).toBe(true);
    // A refused request writes nothing.
    expect(tried.isUnwritten).toBe(one.writes !== true);
    expect(tried.mended?.isAccepted ?? true, JSON.stringify(tried.mended?.exchange)).toBe(true);
  });
}
