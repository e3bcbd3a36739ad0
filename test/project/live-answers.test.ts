// Each answer of a live platform that was missed has the test that holds it, or a reason; the tests are there.

import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const home = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(`${home}${path}`, 'utf8');

/** The cells of the tables of a page, row by row, without their heads. */
function rowsOf(page: string): readonly (readonly string[])[] {
  const lines = page.split('\n').filter((line) => /^\| *[\d, ]+\|/.test(line));
  return lines.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const answers = rowsOf(read('docs/live-answers.md')).map(([rows = '', , held = '']) => ({
  rows: rows.split(',').map(Number),
  held,
}));

/** A test that a row names: its file, and its name where one is said. */
interface Cited {
  readonly file: string;
  readonly name: string | null;
}

/** Returns the tests named in a cell: `path`: “name”; a bare file lies beside the one before it. */
function citedIn(cell: string): readonly Cited[] {
  const found: Cited[] = [];
  let file = '';
  for (const [, code, name = null] of cell.matchAll(/`([^`]+\.test\.ts)`|“([^”]+)”/g)) {
    if (code !== undefined) file = code.includes('/') ? code : `${dirname(file)}/${code}`;
    found.push({ file, name });
  }
  return found;
}

/** Whether a file has a test of that name; `…` marks what is left out. */
function hasTest({ file, name }: Cited): boolean {
  if (!existsSync(`${home}${file}`)) return false;
  if (name === null) return true;
  // A name in code may be broken into pieces by what it is put together from.
  const pieces = name.split(/…|%\w/).map((piece) => piece.trim());
  const text = read(file);
  let at = 0;
  return pieces.every((piece) => (at = text.indexOf(piece, at)) >= 0);
}

test('every live answer that was missed has its row', () => {
  const missed = rowsOf(read('docs/contracts/field-log.md')).filter((cells) =>
    /FAULT|MISSING|UNCLEAR/.test(cells.at(-1) ?? ''),
  );
  expect(missed.length).toBeGreaterThan(50);
  const reply = new Set(answers.flatMap(({ rows }) => rows));
  expect(missed.map(([row]) => Number(row)).filter((row) => !reply.has(row))).toEqual([]);
});

test('each row names a test, or says why there is none', () => {
  const bare = answers.filter(({ held }) => citedIn(held).length === 0 && !/^none: \S+/.test(held));
  expect(bare.map(({ rows }) => rows)).toEqual([]);
});

test('the tests that are named are there', () => {
  const lost = answers.flatMap(({ rows, held }) =>
    citedIn(held).flatMap((one) => (hasTest(one) ? [] : [`${rows.join(', ')}: ${one.file} ${one.name ?? ''}`])),
  );
  expect(lost).toEqual([]);
});

test('the fixtures that are named are there', () => {
  const named = answers.flatMap(({ held }) => [...held.matchAll(/`([\w.-]+\.json)`/g)].map(([, name = '']) => name));
  expect(named).not.toEqual([]);
  const lost = named.filter((name) => !existsSync(`${home}src/dialects/feishu/fixtures/${name}`));
  expect(lost).toEqual([]);
});

test('a test that is not there is found', () => {
  const [file, named] = citedIn('`test/project/sizes.test.ts`: “a test that … was never written”');
  expect([file, named].map((one) => one !== undefined && hasTest(one))).toEqual([true, false]);
});
