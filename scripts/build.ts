// Builds what is published: the program and the library in few files, and the declarations that the library leads to.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleProgram } from './bundle.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const to = join(root, 'dist');

if (import.meta.main) await buildPackage();

/** Builds `dist`. Ends the process where that fails. */
export async function buildPackage(): Promise<void> {
  rmSync(to, { recursive: true, force: true });
  // It writes declarations only: whether the types are right is the gate `typecheck`'s. Its threads each read again what they share:
  // one takes half the processor time, and on two processors no longer.
  const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json', '--noCheck', '--singleThreaded'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0 || !existsSync(join(to, 'main.d.ts'))) {
    console.error('the compiler did not produce dist/main.d.ts');
    process.exit(1);
  }
  removeInnerTypes();
  await bundleProgram(to);
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
