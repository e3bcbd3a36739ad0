import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { applyPlain, plainCompany, serve } from '../companies.ts';
import { ratios, seriesOf, shown } from '../report/ratio.ts';
import { say } from '../report/report.ts';
import { run, runPinned, type Running } from '../servers.ts';
import { interleaved, perSecond, slice, SMALL, type Bench } from '../slices.ts';
import { workloads, type Workload } from '../workloads.ts';

/** So much of its throughput a server keeps at least while its journal is on. */
const LEAST_WITH_JOURNAL = 0.95;
/** The large company that is rewound; a run with a smaller one leaves it out. */
const LARGE = 100_000;

/** P11: what the journal costs an update, and how long it takes to start, rewind and copy a company. */
export async function workbench(bench: Bench): Promise<void> {
  await journals(bench);
  rewinding(bench);
}

async function journals(bench: Bench): Promise<void> {
  say('the journal');
  const folder = join(bench.folder, 'journal-off');
  applyPlain(bench.folder, SMALL, ['--data', folder]);
  for (const kept of ['memory', 'store']) cpSync(folder, join(bench.folder, `journal-${kept}`), { recursive: true });
  const off = await served(bench, 'off');
  for (const kept of ['memory', 'store'] as const) {
    const on = await served(bench, kept);
    for (let time = 0; time < bench.options.warmUps; time++) {
      for (const { server, patch } of [off, on]) await slice(bench, server, patch);
    }
    const { candidate, baseline } = await interleaved(
      bench,
      () => slice(bench, on.server, on.patch),
      () => slice(bench, off.server, off.patch),
    );
    const ratio = ratios(candidate.map(perSecond), baseline.map(perSecond));
    const [own, base] = [candidate, baseline].map((slices) => slices.map(({ cpuPerRequest }) => cpuPerRequest));
    const cpu = ratios(own ?? [], base ?? []);
    bench.report.add({
      goal: 'P11',
      what: `Feishu PATCH with the journal in ${kept === 'memory' ? 'memory' : 'the store'} over that without`,
      ratio,
      wanted: { text: `≥ ${String(LEAST_WITH_JOURNAL)}`, isMet: ratio.median >= LEAST_WITH_JOURNAL },
      absolute: `processor time ×${shown(cpu.median)}, ${shown(seriesOf(own ?? []).median)} against ${shown(seriesOf(base ?? []).median)} µs`,
    });
    await on.server.stop();
  }
  await off.server.stop();
}

/** Starts a server of the small company with its journal off, in memory or in the store. */
async function served(
  bench: Bench,
  journal: 'off' | 'memory' | 'store',
): Promise<{ readonly server: Running; readonly patch: Workload }> {
  // The servers inherit what this process has.
  process.env['MINGCE_SANDBOX'] = journal === 'off' ? 'off' : 'on';
  process.env['MINGCE_JOURNAL'] = journal === 'store' ? 'store' : 'memory';
  try {
    const server = await serve(['--data', join(bench.folder, `journal-${journal}`)]);
    return { server, patch: (await workloads(server, plainCompany(SMALL))).feishuPatch };
  } finally {
    delete process.env['MINGCE_SANDBOX'];
    delete process.env['MINGCE_JOURNAL'];
  }
}

type Figure = readonly [name: string, what: string, mostMs: number];

const DEMO: readonly Figure[] = [
  ['start', 'startMingce() with the demo company in a warm process', 100],
  ['restore', 'restoring the demo company, ten people changed', 10],
  ['reset', 'resetting the demo company, ten people changed', 10],
  ['fork', 'copying the demo company', 20],
  ['clock', 'moving the clock of the demo company 32 days', 100],
];
const OF_LARGE: readonly Figure[] = [
  ['restore', `restoring a company of ${LARGE.toLocaleString('en-US')}, ten people changed`, 1_000],
  ['reset', `resetting a company of ${LARGE.toLocaleString('en-US')}, ten people changed`, 1_000],
];

function rewinding(bench: Bench): void {
  say('rewinding');
  add(bench, DEMO, []);
  if (bench.options.growth < LARGE) {
    bench.report.skip(`P11 of a company of ${LARGE.toLocaleString('en-US')}: left out by \`--growth\`.`);
    return;
  }
  const data = join(bench.folder, 'rewound');
  run('src/main.ts', ['generate', '--key', 'rewound', '--employees', String(LARGE), '--data', data]);
  add(bench, OF_LARGE, [data, 'rewound']);
}

function add({ report }: Bench, figures: readonly Figure[], args: readonly string[]): void {
  const measured = JSON.parse(runPinned('bench/sandbox/rewind.ts', args)) as Record<
    string,
    { readonly elapsed: readonly number[]; readonly processor: readonly number[] }
  >;
  for (const [name, what, mostMs] of figures) {
    const series = seriesOf(measured[name]?.elapsed ?? []);
    const processor = shown(seriesOf(measured[name]?.processor ?? []).median);
    report.add({
      goal: 'P11',
      what: `${what}, milliseconds`,
      ratio: series,
      wanted: { text: `< ${String(mostMs)} ms`, isMet: series.median < mostMs },
      absolute: `${processor} ms of processor time; inside one process`,
    });
  }
}
