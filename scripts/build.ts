// Builds what is published: compiles src to dist and copies the data files that the program reads at run time.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readPlatform, type PlatformCatalogue } from '../src/sandbox/catalogue/read.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const from = join(root, 'src');
const to = join(root, 'dist');
const data = new Set(['.yaml', '.yml', '.json', '.sql', '.html', '.css', '.svg']);

if (import.meta.main) buildPackage();

/** Builds `dist`. Ends the process where that fails. */
export function buildPackage(): void {
  rmSync(to, { recursive: true, force: true });
  const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0 || !existsSync(join(to, 'main.js'))) {
    console.error('the compiler did not produce dist/main.js');
    process.exit(1);
  }
  removeInnerTypes();
  writeFileSync(join(to, 'catalogue.json'), JSON.stringify(builtCatalogue()));
  cpSync(from, to, {
    recursive: true,
    filter: (path) => {
      const parts = relative(from, path).split(sep);
      if (parts.includes('fixtures')) return false;
      return extname(path) === '' || data.has(extname(path));
    },
  });
}

/** The codes of all platforms in one file: parsing hundreds of YAML files would take a program half a second. */
function builtCatalogue(): Readonly<Record<string, PlatformCatalogue>> {
  const dialects = pathToFileURL(`${join(from, 'dialects')}/`);
  const names = readdirSync(dialects).filter((name) => existsSync(new URL(`${name}/fixtures/codes/`, dialects)));
  return Object.fromEntries(names.map((name) => [name, readPlatform(name, new URL(`${name}/fixtures/`, dialects))]));
}

/** Removes the declarations that the library's own does not lead to: no importer can reach those files. */
function removeInnerTypes(): void {
  const reached = new Set<string>();
  for (const door of ['index', 'testing/vitest', 'testing/jest', 'testing/node-test', 'testing/feishu'])
    reach(join(to, `${door}.d.ts`));
  const files = readdirSync(to, { recursive: true, encoding: 'utf8' }).map((name) => join(to, name));
  for (const file of files) if (file.endsWith('.d.ts') && !reached.has(file)) rmSync(file);

  function reach(file: string): void {
    if (reached.has(file)) return;
    reached.add(file);
    // The compiler leaves the names of sources in declarations, and reads them as those of declarations.
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)\.ts'/g))
      reach(`${resolve(dirname(file), path)}.d.ts`);
  }
}
