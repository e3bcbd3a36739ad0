import { setTimeout } from 'node:timers/promises';
import { companyReader } from '../../src/company/read.ts';
import type { LiveTarget } from '../../src/connectors/connector.ts';
import { HttpClient } from '../../src/connectors/http-client.ts';
import { LiveSession } from '../../src/connectors/session.ts';
import type { WritingConnector } from '../../src/connectors/writing.ts';
import type { Live } from '../../src/cli/live/open-live.ts';
import { startMingce } from '../../src/index.ts';
import { ourPeopleOf, performerOf } from '../../src/live-targets/planning.ts';
import { compareTenant } from '../../src/delivery/targets/drift.ts';
import type { OwnCompany } from '../../src/delivery/targets/own-people.ts';
import {
  applyPlan,
  type ApplyInput,
  type ApplyOptions,
  type ApplyReport,
} from '../../src/delivery/targets/plan/apply.ts';
import type { Counts } from '../../src/delivery/targets/plan/brake.ts';
import type { Plan } from '../../src/delivery/targets/plan/plan.ts';
import { planKey, planLines, readPlan } from '../../src/delivery/targets/plan/plan-file.ts';
import { LineJournal } from '../../src/delivery/targets/plan/run-journal.ts';
import { dialects } from '../../src/dialects/registry.ts';
import type { TargetSettings } from '../../src/directory/targets/target.ts';
import { systemClock } from '../../src/lib/time/clock.ts';
import { credentials } from './live.ts';

/** What a company file says, in the form that is compared. */
function ownCompany(file: string): OwnCompany {
  const { company, departments, catalogs, customFields, employees } = companyReader(dialects)(file);
  const dates = { createdAt: 0, updatedAt: 0 };
  return {
    secondLocale: company.secondLocale,
    departments,
    catalogs: catalogs.map((one) => ({ ...one, ...dates })),
    customFields,
    employees,
  };
}

/** The time that a tenant is asked in. */
export interface TenantTime {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** The time of the system, where only short waits are waited out: the tenant counts calls as a real one does. */
const SYSTEM_TIME: TenantTime = {
  now: Date.now,
  sleep: (ms) => (ms <= 1_500 ? setTimeout(ms) : Promise.resolve()),
};

/** How a tenant is opened, where not as usual. */
export interface OpenOptions {
  /** The secrets that there are; absent: all. */
  readonly secrets?: readonly string[];
  /** Absent: the system's, and no limits of our own are kept. */
  readonly time?: TenantTime;
}

/** A live tenant with a company of ours, without the waits for the limits of a real one. */
export interface Opened extends Live, AsyncDisposable {
  close(): Promise<void>;
}

/** Opens a tenant at an address for a company file. */
export function openTenant(
  connector: WritingConnector,
  baseUrl: string,
  file: string,
  settings: Partial<TargetSettings>,
  { secrets: names, time }: OpenOptions = {},
): Opened {
  const { ids, secrets: all } = credentials[connector.platform] ?? { ids: {}, secrets: {} };
  const secrets = Object.fromEntries(Object.entries(all).filter(([name]) => names?.includes(name) ?? true));
  const target: LiveTarget = { ids, secrets: new Set(Object.keys(secrets)), fields: {} };
  const client = new HttpClient(baseUrl, 8);
  const session = new LiveSession({
    connector: time === undefined ? { ...connector, limits: [] } : connector,
    target,
    secrets: new Map(Object.entries(secrets)),
    client,
    clock: time ?? systemClock,
    sleep: async (ms) => void (await (time?.sleep ?? setTimeout)(ms)),
  });
  const own = ownCompany(file);
  return {
    connector,
    target,
    company: 'demo',
    baseUrl,
    settings: { credentials: {}, ...settings },
    own,
    start: startMingce,
    planKey: planKey('demo', ids, new Map(Object.entries(secrets))),
    run: (task) => session.run(task),
    write: (request, until) => session.write(request, until),
    tally: () => session.tally(),
    compare: (live, links = []) =>
      compareTenant({
        own,
        live,
        links,
        fields: connector.fields,
        spaces: connector.spaces,
        authority: settings.authority ?? {},
      }),
    close: () => client.close(),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/** Returns what an allowance of everything that waits has. */
function allOf({ header }: Plan): Counts {
  return Object.fromEntries(header.brake.map(({ what, count }) => [what, count]));
}

/** Applies a plan as the command does, by way of its file. */
export async function applyTo(
  live: Live,
  plan: Plan,
  more: {
    readonly allowed?: Counts;
    readonly options?: Partial<ApplyOptions>;
    readonly journal?: LineJournal;
    readonly book?: ApplyInput['book'];
    readonly time?: TenantTime;
  } = {},
): Promise<ApplyReport> {
  const { time = SYSTEM_TIME } = more;
  const read = readPlan(planLines(plan, live.planKey), live.planKey);
  return await applyPlan({
    plan: { ...read, allowed: more.allowed ?? allOf(plan) },
    performer: await performerOf(live, read),
    find: (...asked) => live.connector.writes.find(...asked),
    ourPeople: ourPeopleOf(live),
    journal: more.journal ?? new LineJournal('', () => undefined),
    now: time.now,
    sleep: async (ms) => void (await time.sleep(ms)),
    options: { isPartial: false, goesOn: false, ...more.options },
    ...(more.book === undefined ? {} : { book: more.book }),
  });
}
