import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compareCapture } from '../../src/index.ts';
import { fixturesOf } from '../support/fixtures.ts';
import { withoutRateLimits } from '../support/without-rate-limits.ts';
import { captureOf, isWhole, type Platform } from './captures.ts';

const fileOf = (key: string): string =>
  withoutRateLimits(readFileSync(new URL(`../../companies/${key}.yaml`, import.meta.url), 'utf8'));
const START = Date.parse('2026-01-05T00:00:00Z');

/* What the contracts print and what was recorded, as captures: an exchange that writes begins with a company of its own. */

const cases = (['feishu', 'wecom', 'hose'] as const).flatMap((platform) => {
  const fixtures = fixturesOf(platform).map(([, fixture]) => fixture);
  const companies = [...new Set(fixtures.map(({ company }) => company))];
  return companies.flatMap((company) => {
    const own = fixtures.filter((fixture) => fixture.company === company && isWhole(fixture));
    const writes = own.filter(({ request, response }) => request.method !== 'GET' && response.status < 300);
    const others = own.filter((fixture) => !writes.includes(fixture));
    return [others, ...writes.map((one) => [one])].map((list) => [platform, company, list] as const);
  });
});

test.each(
  cases.map(([platform, company, list]) => [`${platform} ${list[0]?.name ?? ''}`, { platform, company, list }]),
)(
  'a capture of what the contract prints has no difference: %s',
  async (
    _name,
    { platform, company, list }: { platform: Platform; company: string; list: (typeof cases)[number][2] },
  ) => {
    const report = await compareCapture({
      har: JSON.stringify(captureOf(platform, company, list, START)),
      companies: ['demo', 'demo-2'].map(fileOf),
      apps: company === 'demo-2' ? ['mingce-demo-key-2'] : [],
    });
    expect(report.entries.filter(({ verdict }) => verdict === 'different')).toEqual([]);
    const sent = report.entries.filter(({ verdict }) => verdict === 'same' || verdict === 'not-served');
    const tokenCalls = report.entries.filter(({ reason }) => reason?.startsWith('a token') === true);
    expect(sent.length + tokenCalls.length).toBe(list.length + 1);
  },
);
