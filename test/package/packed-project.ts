// The package as it is published, in a project that has it as a dependency.

import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What a copy of the repository need not have to be packed. */
const NOT_COPIED = new Set(['.git', 'node_modules', 'dist', 'build', 'data', 'test', 'bench']);

/** What a package asks npm to install with it. */
interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A folder with `node_modules/mingce`, as npm installs it. */
export interface PackedProject {
  readonly path: string;
  /** The names of the files in the package. */
  readonly files: readonly string[];
  write(name: string, text: string): void;
  /** Runs a program in the project, with the Node of these tests first in its path. */
  run(program: string, args: readonly string[], env?: Readonly<Record<string, string>>): SpawnSyncReturns<string>;
  remove(): void;
}

/** Packs a copy of the repository, as packing rewrites package.json, and installs it without asking a registry. */
export function packedProject(): PackedProject {
  const path = mkdtempSync(join(tmpdir(), 'mingce-package-'));
  const clone = join(path, 'clone');
  cpSync(ROOT, clone, { recursive: true, filter: (from) => dirname(from) !== dirname(`${ROOT}x`) || isCopied(from) });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  const before = readFileSync(join(clone, 'package.json'), 'utf8');
  const packed = run('npm', ['pack', '--json', '--pack-destination', path], clone);
  if (packed.status !== 0) throw new Error(packed.stderr);
  if (readFileSync(join(clone, 'package.json'), 'utf8') !== before) throw new Error('npm pack changed package.json');
  const said = JSON.parse(packed.stdout.slice(packed.stdout.search(/^[[{]/m))) as unknown;
  const [about] = Object.values(said as object) as { filename: string; files: { path: string }[] }[];
  if (about === undefined) throw new Error(packed.stdout);
  rmSync(clone, { recursive: true });

  const project = join(path, 'project');
  const installed = join(project, 'node_modules', 'mingce');
  mkdirSync(installed, { recursive: true });
  // With a name that does not begin with a drive, which tar takes for a host.
  const untar = run('tar', ['-xzf', basename(about.filename), '--strip-components=1', '-C', installed], path);
  if (untar.status !== 0) throw new Error(untar.stderr);
  for (const name of installedFor(manifestIn(installed))) {
    cpSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name), { recursive: true });
  }
  writeFileSync(join(project, 'package.json'), '{ "name": "a-project", "version": "1.0.0", "private": true }\n');
  mkdirSync(join(project, 'node_modules', '.bin'));
  symlinkSync('../mingce/bin/mingce.js', join(project, 'node_modules', '.bin', 'mingce'));
  return {
    path: project,
    files: about.files.map((file) => file.path),
    write: (name, text) => {
      writeFileSync(join(project, name), text);
    },
    run: (program, args, env) => run(program, args, project, env),
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function isCopied(path: string): boolean {
  return !NOT_COPIED.has(basename(path));
}

/** The names of the packages that npm installs for one: those it depends on, and those that they depend on. */
function installedFor(manifest: Manifest): ReadonlySet<string> {
  const names = new Set(Object.keys(manifest.dependencies ?? {}));
  // Names that are found are gone through, too.
  for (const name of names) {
    for (const needed of Object.keys(manifestIn(join(ROOT, 'node_modules', name)).dependencies ?? {}))
      names.add(needed);
  }
  return names;
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  more: Readonly<Record<string, string>> = {},
): SpawnSyncReturns<string> {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_|MINGCE_|TEST$)/i.test(name));
  // The compiler, a Go program, collects its garbage less often: a fifth of its processor time.
  const env = { GOGC: '400', ...Object.fromEntries(own), ...more };
  return spawnSync(program, [...args], { cwd, encoding: 'utf8', env, timeout: 120_000 });
}
