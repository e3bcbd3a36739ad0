// Writes the tables of each dialect's README and of docs/company-file.md, and the pages of live platforms. With `--check` it writes nothing and fails where one would change.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dialects } from '../src/dialects/registry.ts';
import { withSettings, withSettingsInChinese } from './pages/company-file-page.ts';
import { targetPages } from './pages/target-pages.ts';
import { withTables } from './readme-tables.ts';

const isCheck = process.argv.includes('--check');

for (const dialect of dialects) renew(`src/dialects/${dialect.name}/README.md`, (old) => withTables(dialect, old));
renew('docs/company-file.md', withSettings);
renew('docs/zh-CN/company-file.md', withSettingsInChinese);
for (const [file, page] of targetPages()) renew(file, () => page);

function renew(file: string, make: (old: string) => string): void {
  const path = new URL(`../${file}`, import.meta.url);
  const old = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const fresh = make(old);
  if (fresh === old) return;
  if (isCheck) {
    console.error(`${file} is old: npm run docs:generate`);
    process.exitCode = 1;
  } else {
    mkdirSync(new URL('./', path), { recursive: true });
    writeFileSync(path, fresh);
    console.log(`wrote ${file}`);
  }
}
