import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryList } from '../../../src/http/admin/targets/plan-contract.ts';
import type { TargetLine } from '../../../src/http/admin/targets/contract.ts';
import { freePort, type PostgresServer } from '../../support/postgres-server.ts';
import { withoutRateLimits } from '../../support/without-rate-limits.ts';
import { applyPlans, changePlanned } from './plans.ts';
import { Program } from './program.ts';
import { Watch, type Moment, type Watched } from './watch.ts';
import { Wire } from './wire.ts';

/** What rounds of delivering among kills came to. */
export interface DeliveryReport extends Watched {
  readonly rounds: number;
  /** How often each was killed. */
  readonly kills: Readonly<Record<string, number>>;
  readonly acknowledged: number;
  readonly dead: number;
  readonly plans: number;
  readonly runs: number;
  /** The longest time until everything was there after a kill. */
  readonly slowestMs: number;
  readonly faults: readonly string[];
}

/** How rounds go. */
export interface RoundOptions {
  /** Absent: SQLite, and one node. */
  readonly database?: PostgresServer;
  /** The number of the first round. */
  readonly from?: number;
  readonly onRound?: (round: number, what: string) => void;
  readonly onFault?: (text: string) => void;
}

const DEMO = readFileSync(new URL('../../../companies/demo.yaml', import.meta.url), 'utf8');
const PLANNED = readFileSync(new URL('planned.yaml', import.meta.url), 'utf8');
const PEOPLE = ['zhangsan', 'linfeng', 'zhouhao', 'xiaoling', 'pengtao', 'hebin', 'zhuli', 'guoqiang'];
const TESTERS = '测试组';
const SETTLED_MS = 90_000;
/** A write is waited for so long before something is killed without one. */
const CATCH_MS = 4_000;
/** Every so many rounds plans are applied; in the others changes are followed. */
const PLANS_EVERY = 4;
const MOMENTS = ['any', 'on-its-way', 'done', 'answered'] as const satisfies readonly (Moment | 'any')[];
const APPS = { contact: 'mingce-demo-contact-secret', app: 'mingce-demo-secret' };

/**
 * Changes two companies, one whose changes are followed and one that is delivered by plans, and kills the directory, the tenant, the
 * database or all of them while something is sent; so many times. Judges are the tenant itself, its log of changes, and all that
 * passed on the way to it.
 */
export async function deliveryRounds(
  folder: string,
  rounds: number,
  options: RoundOptions = {},
): Promise<DeliveryReport> {
  const run = new Rounds(options);
  try {
    await run.begin(folder, await freePort());
    const from = options.from ?? 1;
    for (let round = from; round < from + rounds; round++) {
      const about = await run.round(round);
      options.onRound?.(round, about);
    }
    return await run.report(rounds);
  } finally {
    await run.end();
  }
}

type Victim = 'tenant' | 'database' | 'node' | 'nodes' | 'all';

class Rounds {
  readonly #database: PostgresServer | undefined;
  readonly #victims: readonly Victim[];
  readonly #followed = new Wire({ key: 'demo', corpid: 'ww_mingce_demo', ...APPS });
  readonly #planned = new Wire({ key: 'planned', corpid: 'ww_mingce_planned', ...APPS });
  readonly #sent = new Map(PEOPLE.map((one) => [one, 0]));
  readonly #kept = new Map(PEOPLE.map((one) => [one, 0]));
  readonly #kills: Record<string, number> = {};
  readonly #faults: string[] = [];
  readonly #nodes: Program[] = [];
  readonly #onFault: (text: string) => void;
  #live: Program | null = null;
  #watch: Watch | null = null;
  /** The number of the department that newcomers come to. */
  #testers = 0;
  #acknowledged = 0;
  #plans = 0;
  #runs = 0;
  #linked = 0;
  #slowestMs = 0;

  constructor({ database, onFault = () => undefined }: RoundOptions) {
    this.#onFault = onFault;
    this.#database = database;
    this.#victims =
      database === undefined ? ['tenant', 'nodes', 'all'] : ['tenant', 'database', 'node', 'nodes', 'all'];
  }

  /** Starts everything, and switches both targets on. */
  async begin(folder: string, livePort: number): Promise<void> {
    const file = (name: string, text: string): string => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    };
    const fast = withoutRateLimits(DEMO);
    const liveFiles = [file('live.yaml', fast), file('live-planned.yaml', PLANNED)];
    this.#live = new Program(`sqlite:${join(folder, 'live.db')}`, livePort, liveFiles);
    await this.#live.start();
    const watch = new Watch(livePort, (text) => this.#isThere(text));
    this.#watch = watch;
    await watch.open();
    const ownFiles = [
      file('own.yaml', withTarget(fast, watch.url, 'ww_mingce_demo', 'continuous: true')),
      file('own-planned.yaml', withTarget(PLANNED, watch.url, 'ww_mingce_planned', DEPARTMENTS)),
    ];
    const store = this.#database?.url ?? `sqlite:${join(folder, 'own.db')}`;
    for (let n = 0; n < (this.#database === undefined ? 1 : 2); n++) {
      const node = new Program(store, 0, ownFiles);
      await node.start();
      this.#nodes.push(node);
    }
    for (const wire of [this.#followed, this.#planned]) {
      for (const name of ['probe', 'enable']) {
        const { status, body } = await wire.admin(this.#url(), 'POST', `targets/wecom/${name}`);
        if (status !== 200) throw new Error(`${name}: ${JSON.stringify(body)}`);
      }
    }
    const there = await this.#followed.departmentId(this.#live.url, TESTERS);
    this.#testers = (await this.#followed.departmentId(this.#url(), TESTERS)) ?? 0;
    const about = { kind: 'department', subject: 'qa', matched_by: 'operator', state: 'linked' };
    const testers = { ...about, live_id: String(there) };
    await this.#followed.admin(this.#url(), 'POST', 'targets/wecom/links', { links: [testers] });
  }

  async end(): Promise<void> {
    for (const node of this.#nodes) await node.kill();
    await this.#live?.kill();
    await this.#watch?.shut();
  }

  /** One round; answers what was killed when. */
  async round(round: number): Promise<string> {
    const victim = this.#victims[round % this.#victims.length] ?? 'tenant';
    const moment = MOMENTS[Math.floor(round / this.#victims.length) % MOMENTS.length] ?? 'any';
    const about = `${String(round)}: ${victim} ${moment}`;
    const fault = (text: string): void => {
      this.#faults.push(`round ${about}: ${text}`);
      this.#onFault(text);
    };
    const before = this.#watch?.faults.length ?? 0;
    let killedAt = Date.now();
    const killing = async (): Promise<void> => {
      killedAt = await this.#killAt(victim, moment);
      this.#kills[victim] = (this.#kills[victim] ?? 0) + 1;
    };
    try {
      if (round % PLANS_EVERY === 0) await this.#plannedRound(round, killing);
      else await this.#followedRound(round, killing, fault);
    } catch (error) {
      fault(String(error));
    }
    this.#slowestMs = Math.max(this.#slowestMs, Date.now() - killedAt);
    for (const text of this.#watch?.faults.slice(before) ?? []) fault(text);
    return about;
  }

  async report(rounds: number): Promise<DeliveryReport> {
    for (const person of PEOPLE) {
      const values = await this.#followed.aliases(this.#live?.url ?? '', person);
      const numbers = values.map((value) => Number(value.slice(1)));
      for (const [index, n] of numbers.entries()) {
        const last = numbers[index - 1];
        if (last !== undefined && n <= last) this.#faults.push(`${person}: ${String(n)} came after ${String(last)}`);
      }
    }
    return {
      ...(this.#watch?.watched ?? { done: 0, doubts: 0, foundDone: 0, sentAgain: 0 }),
      rounds,
      kills: this.#kills,
      acknowledged: this.#acknowledged,
      dead: (await this.#dead()).size,
      plans: this.#plans,
      runs: this.#runs,
      slowestMs: this.#slowestMs,
      faults: this.#faults,
    };
  }

  async #plannedRound(round: number, killing: () => Promise<void>): Promise<void> {
    this.#acknowledged += await changePlanned(this.#planned, this.#url(round), round);
    const applying = applyPlans(this.#planned, this.#nodes);
    const [{ plans, runs }] = await Promise.all([applying, killing()]);
    this.#plans += plans;
    this.#runs += runs;
    const missing = await this.#differences(this.#planned);
    if (missing.length > 0) throw new Error(`after the last plan these differ: ${missing.join(', ')}`);
  }

  async #followedRound(round: number, killing: () => Promise<void>, fault: (text: string) => void): Promise<void> {
    let isWriting = true;
    const writing = PEOPLE.map(async (person) => {
      for (let turn = round; isWriting; turn++) {
        const n = (this.#sent.get(person) ?? 0) + 1;
        this.#sent.set(person, n);
        if (await this.#write(turn, 'user/update', { userid: person, alias: `n${String(n)}` }))
          this.#kept.set(person, n);
        await sleep(Math.random() * 250);
      }
    });
    const coming = this.#comeAndGo(round);
    try {
      await killing();
    } finally {
      // Also where it failed: two writers of one employee would not be in order, and nothing would ever be settled.
      isWriting = false;
      await Promise.all([...writing, coming]);
    }
    const missing = await this.#settled();
    for (const text of missing) fault(text);
    for (const person of PEOPLE) {
      const [newest = 'n0'] = await this.#followed.aliases(this.#url(), person, 1);
      const kept = this.#kept.get(person) ?? 0;
      if (Number(newest.slice(1)) < kept) fault(`${person}: n${String(kept)} was acknowledged, ${newest} is there`);
    }
    await this.#checkLinks(fault);
  }

  /** One employee comes, and one that came three rounds ago goes. */
  async #comeAndGo(round: number): Promise<void> {
    const userid = (n: number): string => `c${String(n).padStart(4, '0')}`;
    const mobile = `138${String(20_000_000 + round)}`;
    const fresh = {
      userid: userid(round),
      name: `来${String(round)}`,
      mobile,
      department: [this.#testers],
      to_invite: false,
    };
    await this.#write(round, 'user/create', fresh);
    if (round > 3) await this.#write(round + 1, `user/delete?userid=${userid(round - 3)}`, {});
  }

  async #write(turn: number, call: string, body: object): Promise<boolean> {
    const isKept = await this.#followed.write(this.#url(turn), call, body);
    if (isKept) this.#acknowledged++;
    return isKept;
  }

  /** Kills when a write is at its moment, and starts again what was killed. */
  async #killAt(victim: Victim, moment: Moment | 'any'): Promise<number> {
    if (moment === 'any') await sleep(200 + Math.random() * 1_500);
    const caught = moment === 'any' ? null : ((await this.#watch?.next(moment, CATCH_MS)) ?? null);
    const at = Date.now();
    const isTenant = victim === 'tenant' || victim === 'all';
    const nodes =
      victim === 'nodes' || victim === 'all'
        ? this.#nodes
        : victim === 'node'
          ? this.#nodes.filter((_, index) => index === Math.floor(Math.random() * this.#nodes.length))
          : [];
    const some = victim === 'node' && nodes.length === 0 ? this.#nodes.slice(0, 1) : nodes;
    await Promise.all([isTenant ? this.#live?.kill() : undefined, ...some.map((node) => node.kill())]);
    if (isTenant) await this.#watch?.shut();
    const restarting = victim === 'database' || victim === 'all' ? this.#database?.killAndRestart() : undefined;
    caught?.release();
    await restarting;
    await sleep(Math.random() * 300);
    if (isTenant) {
      await this.#live?.start();
      await this.#watch?.open();
    }
    await Promise.all(some.map((node) => node.start()));
    return at;
  }

  /** Waits until the tenant is as the directory; returns what is not so at last. */
  async #settled(): Promise<readonly string[]> {
    const until = Date.now() + SETTLED_MS;
    for (;;) {
      let wrong: readonly string[];
      try {
        const { body: target } = await this.#followed.admin<TargetLine>(this.#url(), 'GET', 'targets/wecom');
        const dead = await this.#dead();
        const missing = (await this.#differences(this.#followed)).filter((one) => !dead.has(one));
        const isOver = target.behind === 0 && Object.keys(target.open).length === 0;
        if (missing.length === 0 && isOver) return [];
        wrong = [`not there: ${missing.join(', ')}; ${JSON.stringify({ ...target, probe: null })}`];
      } catch (error) {
        wrong = [String(error)];
      }
      if (Date.now() > until) return wrong;
      await sleep(100);
    }
  }

  async #differences(wire: Wire): Promise<readonly string[]> {
    const [ours, theirs] = await Promise.all([wire.everything(this.#url()), wire.everything(this.#live?.url ?? '')]);
    return [...new Set([...ours.keys(), ...theirs.keys()])].filter((one) => ours.get(one) !== theirs.get(one));
  }

  /** Employees whose delivery was given up, with the reason. */
  async #dead(): Promise<ReadonlyMap<string, string>> {
    const { body } = await this.#followed.admin<DeliveryList>(this.#url(), 'GET', 'deliveries?state=dead&limit=500');
    return new Map(body.deliveries.flatMap(({ subject, reason }) => (reason === null ? [] : [[subject, reason]])));
  }

  /** No link is ever lost, or in doubt. */
  async #checkLinks(fault: (text: string) => void): Promise<void> {
    const { body } = await this.#followed.admin<TargetLine>(this.#url(), 'GET', 'targets/wecom');
    const { linked = 0, ...others } = body.links;
    if (Object.keys(others).length > 0) fault(`links are ${JSON.stringify(body.links)}`);
    if (linked < this.#linked) fault(`of ${String(this.#linked)} links ${String(linked)} are left`);
    this.#linked = linked;
  }

  /** Whether the tenant has an alias that a write says. */
  async #isThere(text: string): Promise<boolean> {
    const [call = '', body = ''] = text.split(/ (?={)/);
    if (!call.startsWith('user/update')) return false;
    const { userid = '', alias } = JSON.parse(body) as { readonly userid?: string; readonly alias?: string };
    const wire = PEOPLE.includes(userid) ? this.#followed : this.#planned;
    const [newest] = await wire.aliases(this.#live?.url ?? '', userid, 1).catch(() => []);
    return newest === alias;
  }

  #url(turn = 0): string {
    return this.#nodes[turn % this.#nodes.length]?.url ?? '';
  }
}

const DEPARTMENTS = 'departments: { create: yes, update: yes }';
const KINDS = ['create', 'leave', 'return', 'overwrite', 'clear', 'rename', 'move', 'login', 'message'];

function withTarget(file: string, url: string, corpid: string, more: string): string {
  const brake = KINDS.map((kind) => `${kind}: { run: 100000, day: 100000 }`).join(', ');
  return `${file}
targets:
  wecom:
    base_url: ${url}
    ${more}
    credentials: { corpid: ${corpid}, contact: { env: LIVE_CONTACT }, hr: { env: LIVE_APP }, reading: { env: LIVE_APP } }
    authority: { alias: ours, name: ours, mobile: ours }
    people: { create: yes, leave: yes, return: yes }
    brake: { ${brake} }
`;
}
