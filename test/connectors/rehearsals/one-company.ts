import { feishu } from '../../../src/connectors/feishu/index.ts';
import { hose } from '../../../src/connectors/hose/index.ts';
import { wecom } from '../../../src/connectors/wecom/index.ts';
import type { WritingConnector } from '../../../src/connectors/writing.ts';
import { whoIsWho } from '../../../src/delivery/targets/who-is-who.ts';
import { ownPeople } from '../../../src/delivery/targets/own-people.ts';
import { LineJournal } from '../../../src/delivery/targets/plan/run-journal.ts';
import type { StepOutcome } from '../../../src/directory/targets/step-outcome.ts';
import type { Link } from '../../../src/directory/targets/target-store.ts';
import type { Authority } from '../../../src/directory/targets/target.ts';
import { planFor, readTenant, type TenantRead } from '../../../src/live-targets/planning.ts';
import { startMingce, type Mingce } from '../../../src/index.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { applyTo, openTenant, type Opened, type TenantTime } from '../planned.ts';
import { Chance } from './chance.ts';
import { changeAtRandom } from './random-changes.ts';
import { randomCompany, type RandomCompany } from './random-company.ts';
import { countOf, type TenantResult } from './result.ts';

/** Which part of the calls fails, and how: read again, looked at before it is sent again, or waited for. */
const FAULTS = [
  { id: 'lost-before', share: 0.02, effect: { cut: 'before-write' } },
  { id: 'lost-after', share: 0.02, effect: { cut: 'after-commit' } },
  {
    id: 'gateway',
    share: 0.02,
    effect: { http: { status: 502, body: '<html>bad gateway</html>', type: 'text/html' } },
  },
  { id: 'limit', share: 0.03, effect: { limit: { seconds: 1 } } },
  { id: 'empty', share: 0.005, effect: { body: 'empty' } },
  { id: 'slow', share: 0.03, effect: { delay_ms: { uniform: [5, 60] } } },
] as const;
/** A run that stopped is begun again so often. */
const RUNS = 25;
/** Secrets of WeCom that a company gives. */
const WECOM_SECRETS = [
  ...Array.from({ length: 7 }, () => ['contact', 'hr', 'reading']),
  ['contact', 'reading'],
  ['contact', 'reading'],
  ['contact', 'hr'],
];

/** Time that passes by itself, and at once by what is waited for: the tenant's limits hold in it. */
function passingTime(): TenantTime {
  let passed = 0;
  const now = (): number => Date.now() + passed;
  return {
    now,
    sleep: async (ms) => {
      const until = now() + ms;
      // Those who wait at the same time wait for the same time.
      await new Promise(setImmediate);
      passed += Math.max(0, until - now());
    },
  };
}

/** Changes one company at random, rehearses that on each platform, and delivers it: is each answer the predicted one? */
export async function rehearseCompany(seed: number, changes: number): Promise<readonly TenantResult[]> {
  const chance = new Chance(seed ^ 0x5eed);
  const before = randomCompany(seed);
  // What the tenant has was changed there since both agreed, and is changed once more after the plan was made.
  const there = structuredClone(before);
  changeAtRandom(there, chance.below(5), chance, { isTenant: true });
  const later = chance.happens(50) ? structuredClone(there) : null;
  if (later !== null) changeAtRandom(later, 1 + chance.below(3), chance, { isTenant: true });
  const ours = structuredClone(before);
  const made = changeAtRandom(ours, changes, chance);
  const hasFaults = chance.happens(80);
  const time = passingTime();
  const results: TenantResult[] = [];
  for (const connector of [feishu, wecom, hose]) {
    const began = Date.now();
    // A tenant of its own: what one platform writes is no change of another one's tenant.
    const platform = await startMingce({
      log: silentLog,
      sandbox: 'on',
      clock: time,
      companies: [JSON.stringify(there)],
    });
    const companies = { before, ours, later, hasFaults };
    try {
      const result = await rehearseTenant(platform, connector, companies, { time, chance });
      results.push({ seed, platform: connector.platform, changes: made, ...result, ms: Date.now() - began });
    } finally {
      await platform.close();
    }
  }
  return results;
}

async function rehearseTenant(
  platform: Mingce,
  connector: WritingConnector,
  {
    before,
    ours,
    later,
    hasFaults,
  }: { before: RandomCompany; ours: RandomCompany; later: RandomCompany | null; hasFaults: boolean },
  { time, chance }: { time: TenantTime; chance: Chance },
): Promise<Omit<TenantResult, 'seed' | 'platform' | 'changes' | 'ms'>> {
  const authority: Record<string, Authority> = { custom: 'ours' };
  for (const { field } of connector.fields) authority[field] = 'ours';
  // Who has no mail service there does not have it written, but for a few who do not know.
  const { mail_service_enabled: hasMail } = before['feishu'] as { mail_service_enabled: boolean };
  if (connector.platform === 'feishu' && !hasMail && chance.happens(90)) authority['enterpriseEmail'] = 'hands-off';
  const yes = { create: 'yes', leave: 'yes', return: 'yes' } as const;
  const settings = { authority, people: yes, departments: { create: 'yes', update: 'yes' } as const };
  const secrets = connector.platform === 'wecom' ? { secrets: chance.pick(WECOM_SECRETS) } : {};
  const open = (company: RandomCompany): Opened =>
    openTenant(connector, platform.url, JSON.stringify(company), settings, { time, ...secrets });
  const [agreed, live] = [open(before), open(ours)];
  try {
    const links = linksOf(agreed, await readTenant(agreed, []));
    const tenantRead = { ...(await readTenant(live, links)), at: time.now() };
    const plan = await planFor(live, { links, tenantRead });
    const steps = new Map(plan.steps.map((step) => [step.n, step]));
    if (later !== null) {
      await platform.companies.apply('demo', JSON.stringify(later), { plan: false, request: 'soak' });
    }
    if (hasFaults) {
      for (const { id, share, effect } of FAULTS) {
        await platform
          .company('demo')
          .faults.add({ id, share, seed: chance.below(1e6), effect, match: { platform: connector.platform } });
      }
    }
    const lines: string[] = [];
    const outcomes = new Map<number, StepOutcome>();
    const words = new Map<number, readonly string[]>();
    let stopped: TenantResult['stopped'] = null;
    let resumed = -1;
    let left = 0;
    for (let run = 0; run < RUNS && (run === 0 || stopped !== null); run++) {
      resumed++;
      // Goes on after every miss, so that all are listed, and sends what is predicted to be refused as well.
      const report = await applyTo(live, plan, {
        options: { goesOn: true, sendsRefused: true, isPartial: true },
        journal: new LineJournal(lines.join(''), (line) => void lines.push(line)),
        book: (outcome) => Promise.resolve(void outcomes.set(outcome.n, outcome)),
        time,
      });
      const { n = null, why = '' } = report.stopped ?? {};
      stopped = report.stopped === null ? null : `${why} at ${steps.get(n ?? 0)?.operation ?? ''} ${String(n)}`;
      left = report.left.length;
      for (const { n, predicted, real } of report.misses) {
        words.set(n, [...new Set([...predicted, ...real].flatMap(({ message }) => (message === '' ? [] : [message])))]);
      }
    }
    const counted = countOf([...outcomes.values()], steps, words);
    return { planned: plan.steps.length, left, resumed, stopped, ...counted };
  } finally {
    await agreed.close();
    await live.close();
  }
}

/** Returns who is who, with the values on which both sides agreed before either changed. */
function linksOf(agreed: Opened, { read }: TenantRead): readonly Link[] {
  const { own, connector } = agreed;
  const people = ownPeople(own);
  const found = whoIsWho(people, own.departments, read, connector.spaces, []);
  const departments = Array.from(found.departments, ([liveId, subject]): Link => {
    const about = { kind: 'department', subject, liveId, matchedBy: 'id', state: 'linked' } as const;
    return { ...about, base: null, baseAt: null, delivered: 0 };
  });
  const linked = found.people.matches.map(({ own: ours, live }): Link => {
    const base = Object.fromEntries(connector.fields.map(({ field }) => [field, ours.values[field]]));
    const about = { kind: 'employee', subject: ours.id, liveId: live.id, matchedBy: 'id', state: 'linked' } as const;
    return { ...about, base, baseAt: 0, delivered: 0 };
  });
  return [...departments, ...linked];
}
