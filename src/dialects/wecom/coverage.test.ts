import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coverage } from './coverage.ts';

test('the README tells what the coverage tells', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const told = readme.split('\n').filter((line) => /^\| .*\| `(?:GET|POST)/.test(line));
  const cells = told.map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, 5),
  );
  expect(cells).toEqual(
    coverage.map(({ operation, method, path, status, note }) => [
      operation,
      `\`${method} ${path}\``,
      status,
      note ?? '',
    ]),
  );
});
