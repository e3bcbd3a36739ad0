// What continuous delivery costs and how fast it is: `npm run node -- bench/delivery.ts [update|rate|memory …] [--people N] [--seconds S]`.
// `update`: Feishu PATCH of a server with three targets on, over one without. `rate`: calls of a first delivery to an emulated tenant
// whose answers take 50 to 200 ms, over the limit that it meets first. `memory`: what a server of 10,000 and of
// 100,000 people holds while it delivers them. The longer form is `rate --people 30000 --seconds 580`. Ratios hold elsewhere;
// times hold for this machine on this day.

import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { plainCompany } from './companies.ts';
import { CONNECTIONS } from './options.ts';
import { load } from './load.ts';
import { ratios, seriesOf, shown } from './report/ratio.ts';
import { endAll, run, start, stepAside, useAllProcessors, type Running } from './servers.ts';
import { workloads } from './workloads.ts';

const KEY = 'bench-of-delivery-key';
const PARTS = ['update', 'rate', 'memory'] as const;
const PLATFORMS = ['feishu', 'wecom', 'hose'] as const;
type Platform = (typeof PLATFORMS)[number];

/** The limit of each platform that a delivery of one field meets first, and the calls that count. */
const LIMITS: Readonly<
  Record<Platform, { readonly what: string; readonly limit: number; readonly counted: (path: string) => boolean }>
> = {
  feishu: {
    what: 'employees.patch',
    limit: 10,
    counted: (path) => /\/directory\/v1\/employees\/[^/?]+\?/.test(path) && !/mget|filter/.test(path),
  },
  // Each person is read twice, before and after: half of what the platform allows, as other clients read as well.
  wecom: { what: 'hr/get_staff_info', limit: 5_000 / 60, counted: (path) => path.includes('/hr/get_staff_info') },
  hose: { what: 'all calls', limit: 5, counted: () => true },
};

const given = process.argv.slice(2);
const numberOf = (name: string, otherwise: number): number => {
  const at = given.indexOf(name);
  return at === -1 ? otherwise : Number(given[at + 1]);
};
const wanted = PARTS.filter((part) => given.includes(part));
const people = numberOf('--people', 2_500);
const seconds = numberOf('--seconds', 45);
const rounds = numberOf('--rounds', 5);

Object.assign(process.env, {
  MINGCE_ADMIN_KEY: KEY,
  MINGCE_SANDBOX: 'off',
  MINGCE_INSTALLATION: 'bench',
  BENCH_SECRET: 'bench',
  BENCH_CONTACT: 'bench-contact',
});
const folder = mkdtempSync(join(tmpdir(), 'mingce-bench-'));
stepAside();
try {
  for (const part of wanted.length === 0 ? PARTS : wanted) {
    process.stdout.write(`${part}: load of the machine before ${loadavg()[0]?.toFixed(1) ?? ''}\n`);
    if (part === 'update') await updatePath();
    else if (part === 'rate') await firstDelivery();
    else await memory();
  }
} finally {
  endAll();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Updates a second with three targets at work over those without, one after the other in each round. */
async function updatePath(): Promise<void> {
  const tenant = await served('update-tenant', 2_000, { isLimited: true });
  useAllProcessors(tenant);
  const off = await served('update-off', 2_000);
  const on = await served('update-on', 2_000, { targets: PLATFORMS, at: tenant });
  for (const platform of PLATFORMS) await switchOn(on, platform);
  const pairs = await Promise.all(
    [off, on].map(async (server) => ({ server, work: await workloads(server, plainCompany(2_000)) })),
  );
  const rates: [number[], number[]] = [[], []];
  const costs: [number[], number[]] = [[], []];
  const delivering: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { server, work }] of pairs.entries()) {
      // The other one does not deliver meanwhile on the same processor.
      for (const one of pairs) process.kill(one.server.pid, one.server === server ? 'SIGCONT' : 'SIGSTOP');
      const before = server.cpuMs();
      const { next, isSuccess } = work.feishuPatch;
      const done = await load({ port: server.port, connections: CONNECTIONS, seconds: 2, next, isSuccess });
      if (done.failures > 0) throw new Error(`${String(done.failures)} updates were no success`);
      // The first round warms up.
      if (round === 0) continue;
      rates[index as 0 | 1].push(done.requests / done.seconds);
      const usedMs = server.cpuMs() - before;
      costs[index as 0 | 1].push((usedMs * 1_000) / done.requests);
      // What updates alone take is known from the slice before.
      if (index === 1) delivering.push((usedMs - (done.requests * (costs[0].at(-1) ?? 0)) / 1_000) / done.seconds);
    }
  }
  for (const { server } of pairs) process.kill(server.pid, 'SIGCONT');
  const calls = await callsOf(on);
  const ratio = ratios(rates[1], rates[0]);
  print(
    'Feishu PATCH with three targets on over that without',
    `${shown(ratio.median)}: ${shown(seriesOf(rates[1]).median)} against ${shown(seriesOf(rates[0]).median)}/s; processor time ×${shown(ratios(costs[1], costs[0]).median)}; deliveries took ${shown(seriesOf(delivering).median)} ms of processor a second; ${String(calls.written)} writes were delivered meanwhile`,
    '≥ 0.95',
  );
  for (const server of [off, on, tenant]) await server.stop();
}

/** How fast a first delivery is, over the limit that it meets first. Answers take as long as those of the platforms. */
async function firstDelivery(): Promise<void> {
  for (const platform of PLATFORMS) {
    const { what, limit, counted } = LIMITS[platform];
    const tenant = await served(`rate-tenant-${platform}`, people, { isLimited: true });
    useAllProcessors(tenant);
    const away = await farAway(tenant.port);
    const own = await served(`rate-own-${platform}`, people, { targets: [platform], at: away });
    useAllProcessors(own);
    await switchOn(own, platform);
    await apply(own, companyFile(people, { targets: [platform], at: away, alias: 'first' }));
    // Reading the tenant, and the first seconds of its windows, are no steady state.
    await sleep(10_000);
    const [from, seen, began] = [await callsOf(own), away.count(counted), performance.now()];
    await sleep(seconds * 1_000);
    const [to, ended] = [await callsOf(own), performance.now()];
    const perSecond = 1_000 / (ended - began);
    const rate = (away.count(counted) - seen) * perSecond;
    if (to.written >= people) throw new Error('Everybody was delivered before the time was over; take more --people.');
    print(
      `${platform}: ${what} of a first delivery over the limit of ${shown(limit)}/s`,
      `${(rate / limit).toFixed(3)}: ${rate.toFixed(2)}/s over ${((ended - began) / 1_000).toFixed(0)} s; ${((to.written - from.written) * perSecond).toFixed(2)} people/s; ${String(to.limited)} limit answers, ${String(to.other)} other`,
      '≥ 0.95, 0 limit answers',
    );
    for (const server of [own, tenant]) await server.stop();
    away.close();
  }
}

/** A server as from far away: what comes back takes 50 to 200 ms. Requests are counted by path. */
async function farAway(port: number): Promise<{
  readonly port: number;
  count(which: (path: string) => boolean): number;
  close(): void;
}> {
  const paths: string[] = [];
  const proxy = createServer((near) => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true });
    near.on('data', (chunk: Buffer) => {
      const path = /^[A-Z]+ (\S+) HTTP/.exec(chunk.toString('latin1'))?.[1];
      if (path !== undefined) paths.push(path);
      far.write(chunk);
    });
    let before: Promise<unknown> = Promise.resolve();
    far.on('data', (chunk: Buffer) => {
      const bytes = Buffer.from(chunk);
      // What belongs to one answer comes in its order.
      before = Promise.all([before, sleep(50 + Math.random() * 150)]).then(() => near.write(bytes));
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    port: address.port,
    count: (which) => paths.filter(which).length,
    close: () => proxy.close(),
  };
}

/**
 * What a delivery of everyone adds to the memory of a server, at two sizes. Everyone is changed by calls, as a company of
 * more than 50,000 has no file.
 */
async function memory(): Promise<void> {
  const added: number[] = [];
  for (const size of [10_000, 100_000]) {
    const tenant = await served(`memory-tenant-${String(size)}`, size);
    useAllProcessors(tenant);
    const own = await served(`memory-own-${String(size)}`, size, { targets: ['wecom'], at: tenant });
    useAllProcessors(own);
    await switchOn(own, 'wecom');
    const atFirst = own.residentMb();
    await changeEveryone(own, size);
    const written: number[] = [];
    const held: number[] = [];
    const end = performance.now() + seconds * 1_000;
    while (performance.now() < end) {
      await sleep(1_000);
      held.push(own.residentMb());
      written.push((await callsOf(own)).written);
    }
    const [early = Number.NaN, late = Number.NaN] = [0.1, 0.9].map((part) => held[Math.floor(held.length * part)]);
    added.push(Math.max(...held));
    print(
      `memory of a server that delivers ${size.toLocaleString('en-US')} people to WeCom, after 90 parts of a hundred of ${String(seconds)} s over that after 10`,
      `${(late / early).toFixed(2)}: ${late.toFixed(0)} against ${early.toFixed(0)} MB; most ${Math.max(...held).toFixed(0)} MB, ${atFirst.toFixed(0)} MB before; ${String(written.at(-1) ?? 0)} written`,
      '≤ 1.1',
    );
    for (const server of [own, tenant]) await server.stop();
  }
  const [small = Number.NaN, large = Number.NaN] = added;
  print('most memory at 100,000 people over that at 10,000', (large / small).toFixed(2), '');
}

/** Changes one field of each employee, many at a time. */
async function changeEveryone({ port }: Running, size: number): Promise<void> {
  const base = `http://127.0.0.1:${String(port)}/cgi-bin`;
  const answered = await fetch(`${base}/gettoken?corpid=ww_bench&corpsecret=bench-contact`);
  const { access_token: token } = (await answered.json()) as { readonly access_token: string };
  let next = 0;
  const changeRest = async (): Promise<void> => {
    while (next < size) {
      const number = String(next++);
      const body = JSON.stringify({ userid: `e${number}`, alias: `first${number}` });
      const answer = await fetch(`${base}/user/update?access_token=${token}`, { method: 'POST', body });
      const { errcode } = (await answer.json()) as { readonly errcode: number };
      if (errcode !== 0) throw new Error(`an update was answered with ${String(errcode)}`);
    }
  };
  await Promise.all(Array.from({ length: 32 }, changeRest));
}

interface ServedCompany {
  readonly targets?: readonly Platform[];
  readonly at?: Pick<Running, 'port'>;
  readonly alias?: string;
  readonly isLimited?: boolean;
}

/** Makes a company of so many people in a folder of its own, and serves it. */
async function served(name: string, size: number, more: ServedCompany = {}): Promise<Running> {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, companyFile(size, more));
  run('src/main.ts', ['apply', file, '--data', join(folder, name)]);
  return await serve(name);
}

function serve(name: string): Promise<Running> {
  return start('src/main.ts', ['serve', '--port', '0', '--no-demo', '--data', join(folder, name)]);
}

function companyFile(size: number, { targets = [], at, alias, isLimited = false }: ServedCompany): string {
  const credentials: Readonly<Record<Platform, string>> = {
    feishu: '{ app_id: cli_bench, app_secret: { env: BENCH_SECRET } }',
    wecom:
      '{ corpid: ww_bench, contact: { env: BENCH_CONTACT }, hr: { env: BENCH_SECRET }, reading: { env: BENCH_SECRET } }',
    hose: '{ app_key: bench, app_security: { env: BENCH_SECRET } }',
  };
  const lines = targets.map(
    (platform) => `  ${platform}:
    base_url: http://127.0.0.1:${String(at?.port ?? 0)}
    continuous: true
    credentials: ${credentials[platform]}
    authority: { alias: ours }
    brake: { overwrite: { run: 1000000, day: 1000000 } }`,
  );
  const everybody = Array.from({ length: size }, (_, index) => {
    const number = String(index);
    const also = alias === undefined ? '' : `, alias: ${alias}${number}`;
    return `  - { id: e${number}, name: 员工${number}, job_number: "${number}", mobile: "+86${String(13_000_000_000 + index)}", email: e${number}@bench.example${also} }`;
  });
  return `mingce: 1
key: bench
name: Bench
feishu: { certified: true, rate_limit_enabled: ${String(isLimited)}, apps: [{ app_id: cli_bench, app_secret: bench }] }
wecom: { corpid: ww_bench, apps: [{ agentid: 1, secret: bench }, { agentid: 2, secret: bench-contact, kind: contact_sync }] }
hose: { corporation_id: bench, apps: [{ app_key: bench, app_security: bench }] }
departments: [{ id: root, name: Bench, code: "001" }]
${lines.length === 0 ? '' : `targets:\n${lines.join('\n')}\n`}employees:
${everybody.join('\n')}
`;
}

async function ask(server: Running, method: string, path: string, body?: string): Promise<Response> {
  const answer = await fetch(`http://127.0.0.1:${String(server.port)}${path}`, {
    method,
    headers: { Authorization: `Bearer ${KEY}` },
    ...(body === undefined ? {} : { body }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)} ${await answer.text()}`);
  return answer;
}

async function switchOn(server: Running, platform: Platform): Promise<void> {
  for (const command of ['probe', 'enable']) {
    await ask(server, 'POST', `/mingce/v1/companies/bench/targets/${platform}/${command}`);
  }
}

async function apply(server: Running, file: string): Promise<void> {
  await ask(server, 'PUT', '/mingce/v1/companies/bench', file);
}

/** Writes to live tenants so far, by what became of them. */
async function callsOf(
  server: Running,
): Promise<{ readonly written: number; readonly limited: number; readonly other: number }> {
  const text = await (await ask(server, 'GET', '/metrics')).text();
  const sums = { written: 0, limited: 0, other: 0 };
  for (const [, fate, value] of text.matchAll(/^mingce_delivery_calls_total\{.*class="([^"]+)".*\} ([0-9.]+)$/gm)) {
    sums[fate === 'written' ? 'written' : fate === 'limit' ? 'limited' : 'other'] += Number(value);
  }
  return sums;
}

function print(what: string, figure: string, goal: string): void {
  process.stdout.write(`${what}: ${figure}${goal === '' ? '' : `  (goal ${goal})`}\n`);
}
