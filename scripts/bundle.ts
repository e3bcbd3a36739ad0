// Puts the program into few files: what is imported is found and read at once, so that it starts in half the time.

import { cpSync, existsSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin, type RolldownOutput } from 'rolldown';
import { readPlatform, type PlatformCatalogue } from '../src/sandbox/catalogue/read.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * What is part of the bundle: of the numbering plans a small part is used, the schemas' package is 680 files, and a start loads
 * 139 files of the others. Every other package is found where npm installed it.
 */
const BUNDLED: readonly string[] = [
  'commander',
  'csv-stringify',
  'fast-decode-uri-component',
  'fast-deep-equal',
  'fast-querystring',
  'find-my-way',
  'libphonenumber-js',
  'ret',
  'safe-regex2',
  'typebox',
  'validator',
  'ws',
  'yaml',
];

/** Packages whose types our declarations name: npm installs them with the package, although what is run is in the bundle. */
const NAMED_BY_TYPES: readonly string[] = ['typebox'];

/** What npm need not install with the package. */
export const NOT_INSTALLED: readonly string[] = BUNDLED.filter((name) => !NAMED_BY_TYPES.includes(name));

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
  const { output } = await build({
    input: Object.fromEntries(ENTRIES.map((name) => [name, join(root, 'src', `${name}.ts`)])),
    cwd: root,
    platform: 'node',
    logLevel: 'warn',
    plugins: [takeFromNode],
    external: (id) => /^[@a-z]/.test(id) && !BUNDLED.some((name) => id === name || id.startsWith(`${name}/`)),
    // Files that are read at run time are named from the sources' folder, so pieces lie in the bundle's own.
    output: { dir: to, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
  });
  const missing = packagesOf(output).filter((name) => !INSTALLED.includes(name));
  if (missing.length > 0) throw new Error(`What is bundled imports ${missing.join(', ')}, which npm may not install.`);
  for (const name of BUNDLED) {
    const licence = globSync('{LICENSE,license}*', { cwd: join(root, 'node_modules', name) })[0];
    if (licence === undefined) throw new Error(`${name} has no licence to be published with it.`);
    cpSync(join(root, 'node_modules', name, licence), join(to, `${name}.LICENSE`));
  }
  writeFileSync(join(to, 'catalogue.json'), JSON.stringify(builtCatalogue()));
}

/** What is there when the bundle runs: the dependencies that are not part of it, and the caller's own test runner. */
const INSTALLED: readonly string[] = [
  ...Object.keys(
    (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly dependencies: object }).dependencies,
  ).filter((name) => !NOT_INSTALLED.includes(name)),
  'vitest',
];

/** Returns the names of the packages that the files of a bundle import, without Node's own modules. */
function packagesOf(output: RolldownOutput['output']): readonly string[] {
  const own = new Set(output.map(({ fileName }) => fileName));
  const imported = output.flatMap((file) => (file.type === 'chunk' ? [...file.imports, ...file.dynamicImports] : []));
  const packages = imported.filter((name) => !own.has(name) && !isBuiltin(name));
  return [...new Set(packages.map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')))];
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
  const digest = createHash('sha256');
  const names = ['package-lock.json', 'scripts/bundle.ts', ...globSync('src/**/*.{ts,yaml}', { cwd: root }).toSorted()];
  for (const name of names) digest.update(name).update(readFileSync(join(root, name)));
  return digest.digest('hex');
}
