import { afterEach, describe, expect, test } from 'vitest';
import { feishu } from '../../src/connectors/feishu/index.ts';
import type { ProbeResult } from '../../src/connectors/connector.ts';
import type { Mingce } from '../../src/index.ts';
import { compareWithFile, connectTo, credentials, demo, startLive, type Live } from './live.ts';

let platform: Mingce | null = null;
let live: Live | null = null;
afterEach(async () => {
  await live?.close();
  await platform?.close();
  platform = live = null;
});

const keys = credentials['feishu'] ?? { ids: {}, secrets: {} };

/** Opens the demo company whose app has these settings besides. */
async function opened(app = '', given = keys, settings = ''): Promise<Live> {
  const file = demo
    .replace('app_secret: mingce-demo-secret }', `app_secret: mingce-demo-secret${app} }`)
    .replace('feishu:\n', `feishu:\n${settings}`);
  expect(file === demo).toBe(app === '' && settings === '');
  platform = await startLive(file);
  live = connectTo(feishu, platform.url, given);
  return live;
}

const failures = ({ checks }: ProbeResult): unknown[] =>
  checks.flatMap(({ what, state, verdict }) => (state === 'failed' ? [[what, verdict?.kind, verdict?.code]] : []));
const remedyOf = ({ checks }: ProbeResult): string =>
  checks.find(({ state }) => state === 'failed')?.verdict?.remedy?.en ?? '';

const BASE = [
  'contact:contact.base:readonly',
  'contact:department.organize:readonly',
  'contact:department.base:readonly',

  'directory:employee:list',
  'directory:employee.base.external_id:read',
  'directory:department.base:read',
  'directory:department.external_id:read',
];
const scoped = (more: readonly string[], without = ''): string =>
  `, scopes: [${[...BASE, ...more]
    .filter((scope) => scope !== without)
    .map((scope) => JSON.stringify(scope))
    .join(', ')}]`;

describe('the probe', () => {
  test('says of each field that it can be read, where the app has all scopes', async () => {
    const { checks, fields } = await (await opened()).probe();
    expect(checks.map(({ state }) => state)).toEqual(['passed', 'passed', 'passed']);
    expect(new Set(Object.values(fields).map(({ read, write }) => `${read.can} ${write.can}`))).toEqual(
      new Set(['yes unproven']),
    );
  });

  test('writes nothing', async () => {
    const reader = await opened();
    const before = await platform?.companies.export('demo');
    await reader.probe();
    await reader.readAll();
    expect(await platform?.companies.export('demo')).toBe(before);
  });

  test('names the field scope of each field that the app may not read, and drift leaves those out', async () => {
    const half = [
      'directory:employee.base.base:read',
      'directory:employee.base.mobile:read',
      'directory:employee.work.base_work:read',
    ];
    const reader = await opened(scoped(half));
    const { fields } = await reader.probe();
    expect(fields.mobile?.read).toEqual({ can: 'yes' });
    expect(fields.name?.read).toEqual({ can: 'yes' });
    expect(fields.jobNumber?.read).toEqual({ can: 'yes' });
    expect(fields.email?.read).toMatchObject({
      can: 'no',
      why: { en: expect.stringContaining('directory:employee.base.email:read') as string },
    });
    expect(fields.jobTitle?.read.can).toBe('no');
    const report = compareWithFile(feishu, demo, await reader.readAll());
    expect(report.compared).toEqual(expect.arrayContaining(['name', 'mobile', 'jobNumber']));
    expect(report.compared).not.toContain('email');
    expect(report.unreadable.email?.zh).toContain('directory:employee.base.email:read');
    expect(report.differences).toEqual([]);
  });

  test('reads people by another id where the app has no scope for their own, and finds them by job number', async () => {
    const reader = await opened(
      scoped(
        [
          'directory:employee.base.mobile:read',
          'directory:employee.work.job_number:read',
          'directory:employee.base.base:read',
        ],
        'directory:employee.base.external_id:read',
      ),
    );
    const result = await reader.probe();
    expect(failures(result)).toEqual([['employee_id', 'refused', '99991672']]);
    expect(result.fields.mobile?.read).toEqual({ can: 'yes' });
    const { matching } = compareWithFile(feishu, demo, await reader.readAll());
    expect(new Set(matching.matches.map(({ by }) => by))).toEqual(new Set(['jobNumber']));
    expect(matching.ambiguous).toEqual([]);
  });

  test('names the scopes of which one is needed, where the app has none', async () => {
    const result = await (await opened(', scopes: ["im:message"]')).probe();
    expect(failures(result).map((one) => (one as string[])[2])).toEqual(['99991672', '99991672', '99991672']);
    expect(remedyOf(result)).toContain('contact:contact.base:readonly');
    expect(result.fields.name?.read.can).toBe('no');
  });

  test.each([
    ['a wrong secret', '', { ...keys, secrets: { app_secret: 'wrong' } }, '10014', 'app_secret'],
    ['an unknown app', '', { ...keys, ids: { app_id: 'cli_nowhere' } }, '10003', 'app_id'],
    ['an address that is blocked', ', ip_allow_list: ["203.0.113.0/24"]', keys, '99991401', 'IP allow list'],
    ['an app that is not installed', ', installed: false', keys, '99991673', 'not installed'],
  ] as const)('names %s', async (_, app, given, code, remedy) => {
    const result = await (await opened(app, given)).probe();
    expect(result.checks[0]?.verdict?.code).toBe(code);
    expect(remedyOf(result)).toContain(remedy);
  });

  test('names a company whose calls of the month are used up', async () => {
    const result = await (await opened('', keys, '  monthly_call_quota: 0\n')).probe();
    expect(result.checks[0]?.verdict).toMatchObject({ code: '99991403', kind: 'refused' });
  });

  test('shows a range that is smaller than the company, and drift lists those outside as missing', async () => {
    const reader = await opened(', contact_scope: { departments: [rd] }');
    const { checks } = await reader.probe();
    expect(checks[0]?.detail.en).toContain('1 departments with all below');
    const { people } = await reader.readAll();
    expect(people.length).toBeGreaterThan(3);
    expect(people.length).toBeLessThan(57);
  });
});

test('a token that the platform took back is renewed once, and the read loses nothing', async () => {
  const reader = await opened(', token_seconds: 1');
  await reader.probe();
  await new Promise((resolve) => {
    setTimeout(resolve, 1_200);
  });
  const read = await reader.readAll();
  expect([read.problems, read.people.length]).toEqual([[], 57]);
});
