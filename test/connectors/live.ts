import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { vi } from 'vitest';
import { startMingce, type Mingce, type StartOptions } from '../../src/index.ts';
import { companyReader } from '../../src/company/read.ts';
import type { Connector, LiveRead, LiveTarget, LiveTask, ProbeResult } from '../../src/connectors/connector.ts';
import { connectors } from '../../src/connectors/registry.ts';
import { HttpClient } from '../../src/connectors/http-client.ts';
import { LiveSession, type Tally } from '../../src/connectors/session.ts';
import { compareTenant, type Comparison, type DriftReport } from '../../src/delivery/targets/drift.ts';
import type { SendOutcome, WriteRequest, WritingConnector } from '../../src/connectors/writing.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { load } from '../../src/directory/store.ts';
import { systemClock } from '../../src/lib/time/clock.ts';
import { silentLog } from '../../src/lib/log.ts';

/** The demo company, which is in all three platforms. */
export const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');

/** How the demo company's live tenant is reached on each platform. */
export const credentials: Readonly<Record<string, Credentials>> = {
  feishu: { ids: { app_id: 'cli_mingce_demo' }, secrets: { app_secret: 'mingce-demo-secret' } },
  wecom: {
    ids: { corpid: 'ww_mingce_demo' },
    secrets: { contact: 'mingce-demo-contact-secret', hr: 'mingce-demo-secret', reading: 'mingce-demo-secret' },
  },
  hose: { ids: { app_key: 'mingce-demo-key' }, secrets: { app_security: 'mingce-demo-security' } },
};

/** Ids and secrets of one target. */
export interface Credentials {
  readonly ids: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, number>>;
}

/** A connector at work on one address. */
export interface Live {
  probe(): Promise<ProbeResult>;
  readAll(): Promise<LiveRead>;
  tally(): readonly Tally[];
  close(): Promise<void>;
}

/** Starts another Mingce, which is the live platform. */
export function startLive(file: string, options: StartOptions = {}): Promise<Mingce> {
  return startMingce({ log: silentLog, adminKey: 'sesame', companies: [file], ...options });
}

/** The alias that somebody of the demo company has there. To look at one person again and again costs little; an export, a lot. */
export async function aliasAt({ store }: Mingce, employee: string): Promise<string | null> {
  const tenant = (await store.tenantByKey('demo'))?.number ?? 0;
  const found = await store.read(() => load('employees-by-id', { tenant, ids: [employee] }));
  const record = found.get(employee);
  if (record === undefined) throw new Error(`no employee ${employee}`);
  return record.alias;
}

/**
 * Has nothing in this process wait for limits of our own, until what it returns is called: `beforeAll(withoutOwnLimits)`. For
 * tests of other things; the platform's own limits count.
 */
export function withoutOwnLimits(): () => void {
  const limits = connectors.map((connector) => vi.spyOn(connector, 'limits', 'get').mockReturnValue([]));
  return () => {
    for (const one of limits) one.mockRestore();
  };
}

/** Connects to an address. Waits are real: the limits of the platform that is asked count. */
export function connectTo(
  connector: Connector,
  baseUrl: string,
  { ids, secrets, fields = {} }: Credentials,
  sleep: (ms: number) => Promise<void> = setTimeout,
): Live {
  const client = new HttpClient(baseUrl, 8);
  const target = { ids, secrets: new Set(Object.keys(secrets)), fields };
  const options = { connector, target, secrets: new Map(Object.entries(secrets)), client, clock: systemClock, sleep };
  const session = new LiveSession(options);
  const run = <Result>(task: (given: typeof target) => LiveTask<Result>): Promise<Result> => session.run(task(target));
  return {
    probe: () => run((given) => connector.probe(given)),
    readAll: () => run((given) => connector.readAll(given)),
    tally: () => session.tally(),
    close: () => client.close(),
  };
}

/** A connector that writes to one address. */
export interface Writer {
  readonly target: LiveTarget;
  readonly secrets: readonly string[];
  run<Result>(task: LiveTask<Result>): Promise<Result>;
  write(request: WriteRequest, until: number): Promise<SendOutcome>;
  close(): Promise<void>;
}

/** Connects to an address to write. The waits of our own limits pass at once; those that the platform asks for are real. */
export function connectToWrite(connector: WritingConnector, baseUrl: string, given: Credentials): Writer {
  const client = new HttpClient(baseUrl, 8);
  const target = { ids: given.ids, secrets: new Set(Object.keys(given.secrets)), fields: given.fields ?? {} };
  let passed = 0;
  const session = new LiveSession({
    connector,
    target,
    secrets: new Map(Object.entries(given.secrets)),
    client,
    clock: { now: () => Date.now() + passed },
    sleep: async (ms) => void (passed += await Promise.resolve(ms)),
  });
  return {
    target,
    secrets: Object.values(given.secrets),
    run: (task) => session.run(task),
    write: (request, until) => session.write(request, until),
    close: () => client.close(),
  };
}

/** Compares what was read with what a company file says. */
export function compareWithFile(
  connector: Connector,
  file: string,
  live: LiveRead,
  authority: Comparison['authority'] = {},
): DriftReport {
  const { company, departments, catalogs, customFields, employees } = companyReader(dialects)(file);
  const now = { createdAt: 0, updatedAt: 0 };
  const own = {
    secondLocale: company.secondLocale,
    departments: departments.map((one) => ({ ...one, ...now })),
    catalogs: catalogs.map((one) => ({ ...one, ...now })),
    customFields,
    employees,
  };
  return compareTenant({ own, live, fields: connector.fields, spaces: connector.spaces, authority });
}
