import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { withoutOwnLimits } from '../connectors/live.ts';
import { command } from '../support/command.ts';
import { runProgram, scratchFolder } from '../support/program.ts';
import { smallDemo } from '../support/small-demo.ts';

/** Secrets and contacts that must be in no output. */
const CANARY = {
  feishu: 'canary-feishu-secret-5f2a',
  wecom: 'canary-wecom-secret-7b31',
  contact: 'canary-wecom-contact-44d0',
  hose: 'canary-hose-secret-91ce',
};
const MOBILES = ['13800010001', '61234567'];

const demo = `${smallDemo}  - { id: qinshan, name: 秦山, job_number: "10090", status: resigned, left_on: 2025-06-30 }\n`;
const tenant = demo
  .replace('secret: mingce-demo-secret, kind: self_built', `secret: ${CANARY.wecom}, kind: self_built`)
  .replace('app_secret: mingce-demo-secret', `app_secret: ${CANARY.feishu}`)
  .replace('mingce-demo-contact-secret', CANARY.contact)
  .replace('mingce-demo-security', CANARY.hose);
/** Somebody changed 张三 there, and made a person. */
const drifted = `${tenant
  .replace('    mobile: "+8613800010001"', '    mobile: "+852 61234567"')
  .replace('alias: 小张', 'alias: 老张')}
  - { id: stranger, name: 新来的, job_number: "99999", mobile: "+8613900009999" }
`;

let live: Mingce;
let folder: string;
let secretFile: string;
const env = { ACME_FEISHU: CANARY.feishu, ACME_HR: CANARY.wecom, ACME_CONTACT: CANARY.contact };

const company = (address: string): string => `${demo}
targets:
  feishu:
    base_url: ${address}
    credentials: { app_id: cli_mingce_demo, app_secret: { env: ACME_FEISHU } }
    authority: { alias: theirs }
  wecom:
    base_url: ${address}
    credentials: { corpid: ww_mingce_demo, contact: { env: ACME_CONTACT }, hr: { env: ACME_HR }, reading: { env: ACME_HR } }
  hose:
    base_url: ${address}
    credentials: { app_key: mingce-demo-key, app_security: { file: ${JSON.stringify(secretFile)} } }
`;

beforeAll(async () => {
  folder = scratchFolder().path;
  secretFile = join(folder, 'hose-secret');
  writeFileSync(secretFile, `${CANARY.hose}\n`, { mode: 0o600 });
  live = await startMingce({ log: silentLog, adminKey: 'sesame', companies: [drifted] });
  await runProgram(['apply', '-', '--data', folder], { input: company(live.url) });
}, 60_000);
afterAll(async () => {
  await live.close();
});

function withEnv(): () => void {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return () => vi.unstubAllEnvs();
}
beforeAll(withoutOwnLimits);
beforeAll(withEnv);

type Said = Awaited<ReturnType<typeof command>>;

/* Most are run in this process, which saves starting thirty; that a program ends by itself with its code is seen further below. */
const mingce = async (args: readonly string[]): Promise<Said> => await command(...args, '--data', folder);

/** The same with other variables: not beside what needs those that are set for all. */
const mingceWith = async (more: Readonly<Record<string, string>>, args: readonly string[]): Promise<Said> => {
  for (const [name, value] of Object.entries(more)) vi.stubEnv(name, value);
  try {
    return await mingce(args);
  } finally {
    vi.unstubAllEnvs();
    withEnv();
  }
};
const said = ({ stdout, stderr }: Said): string => stdout + stderr;

describe.each([
  ['feishu', 8],
  ['wecom', 8],
  // It goes on showing those who left.
  ['hose', 9],
])('%s', (platform, matched) => {
  test('connect shows checks, fields and people, writes nothing, and ends with 0', async () => {
    const before = await live.companies.export('demo');
    const { code, stdout, stderr } = await mingce(['connect', platform, '--probe']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`matched 已匹配: ${String(matched)} (id ${String(matched)})`);
    expect(stdout).toMatch(/mobile +\S.* yes +unproven/);
    expect(await live.companies.export('demo')).toBe(before);
  }, 60_000);

  test('drift names who, field, ours and theirs, masks contacts unless asked, and ends with 2', async () => {
    const table = await mingce(['drift', platform]);
    const whole = await mingce(['drift', platform, '--json', '--unmasked']);
    expect([table.code, whole.code]).toEqual([2, 2]);
    expect(table.stdout).toMatch(/zhangsan +张三 +alias +\? +小张 +老张/);
    expect(table.stdout).toMatch(/zhangsan +张三 +mobile +\? +\+861\*{4}0001 +\+852\*{4}4567/);
    expect(table.stdout).toMatch(/only theirs 仅平台: 1\n.*新来的/);
    for (const contact of MOBILES) expect(said(table)).not.toContain(contact);
    const json = JSON.parse(whole.stdout) as { differences: object[]; complete: boolean };
    expect(json.complete).toBe(true);
    expect(json.differences).toEqual([
      expect.objectContaining({ employee: 'zhangsan', field: 'alias', ours: '小张', theirs: '老张' }),
      expect.objectContaining({ field: 'mobile', ours: '+8613800010001', theirs: '+85261234567' }),
    ]);
    for (const secret of Object.values(CANARY)) expect(said(table) + said(whole)).not.toContain(secret);
  }, 60_000);

  test('a wrong secret ends with 3 and its remedy, without the secret', async () => {
    const wrong = 'canary-wrong-secret-0c0c';
    writeFileSync(secretFile, wrong, { mode: 0o600 });
    const refused = await mingceWith({ ACME_FEISHU: wrong, ACME_HR: wrong, ACME_CONTACT: wrong }, [
      'connect',
      platform,
    ]);
    writeFileSync(secretFile, CANARY.hose, { mode: 0o600 });
    expect(refused.code).toBe(3);
    expect(refused.stdout).toMatch(/Check (app_secret|the secret|app_key)/);
    expect(said(refused)).not.toContain(wrong);
  }, 60_000);
});

test('JSON has no mobile and no mail address, and the authority of each field', async () => {
  const drift = await mingce(['drift', 'feishu', '--json']);
  const connect = await mingce(['connect', 'feishu', '--json']);
  const { differences } = JSON.parse(drift.stdout) as { differences: { field: string; authority: string | null }[] };
  expect(differences.map(({ field, authority }) => [field, authority])).toEqual([
    ['alias', 'theirs'],
    ['mobile', null],
  ]);
  expect(JSON.parse(connect.stdout)).toMatchObject({ platform: 'feishu', state: 'probed', people: { matched: 8 } });
  for (const secret of [...Object.values(CANARY), ...MOBILES, '13900009999']) {
    expect(said(drift) + said(connect)).not.toContain(secret);
  }
}, 60_000);

test('links are adopted and listed, and a target is enabled here and is paused elsewhere', async () => {
  const adopt = await mingce(['connect', 'wecom', '--adopt', '--json']);
  expect([adopt.code, adopt.stderr]).toEqual([0, '']);
  expect(JSON.parse(adopt.stdout)).toMatchObject({ ambiguous: [], lost: [], links: { linked: expect.any(Number) } });
  const links = JSON.parse((await mingce(['connect', 'wecom', '--links', '--json'])).stdout) as object[];
  expect(links).toContainEqual(expect.objectContaining({ kind: 'employee', subject: 'zhangsan', matched_by: 'id' }));
  await mingce(['connect', 'wecom', '--probe']);
  const enabled = await mingce(['connect', 'wecom', '--enable', '--json']);
  expect(JSON.parse(enabled.stdout)).toMatchObject({ state: 'on' });
  // A copy of the data folder on another machine has another place.
  const elsewhere = await mingceWith({ MINGCE_INSTALLATION: 'a copy' }, ['connect', 'wecom', '--pause']);
  expect([elsewhere.code, elsewhere.stdout]).toEqual([0, expect.stringContaining('paused: moved')]);
  const resumed = await mingceWith({ MINGCE_INSTALLATION: 'a copy' }, ['connect', 'wecom', '--resume']);
  expect([resumed.code, resumed.stderr]).toEqual([1, expect.stringContaining('enable it here')]);
}, 60_000);

test.each([
  ['a variable that is not set', ['drift', 'feishu'], { ACME_FEISHU: '' }, 'set ACME_FEISHU in the environment'],
  ['a company that is not here', ['drift', 'feishu', '--company', 'nowhere'], {}, 'no company "nowhere"'],
])('%s is one sentence and exit code 1', async (_, args, more, sentence) => {
  const { code, stderr, stdout } = await mingceWith(more, args);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(sentence);
});

test('a platform without a connector is a mistake on the command line, with those that there are', async () => {
  const { code, stderr, stdout } = await mingce(['drift', 'dingtalk']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain("'dingtalk' is invalid for argument 'platform'. Allowed choices are feishu, wecom, hose");
});

test('a secret file that others can read is not read', async () => {
  chmodSync(secretFile, 0o644);
  const { code, stderr } = await mingce(['connect', 'hose']);
  chmodSync(secretFile, 0o600);
  expect(code).toBe(1);
  expect(stderr).toContain('chmod 600');
});

test('a running server is asked for the company, and the drift is the same', async () => {
  const server = await startMingce({ log: silentLog, adminKey: 'sesame', companies: [company(live.url)] });
  const remote = ['drift', 'hose', '--json', '--server', server.url, '--admin-key', 'sesame'];
  const asked = await runProgram(remote, { env });
  expect([asked.code, asked.stderr]).toEqual([2, '']);
  const over = JSON.parse(asked.stdout) as { differences: unknown };
  const here = JSON.parse((await mingce(['drift', 'hose', '--json'])).stdout) as { differences: unknown };
  await server.close();
  expect(over.differences).toEqual(here.differences);
}, 60_000);

/* Each asks a platform of its own, and waits for long: side by side. One of them alone runs its commands in this process. */

test.concurrent('where nothing answers, both end with 4', async () => {
  const other = scratchFolder().path;
  await runProgram(['apply', '-', '--data', other], { input: company('http://127.0.0.1:9') });
  const connect = await runProgram(['connect', 'feishu', '--data', other], { env });
  const drift = await runProgram(['drift', 'feishu', '--data', other], { env });
  expect([connect.code, drift.code]).toEqual([4, 4]);
  expect(connect.stdout).toContain('请检查 base_url');
}, 60_000);

test.concurrent('of a tenant that gives no answer no one is called gone, as text and as JSON', async () => {
  expect((await mingce(['connect', 'feishu', '--adopt'])).code).toBe(0);
  await using outage = await live.faults.add({ match: { platform: 'feishu' }, effect: { cut: 'mid-body' } });
  const table = await mingce(['drift', 'feishu']);
  expect([table.code, outage]).toEqual([4, expect.anything()]);
  expect(table.stdout).toMatch(/not read 未读取到: 8\n/);
  expect(table.stdout).not.toMatch(/gone there|No field of a matched person|scope/);
  const json = JSON.parse((await mingce(['drift', 'feishu', '--json'])).stdout) as {
    readonly links: Readonly<Record<string, readonly object[]>>;
  };
  expect(json.links['not_read']).toHaveLength(8);
  expect(json.links['not_read']).toContainEqual({ employee: 'zhangsan', name: '张三' });
  expect(json.links['gone']).toEqual([]);
}, 60_000);

test.concurrent('a server that cannot read a tenant calls no one gone either', async () => {
  await using server = await startMingce({ log: silentLog, adminKey: 'sesame', companies: [company(live.url)] });
  const there = ['hose', '--server', server.url, '--admin-key', 'sesame'];
  expect(await runProgram(['connect', ...there, '--adopt'])).toMatchObject({ code: 0, stderr: '' });
  await using outage = await live.faults.add({ match: { platform: 'hose' }, effect: { cut: 'mid-body' } });
  const table = await runProgram(['drift', ...there]);
  expect([table.stdout, outage]).toEqual([expect.stringContaining('not read 未读取到: 8'), expect.anything()]);
  expect(table.stdout).not.toMatch(/gone there|No field of a matched person/);
  const json = JSON.parse((await runProgram(['drift', ...there, '--json'])).stdout) as { readonly links: object };
  expect(json.links).toMatchObject({ another_id: [], doubled: [], not_read: { length: 8 } });
}, 60_000);

test.concurrent('a company without the target says what to write', async () => {
  const other = scratchFolder().path;
  await runProgram(['apply', '-', '--data', other], { input: demo });
  for (const args of [
    ['connect', 'wecom'],
    ['drift', 'wecom'],
    ['plan', 'wecom'],
    ['deliver', 'status', '--to', 'wecom'],
  ]) {
    const { code, stderr } = await runProgram([...args, '--data', other], { env });
    expect([args, code]).toEqual([args, 1]);
    expect(stderr).toMatch(/no targets\.wecom; write it into its file as docs\/live\.md shows, .* mingce connect/);
  }
  for (const name of ['drift', 'plan']) {
    const { stderr } = await runProgram([name, 'wecom', '--server', live.url, '--admin-key', 'sesame']);
    expect(stderr, name).toMatch(/no targets\.wecom; write it into its file as docs\/live\.md shows/);
  }
  const status = await runProgram(['deliver', 'status', '--data', other], { env });
  expect(status.stderr).toMatch(/no targets; write it .*docs\/live\.md.* mingce connect feishu/);
});
