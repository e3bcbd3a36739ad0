// Runs every gate in order and stops at the first that fails, naming it. `--whole` adds the whole-program tests.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

const tests = process.argv.includes('--whole') ? 'test:everything' : 'test:unit';
const gates = [
  'format:check',
  'lint',
  'typecheck',
  'check:boundaries',
  'check:unused',
  'docs:check',
  'check:english',
  tests,
];

for (const gate of gates) {
  const command = scripts[gate];
  if (command === undefined) throw new Error(`package.json has no script "${gate}"`);
  console.log(`› ${gate}`);
  const started = performance.now();
  const { status, signal } = spawnSync(command, { cwd: root, stdio: 'inherit', shell: true });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (status !== 0) {
    console.error(`✗ the gate "${gate}" failed after ${seconds} s (${signal ?? `exit ${status ?? 'unknown'}`})`);
    console.error(`  alone: npm run ${gate}`);
    process.exit(1);
  }
  // The tests close the output themselves, with the line that counts them.
  if (gate !== tests) console.log(`✓ ${gate} ${seconds} s`);
}
