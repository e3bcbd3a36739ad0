// Runs every gate, as many at once as there are processors, and names those that fail. `--whole` adds the whole-program tests.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** In the order of how long they take, as the longest decides how long all of them take. */
const gates = [
  'format:check',
  'lint',
  'typecheck',
  'check:boundaries',
  'docs:check',
  'check:unused',
  'check:english',
] as const;

interface Ended {
  /** The exit code or the signal; null for success. */
  readonly failure: string | null;
  readonly seconds: string;
  readonly output: string;
}

/** Runs a gate to its end. What it prints is shown at once, or kept where others run beside it. */
function run(gate: string, output: 'shown' | 'kept'): Promise<Ended> {
  const command = scripts[gate];
  if (command === undefined) throw new Error(`package.json has no script "${gate}"`);
  const started = performance.now();
  const child = spawn(command, { cwd: root, stdio: output === 'shown' ? 'inherit' : 'pipe', shell: true });
  const pieces: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => pieces.push(piece));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({
        failure: code === 0 ? null : (signal ?? `exit ${String(code)}`),
        seconds: ((performance.now() - started) / 1_000).toFixed(1),
        output: Buffer.concat(pieces).toString(),
      });
    });
  });
}

function reportFailure(gate: string, { failure, seconds, output }: Ended): void {
  process.stdout.write(output);
  console.error(`✗ the gate "${gate}" failed after ${seconds} s (${String(failure)})`);
  console.error(`  alone: npm run ${gate}`);
  process.exitCode = 1;
}

const waiting: string[] = [...gates];
async function runWaiting(): Promise<void> {
  for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
    const ended = await run(gate, 'kept');
    if (ended.failure === null) console.log(`✓ ${gate} ${ended.seconds} s`);
    else {
      reportFailure(gate, ended);
      // No other gate begins.
      waiting.length = 0;
    }
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, runWaiting));

if (process.exitCode === undefined) {
  const tests = process.argv.includes('--whole') ? 'test:everything' : 'test:unit';
  console.log(`› ${tests}`);
  // The tests close the output themselves, with the line that counts them.
  const ended = await run(tests, 'shown');
  if (ended.failure !== null) reportFailure(tests, ended);
}
