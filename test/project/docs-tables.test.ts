// The tables in the dialects' READMEs are held to what they are made from.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { withTables } from '../../scripts/readme-tables.ts';
import { dialects } from '../../src/dialects/registry.ts';

describe.each(dialects.map((dialect) => [dialect.name, dialect] as const))('the README of %s', (name, dialect) => {
  const readme = readFileSync(new URL(`../../src/dialects/${name}/README.md`, import.meta.url), 'utf8');

  test('has the tables that npm run docs:generate would write', () => {
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

  test('has the title of each operation that the platform names', () => {
    const lines = readme.split('\n');
    const untold = Object.entries(dialect.operationTitles).filter(
      ([operation, { zh }]) => !lines.some((line) => line.startsWith(`| ${operation} | ${zh} | `)),
    );
    expect(untold).toEqual([]);
  });

  test('must have a place for each table, and a table for each place', () => {
    expect(() => withTables(dialect, readme.replace('<!-- table: operations -->', ''))).toThrow(/no place/);
    expect(() => withTables(dialect, `${readme}\n<!-- table: nothing -->\n<!-- end of table -->\n`)).toThrow(/nothing/);
  });
});

test.each(['docs/company-file.md', 'docs/zh-CN/company-file.md'])('%s says of each setting what it may be', (page) => {
  const rows = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  expect(rows.length).toBeGreaterThan(100);
  expect(rows.filter((row) => ['', '``'].includes(row.split(' | ')[1]?.trim() ?? ''))).toEqual([]);
});

test('a table of what fixtures show has each thing once, with all fixtures that show it', () => {
  const readme = readFileSync(new URL('../../src/dialects/feishu/README.md', import.meta.url), 'utf8');
  const rows = readme.split('\n').filter((line) => line.startsWith('| 99991661 '));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain('(fixtures/employee-patch.token-bare.json)');
  expect(rows[0]).toContain('(fixtures/employee-patch.token-missing.json)');
});
