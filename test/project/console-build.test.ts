// A console is built where its sources are others than those it was built from, and only there.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildConsole, isBuilt } from '../../scripts/console-build.ts';
import { scratchFolder } from '../support/program.ts';

/** A console whose build counts how often it ran. */
function consoleIn(folder: string, build: string): void {
  mkdirSync(`${folder}src`, { recursive: true });
  writeFileSync(`${folder}package.json`, JSON.stringify({ name: 'console', version: '1.0.0', scripts: { build } }));
  writeFileSync(`${folder}src/main.ts`, 'export {};\n');
}

test('a console is built once, and again when a source is other, new or gone', () => {
  using scratch = scratchFolder();
  const folder = `${scratch.path}/`;
  consoleIn(folder, 'mkdir -p dist && cp src/main.ts dist/index.html');
  expect(isBuilt(folder)).toBe(false);
  expect(buildConsole(folder)).toBe(true);
  expect(isBuilt(folder)).toBe(true);

  writeFileSync(`${folder}src/main.ts`, 'export default 1;\n');
  expect(isBuilt(folder)).toBe(false);
  expect(buildConsole(folder)).toBe(true);
  expect(readFileSync(`${folder}dist/index.html`, 'utf8')).toBe('export default 1;\n');

  mkdirSync(`${folder}src/pages`);
  writeFileSync(`${folder}src/pages/page.tsx`, '');
  expect(isBuilt(folder)).toBe(false);
  rmSync(`${folder}src/pages`, { recursive: true });
  expect(isBuilt(folder)).toBe(true);

  // What is built, and what tests it, is no source.
  mkdirSync(`${folder}test`);
  writeFileSync(`${folder}test/page.test.ts`, '');
  writeFileSync(`${folder}dist/app.js`, '');
  expect(isBuilt(folder)).toBe(true);
});

test('a console whose build fails is not taken for built', () => {
  using scratch = scratchFolder();
  const folder = `${scratch.path}/`;
  consoleIn(folder, 'exit 3');
  expect(buildConsole(folder)).toBe(false);
  expect(isBuilt(folder)).toBe(false);
});
