// What snapshots cost: `npm run node -- bench/sandbox/snapshots.ts` with the demo company in memory, `bench/sandbox/snapshots.ts FOLDER KEY` with a
// company that `mingce generate --employees 100000 --data FOLDER` made. Elapsed and processor time, the middle of several
// rounds; and what an update takes with and without a snapshot, in turns in one run.

import { load, type Decision, type StoreTask } from '../../src/directory/store.ts';
import { updateEmployee } from '../../src/directory/employees/employee-update.ts';
import { startMingce } from '../../src/index.ts';

const ROUNDS = 9;
const UPDATES = 2_000;
const [folder, key = 'demo'] = process.argv.slice(2);
const KEY = 'bench-of-snapshots-key';

await using mingce = await startMingce({
  adminKey: KEY,
  sandbox: 'on',
  journal: { entries: 1 },
  ...(folder === undefined ? { demo: true } : { data: folder }),
});
const tenant = (await mingce.store.tenantByKey(key))?.number ?? 0;
const company = mingce.company(key);
const ids: string[] = [];
for await (const { id } of mingce.store.employees(tenant)) ids.push(id);

const origin = { dialect: 'bench', operation: 'bench', app: null, request: 'bench', at: Date.now() };
let written = 0;

function update(id: string): Promise<void> {
  const jobNumber = String(++written);
  return mingce.store.write(function* (): StoreTask<Decision<void>> {
    const before = (yield* load('employees-by-id', { tenant, ids: [id] })).get(id);
    if (before === undefined) return { answer: undefined, effects: [] };
    const { after, fields } = updateEmployee(before, { jobNumber }, origin.at);
    return { answer: undefined, effects: [{ write: 'employee', tenant, before, after, fields, origin }] };
  });
}

/** Changes so many employees, or all there are. */
async function touch(count: number): Promise<void> {
  for (let from = 0; from < Math.min(count, ids.length); from += 500) {
    await Promise.all(ids.slice(from, Math.min(from + 500, count)).map(update));
  }
}

interface Taken {
  readonly ms: number;
  readonly cpu: number;
}

async function timed(work: () => Promise<unknown>): Promise<Taken> {
  const [begun, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { ms: performance.now() - begun, cpu: (user + system) / 1_000 };
}

function print(name: string, taken: readonly Taken[]): void {
  const middle = (values: readonly number[]): number =>
    values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
  const [ms, cpu] = [middle(taken.map((one) => one.ms)), middle(taken.map((one) => one.cpu))];
  process.stdout.write(
    `${name.padEnd(44)} ${ms.toFixed(1).padStart(9)} ms ${cpu.toFixed(1).padStart(9)} ms of processor\n`,
  );
}

/** Does something several times, each after something else that is not counted. */
async function measure(
  name: string,
  work: (round: number) => Promise<unknown>,
  before?: () => Promise<void>,
): Promise<void> {
  const taken: Taken[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await before?.();
    taken.push(await timed(() => work(round)));
  }
  print(name, taken);
}

process.stdout.write(`${key}: ${String(ids.length)} employees\n`);
await measure('snapshot', (round) => company.snapshot(`s${String(round)}`));
const kept = await company.snapshot('bench');
for (const count of [10, 1_000]) {
  await measure(
    `restore, ${String(Math.min(count, ids.length))} changed`,
    () => kept.restore(),
    () => touch(count),
  );
}
await measure(
  'reset, 10 changed',
  () => company.reset(),
  () => touch(10),
);
if (ids.length <= 50_000) {
  await measure('fork', (round) => company.fork(`copy-${String(round)}`));
}

const spent = { with: [] as Taken[], without: [] as Taken[] };
await kept.remove();
for (let round = 0; round < ROUNDS; round++) {
  spent.without.push(await timed(() => touchRandomly()));
  const snapshot = await company.snapshot();
  spent.with.push(await timed(() => touchRandomly()));
  await snapshot.remove();
}
print(`${String(UPDATES)} updates, no named snapshot`, spent.without);
print(`${String(UPDATES)} updates, with one`, spent.with);

async function touchRandomly(): Promise<void> {
  for (let from = 0; from < UPDATES; from += 64) {
    await Promise.all(Array.from({ length: 64 }, (_, index) => update(ids[(from + index * 7) % ids.length] ?? '')));
  }
}
