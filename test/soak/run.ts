import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '../support/running-server.ts';
import { Caller } from './caller.ts';
import { pictureOf } from './picture.ts';
import { Samples, type Sample } from './samples.ts';
import { wrongWith } from './verdict.ts';
import { close, open, workOn, type Living } from './work.ts';

/*
 * The long form: `npm run soak:memory -- [minutes] [works a second]`. A server of its own is asked over three wires at a
 * steady rate, far below what it can do, while companies are made, used and removed.
 */

const [minutes = '30', rate = '60'] = process.argv.slice(2);
const seconds = Number(minutes) * 60;
const perSecond = Number(rate);
if (!(seconds > 0 && perSecond > 0 && perSecond <= 1_000)) throw new Error('say for how many minutes, and how fast');

/** Work that is under way at one time, at the most. */
const CALLERS = 8;
/** Companies that live at one time, and how long until the oldest is removed for a new one. */
const LIVING = 6;
const LIFE_SECONDS = 12;
/** As many samples as fit a table, but one a second at the most. */
const gap = Math.max(1, Math.min(10, seconds / 60)) * 1_000;

const folder = mkdtempSync(join(tmpdir(), 'mingce-soak-'));
const server = await startServer(['--data', join(folder, 'data')]);
const samples = new Samples();
const caller = new Caller(server.url, samples);
const faults = new Map<string, number>();
const living: Living[] = [];
let made = 0;
let isOver = false;

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fault(what: string): void {
  faults.set(what, (faults.get(what) ?? 0) + 1);
}

async function make(): Promise<void> {
  made++;
  living.push(await open(caller, `soak-${String(made)}`));
}

/** Replaces the oldest company every few seconds. */
async function churn(): Promise<void> {
  while (!isOver) {
    await sleep((LIFE_SECONDS / LIVING) * 1_000);
    // No new work begins in it; what is under way has ended long before the next one goes.
    const oldest = living.shift();
    await make();
    await sleep(500);
    if (oldest !== undefined && !(await close(caller, oldest))) fault('removal');
  }
}

/** Works at the rate that was asked for; what the server is too slow for is left out, not caught up with. */
async function work(): Promise<void> {
  const under = new Set<Promise<void>>();
  for (let turn = 0; !isOver; turn++) {
    await sleep(1_000 / perSecond);
    const company = living[turn % living.length];
    if (company === undefined || under.size >= CALLERS) continue;
    const doing = workOn(caller, company, turn)
      .then((wrong) => {
        if (wrong !== null) fault(`work ${wrong}`);
      })
      .catch((error: unknown) => {
        fault(error instanceof Error ? error.message : String(error));
      })
      .finally(() => under.delete(doing));
    under.add(doing);
  }
  await Promise.all(under);
}

function rowOf({ seconds: at, residentMb, heapMb, descriptors, requests, p50, p99 }: Sample): string {
  const cells = [at.toFixed(0), residentMb.toFixed(0), heapMb.toFixed(0), String(descriptors ?? '-'), String(requests)];
  return [...cells, p50.toFixed(1), p99.toFixed(1)].map((cell) => cell.padStart(9)).join('');
}

async function sampling(): Promise<void> {
  tell(['seconds', 'rss MB', 'heap MB', 'fds', 'answers', 'p50 ms', 'p99 ms'].map((head) => head.padStart(9)).join(''));
  while (!isOver) {
    await sleep(gap);
    tell(rowOf(await samples.take(server.url, server.process.pid)));
  }
}

while (living.length < LIVING) await make();
const running = Promise.all([churn(), work(), sampling()]);
await Promise.race([sleep(seconds * 1_000), running]);
isOver = true;
await running;
const code = await server.stop();
rmSync(folder, { recursive: true });
if (code !== 0) fault(`the server ended with ${String(code)}`);

const picture = join(tmpdir(), 'mingce-soak.svg');
writeFileSync(picture, pictureOf(samples.all));
const wrong = [...wrongWith(samples.all), ...[...faults].map(([what, times]) => `${what}: ${String(times)} times`)];
const p99 = samples.all.map((sample) => sample.p99).toSorted((one, other) => one - other);
tell(
  `${minutes} minutes: ${String(samples.answers)} answers, ${String(made)} companies made, p99 ${(p99[Math.floor(p99.length / 2)] ?? 0).toFixed(1)} ms in the middle and ${(p99.at(-1) ?? 0).toFixed(1)} ms at worst, ${String(wrong.length)} faults; ${picture}`,
);
for (const line of wrong) tell(line);
process.exitCode = wrong.length === 0 ? 0 : 1;
