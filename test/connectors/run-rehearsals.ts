import { parseArgs } from 'node:util';
import { planFor } from '../../src/cli/live/plans.ts';
import { connectors } from '../../src/connectors/registry.ts';
import { changedCompany } from './changes.ts';
import { demo, startLive } from './live.ts';
import { applyTo, openTenant } from './planned.ts';

// Rehearses random changes of companies and delivers them to emulated tenants: is each answer the predicted one?
// Usage: npm run soak:rehearsal -- COMPANIES CHANGES [SEED]
const { positionals } = parseArgs({ allowPositionals: true });
const [companies = 500, changes = 20, first = 1] = positionals.map(Number);
let steps = 0;
let hits = 0;
const missed: unknown[] = [];
await using platform = await startLive(demo);
for (let seed = first; seed < first + companies; seed++) {
  const file = changedCompany(seed, changes);
  for (const connector of connectors) {
    await platform.companies.apply('demo', demo, { plan: false, request: 'soak' });
    const authority = Object.fromEntries(connector.fields.map(({ field }) => [field, 'ours' as const]));
    const live = openTenant(connector, platform.url, file, { authority });
    const plan = await planFor(live);
    // Goes on after every miss, so that all are listed.
    const report = await applyTo(live, plan, { options: { goesOn: true, sendsRefused: true } });
    steps += report.hits + report.misses.length;
    hits += report.hits;
    if (report.stopped !== null) missed.push({ seed, platform: connector.platform, stopped: report.stopped });
    for (const miss of report.misses) missed.push({ seed, platform: connector.platform, ...miss });
    await live.close();
  }
}
for (const miss of missed) process.stdout.write(`${JSON.stringify(miss)}\n`);
const share = steps === 0 ? 1 : hits / steps;
process.stdout.write(
  `${String(companies)} companies, ${String(steps)} steps, ${String(hits)} as predicted (${(share * 100).toFixed(2)} %)\n`,
);
process.exitCode = share >= 0.99 ? 0 : 1;
