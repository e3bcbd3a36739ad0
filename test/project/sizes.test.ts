import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Files of the program; tests and suites that stand beside them do not count. */
const isCode = (name: string): boolean => name.endsWith('.ts') && !/\.(test|suite)\.ts$/.test(name);

/** Folders below a folder, itself included, with the code files in each. */
function foldersIn(folder: string): readonly (readonly [folder: string, files: readonly string[]])[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && isCode(entry.name)).map(({ name }) => name);
  const below = entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => foldersIn(`${folder}/${name}`));
  return [[folder, files], ...below];
}

/** What has more of something than it may, with how much it has. */
function overLimit(sizes: readonly (readonly [what: string, size: number])[], limit: number): readonly string[] {
  return sizes.filter(([, size]) => size > limit).map(([what, size]) => `${what}: ${String(size)}`);
}

const folders = ['src', 'bench', 'scripts'].flatMap(foldersIn);
const linesOf = (path: string): number => readFileSync(join(root, path), 'utf8').split('\n').length - 1;

test('no file of the program has more than 400 lines', () => {
  const files = folders.flatMap(([folder, names]) => names.map((name) => `${folder}/${name}`));
  expect(files.length).toBeGreaterThan(400);
  expect(
    overLimit(
      files.map((path) => [path, linesOf(path)] as const),
      400,
    ),
  ).toEqual([]);
});

test('no folder has more than 20 files of code', () => {
  expect(
    overLimit(
      folders.map(([folder, names]) => [folder, names.length] as const),
      20,
    ),
  ).toEqual([]);
});

test('what is larger is found', () => {
  expect(
    overLimit(
      [
        ['a', 20],
        ['b', 21],
      ],
      20,
    ),
  ).toEqual(['b: 21']);
});
