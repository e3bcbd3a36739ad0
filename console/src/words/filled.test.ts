import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { filled } from './filled.ts';

test.each([
  ['{n} {n|call|calls}', { n: 1 }, '1 call'],
  ['{n} {n|call|calls}', { n: 0 }, '0 calls'],
  ['{n} {n|call|calls}', { n: '1,001' }, '1,001 calls'],
  ['{n} fault {n|rule is|rules are} on', { n: '1' }, '1 fault rule is on'],
  ['{a} of {b} {b|row|rows}', { a: 3, b: 1 }, '3 of 1 row'],
  ['{gone} there', {}, ' there'],
])('%s with %j is "%s"', (text, values, said) => {
  expect(filled(text, values)).toBe(said);
});

test('no English sentence of the console counts things with a word that is always in the plural', () => {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!test)\.tsx?$/.test(name),
  );
  expect(files.length).toBeGreaterThan(100);
  const counted =
    /\{\w+\} (?:people|calls|changes|employees|departments|fields|rows|rules|requests|messages|events|problems|mistakes|findings|times|tries|invitations|cells|operations|differences)\b/;
  const wrong = files.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line.includes('en: ') && counted.test(line)),
  );
  expect(wrong).toEqual([]);
});
