import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { rehearseCompany } from './one-company.ts';
import { reportOf } from './report.ts';
import type { TenantResult } from './result.ts';

// Rehearses random changes of random companies and delivers them to emulated tenants with limits and faults: is each answer
// the predicted one? Each company is a line of --out, so that a run that was stopped goes on where it was, and several
// processes can each take a part.
// Usage: npm run soak:rehearsal -- [--companies 500] [--changes 20] [--from 1] [--out FILE] [--minutes N] [--report]
const { values } = parseArgs({
  options: {
    companies: { type: 'string', default: '500' },
    changes: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    out: { type: 'string' },
    minutes: { type: 'string' },
    report: { type: 'boolean', default: false },
  },
});
const [companies, changes, from] = [Number(values.companies), Number(values.changes), Number(values.from)];
const until = values.minutes === undefined ? Infinity : Date.now() + Number(values.minutes) * 60_000;
const { out } = values;

const results: TenantResult[] = [];
if (out !== undefined && existsSync(out)) {
  for (const line of readFileSync(out, 'utf8').split('\n')) {
    if (line !== '') results.push(...(JSON.parse(line) as TenantResult[]));
  }
}
const done = new Set(results.map(({ seed }) => seed));
let steps = 0;
let hits = 0;
for (const one of results) {
  steps += one.hits + one.misses.length;
  hits += one.hits;
}
for (let seed = from; seed < from + companies && !values.report && Date.now() < until; seed++) {
  if (done.has(seed)) continue;
  const company = await rehearseCompany(seed, changes);
  if (out !== undefined) appendFileSync(out, `${JSON.stringify(company)}\n`);
  results.push(...company);
  for (const one of company) {
    steps += one.hits + one.misses.length;
    hits += one.hits;
    for (const miss of one.misses) process.stderr.write(`  ${one.platform} ${String(seed)} ${JSON.stringify(miss)}\n`);
  }
  const left = from + companies - seed - 1;
  const ms = company.reduce((sum, one) => sum + one.ms, 0);
  process.stderr.write(
    `${String(seed)}: ${String(left)} left; ${String(hits)} of ${String(steps)} as predicted; ${String(ms)} ms\n`,
  );
}
process.stdout.write(reportOf(results));
process.exitCode = steps === 0 || hits / steps >= 0.99 ? 0 : 1;
