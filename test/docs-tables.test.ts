// The tables in the dialects' READMEs are held to what they are made from.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { withTables } from '../scripts/readme-tables.ts';
import { dialects } from '../src/dialects/registry.ts';

describe.each(dialects.map((dialect) => [dialect.name, dialect] as const))('the README of %s', (name, dialect) => {
  const readme = readFileSync(new URL(`../src/dialects/${name}/README.md`, import.meta.url), 'utf8');

  test('has the tables that npm run tables would write', () => {
    expect(withTables(dialect, readme)).toBe(readme);
  });

  test('names every operation, how far it is imitated and what is missing', () => {
    const lines = readme.split('\n');
    const untold = dialect.coverage.filter(
      ({ operation, method, path, status, note = '' }) =>
        !lines.some((line) =>
          [`| ${operation} | `, `\`${method} ${path}\``, ` | ${status} | `, note].every((part) => line.includes(part)),
        ),
    );
    expect(untold).toEqual([]);
  });

  test('must have a place for each table, and a table for each place', () => {
    expect(() => withTables(dialect, readme.replace('<!-- table: operations -->', ''))).toThrow(/no place/);
    expect(() => withTables(dialect, `${readme}\n<!-- table: nothing -->\n<!-- end of table -->\n`)).toThrow(/nothing/);
  });
});
