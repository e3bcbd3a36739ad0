import { parseArgs } from 'node:util';
import { planFor } from '../../src/live-targets/planning.ts';
import { connectors } from '../../src/connectors/registry.ts';
import type { StepOutcome } from '../../src/directory/targets/step-outcome.ts';
import { LineJournal } from '../../src/delivery/targets/plan/run-journal.ts';
import { changedCompany } from './changes.ts';
import { demo, startLive } from './live.ts';
import { applyTo, openTenant } from './planned.ts';

// Rehearses random changes of companies and delivers them to emulated tenants: is each answer the predicted one?
// With --faults the tenant changes between plan and apply, calls are cut, fail and meet limits, and a stopped run is resumed.
// Usage: npm run soak:rehearsal -- [--faults] COMPANIES CHANGES [SEED]
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { faults: { type: 'boolean', default: false } },
});
const [companies = 500, changes = 20, first = 1] = positionals.map(Number);

/** Which part of the calls fails, and how: read again, looked at before it is sent again, or waited for. */
const FAULTS = [
  { id: 'lost-before', share: 0.03, effect: { cut: 'before-write' } },
  { id: 'lost-after', share: 0.03, effect: { cut: 'after-commit' } },
  {
    id: 'gateway',
    share: 0.02,
    effect: { http: { status: 502, body: '<html>bad gateway</html>', type: 'text/html' } },
  },
  { id: 'limit', share: 0.02, effect: { limit: { seconds: 1 } } },
] as const;
/** A run that stopped is begun again so often. */
const RUNS = 12;

let steps = 0;
let hits = 0;
let left = 0;
let resumed = 0;
const causes = new Map<string, number>();
const missed: object[] = [];

function note(outcome: StepOutcome, about: object): void {
  const cause = outcome.items.find((item) => item.cause !== undefined)?.cause;
  if (cause === undefined) return;
  causes.set(cause, (causes.get(cause) ?? 0) + 1);
  const { n, operation, predicted, items } = outcome;
  missed.push({ ...about, n, operation, cause, predicted, items });
}

await using platform = await startLive(demo, { sandbox: 'on' });
const sandbox = platform.company('demo');
for (let seed = first; seed < first + companies; seed++) {
  const file = changedCompany(seed, changes);
  for (const connector of connectors) {
    const about = { seed, platform: connector.platform };
    await platform.companies.apply('demo', demo, { plan: false, request: 'soak' });
    const authority = Object.fromEntries(connector.fields.map(({ field }) => [field, 'ours' as const]));
    const live = openTenant(connector, platform.url, file, { authority });
    const plan = await planFor(live);
    if (values.faults) {
      const there = changedCompany(seed + 1_000_000, 3);
      await platform.companies.apply('demo', there, { plan: false, request: 'soak' });
      for (const { id, share, effect } of FAULTS) {
        await sandbox.faults.add({ id, share, effect, match: { platform: connector.platform } });
      }
    }
    const lines: string[] = [];
    for (let run = 0, stopped = true; run < RUNS && stopped; run++) {
      // Goes on after every miss, so that all are listed; without faults everything is sent.
      const report = await applyTo(live, plan, {
        options: { goesOn: true, sendsRefused: !values.faults, isPartial: values.faults },
        journal: new LineJournal(lines.join(''), (line) => void lines.push(line)),
        book: (outcome) => Promise.resolve(note(outcome, about)),
      });
      steps += report.hits + report.misses.length;
      hits += report.hits;
      stopped = report.stopped !== null;
      if (!stopped) left += report.left.length;
      else resumed++;
      if (report.stopped !== null && (!values.faults || run === RUNS - 1))
        missed.push({ ...about, stopped: report.stopped });
      if (!values.faults) break;
    }
    await sandbox.faults.clear();
    process.stderr.write(`${String(seed)} ${connector.platform}: ${String(hits)} of ${String(steps)}\n`);
    await live.close();
  }
}
for (const miss of missed) process.stdout.write(`${JSON.stringify(miss)}\n`);
const share = steps === 0 ? 1 : hits / steps;
const why = Array.from(causes, ([cause, count]) => `${cause} ${String(count)}`).join(', ');
process.stdout.write(
  `${String(companies)} companies, ${String(steps)} steps, ${String(hits)} as predicted (${(share * 100).toFixed(2)} %); left as somebody changed them ${String(left)}; runs resumed ${String(resumed)}; misses by cause: ${why === '' ? 'none' : why}\n`,
);
process.exitCode = share >= 0.99 ? 0 : 1;
