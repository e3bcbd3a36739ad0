import { silentLog, startMingce, type Mingce } from '../../src/index.ts';

/*
 * Prints as JSON the milliseconds that rewinding takes, elapsed and of processor, round by round: of the demo company in memory, with starts in a warm process,
 * copies and 32 days of clock; with a data folder and a key, of the company there. Ten people are changed before each rewind.
 */

const ROUNDS = 9;
const CHANGED = 10;
const [data, key = 'demo'] = process.argv.slice(2);
const ADMIN_KEY = 'bench-of-rewinding-key';
const figures: Record<string, { readonly elapsed: number[]; readonly processor: number[] }> = {};

async function timed(name: string, work: () => Promise<unknown>): Promise<void> {
  const [from, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  const { elapsed, processor } = (figures[name] ??= { elapsed: [], processor: [] });
  elapsed.push(performance.now() - from);
  processor.push((user + system) / 1_000);
}

function started(): Promise<Mingce> {
  const where = data === undefined ? { demo: true } : { data };
  return startMingce({ log: silentLog, sandbox: 'on', adminKey: ADMIN_KEY, listen: false, ...where });
}

let mingce = await started();
if (data === undefined) {
  for (let round = 0; round < ROUNDS; round++) {
    await mingce.close();
    await timed('start', async () => {
      mingce = await started();
    });
  }
}
const company = mingce.company(key);
const number = (await mingce.store.tenantByKey(key))?.number ?? 0;
const ids: string[] = [];
for await (const { id } of mingce.store.employees(number)) if (ids.push(id) === CHANGED) break;

/** Changes a few people. */
async function change(round: number): Promise<void> {
  for (const id of ids) {
    await mingce.store.write(function* () {
      const found = (yield { ask: 'employees-by-id', tenant: number, ids: [id] }) as ReadonlyMap<string, Person>;
      const before = found.get(id);
      if (before === undefined) return { answer: null, effects: [] };
      const note = `round ${String(round)}`;
      const fields = { note: [before.note, note] } as const;
      const origin = { dialect: 'bench', operation: 'bench', app: null, request: note, at: Date.now() };
      const effect = { write: 'employee', tenant: number, before, after: { ...before, note }, fields, origin } as const;
      return { answer: null, effects: [effect] };
    });
  }
}
type Person = typeof mingce.store extends { employees: (of: number) => AsyncIterable<infer One> } ? One : never;

const snapshot = await company.snapshot('bench');
for (let round = 0; round < ROUNDS; round++) {
  await change(round);
  await timed('restore', () => snapshot.restore());
}
for (let round = 0; round < ROUNDS; round++) {
  await change(-1 - round);
  await timed('reset', () => company.reset());
}
if (data === undefined) {
  for (let round = 0; round < ROUNDS; round++) await timed('fork', () => company.fork(`copy-${String(round)}`));
  for (let round = 0; round < ROUNDS; round++) await timed('clock', () => company.clock.advance('P32D'));
}
await mingce.close();
process.stdout.write(JSON.stringify(figures));
