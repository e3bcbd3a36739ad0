import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Delivery } from '../../src/directory/targets/target-store.ts';
import type { TargetLine } from '../../src/http/admin/targets/contract.ts';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startLive, withoutOwnLimits } from '../connectors/live.ts';
import { smallDemo } from '../support/small-demo.ts';

/** One live platform, and our own directory whose target follows its changes. */
let live: Mingce;
let own: Mingce;
const open: Mingce[] = [];
beforeAll(withoutOwnLimits);
beforeAll(() => {
  vi.stubEnv('LIVE_FEISHU', 'mingce-demo-secret');
  vi.stubEnv('LIVE_APP', 'mingce-demo-secret');
  vi.stubEnv('LIVE_CONTACT', 'mingce-demo-contact-secret');
  vi.stubEnv('LIVE_HOSE', 'mingce-demo-security');
});
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const CREDENTIALS: Readonly<Record<string, string>> = {
  feishu: '{ app_id: cli_mingce_demo, app_secret: { env: LIVE_FEISHU } }',
  wecom:
    '{ corpid: ww_mingce_demo, contact: { env: LIVE_CONTACT }, hr: { env: LIVE_APP }, reading: { env: LIVE_APP } }',
  hose: '{ app_key: mingce-demo-key, app_security: { env: LIVE_HOSE } }',
};
const SOON = { timeout: 60_000, interval: 50 };

const ourFile = (platform: string, file: string): string => `${file}
targets:
  ${platform}:
    base_url: ${live.url}
    continuous: true
    credentials: ${CREDENTIALS[platform] ?? ''}
    authority: { alias: ours, name: ours }
`;

async function command(platform: string, name: string): Promise<TargetLine> {
  const answer = await own.fetch(`${own.url}/mingce/v1/companies/demo/targets/${platform}/${name}`, {
    method: 'POST',
    headers: { Authorization: 'Bearer sesame' },
  });
  return (await answer.json()) as TargetLine;
}

/** Starts both and switches the target on. */
async function follow(platform: string): Promise<void> {
  live = await startLive(smallDemo);
  open.push(live);
  const companies = [ourFile(platform, smallDemo)];
  own = await startMingce({ log: silentLog, adminKey: 'sesame', companies, listen: false });
  open.push(own);
  expect(await command(platform, 'probe')).toMatchObject({ state: 'probed' });
  expect(await command(platform, 'enable')).toMatchObject({ state: 'on' });
}

async function change(platform: string, alias: string | null): Promise<void> {
  const file = ourFile(platform, smallDemo.replace('    alias: 小张\n', alias === null ? '' : `    alias: ${alias}\n`));
  await own.companies.apply('demo', file, { plan: false, request: 'r' });
}

async function deliveries(): Promise<readonly Delivery[]> {
  const [target] = await own.store.targets.list();
  return await own.store.targets.deliveries(target?.id ?? '', { limit: 10 });
}

/** Waits until no delivery is open, and returns them, newest first. */
async function settled(count: number): Promise<readonly Delivery[]> {
  return await vi.waitFor(async () => {
    const all = await deliveries();
    expect(all).toHaveLength(count);
    expect(all.map(({ state }) => state).filter((state) => !CLOSED.has(state))).toEqual([]);
    return all;
  }, SOON);
}
const CLOSED: ReadonlySet<string> = new Set(['verified', 'partial', 'equal', 'dead']);

describe.each(['feishu', 'wecom', 'hose'])('%s', (platform) => {
  test('a change reaches the live tenant without a plan and is read back; a pause holds it back until it is resumed', async () => {
    await follow(platform);
    await change(platform, '大张');
    expect(await settled(1)).toMatchObject([
      { subject: 'zhangsan', state: 'verified', outcome: { fields: { alias: 'as-sent' } } },
    ]);
    expect(await live.companies.export('demo')).toContain('alias: 大张');
    const [target] = await own.store.targets.list();
    const subject = { kind: 'employee', subject: 'zhangsan' } as const;
    const [link] = await own.store.targets.linksOf(target?.id ?? '', [subject]);
    expect(link).toMatchObject({ state: 'linked', base: { alias: '大张' }, delivered: target?.cursor });

    await command(platform, 'pause');
    await change(platform, '老张');
    // What was agreed on and is no longer here is cleared there.
    await change(platform, null);
    expect(await deliveries()).toHaveLength(1);
    expect(await live.companies.export('demo')).toContain('alias: 大张');
    await command(platform, 'resume');
    expect((await settled(2))[0]).toMatchObject({ state: 'verified', outcome: { fields: { alias: 'as-sent' } } });
    expect(await live.companies.export('demo')).not.toContain('大张');
  }, 180_000);
});
