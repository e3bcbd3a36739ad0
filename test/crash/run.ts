import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killRounds } from './kill-rounds.ts';

/* The long form: `node test/crash/run.ts [kills]`. */

const kills = Number(process.argv[2] ?? 200);
const folder = mkdtempSync(join(tmpdir(), 'mingce-crash-'));
const started = Date.now();
const report = await killRounds(folder, kills, (round) => {
  if (process.stdout.isTTY) process.stdout.write(`\r${String(round)} of ${String(kills)} kills`);
});
rmSync(folder, { recursive: true });
process.stdout.write(
  `\n${String(report.kills)} kills in ${String(Math.round((Date.now() - started) / 1_000))} s: ` +
    `${String(report.acknowledged)} acknowledged writes, ${String(report.undecided)} cut short, ${String(report.faults.length)} faults\n`,
);
for (const fault of report.faults) process.stdout.write(`${fault}\n`);
process.exitCode = report.faults.length === 0 ? 0 : 1;
