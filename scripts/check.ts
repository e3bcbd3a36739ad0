// Runs every gate and the unit tests after them, or with `--whole` every test beside them, and names what fails.

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

const isWhole = process.argv.includes('--whole');

/**
 * For the compiler and the linter, Go programs. They collect garbage only where it comes to a lot. Beside the tests each keeps
 * to one processor, as every further thread of theirs works out the same types once more.
 */
const ENV = { GOGC: 'off', GOMEMLIMIT: '3GiB', ...(isWhole ? { GOMAXPROCS: '1' } : {}), ...process.env };

/** Runs a gate to its end. What it prints is shown at once, or kept where others run beside it. */
function run(gate: string, output: 'shown' | 'kept'): Promise<Ended> {
  const command = scripts[gate];
  if (command === undefined) throw new Error(`package.json has no script "${gate}"`);
  const started = performance.now();
  const child = spawn(command, { cwd: root, stdio: output === 'shown' ? 'inherit' : 'pipe', shell: true, env: ENV });
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

const failed: string[] = [];

function reportFailure(gate: string, { failure, seconds, output }: Ended): void {
  failed.push(gate);
  process.stdout.write(output);
  console.error(`✗ the gate "${gate}" failed after ${seconds} s (${String(failure)})`);
  console.error(`  alone: npm run ${gate}`);
  process.exitCode = 1;
}

/** Runs the gates, so many at once, and names each that passed; after one that failed no other begins. */
async function runGates(atOnce: number): Promise<void> {
  const waiting: string[] = [...gates];
  const runWaiting = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      const ended = await run(gate, 'kept');
      if (ended.failure === null) console.log(`✓ ${gate} ${ended.seconds} s`);
      else {
        reportFailure(gate, ended);
        waiting.length = 0;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, runWaiting));
}

/** Runs tests, which close the output themselves, with the line that counts them. */
async function runTests(tests: string): Promise<void> {
  console.log(`› ${tests}`);
  const ended = await run(tests, 'shown');
  if (ended.failure !== null) reportFailure(tests, ended);
}

if (isWhole) {
  // One gate at a time beside the tests, which leave a part of the processors idle while they wait for other programs.
  await Promise.all([runTests('test:everything'), runGates(1)]);
} else {
  await runGates(availableParallelism());
  if (process.exitCode === undefined) await runTests('test:unit');
}

// Named once more at the end, as thousands of lines of tests may follow the report of a gate.
if (failed.length > 0) console.error(`✗ failed: ${failed.join(', ')}`);
