// Holds the boundaries between the folders, and refuses to be content with an empty read: without a compiler it can use,
// dependency-cruiser reads nothing, says so in a warning and exits 0.
//
//   node scripts/boundaries.ts [--root DIR] [--least N]

import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { breachesIn } from './boundaries-text.ts';

/** Fewer modules than this were never the whole program. Raise it as the program grows. */
const least = 40;
/** And this part of the files that are there must have been read. */
const share = 0.9;

type Cruise = {
  modules: { source: string; coreModule?: boolean; couldNotResolve?: boolean }[];
  summary: { violations: { from: string; to: string; rule: { name: string }; cycle?: { name: string }[] }[] };
};

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: { root: { type: 'string', default: home }, least: { type: 'string', default: String(least) } },
});
const root = resolve(values.root);

const files = list('src/**/*.ts');
const cruise = readImports();
const read = cruise.modules.filter(({ source }) => source.startsWith('src/') && source.endsWith('.ts')).length;
const floor = Math.max(Number(values.least), Math.ceil(files.length * share));

const findings: string[] = [];
for (const { from, to, rule, cycle } of cruise.summary.violations) {
  const path = cycle === undefined ? to : cycle.map(({ name }) => name).join(' → ');
  findings.push(`${rule.name}: ${from} → ${path}`);
}
for (const file of [...files, ...list('{test,scripts,bench,bin}/**/*.{ts,js}')]) {
  for (const { line, boundary, found } of breachesIn(file, readFileSync(join(root, file), 'utf8'))) {
    findings.push(`${boundary}: ${file}:${line} ${found}`);
  }
}
if (!(read >= floor)) {
  findings.push(`too-few-modules: read ${read} of ${files.length} files in src, at least ${floor} must be read`);
}

for (const finding of findings) console.error(finding);
console.log(`boundaries: read ${read} modules of ${files.length} files, ${findings.length} findings`);
if (findings.length > 0) process.exit(1);

function list(pattern: string): string[] {
  return globSync(pattern, { cwd: root })
    .map((path) => path.split(sep).join('/'))
    .sort();
}

function readImports(): Cruise {
  const program = join(home, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const folders = ['src', 'bench', 'scripts', 'console/src'].filter((folder) => existsSync(join(root, folder)));
  const { stdout, stderr, error } = spawnSync(
    process.execPath,
    [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders],
    { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  if (error !== undefined) throw error;
  try {
    return JSON.parse(stdout) as Cruise;
  } catch (cause) {
    throw new Error(`dependency-cruiser gave no report: ${stderr}`, { cause });
  }
}
