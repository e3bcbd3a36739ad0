import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coverage } from './coverage.ts';

test('the README says of each operation what the coverage says', () => {
  const rows = readFileSync(new URL('README.md', import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, , path]) => path?.startsWith('`') === true)
    .map(([, operation, path, status]) => `${String(operation)} ${String(path)} ${String(status)}`);
  expect(rows.toSorted()).toEqual(
    coverage.map(({ operation, method, path, status }) => `${operation} \`${method} ${path}\` ${status}`).toSorted(),
  );
});
