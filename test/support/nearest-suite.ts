// For each refusal of the catalogue that has a documented way out, the change that is named is applied and sent.

import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import { askedAbout } from './nearest-of-case.ts';
import { MISSES } from './nearest-misses.ts';

/** A run before each push asks about one case in so many; `npm run soak:nearest` about all. */
const EVERY = process.env['MINGCE_TEST_LONG'] === undefined ? 6 : 1;

/** Asks about the cases of a platform that have a mended request. */
export function nearestOfPlatform(name: string): void {
  const platform = catalogue.platform(name);
  if (platform === null) throw new Error(`There is no platform ${name}.`);
  const misses = MISSES[name] ?? {};
  const cases = platform.entries
    .flatMap((entry) =>
      (entry.cases ?? []).flatMap((one, index) =>
        one.mended === undefined ? [] : [{ entry, one, id: `${entry.id}#${String(index)}` }],
      ),
    )
    .filter((_one, index) => index % EVERY === 0);
  describe(`the refusals of ${name}`, () => {
    test('the change that is named, applied, is accepted; the misses are known', { timeout: 600_000 }, async () => {
      const wrong: string[] = [];
      let asked = 0;
      for (const { entry, one, id } of cases) {
        const came = await askedAbout(entry, one, platform);
        if (came === null) continue;
        asked++;
        if (!came.isAccepted && misses[id] === undefined)
          wrong.push(`${id}: ${JSON.stringify(came.nearest)} ${came.answer}`);
      }
      expect(wrong).toEqual([]);
      expect(asked).toBeGreaterThan(cases.length * 0.98);
    });
  });
}
