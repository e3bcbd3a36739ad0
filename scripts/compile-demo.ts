// Writes `companies/demo.json`: the companies that the files of the demo describe, as JSON, which is read in a fraction of the
// time that their YAML takes. With `--check` it writes nothing and fails where the file would change.

import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';
import { draftFromJson, draftToJson } from '../src/company/reading/draft-json.ts';
import { companyReader } from '../src/company/read.ts';
import { demoKeys, type CompiledDemo } from '../src/demo.ts';
import { dialects } from '../src/dialects/registry.ts';

const file = fileURLToPath(new URL('../companies/demo.json', import.meta.url));
const compiled: Record<string, CompiledDemo[string]> = {};
for (const key of demoKeys()) {
  const text = readFileSync(new URL(`../companies/${key}.yaml`, import.meta.url), 'utf8');
  // Throws where the file is not right, so that a start need not look.
  const read = companyReader(dialects)(text);
  if (read.warnings.length > 0) throw new Error(`${key}.yaml has warnings, which a start would not say.`);
  const draft = draftToJson(read);
  if (!isDeepStrictEqual(draftFromJson(draft), read)) throw new Error(`${key}.yaml has what JSON has no word for.`);
  compiled[key] = { sha256: hash('sha256', text), platforms: dialects.map(({ name }) => name), draft };
}
const wanted = `${JSON.stringify(compiled)}\n`;
if (!process.argv.includes('--check')) writeFileSync(file, wanted);
else if (readFileSync(file, 'utf8') !== wanted) {
  console.error('companies/demo.json is not what the company files contain: npm run docs:generate');
  process.exitCode = 1;
}
