import { existsSync, globSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { applyPlanFile } from '../../src/cli/commands/live/apply-plan.ts';
import { drift } from '../../src/cli/commands/live/drift.ts';
import { plan } from '../../src/cli/commands/live/plan.ts';
import { startMingce } from '../../src/index.ts';
import { logTo } from '../../src/lib/log.ts';
import { startLive, withoutOwnLimits } from '../connectors/live.ts';
import { scratchFolder } from '../support/program.ts';
import { smallDemo } from '../support/small-demo.ts';

/** Secrets of the live tenants. They must be nowhere but in the environment and on the wire. */
const SECRETS = {
  CANARY_APP: 'canary-app-5f2c81d09b',
  CANARY_CONTACT: 'canary-contact-77e1a4c3d2',
  CANARY_HOSE: 'canary-hose-0b9d4e6f18',
} as const;
/** The mobile and the mail address of somebody: in the record and in plans, and whole nowhere else. */
const MOBILE = '13977713579';
const MAIL = 'canary.zhangsan@hengda.example';

beforeAll(withoutOwnLimits);

const withContacts = (file: string): string =>
  file.replace('+8613800010001', `+86${MOBILE}`).replace('zhangsan@hengda.example', MAIL);
const liveFile = withContacts(smallDemo)
  .replaceAll('mingce-demo-secret', SECRETS.CANARY_APP)
  .replaceAll('mingce-demo-contact-secret', SECRETS.CANARY_CONTACT)
  .replaceAll('mingce-demo-security', SECRETS.CANARY_HOSE);

const targetsAt = (url: string): string => `
targets:
  feishu:
    base_url: ${url}
    credentials: { app_id: cli_mingce_demo, app_secret: { env: CANARY_APP } }
    authority: { mobile: ours, alias: ours }
  wecom:
    base_url: ${url}
    credentials: { corpid: ww_mingce_demo, contact: { env: CANARY_CONTACT }, hr: { env: CANARY_APP }, reading: { env: CANARY_APP } }
    authority: { alias: ours }
  hose:
    base_url: ${url}
    credentials: { app_key: mingce-demo-key, app_security: { env: CANARY_HOSE } }
    authority: { alias: ours }
`;

test('no secret of a live tenant is in a plan, log, journal, metric, backup, database or file; plans are private and erased', async () => {
  for (const [name, value] of Object.entries(SECRETS)) vi.stubEnv(name, value);
  const log: string[] = [];
  let printed = '';
  const spied = vi.spyOn(process.stdout, 'write').mockImplementation((piece) => {
    printed += typeof piece === 'string' ? piece : Buffer.from(piece).toString();
    return true;
  });
  using folder = scratchFolder();
  const temporary = new Set(readdirSync(tmpdir()));
  await using live = await startLive(liveFile);
  const own = await startMingce({
    log: logTo((line) => void log.push(line), 'info'),
    adminKey: 'sesame',
    data: folder.path,
    // Somebody has another alias here, and another mobile there.
    companies: [withContacts(smallDemo).replace('alias: 小张', 'alias: 大张') + targetsAt(live.url)],
  });
  try {
    const ask = async (method: string, path: string): Promise<Buffer> => {
      const answer = await fetch(`${own.url}/mingce/v1${path}`, {
        method,
        headers: { Authorization: 'Bearer sesame' },
      });
      expect(answer.status, path).toBeLessThan(300);
      return Buffer.from(await answer.arrayBuffer());
    };
    const options = { server: own.url, adminKey: 'sesame', company: 'demo', unmasked: false, json: true };
    const choice = { accept: false, repair: false, all: false, person: [], field: [], allow: [] };
    for (const platform of ['feishu', 'wecom', 'hose']) {
      const target = `/companies/demo/targets/${platform}`;
      await live.companies.apply('demo', liveFile, { plan: false, request: 'test' });
      await ask('POST', `${target}/probe`);
      await ask('POST', `${target}/enable`);
      expect(await drift(platform, { ...options, ...choice })).toBe(2);
      if (platform === 'feishu') await ask('POST', `${target}/drift`);
      const out = folder.file(`${platform}.plan`);
      await plan(platform, [], { ...options, out, only: ['zhangsan'] });
      expect(await applyPlanFile(out, { ...options, only: [], partial: false, continue: false })).toBe(0);
      expect(statSync(out).mode & 0o777, out).toBe(0o600);
      // The plan names the person by what it writes, and has no secret.
      expect(readFileSync(out, 'utf8')).toContain('大张');
    }
    const backup = await ask('POST', '/backup');
    const answers = await Promise.all(
      [
        '/requests?limit=1000',
        '/requests?limit=1000&q=direction:out',
        '/companies/demo/targets',
        '/companies/demo/changes',
      ].map((path) => ask('GET', path)),
    );
    const metrics = Buffer.from(
      await (await fetch(`${own.url}/metrics`, { headers: { Authorization: 'Bearer sesame' } })).arrayBuffer(),
    );
    const runs = JSON.parse(String(await ask('GET', '/companies/demo/targets/feishu/drift'))) as {
      runs: { id: string }[];
    };
    const lines = await Promise.all(
      runs.runs.map(({ id }) => ask('GET', `/companies/demo/targets/feishu/drift/${id}`)),
    );
    const files = globSync('**/*', { cwd: folder.path, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name)));
    const others = readdirSync(tmpdir()).filter((name) => !temporary.has(name) && name.includes('mingce'));
    const shown = [Buffer.from(log.join('')), Buffer.from(printed), metrics, ...lines];
    // The search finds what is there: the record has the mobile.
    expect(files.some((bytes) => bytes.includes(MOBILE))).toBe(true);
    for (const secret of Object.values(SECRETS)) {
      for (const [index, bytes] of [...shown, ...answers, backup, ...files].entries()) {
        expect(bytes.includes(secret), `${secret} in place ${String(index)}`).toBe(false);
      }
    }
    // What went out has a person's contacts masked, as what came in has.
    expect(String(answers[1])).toContain('"direction":"out"');
    expect([answers[1]?.includes(MOBILE), answers[1]?.includes(MAIL)]).toEqual([false, false]);
    for (const bytes of shown) expect([bytes.includes(MOBILE), bytes.includes(MAIL)]).toEqual([false, false]);
    expect(others.flatMap((name) => (statSync(join(tmpdir(), name)).isFile() ? [name] : []))).toEqual([]);
    for (const platform of ['feishu', 'wecom', 'hose']) {
      const out = folder.file(`${platform}.plan`);
      await plan('erase', [out], { ...options, only: [] });
      expect([existsSync(out), existsSync(`${out}.run`)]).toEqual([false, false]);
    }
  } finally {
    spied.mockRestore();
    vi.unstubAllEnvs();
    await own.close();
  }
}, 120_000);
