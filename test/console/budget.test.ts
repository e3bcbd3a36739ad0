import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/* How much the pages of the console weigh, as browsers load them: in brotli. */

const dist = fileURLToPath(new URL('../../console/dist/', import.meta.url));

/** Before anything can be done, in all: issue and design have 350 KB. */
const FIRST_SCREEN_KB = 350;
/** What the editor of a company file adds. */
const EDITOR_KB = 130;
/** What a page adds when it is opened. */
const PAGE_KB = 45;

const kilobytes = (file: string): number => statSync(`${dist}${file}.br`).size / 1_024;
const sum = (files: Iterable<string>): number => [...files].reduce((size, file) => size + kilobytes(file), 0);

/** A file with everything that it imports before it runs. */
function withImports(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = file.endsWith('.js') ? readFileSync(dist + file, 'utf8') : '';
  for (const [, name = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g))
    withImports(`assets/${name}`, found);
  return found;
}

/** What the page itself names: scripts, styles and what they need. */
function firstScreen(): Set<string> {
  const found = new Set(['index.html']);
  const html = readFileSync(`${dist}index.html`, 'utf8');
  for (const [, file = ''] of html.matchAll(/(?:src|href)="\/console\/([^"]+\.(?:js|css))"/g)) withImports(file, found);
  return found;
}

test('it is the build for those who use it, even where a test run made it', () => {
  const scripts = readdirSync(`${dist}assets`).filter((file) => file.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(10);
  // Only the React of developers recommends its tools.
  const isForDevelopers = (file: string): boolean =>
    readFileSync(`${dist}assets/${file}`, 'utf8').includes('react-devtools');
  expect(scripts.filter(isForDevelopers)).toEqual([]);
});

test('the first screen is within its budget', () => {
  const files = firstScreen();
  expect([...files].filter((file) => file.endsWith('.js')).length).toBeGreaterThan(1);
  expect(sum(files)).toBeGreaterThan(100);
  expect(sum(files)).toBeLessThanOrEqual(FIRST_SCREEN_KB);
});

test('the editor of company files is loaded only where it is used, and within its budget', () => {
  const first = firstScreen();
  const editors = readdirSync(`${dist}assets`).filter((file) => /^code-editor-.*\.js$/.test(file));
  expect(editors).toHaveLength(1);
  const added = [...withImports(`assets/${editors[0] ?? ''}`)].filter((file) => !first.has(file));
  expect(sum(added)).toBeGreaterThan(50);
  expect(sum(added)).toBeLessThanOrEqual(EDITOR_KB);
});

test('each page adds little to it', () => {
  const first = firstScreen();
  const pages = readdirSync(`${dist}assets`).filter((file) => /^page-.*\.js$/.test(file));
  expect(pages.length).toBeGreaterThan(8);
  for (const page of pages) {
    const added = [...withImports(`assets/${page}`)].filter((file) => !first.has(file));
    expect([page, sum(added) <= PAGE_KB]).toEqual([page, true]);
  }
});
