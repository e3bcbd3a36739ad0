import { afterEach, describe, expect, test } from 'vitest';
import { wecom } from '../../src/connectors/wecom/index.ts';
import type { ProbeResult } from '../../src/connectors/connector.ts';
import type { Mingce } from '../../src/index.ts';
import { compareWithFile, connectTo, credentials, demo, startLive, type Credentials, type Live } from './live.ts';

let platform: Mingce | null = null;
let live: Live | null = null;
afterEach(async () => {
  await live?.close();
  await platform?.close();
  platform = live = null;
});

const keys: Credentials = credentials['wecom'] ?? { ids: {}, secrets: {} };
const only = (...names: readonly string[]): Credentials => ({
  ...keys,
  secrets: Object.fromEntries(Object.entries(keys.secrets).filter(([name]) => names.includes(name))),
});

/** Opens the demo company with settings of its own app and of the contact assistant. */
async function opened(given = keys, { app = '', assistant = '' } = {}): Promise<Live> {
  const file = demo
    .replace('hr_callable: true, visible_range: { department_ids: [1] }', app === '' ? '$&' : app)
    .replace('kind: contact_sync }', `kind: contact_sync${assistant} }`);
  platform = await startLive(file);
  live = connectTo(wecom, platform.url, given, async () => {});
  return live;
}

const failures = ({ checks }: ProbeResult): unknown[] =>
  checks.flatMap(({ what, secret, state, verdict }) => (state === 'failed' ? [[what, secret, verdict?.code]] : []));
const remedyOf = ({ checks }: ProbeResult): string =>
  checks.find(({ state }) => state === 'failed')?.verdict?.remedy?.en ?? '';

describe('the probe', () => {
  test('says what each of three secrets is for', async () => {
    const result = await (await opened()).probe();
    expect(failures(result)).toEqual([]);
    expect(result.fields.mobile).toMatchObject({ read: { can: 'yes' }, write: { can: 'unproven' } });
    const roster = result.checks.find(({ what }) => what === 'hr/get_fields');
    expect(roster?.detail.en).toContain('confirm under fields: englishName 11022');
  });

  test('writes nothing', async () => {
    const reader = await opened();
    const before = await platform?.companies.export('demo');
    await reader.probe();
    await reader.readAll();
    expect(await platform?.companies.export('demo')).toBe(before);
  });

  test('with the contact secret alone it writes contacts, and reads ids only', async () => {
    const reader = await opened(only('contact'), { assistant: ', reading_ips: []' });
    const { checks, fields } = await reader.probe();
    expect(checks.map(({ what, state, verdict }) => [what, state, verdict?.code])).toEqual([
      ['department/simplelist', 'passed', undefined],
      ['user/list_id', 'passed', undefined],
      ['user/list', 'failed', '48009'],
    ]);
    expect(fields.name).toMatchObject({ read: { can: 'no' }, write: { can: 'unproven' } });
    expect(fields.note).toMatchObject({ read: { can: 'no' }, write: { can: 'no' } });
    const { matching, compared } = compareWithFile(wecom, demo, await reader.readAll());
    expect([matching.matches.length, matching.missing.length, compared]).toEqual([57, 0, []]);
  });

  test('an app of today reads no mobile, mail or gender; the roster does', async () => {
    const app = 'hr_callable: true, created_at: 2024-01-01T00:00:00+08:00, trusted_ips: ["127.0.0.1", "::1"]';
    const alone = await (await opened(only('reading'), { app })).probe();
    expect([alone.fields.mobile?.read.can, alone.fields.name?.read.can]).toEqual(['no', 'yes']);
    await live?.close();
    await platform?.close();
    const reader = await opened(only('reading', 'hr'), { app });
    expect((await reader.probe()).fields.mobile?.read.can).toBe('yes');
    const report = compareWithFile(wecom, demo, await reader.readAll());
    expect(report.differences).toEqual([]);
    expect(report.unreadable.enterpriseEmail?.en).toContain('2022-06-20');
  });

  test('an address that is not trusted is named as the platform saw it', async () => {
    const result = await (await opened(only('reading'), { app: 'created_at: 2024-01-01T00:00:00+08:00' })).probe();
    expect(failures(result)).toEqual([['department/list', 'reading', '60020']]);
    expect(remedyOf(result)).toMatch(/^Add the address (127\.0\.0\.1|::1|::ffff:127\.0\.0\.1) to 企业可信IP/);
  });

  test.each([
    ['a wrong secret', { ...only('reading'), secrets: { reading: 'wrong' } }, {}, '40001', 'Check the secret'],
    ['an unknown company', { ...only('reading'), ids: { corpid: 'ww0' } }, {}, '40013', 'Check corpid'],
    ['an app that 人事助手 does not list', only('hr', 'contact'), { app: 'hr_callable: false' }, '48002', '人事助手'],
    ['a sync interface that is off', only('contact'), { assistant: ', api_sync: off' }, '48002', '通讯录同步'],
    ['an app that is disabled', only('reading'), { app: 'enabled: false' }, '40001', 'Check the secret'],
  ] as const)('names %s', async (_, given, settings, code, remedy) => {
    const result = await (await opened(given, settings)).probe();
    const [, , first] = (failures(result)[0] ?? []) as string[];
    expect(first).toBe(code);
    expect(remedyOf(result)).toContain(remedy);
  });

  test('people outside the visible range are known by the contact secret, and no value of theirs is compared', async () => {
    const reader = await opened(keys, { app: 'hr_callable: true, visible_range: { department_ids: [2] }' });
    const report = compareWithFile(wecom, demo, await reader.readAll());
    expect(report.matching.missing).toEqual([]);
    expect(report.differences.filter(({ field }) => field === 'name' || field === 'mobile')).toEqual([]);
    expect(report.isComplete).toBe(false);
  });
});

test('what the company file says of roster numbers wins over what the names say', async () => {
  const reader = await opened({ ...keys, fields: { note: 11014 } });
  const { checks } = await reader.probe();
  expect(checks.find(({ what }) => what === 'hr/get_fields')?.detail.en).not.toContain('note');
});
