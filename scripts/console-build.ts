// Builds the console: `console/dist`, and in it `.sources`, the digest of what it was built from. With `--if-changed`, as
// `npm start` runs it, only where the sources are others than then; a console that cannot be built stops no start.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('../console/', import.meta.url));

if (import.meta.main) {
  const isOptional = process.argv.includes('--if-changed');
  if (existsSync(join(home, 'package.json')) && !(isOptional && isBuilt(home))) {
    console.error('Building the console 正在构建控制台 …');
    const isDone = buildConsole(home);
    if (!isDone) console.error('The console was not built; everything else works. 控制台未能构建，其他功能不受影响。');
    if (!isDone && !isOptional) process.exitCode = 1;
  }
}

/** Builds the console of a folder; false where that fails. */
export function buildConsole(folder: string): boolean {
  const sources = digestOfSources(folder);
  // What the build prints belongs to the start, not to what the server answers on standard output.
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: folder,
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    shell: process.platform === 'win32',
  });
  if (status !== 0 || !existsSync(join(folder, 'dist/index.html'))) return false;
  writeFileSync(join(folder, 'dist/.sources'), sources);
  return true;
}

/** Returns whether the console of a folder was built from its sources as they are. */
export function isBuilt(folder: string): boolean {
  const stamp = join(folder, 'dist/.sources');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digestOfSources(folder);
}

/** Returns a digest of the names and contents of all that a build reads. */
function digestOfSources(folder: string): string {
  const digest = createHash('sha256');
  const names = globSync(['*.{json,ts,html,css,js}', '{src,scripts,public}/**/*'], { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'));
  for (const name of names.toSorted()) {
    const bytes = readFileSync(join(folder, name));
    digest.update(`${name}\n${String(bytes.length)}\n`).update(bytes);
  }
  return digest.digest('hex');
}
