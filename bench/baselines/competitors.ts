import { join } from 'node:path';
import { startLdap } from './ldap-server.ts';
import { ldapLoad } from './ldap.ts';
import { scimPatch } from './scimmy.ts';
import { ratios, seriesOf, shown } from '../report/ratio.ts';
import { say } from '../report/report.ts';
import { CONNECTIONS } from '../options.ts';
import { start } from '../servers.ts';
import { interleaved, perSecond, slice, SMALL, type Bench, type Pair } from '../slices.ts';

const LEAST_OVER_RIVALS = 6;

/** P2: what a user would pick instead, on the same work. */
export async function besideRivals(bench: Bench, pair: Pair): Promise<void> {
  say('what one would pick instead');
  bench.report.skip('P2, scimgateway: the npm registry holds no such package any more (asked on 2026-11-28).');
  await besideLdap(bench, pair);
  await besideScimmy(bench, pair);
}

async function besideLdap(bench: Bench, pair: Pair): Promise<void> {
  const ldap = await startLdap(bench.folder, SMALL);
  if (ldap === null) {
    bench.report.skip('P2, OpenLDAP: `slapd` is not installed (`apt-get install slapd`).');
    return;
  }
  bench.report.version('OpenLDAP', ldap.version);
  const about = { port: ldap.port, connections: CONNECTIONS, seconds: bench.options.seconds, entries: SMALL };
  try {
    await overRival(bench, pair, 'a modify of OpenLDAP (mdb, durable)', () => ldapLoad(about));
  } finally {
    await ldap.stop();
  }
}

async function besideScimmy(bench: Bench, pair: Pair): Promise<void> {
  const { rivals } = bench.options;
  if (rivals === null) {
    bench.report.skip(
      'P2, SCIMMY: `npm install --prefix FOLDER scimmy scimmy-routers express` fetches it, and `--rivals FOLDER` measures it.',
    );
    return;
  }
  const args = [rivals, join(bench.folder, 'scimmy.db'), String(SMALL)];
  const scimmy = await start('bench/baselines/scimmy-server.ts', args);
  try {
    const patch = scimPatch(SMALL);
    await overRival(bench, pair, 'a PATCH of SCIMMY on Express (SQLite, durable)', async () =>
      perSecond(await slice(bench, scimmy, patch)),
    );
  } finally {
    await scimmy.stop();
  }
}

/** Each of our updates held against what a rival takes for the same. */
async function overRival(
  bench: Bench,
  { small, work }: Pair,
  rival: string,
  baseline: () => Promise<number>,
): Promise<void> {
  for (const workload of [work.feishuPatch, work.wecomUpdate, work.hoseUpdate]) {
    const figures = await interleaved(bench, () => slice(bench, small, workload), baseline);
    const own = figures.candidate.map(perSecond);
    const ratio = ratios(own, figures.baseline);
    bench.report.add({
      goal: 'P2',
      what: `${workload.name} over ${rival}`,
      ratio,
      wanted: { text: `≥ ${String(LEAST_OVER_RIVALS)}`, isMet: ratio.median >= LEAST_OVER_RIVALS },
      absolute: `${shown(seriesOf(own).median)}/s against ${shown(seriesOf(figures.baseline).median)}/s`,
    });
  }
}
