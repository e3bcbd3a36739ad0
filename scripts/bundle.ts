// Puts the program into few files: what is imported is found and read at once, so that it starts in half the time.

import { cpSync, existsSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'rolldown';
import { readPlatform, type PlatformCatalogue } from '../src/sandbox/catalogue/read.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * What is part of the bundle: of the numbering plans a small part is used, and the schemas' package is 680 files. Every other
 * package is a dependency of ours that npm installs.
 */
const BUNDLED = ['libphonenumber-js', 'typebox'];

/** What is started or imported by its own name: programs, threads, and the doors of the library. */
const ENTRIES = [
  'main',
  'index',
  'company-thread',
  'store/engines/sqlite-check',
  'testing/vitest',
  'testing/jest',
  'testing/node-test',
  'testing/feishu',
];

/**
 * Has the program take only what it uses of Node's own modules: `import` reads all that such a module offers, and with `node:http`
 * and `node:crypto` that loads a client for the web and its keys, an eighth of a start.
 */
const takeFromNode: Plugin = {
  name: 'take-from-node',
  renderChunk: (code) =>
    code.replaceAll(/^import \{([^}]*)\} from ("node:[^"]+");$/gm, (_all, names: string, module: string) => {
      const taken = names.replaceAll(' as ', ': ');
      return `const {${taken}} = process.getBuiltinModule(${module});`;
    }),
};

/** Bundles the sources into a folder beside them, with the licences of what is in the bundle. */
export async function bundleProgram(to: string): Promise<void> {
  await build({
    input: Object.fromEntries(ENTRIES.map((name) => [name, join(root, 'src', `${name}.ts`)])),
    cwd: root,
    platform: 'node',
    logLevel: 'warn',
    plugins: [takeFromNode],
    external: (id) => /^[@a-z]/.test(id) && !BUNDLED.some((name) => id === name || id.startsWith(`${name}/`)),
    // Files that are read at run time are named from the sources' folder, so pieces lie in the bundle's own.
    output: { dir: to, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
  });
  for (const name of BUNDLED) {
    const licence = globSync('{LICENSE,license}*', { cwd: join(root, 'node_modules', name) })[0];
    if (licence === undefined) throw new Error(`${name} has no licence to be published with it.`);
    cpSync(join(root, 'node_modules', name, licence), join(to, `${name}.LICENSE`));
  }
  writeFileSync(join(to, 'catalogue.json'), JSON.stringify(builtCatalogue()));
}

/** The codes of all platforms in one file: parsing hundreds of YAML files would take a program half a second. */
function builtCatalogue(): Readonly<Record<string, PlatformCatalogue>> {
  const dialects = pathToFileURL(join(root, 'src', 'dialects', '/'));
  const names = readdirSync(dialects).filter((name) => existsSync(new URL(`${name}/fixtures/codes/`, dialects)));
  return Object.fromEntries(names.map((name) => [name, readPlatform(name, new URL(`${name}/fixtures/`, dialects))]));
}

/** Where the bundle is that tests start: it has the sources' distance from the root, as files are named from there. */
const TESTED = join(root, 'build');

/** Makes the bundle that tests start, where the sources are others than those that it was made from, and answers its program. */
export async function bundleForTests(): Promise<string> {
  const program = join(TESTED, 'main.js');
  const stamp = join(TESTED, '.sources');
  const sources = digestOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return program;
  rmSync(TESTED, { recursive: true, force: true });
  await bundleProgram(TESTED);
  writeFileSync(stamp, sources);
  return program;
}

function digestOfSources(): string {
  const digest = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const name of globSync('src/**/*.{ts,yaml}', { cwd: root }).toSorted())
    digest.update(name).update(readFileSync(join(root, name)));
  return digest.digest('hex');
}
