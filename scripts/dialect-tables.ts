// Writes the tables of each dialect's README. With `--check` it writes nothing and fails where one would change.

import { readFileSync, writeFileSync } from 'node:fs';
import { dialects } from '../src/dialects/registry.ts';
import { withTables } from './readme-tables.ts';

const isCheck = process.argv.includes('--check');

for (const dialect of dialects) {
  const path = new URL(`../src/dialects/${dialect.name}/README.md`, import.meta.url);
  const old = readFileSync(path, 'utf8');
  const fresh = withTables(dialect, old);
  if (fresh === old) continue;
  if (isCheck) {
    console.error(`the tables in src/dialects/${dialect.name}/README.md are old: npm run tables`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, fresh);
    console.log(`wrote src/dialects/${dialect.name}/README.md`);
  }
}
