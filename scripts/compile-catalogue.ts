// Writes `catalogue.json` of each platform: what the YAML of its fixtures contains, as JSON, one file a line. With `--check` it
// writes nothing and fails where a file would change.

import { hash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { dialects } from '../src/dialects/registry.ts';
import { COMPILED, readPlatform } from '../src/sandbox/catalogue/read.ts';

for (const { name } of dialects) {
  const fixtures = new URL(`../src/dialects/${name}/fixtures/`, import.meta.url);
  const lines: string[] = [];
  readPlatform(name, fixtures, (path, text) => {
    const value: unknown = parse(text);
    const json = JSON.stringify({ sha256: hash('sha256', text), value });
    if (!isDeepStrictEqual((JSON.parse(json) as { readonly value: unknown }).value, value))
      throw new Error(`${name}/fixtures/${path} has what JSON has no word for.`);
    lines.push(`${JSON.stringify(path)}:${json}`);
    return value;
  });
  const wanted = `{\n${lines.toSorted().join(',\n')}\n}\n`;
  const file = new URL(COMPILED, fixtures);
  if (!process.argv.includes('--check')) writeFileSync(file, wanted);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) {
    console.error(`catalogue.json of ${name} is not what its fixtures contain: npm run docs:generate`);
    process.exitCode = 1;
  }
}
