import { expect, test } from 'vitest';
import { companyReader } from '../../company/read.ts';
import { DEMO_CREDENTIALS, demoFile, demoKeys } from '../../demo.ts';
import { dialects } from '../../dialects/registry.ts';
import { banner, readyLine } from './banner.ts';
import { displayWidth } from './colors.ts';

const started = { url: 'http://127.0.0.1:65535', port: 65_535, adminKey: 'mingce-demo-admin' };
const plain = { demo: true, colour: false, terminal: true };

test.each([
  ['with the demo', started, true],
  ['with a key of its own', { ...started, adminKey: 'sesame' }, false],
  ['without a key', { ...started, adminKey: null }, false],
] as const)('a banner fits 80 columns and 24 lines with the address last, %s', (_what, server, demo) => {
  const lines = banner(server, { ...plain, demo }).split('\n');
  expect(lines.pop()).toBe('');
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(80);
  // The line of the prompt that comes after it counts.
  expect(lines.length).toBeLessThan(24);
  expect(lines.at(-1)).toMatch(/listening on http:\/\/127\.0\.0\.1:65535$/);
});

test('without a terminal a banner has no command, and without the demo one line', () => {
  expect(banner(started, { ...plain, terminal: false })).not.toContain('curl');
  expect(banner(started, { ...plain, demo: false, terminal: false })).toMatch(/^[^\n]+ listening on \S+\n$/);
});

test('every credential of the demo companies is in the banner and in the line of JSON', () => {
  const read = companyReader(dialects);
  const inFiles = demoKeys().flatMap((company) =>
    read(demoFile(company)).apps.map(({ dialect, secret }) => ({ company, platform: dialect, secret })),
  );
  const listed = DEMO_CREDENTIALS.map(({ company, platform, secret }) => ({ company, platform, secret }));
  const bySecret = (one: { secret?: string | undefined }, other: { secret?: string | undefined }): number =>
    String(one.secret) < String(other.secret) ? -1 : 1;
  expect(listed.toSorted(bySecret)).toEqual(inFiles.toSorted(bySecret));
  for (const { id, secret } of DEMO_CREDENTIALS) {
    expect(banner(started, plain)).toContain(`${id} / ${secret}`);
    expect(readyLine(started, plain)).toContain(secret);
  }
});

test('the admin key of an operator is never printed', () => {
  const server = { ...started, adminKey: 'an-operators-own-key' };
  for (const demo of [true, false]) {
    expect(banner(server, { ...plain, demo })).toContain('MINGCE_ADMIN_KEY');
    expect(banner(server, { ...plain, demo })).not.toContain('an-operators-own-key');
    expect(readyLine(server, { demo })).not.toContain('an-operators-own-key');
  }
});
