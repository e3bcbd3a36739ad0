import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import type { CatalogueCase, CatalogueEntry } from '../../src/sandbox/catalogue/entry.ts';
import { messagesOf } from '../../src/sandbox/catalogue/messages.ts';
import { tryCase } from '../../src/sandbox/catalogue/run.ts';
import type { OpenThrowaway } from '../../src/sandbox/catalogue/throwaway.ts';
import { dialects } from '../../src/dialects/registry.ts';
import type { Dialect } from '../../src/dialects/dialect.ts';
import { parseJson } from '../../src/lib/json.ts';
import { completeFields } from '../../src/sandbox/journal/complete-fields.ts';
import type { MemberResult } from '../../src/sandbox/journal/contract.ts';
import { parameterNames, queryFields } from '../../src/sandbox/journal/query-fields.ts';
import { saysSuccess } from '../../src/sandbox/journal/request-view.ts';
import { openTestDirectory, type Answer } from '../support/test-directory.ts';

/* Every code of the catalogue, provoked by the state and the request that its file says, and not once that is mended. */

/** Opens a directory on the engine under test, without a server; `judged` takes the verdicts on each request. */
const opener =
  (platform: string, judged: (fields: readonly MemberResult[]) => void): OpenThrowaway =>
  async (at) => {
    const directory = await openTestDirectory({ companies: [], at });
    const keys = new Set<string>();
    return {
      apply: async (key, text) => {
        await directory.companies.apply(key, text, { plan: false, request: 'test' });
        keys.add(key);
      },
      send: async ({ method, path, headers, body, address }) => {
        const answer = await directory.send(method, path, {
          headers,
          ...(body === undefined ? {} : { body }),
          ...(address === undefined ? {} : { peer: address }),
        });
        const fields = verdictsOn(platform, { method, path, body }, answer);
        judged(fields);
        return { status: answer.status, headers: answer.headers, body: answer.json ?? answer.text, fields };
      },
      wait: (milliseconds) => {
        directory.clock.advance(milliseconds);
      },
      state: () => Promise.all([...keys].map(async (key) => (await directory.companies.export(key)) ?? '')),
      close: () => directory.close(),
    };
  };

/** What the journal would say became of each member of a request, and of each parameter of its query. */
function verdictsOn(
  platform: string,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body: string | undefined },
  { status, json, outcome }: Answer,
): readonly MemberResult[] {
  const { routes, memberNames } = dialects.find(({ name }) => name === platform) as Dialect;
  const [plain = ''] = path.split('?');
  // A route without parameters goes before one with.
  const fitting = routes.filter((one) => one.method === method && patternOf(one.path).test(plain));
  const route = fitting.toSorted((one, other) => one.path.split(':').length - other.path.split(':').length)[0];
  const code = (json?.code ?? json?.errcode ?? null) as string | number | null;
  const isSuccess = saysSuccess({ status, code: code === null ? null : String(code) });
  const parsed = parseJson(Buffer.from(body ?? ''));
  const asked = { body: parsed.ok ? parsed.value : null, schema: route?.body, outcome, isSuccess };
  return [
    ...completeFields({ ...asked, ...memberNames }),
    ...queryFields({
      names: parameterNames(path),
      operation: route?.operation ?? null,
      query: memberNames.query,
      isSuccess,
    }),
  ];
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', String.raw`\.`).replaceAll(/:[A-Za-z_]+/g, '[^/]+')}$`);
}

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
    const fields: MemberResult[] = [];
    const open = opener(name, (found) => fields.push(...found));
    const tried = await tryCase(entry, one, platform, open);
    // What the journal says of a member for want of a verdict.
    expect(fields.filter(({ reason }) => reason === 'no result was given')).toEqual([]);
    expect(tried.isProvoked, JSON.stringify(tried.exchange)).toBe(true);
    // A refused request writes nothing.
    expect(tried.isUnwritten).toBe(one.writes !== true);
    expect(tried.mended?.isAccepted ?? true, JSON.stringify(tried.mended?.exchange)).toBe(true);
  });
}
