import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort, type PostgresServer } from '../support/postgres-server.ts';
import { withoutRateLimits } from '../support/without-rate-limits.ts';

/** What rounds of delivering among kills came to. */
export interface DeliveryReport {
  readonly kills: number;
  readonly acknowledged: number;
  /** Values that the live tenant's own log has. */
  readonly delivered: number;
  /** The longest time until everything was there after a kill. */
  readonly slowestMs: number;
  readonly faults: readonly string[];
}

const NODE = fileURLToPath(new URL('delivery-node.ts', import.meta.url));
const DEMO = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');
const PEOPLE = ['zhangsan', 'linfeng', 'zhouhao', 'xiaoling', 'pengtao', 'hebin', 'zhuli', 'guoqiang'];
const SETTLED_MS = 90_000;
const ADMIN = { Authorization: 'Bearer sesame', 'Content-Type': 'application/json' };

/** A program that is killed and started again at the same address. */
class Program {
  #child: ChildProcess | null = null;
  url = '';
  readonly #args: readonly string[];

  constructor(args: readonly string[]) {
    this.#args = args;
  }

  async start(): Promise<void> {
    const env = {
      ...process.env,
      MINGCE_INSTALLATION: 'rounds',
      LIVE_APP: 'mingce-demo-secret',
      LIVE_CONTACT: 'mingce-demo-contact-secret',
    };
    const child = spawn(process.execPath, [NODE, ...this.#args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    for await (const text of child.stdout) {
      const found = /listening on (\S+)/.exec(String(text));
      if (found === null) continue;
      this.url = found[1] ?? '';
      return;
    }
    throw new Error(`a program ended: ${said}`);
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}

/**
 * Writes people of a directory that delivers to a live tenant, and kills the directory, the tenant or the database at a random
 * moment, so many times. The tenant's own log of changes is the judge: each value arrived once, in order, and the last one did.
 */
export async function deliveryRounds(
  folder: string,
  rounds: number,
  options: {
    readonly database?: PostgresServer;
    /** No round begins after this instant. */
    readonly until?: number;
    readonly onRound?: (round: number) => void;
  } = {},
): Promise<DeliveryReport> {
  const { database, until = Infinity, onRound = () => undefined } = options;
  const fast = withoutRateLimits(DEMO);
  const liveFile = join(folder, 'live.yaml');
  const ownFile = join(folder, 'own.yaml');
  writeFileSync(liveFile, fast);
  const livePort = await freePort();
  const live = new Program([`sqlite:${join(folder, 'live.db')}`, liveFile, String(livePort)]);
  writeFileSync(
    ownFile,
    `${fast}\ntargets:\n  wecom:\n    base_url: http://127.0.0.1:${String(livePort)}\n    continuous: true\n    credentials: { corpid: ww_mingce_demo, contact: { env: LIVE_CONTACT }, hr: { env: LIVE_APP }, reading: { env: LIVE_APP } }\n    authority: { alias: ours }\n`,
  );
  const store = database?.url ?? `sqlite:${join(folder, 'own.db')}`;
  const nodes = [new Program([store, ownFile]), ...(database === undefined ? [] : [new Program([store, ownFile])])];
  await live.start();
  for (const node of nodes) await node.start();
  const first = nodes[0]?.url ?? '';
  await command(first, 'probe');
  await command(first, 'enable');
  const sent = new Map(PEOPLE.map((one) => [one, 0]));
  const faults: string[] = [];
  let acknowledged = 0;
  let slowestMs = 0;
  let kills = 0;
  for (let round = 1; round <= rounds && Date.now() < until; round++) {
    kills = round;
    let isWriting = true;
    const writing = PEOPLE.map(async (person) => {
      for (let turn = 0; isWriting; turn++) {
        const n = (sent.get(person) ?? 0) + 1;
        const node = nodes[turn % nodes.length];
        sent.set(person, n);
        if (await write(node?.url ?? '', person, n)) acknowledged++;
        await sleep(Math.random() * 250);
      }
    });
    await sleep(200 + Math.random() * 900);
    const killedAt = Date.now();
    await killOne(round, { nodes, live, database });
    isWriting = false;
    await Promise.all(writing);
    const missing = await missingAfter(nodes[0]?.url ?? '', live.url);
    if (missing.length > 0) {
      faults.push(`round ${String(round)}: not there: ${missing.join(', ')}; ${await standing(nodes[0]?.url ?? '')}`);
    }
    slowestMs = Math.max(slowestMs, Date.now() - killedAt);
    onRound(round);
  }
  let delivered = 0;
  for (const person of PEOPLE) {
    const values = await aliasesIn(live.url, person);
    delivered += values.length;
    const numbers = values.map((value) => Number(value.slice(1)));
    for (const [index, n] of numbers.entries()) {
      const before = numbers[index - 1];
      if (before !== undefined && n <= before) faults.push(`${person}: ${String(n)} came after ${String(before)}`);
    }
  }
  for (const node of [...nodes, live]) await node.kill();
  return { kills, acknowledged, delivered, slowestMs, faults };
}

/** Kills a directory, the tenant, or the database, and starts it again. */
async function killOne(
  round: number,
  {
    nodes,
    live,
    database,
  }: { readonly nodes: readonly Program[]; readonly live: Program; readonly database: PostgresServer | undefined },
): Promise<void> {
  const kinds = database === undefined ? 2 : 3;
  if (round % kinds === 1) {
    await live.kill();
    await sleep(Math.random() * 300);
    await live.start();
  } else if (round % kinds === 2) await database?.killAndRestart();
  else {
    const victim = nodes[Math.floor(Math.random() * nodes.length)];
    await victim?.kill();
    await sleep(Math.random() * 300);
    await victim?.start();
  }
}

async function command(url: string, name: string): Promise<void> {
  const answer = await fetch(`${url}/mingce/v1/companies/demo/targets/wecom/${name}`, {
    method: 'POST',
    headers: ADMIN,
  });
  if (answer.status !== 200) throw new Error(`${name}: ${await answer.text()}`);
}

/** Where the target and its newest deliveries are, for a fault. */
async function standing(url: string): Promise<string> {
  const base = `${url}/mingce/v1/companies/demo`;
  const ask = async (path: string): Promise<string> =>
    await (await fetch(`${base}${path}`, { headers: ADMIN })).text().catch(String);
  return `${await ask('/targets/wecom')} ${await ask('/deliveries?limit=2')}`;
}

const tokens = new Map<string, string>();

/** Writes an alias over WeCom's wire; false where it is not known to be done. */
async function write(url: string, person: string, n: number): Promise<boolean> {
  try {
    let token = tokens.get(url);
    if (token === undefined) {
      const query = 'corpid=ww_mingce_demo&corpsecret=mingce-demo-contact-secret';
      const { access_token: fresh } = (await (await fetch(`${url}/cgi-bin/gettoken?${query}`)).json()) as {
        access_token: string;
      };
      tokens.set(url, (token = fresh));
    }
    const body = JSON.stringify({ userid: person, alias: `n${String(n)}` });
    const answer = await fetch(`${url}/cgi-bin/user/update?access_token=${token}`, { method: 'POST', body });
    const { errcode } = (await answer.json()) as { errcode: number };
    if (errcode !== 0) tokens.delete(url);
    return errcode === 0;
  } catch {
    return false;
  }
}

/** Waits until the tenant has what the directory has; returns who differs at last. */
async function missingAfter(own: string, live: string): Promise<readonly string[]> {
  const until = Date.now() + SETTLED_MS;
  for (;;) {
    let missing: string[];
    try {
      const [ours, theirs] = [await aliases(own), await aliases(live)];
      missing = PEOPLE.filter((person) => ours.get(person) !== theirs.get(person));
    } catch (error) {
      missing = [String(error)];
    }
    if (missing.length === 0 || Date.now() > until) return missing;
    await sleep(100);
  }
}

async function aliases(url: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  await Promise.all(
    PEOPLE.map(async (person) => {
      const [newest] = await changesOf(url, person, 1);
      found.set(person, newest ?? '');
    }),
  );
  return found;
}

/** Every alias that an employee ever had at a place, the oldest first, from its log of changes. */
async function aliasesIn(url: string, person: string): Promise<readonly string[]> {
  return (await changesOf(url, person, 1_000)).toReversed();
}

interface ChangePage {
  readonly changes: readonly { readonly fields: Readonly<Record<string, { readonly after: unknown }>> }[];
}

async function changesOf(url: string, person: string, limit: number): Promise<readonly string[]> {
  const query = `field=alias&limit=${String(limit)}`;
  const answer = await fetch(`${url}/mingce/v1/companies/demo/employees/${person}/changes?${query}`, {
    headers: ADMIN,
  });
  const { changes } = (await answer.json()) as ChangePage;
  return changes.flatMap(({ fields }) => {
    const value = fields['alias']?.after;
    return typeof value === 'string' && value.startsWith('n') ? [value] : [];
  });
}
