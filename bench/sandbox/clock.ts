import { silentLog, startMingce } from '../../src/index.ts';

/*
 * Prints what moving the clock of a company 32 days takes: of the demo company, or of a company in a data folder, e.g. one
 * that `mingce generate --employees 100000 --data FOLDER` made: `npm run node -- bench/sandbox/clock.ts FOLDER generated`.
 */

const [data, key = 'demo'] = process.argv.slice(2);
const ROUNDS = 51;

const mingce = await startMingce({ log: silentLog, ...(data === undefined ? { demo: true } : { data }) });
const { clock } = mingce.company(key);
const times: number[] = [];
const before = process.cpuUsage();
let due = 0;
for (let round = 0; round < ROUNDS; round++) {
  const from = performance.now();
  const view = await clock.advance('P32D');
  times.push(performance.now() - from);
  due += view.due.length + view.more;
}
const { user, system } = process.cpuUsage(before);
await mingce.close();
const processor = `${((user + system) / 1_000 / ROUNDS).toFixed(1)} ms of processor time each`;
const sorted = times.toSorted((one, other) => one - other);
const at = (share: number): string => `${(sorted[Math.floor(share * (ROUNDS - 1))] ?? 0).toFixed(1)} ms`;
process.stdout.write(
  `32 days of ${key}: median ${at(0.5)}, slowest ${at(1)} of ${String(ROUNDS)}; ${processor}; ${String(due)} due\n`,
);
