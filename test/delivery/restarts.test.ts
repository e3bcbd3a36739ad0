import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { KeptWindows } from '../../src/connectors/call-windows.ts';
import type { KeptTarget } from '../../src/directory/targets/target-store.ts';
import { startMingce, type Mingce, type StartOptions } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { aliasAt, startLive, withoutOwnLimits } from '../connectors/live.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { scratchFolder } from '../support/program.ts';
import { smallDemo } from '../support/small-demo.ts';

beforeAll(() => {
  vi.stubEnv('RESTART_FEISHU', 'mingce-demo-secret');
  return () => vi.unstubAllEnvs();
});

const TARGET = '/mingce/v1/companies/demo/targets/feishu';
const SOON = { timeout: 20_000, interval: 50 };
const PEOPLE = ['zhangsan', 'linfeng', 'zhouhao', 'xiaoling', 'pengtao', 'panwei', 'eeasdqwwe', 'chenjianguo'];

const fileFor = (live: Mingce, file: string): string => `${file}
targets:
  feishu:
    base_url: ${live.url}
    continuous: true
    credentials: { app_id: cli_mingce_demo, app_secret: { env: RESTART_FEISHU } }
    authority: { alias: ours }
`;

type Place = () => Promise<StartOptions>;

const PLACES: readonly (readonly [string, Place])[] = [
  ['SQLite', () => Promise.resolve({ data: scratchFolder().path })],
  ['PostgreSQL', async () => ({ data: scratchFolder().path, store: await freshSchema() })],
];

/** A directory that follows a tenant, and is started again in the same place. */
class Restarting implements AsyncDisposable {
  readonly live: Mingce;
  own: Mingce;
  readonly #where: StartOptions;

  private constructor(live: Mingce, own: Mingce, where: StartOptions) {
    this.live = live;
    this.own = own;
    this.#where = where;
  }

  /** Starts both, and waits until a change is delivered. */
  static async begin(place: Place): Promise<Restarting> {
    const [live, where] = await Promise.all([startLive(smallDemo), place()]);
    const both = new Restarting(live, await start(where), where);
    await both.apply('alias: 小张');
    await both.command('probe');
    await both.command('enable');
    await both.change(`begun-${randomUUID()}`);
    return both;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.own.close();
    await this.live.close();
  }

  async restart(meanwhile: (claim: KeptTarget) => Promise<void>): Promise<void> {
    await this.#withClaim(meanwhile);
    await this.startAgain();
  }

  async startAgain(): Promise<void> {
    await this.own.close();
    this.own = await start(this.#where);
  }

  command(name: string): Promise<Response> {
    return fetch(`${this.own.url}${TARGET}/${name}`, { method: 'POST', headers: { Authorization: 'Bearer sesame' } });
  }

  async target(): Promise<KeptTarget> {
    const [kept] = await this.own.store.targets.list();
    return kept as KeptTarget;
  }

  /** Makes our company the demo company where one person has this alias. */
  async apply(alias: string): Promise<void> {
    const file = fileFor(this.live, smallDemo.replace('alias: 小张', alias));
    await this.own.companies.apply('demo', file, { plan: false, request: 'r' });
  }

  /** Changes one person and waits until that was delivered. */
  async change(alias: string): Promise<void> {
    await this.apply(`alias: ${alias}`);
    await vi.waitFor(async () => {
      const there = await aliasAt(this.live, 'zhangsan');
      const [newest] = await this.own.store.targets.deliveries((await this.target()).id, { limit: 1 });
      if (there !== alias || newest?.state !== 'verified')
        throw new Error(`the alias is ${String(there)}, the delivery ${newest?.state ?? 'not there'}`);
    }, SOON);
  }

  /** Has both sides agree on an alias that is not the one there, of the first so many. */
  async agreeOn(claim: KeptTarget, others: number): Promise<void> {
    const { targets } = this.own.store;
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

  async #withClaim(work: (claim: KeptTarget) => Promise<void>): Promise<void> {
    await this.command('pause');
    const { targets } = this.own.store;
    const claim = await targets.claim((await this.target()).id, randomUUID(), 10_000);
    if (claim === null) throw new Error('the target is held');
    await work(claim);
    await targets.change(claim, { state: 'on', reason: null });
    await targets.release(claim);
  }
}

function start(where: StartOptions): Promise<Mingce> {
  return startMingce({ log: silentLog, adminKey: 'sesame', ...where });
}

describe('limits aside', () => {
  beforeAll(withoutOwnLimits);

  describe.concurrent.each(PLACES)('on %s, after a restart', (_, place) => {
    test('of a tenant that is ahead of what is kept here nothing is written until an operator has looked', async () => {
      await using both = await Restarting.begin(place);
      await both.restart((claim) => both.agreeOn(claim, 6));
      await vi.waitFor(async () => {
        expect(await both.target()).toMatchObject({ state: 'paused', reason: 'live-is-ahead' });
      }, SOON);
      const shown = await fetch(`${both.own.url}${TARGET}`, { headers: { Authorization: 'Bearer sesame' } });
      expect(await shown.json()).toMatchObject({ state: 'paused', reason: 'live-is-ahead' });
      await both.command('resume');
      await both.change('looked');
      // What was looked at is not asked about at the next start.
      await both.startAgain();
      await both.change('again');
      expect(await both.target()).toMatchObject({ state: 'on', reason: 'live-is-ahead' });
      // Once both agree again, another time counts.
      await both.restart((claim) => both.agreeOn(claim, 0));
      await both.change('agreed');
      expect(await both.target()).toMatchObject({ state: 'on', reason: null });
    }, 180_000);

    test('those who were sent away, and are there no more, say nothing of the others', async () => {
      await using both = await Restarting.begin(place);
      await both.restart(async (claim) => {
        await both.agreeOn(claim, 0);
        const { targets } = both.own.store;
        const left = Array.from({ length: 8 }, (_none, index) => `left-${String(index)}`);
        await targets.putLinks(
          claim,
          left.map((subject) => ({
            kind: 'employee',
            subject,
            liveId: subject,
            matchedBy: 'operator',
            state: 'linked',
          })),
        );
        const agreed = left.map((subject) => ({
          kind: 'employee' as const,
          subject,
          base: { alias: 'x' },
          delivered: 0,
        }));
        await targets.agree(claim, agreed, Date.now());
      });
      await both.change('on');
      expect(await both.target()).toMatchObject({ state: 'on', reason: null });
    }, 120_000);

    test('a few who were changed there do not stop it', async () => {
      await using both = await Restarting.begin(place);
      await both.restart((claim) => both.agreeOn(claim, 5));
      await both.change('few');
      expect(await both.target()).toMatchObject({ state: 'on', reason: null });
    }, 120_000);
  });
});

describe.concurrent.each(PLACES)('on %s, after a restart', (_, place) => {
  test('what was sent before counts for the limits of the platform', async () => {
    await using both = await Restarting.begin(place);
    const counted = (await both.target()).windows as unknown as KeptWindows;
    expect(counted).toMatchObject({
      isWhole: false,
      calls: { 'contact.job_titles': { 60000: [[expect.any(Number), 1]] } },
    });
    await both.restart(async (claim) => {
      const calls = { 'directory.employees.filter': { 60_000: [[Date.now(), 1_000]] } };
      await both.own.store.targets.change(claim, { windows: { by: 'another', isWhole: true, calls } });
    });
    await both.apply('alias: late');
    // A thousand calls a minute are allowed, and were sent.
    await setTimeout(3_000);
    expect(await both.live.companies.export('demo')).not.toContain('alias: late');
    // What waits for a place does not keep the program from ending.
    const began = Date.now();
    await both.own.close();
    expect(Date.now() - began).toBeLessThan(5_000);
  }, 120_000);
});
