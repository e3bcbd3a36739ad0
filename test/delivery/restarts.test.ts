import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { KeptWindows } from '../../src/connectors/call-windows.ts';
import type { KeptTarget } from '../../src/directory/targets/target-store.ts';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { aliasAt, demo, startLive, withoutOwnLimits } from '../connectors/live.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { scratchFolder } from '../support/program.ts';

beforeAll(() => {
  vi.stubEnv('RESTART_FEISHU', 'mingce-demo-secret');
  return () => vi.unstubAllEnvs();
});
let withLimits = (): void => undefined;
const open: Mingce[] = [];
afterEach(async () => {
  withLimits();
  for (const one of open.splice(0).toReversed()) await one.close();
});

const TARGET = '/mingce/v1/companies/demo/targets/feishu';
const SOON = { timeout: 20_000, interval: 50 };
const PEOPLE = ['zhangsan', 'linfeng', 'zhouhao', 'xiaoling', 'pengtao', 'songyan', 'guoqiang', 'zhuli'];

const fileFor = (live: Mingce, file: string): string => `${file}
targets:
  feishu:
    base_url: ${live.url}
    continuous: true
    credentials: { app_id: cli_mingce_demo, app_secret: { env: RESTART_FEISHU } }
    authority: { alias: ours }
`;

describe.each([
  ['SQLite', () => Promise.resolve({ data: scratchFolder().path })],
  ['PostgreSQL', async () => ({ data: scratchFolder().path, store: await freshSchema() })],
])('on %s, after a restart', (_, place) => {
  let live: Mingce;
  let own: Mingce;
  let where: Awaited<ReturnType<typeof place>>;

  async function begin(limits: 'kept' | 'ignored' = 'ignored'): Promise<void> {
    if (limits === 'ignored') withLimits = withoutOwnLimits();
    live = await startLive(demo);
    open.push(live);
    where = await place();
    await start();
    await own.companies.apply('demo', fileFor(live, demo), { plan: false, request: 'r' });
    await command('probe');
    await command('enable');
    await isDriven();
  }

  async function start(): Promise<void> {
    own = await startMingce({ log: silentLog, adminKey: 'sesame', ...where });
    open.push(own);
  }

  async function restart(meanwhile: (claim: KeptTarget) => Promise<void>): Promise<void> {
    await withClaim(meanwhile);
    await own.close();
    open.splice(open.indexOf(own), 1);
    await start();
  }

  async function withClaim(work: (claim: KeptTarget) => Promise<void>): Promise<void> {
    await command('pause');
    const { targets } = own.store;
    const claim = await targets.claim((await target()).id, randomUUID(), 10_000);
    if (claim === null) throw new Error('the target is held');
    await work(claim);
    await targets.change(claim, { state: 'on', reason: null });
    await targets.release(claim);
  }

  const command = (name: string): Promise<Response> =>
    fetch(`${own.url}${TARGET}/${name}`, { method: 'POST', headers: { Authorization: 'Bearer sesame' } });

  async function target(): Promise<KeptTarget> {
    const [kept] = await own.store.targets.list();
    return kept as KeptTarget;
  }

  async function isDriven(): Promise<void> {
    await change(`begun-${randomUUID()}`);
  }

  /** Changes one person and waits until that was delivered. */
  async function change(alias: string): Promise<void> {
    await own.companies.apply('demo', fileFor(live, demo.replace('alias: 小张', `alias: ${alias}`)), {
      plan: false,
      request: 'r',
    });
    await vi.waitFor(async () => {
      expect(await aliasAt(live, 'zhangsan')).toBe(alias);
      const [newest] = await own.store.targets.deliveries((await target()).id, { limit: 1 });
      expect(newest?.state).toBe('verified');
    }, SOON);
  }

  /** Has both sides agree on an alias that is not the one there, of the first so many. */
  async function agreeOn(claim: KeptTarget, others: number): Promise<void> {
    const { targets } = own.store;
    const links = await targets.links(claim.id, { kind: 'employee', limit: 100 });
    const known = new Set(links.map(({ subject }) => subject));
    const added = PEOPLE.filter((one) => !known.has(one));
    await targets.putLinks(
      claim,
      added.map((subject) => ({ kind: 'employee', subject, liveId: subject, matchedBy: 'operator', state: 'linked' })),
    );
    const agreed = PEOPLE.map((subject, index) => ({
      kind: 'employee' as const,
      subject,
      base: { alias: index < others ? 'another' : null, mobile: 'hands off' },
      delivered: 0,
    }));
    await targets.agree(claim, agreed.slice(1), Date.now());
  }

  test('of a tenant that is ahead of what is kept here nothing is written until an operator has looked', async () => {
    await begin();
    await restart((claim) => agreeOn(claim, 6));
    await vi.waitFor(async () => {
      expect(await target()).toMatchObject({ state: 'paused', reason: 'live-is-ahead' });
    }, SOON);
    const shown = await fetch(`${own.url}${TARGET}`, { headers: { Authorization: 'Bearer sesame' } });
    expect(await shown.json()).toMatchObject({ state: 'paused', reason: 'live-is-ahead' });
    await command('resume');
    await change('looked');
    // What was looked at is not asked about at the next start.
    await own.close();
    open.splice(open.indexOf(own), 1);
    await start();
    await change('again');
    expect(await target()).toMatchObject({ state: 'on', reason: 'live-is-ahead' });
    // Once both agree again, another time counts.
    await restart((claim) => agreeOn(claim, 0));
    await change('agreed');
    expect(await target()).toMatchObject({ state: 'on', reason: null });
  }, 180_000);

  test('those who were sent away, and are there no more, say nothing of the others', async () => {
    await begin();
    await restart(async (claim) => {
      await agreeOn(claim, 0);
      const { targets } = own.store;
      const left = Array.from({ length: 8 }, (_none, index) => `left-${String(index)}`);
      await targets.putLinks(
        claim,
        left.map((subject) => ({ kind: 'employee', subject, liveId: subject, matchedBy: 'operator', state: 'linked' })),
      );
      const agreed = left.map((subject) => ({
        kind: 'employee' as const,
        subject,
        base: { alias: 'x' },
        delivered: 0,
      }));
      await targets.agree(claim, agreed, Date.now());
    });
    await change('on');
    expect(await target()).toMatchObject({ state: 'on', reason: null });
  }, 120_000);

  test('a few who were changed there do not stop it', async () => {
    await begin();
    await restart((claim) => agreeOn(claim, 5));
    await change('few');
    expect(await target()).toMatchObject({ state: 'on', reason: null });
  }, 120_000);

  test('what was sent before counts for the limits of the platform', async () => {
    await begin('kept');
    const counted = (await target()).windows as unknown as KeptWindows;
    expect(counted).toMatchObject({
      isWhole: false,
      calls: { 'contact.job_titles': { 60000: [[expect.any(Number), 1]] } },
    });
    await restart(async (claim) => {
      const calls = { 'directory.employees.filter': { 60_000: [[Date.now(), 1_000]] } };
      await own.store.targets.change(claim, { windows: { by: 'another', isWhole: true, calls } });
    });
    await own.companies.apply('demo', fileFor(live, demo.replace('alias: 小张', 'alias: late')), {
      plan: false,
      request: 'r',
    });
    // A thousand calls a minute are allowed, and were sent.
    await setTimeout(3_000);
    expect(await live.companies.export('demo')).not.toContain('alias: late');
    // What waits for a place does not keep the program from ending.
    const began = Date.now();
    await own.close();
    open.splice(open.indexOf(own), 1);
    expect(Date.now() - began).toBeLessThan(5_000);
  }, 120_000);
});
