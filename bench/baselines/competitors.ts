import { startLdap } from './ldap-server.ts';
import { ldapLoad } from './ldap.ts';
import { ratios, seriesOf, shown } from '../report/ratio.ts';
import { say } from '../report/report.ts';
import { CONNECTIONS } from '../options.ts';
import { interleaved, perSecond, slice, SMALL, type Bench, type Pair } from '../slices.ts';

const LEAST_OVER_LDAP = 6;

/** P2: what a user would pick instead, on the same work. */
export async function besideRivals(bench: Bench, { small, work }: Pair): Promise<void> {
  say('what one would pick instead');
  bench.report.skip(
    'P2, scimgateway and SCIMMY: no server for them is set up here; they are fetched by `npm install --prefix FOLDER scimgateway scimmy-routers express`.',
  );
  const ldap = await startLdap(bench.folder, SMALL);
  if (ldap === null) {
    bench.report.skip('P2, OpenLDAP: `slapd` is not installed (`apt-get install slapd`).');
    return;
  }
  bench.report.version('OpenLDAP', ldap.version);
  const about = { port: ldap.port, connections: CONNECTIONS, seconds: bench.options.seconds, entries: SMALL };
  try {
    for (const workload of [work.feishuPatch, work.wecomUpdate, work.hoseUpdate]) {
      const figures = await interleaved(
        bench,
        () => slice(bench, small, workload),
        () => ldapLoad(about),
      );
      const own = figures.candidate.map(perSecond);
      const ratio = ratios(own, figures.baseline);
      bench.report.add({
        goal: 'P2',
        what: `${workload.name} over a modify of OpenLDAP (mdb, durable)`,
        ratio,
        wanted: { text: `≥ ${String(LEAST_OVER_LDAP)}`, isMet: ratio.median >= LEAST_OVER_LDAP },
        absolute: `${shown(seriesOf(own).median)}/s against ${shown(seriesOf(figures.baseline).median)}/s`,
      });
    }
  } finally {
    await ldap.stop();
  }
}
