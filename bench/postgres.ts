import pg from 'pg';
import { startPostgres, type PostgresServer } from '../test/support/postgres-server.ts';
import { applyPlain, plainCompany, serve } from './companies.ts';
import { load } from './load.ts';
import { ratios, seriesOf, shown } from './report/ratio.ts';
import { say } from './report/report.ts';
import { runPinned, unpinned, type Running } from './servers.ts';
import { CONNECTIONS } from './options.ts';
import { interleaved, perSecond, slice, SMALL, type Bench, type Slice } from './slices.ts';
import { workloads, type Workload } from './workloads.ts';

const BARE_CONNECTIONS = 32;
const NODES = 3;
const LEAST_RATE = 0.75;
const MAX_CPU = 1.15;

/** P8: on PostgreSQL, one node against a client that does nothing but send, and three nodes against one. */
export async function onPostgres(bench: Bench): Promise<void> {
  say('PostgreSQL');
  let database: PostgresServer;
  try {
    database = await unpinned(startPostgres);
  } catch (error) {
    bench.report.skip(`P8: ${error instanceof Error ? error.message : String(error)}`.split('\n')[0] ?? 'P8');
    return;
  }
  // The package would end this process by itself, with success whatever came of it; the server is stopped below.
  for (const event of ['beforeExit', 'exit']) process.removeAllListeners(event);
  try {
    bench.report.version('PostgreSQL', await versionOf(database.url));
    const store = ['--store', database.url];
    applyPlain(bench.folder, SMALL, store);
    const nodes: Running[] = [];
    for (let node = 0; node < NODES; node++) nodes.push(await serve(store));
    const [one] = nodes;
    if (one === undefined) return;
    const { feishuPatch } = await workloads(one, plainCompany(SMALL));
    await oneNode(bench, one, feishuPatch, database.url);
    await severalNodes(bench, one, nodes, feishuPatch);
    for (const node of nodes) await node.stop();
  } finally {
    await database.stop();
  }
}

async function oneNode(bench: Bench, node: Running, workload: Workload, url: string): Promise<void> {
  const seconds = String(bench.options.seconds);
  const figures = await interleaved(
    bench,
    () => slice(bench, node, workload),
    () =>
      Promise.resolve(Number(runPinned('bench/baselines/bare-postgres.ts', [url, String(BARE_CONNECTIONS), seconds]))),
  );
  const own = figures.candidate.map(perSecond);
  const ratio = ratios(own, figures.baseline);
  bench.report.add({
    goal: 'P8',
    what: `${workload.name} on PostgreSQL over its bare statements, ${String(BARE_CONNECTIONS)} connections`,
    ratio,
    wanted: { text: `≥ ${String(LEAST_RATE)}`, isMet: ratio.median >= LEAST_RATE },
    absolute: `${shown(seriesOf(own).median)}/s against ${shown(seriesOf(figures.baseline).median)}/s`,
  });
}

async function severalNodes(bench: Bench, one: Running, nodes: readonly Running[], workload: Workload): Promise<void> {
  // Each is warmed up by itself: among three it does a third of the work only.
  for (const node of nodes) for (let time = 0; time < bench.options.warmUps; time++) await slice(bench, node, workload);
  const figures = await interleaved(
    bench,
    () => sliceOfAll(bench, nodes, workload),
    () => slice(bench, one, workload),
  );
  const own = figures.candidate.map(perSecond);
  const base = figures.baseline.map(perSecond);
  const cpuOf = ({ cpuPerRequest }: Slice): number => cpuPerRequest;
  const cpus = [figures.candidate.map(cpuOf), figures.baseline.map(cpuOf)] as const;
  const cpu = ratios(...cpus);
  bench.report.add({
    goal: 'P8',
    what: 'three nodes on one PostgreSQL over one node: updates/s',
    ratio: ratios(own, base),
    wanted: null,
    absolute: `${shown(seriesOf(own).median)}/s against ${shown(seriesOf(base).median)}/s; the nodes share a processor`,
  });
  bench.report.add({
    goal: 'P8',
    what: 'three nodes on one PostgreSQL over one node: processor time an update',
    ratio: cpu,
    wanted: { text: `≤ ${String(MAX_CPU)}`, isMet: cpu.median <= MAX_CPU },
    absolute: `${shown(seriesOf(cpus[0]).median)} µs against ${shown(seriesOf(cpus[1]).median)} µs of the nodes`,
  });
}

/** The same load as of one, spread over all. */
async function sliceOfAll({ options }: Bench, nodes: readonly Running[], workload: Workload): Promise<Slice> {
  const cpuMs = (): number => nodes.reduce((sum, node) => sum + node.cpuMs(), 0);
  const before = cpuMs();
  const reports = await Promise.all(
    nodes.map(({ port }, index) => {
      // 64 over three: one of them takes the odd one.
      const connections = Math.floor((CONNECTIONS + index) / nodes.length);
      return load({ ...workload, port, connections, seconds: options.seconds });
    }),
  );
  const failures = reports.reduce((sum, report) => sum + report.failures, 0);
  if (failures > 0) throw new Error(`${workload.name}: ${String(failures)} answers were no success`);
  const requests = reports.reduce((sum, report) => sum + report.requests, 0);
  return {
    requests,
    failures,
    seconds: Math.max(...reports.map(({ seconds }) => seconds)),
    latencies: Float64Array.from(reports.flatMap(({ latencies }) => [...latencies])).sort(),
    cpuPerRequest: ((cpuMs() - before) * 1_000) / requests,
  };
}

async function versionOf(url: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  await client.end();
  return rows[0]?.server_version ?? '';
}
