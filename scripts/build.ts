// Builds what is published: compiles src to dist and copies the data files that the program reads at run time.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const from = join(root, 'src');
const to = join(root, 'dist');
const data = new Set(['.yaml', '.yml', '.json', '.sql', '.html', '.css', '.svg']);

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

cpSync(from, to, {
  recursive: true,
  filter: (path) => {
    const parts = relative(from, path).split(sep);
    if (parts.includes('fixtures')) return false;
    return extname(path) === '' || data.has(extname(path));
  },
});
