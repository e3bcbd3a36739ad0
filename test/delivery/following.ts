import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import type { Delivery } from '../../src/directory/targets/target-store.ts';
import type { TargetLine } from '../../src/http/admin/targets/contract.ts';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startLive } from '../connectors/live.ts';
import { smallDemo } from '../support/small-demo.ts';

/** The secrets of the demo company, by the variables that have them. */
const SECRETS: Readonly<Record<string, string>> = {
  LIVE_FEISHU: 'mingce-demo-secret',
  LIVE_APP: 'mingce-demo-secret',
  LIVE_CONTACT: 'mingce-demo-contact-secret',
  LIVE_HOSE: 'mingce-demo-security',
};

/** Sets these variables until what it returns is called: `beforeAll(withSecrets)`. */
export function withSecrets(): () => void {
  for (const [name, secret] of Object.entries(SECRETS)) vi.stubEnv(name, secret);
  return () => vi.unstubAllEnvs();
}

const CREDENTIALS: Readonly<Record<string, string>> = {
  feishu: '{ app_id: cli_mingce_demo, app_secret: { env: LIVE_FEISHU } }',
  wecom:
    '{ corpid: ww_mingce_demo, contact: { env: LIVE_CONTACT }, hr: { env: LIVE_APP }, reading: { env: LIVE_APP } }',
  hose: '{ app_key: mingce-demo-key, app_security: { env: LIVE_HOSE } }',
};
const SOON = { timeout: 20_000, interval: 50 };
/** A plan reads the whole tenant, and waits for the limits of calls. */
const PLANNED = { timeout: 90_000, interval: 50 };
const CLOSED: ReadonlySet<string> = new Set(['verified', 'partial', 'equal', 'dead']);

/** How a target is set up. */
export interface FollowingOptions {
  readonly platform: string;
  /** The company of the live tenant; absent: the demo company. */
  readonly live?: string;
  /** What the company file says of the target beside its address, such as `authority`. */
  readonly settings: string;
  /** Live ids of departments by our ids. */
  readonly departments?: Readonly<Record<string, string>>;
}

/** A live platform, and a directory whose target follows its changes. */
export class Following implements AsyncDisposable {
  readonly live: Mingce;
  readonly own: Mingce;
  readonly #options: FollowingOptions;

  private constructor(live: Mingce, own: Mingce, options: FollowingOptions) {
    this.live = live;
    this.own = own;
    this.#options = options;
  }

  /** Starts both and switches the target on; the caller closes it. */
  static async start(options: FollowingOptions): Promise<Following> {
    const live = await startLive(options.live ?? smallDemo);
    const companies = [fileOf(options, live.url, smallDemo)];
    const own = await startMingce({ log: silentLog, adminKey: 'sesame', companies, listen: false });
    const following = new Following(live, own, options);
    must((await following.command('probe')).state === 'probed', 'the target is not probed');
    await following.#linkDepartments();
    must((await following.command('enable')).state === 'on', 'the target is not on');
    return following;
  }

  async close(): Promise<void> {
    await this.own.close();
    await this.live.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Makes our company as a file has it, with the target. */
  async apply(file: string, settings = this.#options.settings): Promise<void> {
    const options = { ...this.#options, settings };
    await this.own.companies.apply('demo', fileOf(options, this.live.url, file), { plan: false, request: 'r' });
  }

  command(name: string): Promise<TargetLine> {
    return this.post(`targets/${this.#options.platform}/${name}`);
  }

  /** Sends a command below the company. */
  async post<Answer>(path: string, body?: object): Promise<Answer> {
    const answer = await this.own.fetch(`${this.own.url}/mingce/v1/companies/demo/${path}`, {
      method: 'POST',
      headers: { Authorization: 'Bearer sesame', 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as Answer;
  }

  async id(): Promise<string> {
    const [target] = await this.own.store.targets.list();
    return target?.id ?? '';
  }

  async deliveries(): Promise<readonly Delivery[]> {
    return await this.own.store.targets.deliveries(await this.id(), { limit: 20 });
  }

  /** Waits until so many deliveries are over, and returns them, newest first. */
  async settled(count: number): Promise<readonly Delivery[]> {
    return await vi.waitFor(async () => {
      const all = await this.deliveries();
      const states = all.map(({ state }) => state);
      must(all.length === count && states.every((state) => CLOSED.has(state)), `the deliveries are ${states.join()}`);
      return all;
    }, SOON);
  }

  /** Waits until the newest delivery is in a state, and returns it. */
  async until(state: Delivery['state']): Promise<Delivery> {
    return await vi.waitFor(async () => {
      const [newest] = await this.deliveries();
      must(newest?.state === state, `the newest delivery is ${newest?.state ?? 'not there'}`);
      return newest as Delivery;
    }, SOON);
  }

  /** Waits until a plan is in one of some states. */
  async planIs(id: string, states: readonly string[]): Promise<void> {
    await vi.waitFor(async () => {
      const state = (await this.own.store.targets.plan(id))?.state ?? 'gone';
      must(states.includes(state), `the plan is ${state}`);
    }, PLANNED);
  }

  async #linkDepartments(): Promise<void> {
    const links = Object.entries(this.#options.departments ?? {}).map(
      ([subject, liveId]) => ({ kind: 'department', subject, liveId, matchedBy: 'operator', state: 'linked' }) as const,
    );
    const { targets } = this.own.store;
    const claim = await targets.claim(await this.id(), randomUUID(), 10_000);
    if (claim === null) throw new Error('the target is held');
    await targets.putLinks(claim, links);
    await targets.release(claim);
  }
}

function fileOf({ platform, settings }: FollowingOptions, url: string, file: string): string {
  return `${file}
targets:
  ${platform}:
    base_url: ${url}
    continuous: true
    credentials: ${CREDENTIALS[platform] ?? ''}
${settings}
`;
}

function must(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Error(otherwise);
}
