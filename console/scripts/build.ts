// Builds the console into `dist`, with a brotli and a gzip copy beside each file.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { writeStyles } from './antd-css.ts';

const home = fileURLToPath(new URL('..', import.meta.url));

// Where a test run starts this it inherits `test`, for which Vite takes the React of developers: larger and slower.
process.env['NODE_ENV'] = 'production';
await build({ root: home, configFile: join(home, 'vite.config.ts'), logLevel: 'error' });
writeStyles('dist');
const dist = join(home, 'dist');
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = join(entry.parentPath, entry.name);
  const bytes = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(bytes));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}
