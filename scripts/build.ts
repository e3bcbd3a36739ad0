// Builds what is published: compiles src to dist and copies the data files that the program reads at run time.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { readPlatform, type PlatformCatalogue } from '../src/sandbox/catalogue/read.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const from = join(root, 'src');
const to = join(root, 'dist');
const data = new Set(['.yaml', '.yml', '.json', '.sql', '.html', '.css', '.svg']);

if (import.meta.main) await buildPackage();

/** What is published as part of the package: of these a small part is used, and the whole takes a third of its 30 MB. */
const BUNDLED = ['libphonenumber-js'];

/** Builds `dist`. Ends the process where that fails. */
export async function buildPackage(): Promise<void> {
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
  for (const name of BUNDLED) await bundle(name);
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

/** Puts what is imported of a package into one file each, beside its licence, and makes the compiled files import those. */
async function bundle(name: string): Promise<void> {
  const imported = new RegExp(String.raw`(from\s*['"])(${name}(?:/[\w-]+)?)(['"])`, 'g');
  const done = new Set<string>();
  for (const path of readdirSync(to, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.js'))) {
    const file = join(to, path);
    const text = readFileSync(file, 'utf8');
    const specifiers = [...text.matchAll(imported)].map(([, , specifier = '']) => specifier);
    if (specifiers.length === 0) continue;
    for (const specifier of specifiers.filter((each) => !done.has(each))) {
      await build({
        input: specifier,
        cwd: root,
        platform: 'node',
        logLevel: 'warn',
        output: { file: bundleOf(specifier), format: 'esm', minify: true },
      });
      done.add(specifier);
    }
    const relativeTo = (specifier: string): string =>
      relative(dirname(file), bundleOf(specifier))
        .split(sep)
        .join('/')
        .replace(/^(?!\.)/, './');
    writeFileSync(
      file,
      text.replaceAll(imported, (_all, before: string, specifier: string, after: string) => {
        return before + relativeTo(specifier) + after;
      }),
    );
  }
  cpSync(join(root, 'node_modules', name, 'LICENSE'), join(to, 'bundled', `${name}.LICENSE`));
}

function bundleOf(specifier: string): string {
  return join(to, 'bundled', `${specifier.replaceAll('/', '-')}.js`);
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
