import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CaptureError, compareCapture, startMingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { fixturesOf, type Fixture } from '../support/fixtures.ts';
import { runProgram } from '../support/program.ts';
import { withoutRateLimits } from '../support/without-rate-limits.ts';
import { captureOf, isWhole, type Har, type HarEntry, type Platform } from './captures.ts';

const START = Date.parse('2026-01-05T00:00:00Z');
const companies = ['demo', 'demo-2'].map((key) =>
  withoutRateLimits(readFileSync(new URL(`../../companies/${key}.yaml`, import.meta.url), 'utf8')),
);

function fixture(platform: Platform, file: string): Fixture {
  const found = fixturesOf(platform).find(([path]) => path.includes(file))?.[1];
  if (found === undefined || !isWhole(found)) throw new Error(`no fixture ${file}`);
  return found;
}

/** A capture of one exchange, of which something in the answer is changed. */
function planted(platform: Platform, file: string, change: (entry: HarEntry, body: Body) => void): Har {
  const har = captureOf(platform, 'demo', [fixture(platform, file)], START);
  const entry = har.log.entries[1];
  if (entry === undefined) throw new Error('no entry');
  const { content } = entry.response;
  const body = JSON.parse(content.text) as Body;
  change(entry, body);
  content.text = JSON.stringify(body);
  return har;
}
// oxlint-disable-next-line typescript/no-explicit-any -- a test changes any member of any answer
type Body = any;

const set = (path: string, value: unknown) => (_entry: HarEntry, body: Body) => {
  const parts = path.split('/').slice(1);
  const last = parts.pop() ?? '';
  const at = parts.reduce((part: Body, name) => part[name], body);
  if (value === undefined) delete at[last];
  else at[last] = value;
};
const status =
  (value: number) =>
  (entry: HarEntry): void =>
    void (entry.response.status = value);
const header =
  (value: string) =>
  (entry: HarEntry): void =>
    void entry.response.headers.push({ name: 'Content-Type', value });

const V120 = 'staff-update.by-code.v1.20';
const PLANTED: readonly (readonly [
  Platform,
  string,
  string,
  string,
  ReturnType<typeof set> | ReturnType<typeof status>,
])[] = [
  ['hose', V120, 'value', '/value/name', set('/value/name', '赵七')],
  ['hose', V120, 'value', '/value/nickName', set('/value/nickName', '老七')],
  ['hose', V120, 'value', '/value/code', set('/value/code', '00006')],
  ['hose', V120, 'type', '/value/code', set('/value/code', 5)],
  ['hose', V120, 'missing', '/value/added', set('/value/added', 1)],
  ['hose', V120, 'extra', '/value/name', set('/value/name', undefined)],
  ['hose', V120, 'type', '/value/departments', set('/value/departments', 'one')],
  ['hose', V120, 'status', 'status', status(201)],
  ['hose', V120, 'header', 'header:content-type', header('text/plain')],
  ['hose', 'staff-update.field-unknown', 'value', '/errorCode', set('/errorCode', 412)],
  ['hose', 'staff-update.field-unknown', 'value', '/errorMessage', set('/errorMessage', '不能更新')],
  ['hose', 'staff-update.field-unknown', 'type', '/data', set('/data', {})],
  ['wecom', 'update-staff-info.results', 'value', '/errcode', set('/errcode', 40_001)],
  ['wecom', 'update-staff-info.results', 'value', '/errmsg', set('/errmsg', 'otherwise')],
  ['wecom', 'update-staff-info.results', 'value', '/update_results/0/result', set('/update_results/0/result', 5)],
  ['wecom', 'update-staff-info.results', 'status', 'status', status(500)],
  ['feishu', 'employee-patch.example-balanced', 'type', '/code', set('/code', '0')],
  ['feishu', 'employee-patch.example-balanced', 'value', '/code', set('/code', 1)],
  ['feishu', 'employee-patch.example-balanced', 'missing', '/extra', set('/extra', [])],
  ['feishu', 'employee-patch.example-balanced', 'header', 'header:content-type', header('application/xml')],
];

test.each(PLANTED)('%s %s: a planted %s at %s is found, and nothing else', async (platform, file, kind, at, change) => {
  const report = await compareCapture({ har: JSON.stringify(planted(platform, file, change)), companies });
  const differing = report.entries.filter(({ verdict }) => verdict === 'different');
  expect(differing.map(({ index, differences }) => [index, differences.map((one) => [one.kind, one.at])])).toEqual([
    [1, [[kind, at]]],
  ]);
});

test('a report has neither people nor secrets of the capture', async () => {
  const har = planted('hose', V120, set('/value/nickName', '外号甲乙'));
  const text = JSON.stringify(await compareCapture({ har: JSON.stringify(har), companies }));
  for (const canary of ['外号甲乙', '赵六', '15588881010', 'captured', 'ID_captured'])
    expect(text).not.toContain(canary);
});

test.each([
  ['no JSON', '{'],
  ['no archive', '{"log":{}}'],
  ['a capture of something else', JSON.stringify({ log: { entries: [] } })],
])('%s is refused in words', async (_what, har) => {
  await expect(compareCapture({ har, companies })).rejects.toBeInstanceOf(CaptureError);
});

test('mingce compare says what differs, and its exit code does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingce-compare-'));
  try {
    const file = join(folder, 'capture.har');
    writeFileSync(file, JSON.stringify(planted('hose', V120, set('/value/code', '00006'))));
    const junit = join(folder, 'junit.xml');
    const differs = await runProgram(['compare', file, '--junit', junit]);
    expect([differs.code, differs.stderr]).toEqual([1, '']);
    expect(differs.stdout).toContain('staffs.update');
    expect(differs.stdout).toContain('/value/code');
    expect(readFileSync(junit, 'utf8')).toMatch(
      /<testcase classname="hose" name="#\d+ staffs\.update [^"]*"><failure message="differs in 1 place">\/value\/code \(value\): .*<\/failure>/,
    );
    writeFileSync(file, '[]');
    const unusable = await runProgram(['compare', file]);
    expect([unusable.code, unusable.stdout]).toEqual([2, '']);
    expect(unusable.stderr).toContain('HTTP archive');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('an export in which people are masked is refused, one in which they are not is compared', async () => {
  const companyWith = (sandbox: string): string =>
    `mingce: 1\nkey: acme\nname: Acme\n${sandbox}feishu: { apps: [{ app_id: cli_acme, app_secret: s }] }\nemployees: [{ id: li, name: 李四 }]\n`;
  const exportOf = async (company: string): Promise<string> => {
    await using mingce = await startMingce({ company, listen: false, adminKey: 'compare-masked-key', log: silentLog });
    await mingce.fetch(`${mingce.url}/open-apis/directory/v1/employees/li?employee_id_type=employee_id`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${await mingce.tokens.feishu()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ employee: { mobile: '+8613800000003' } }),
    });
    const headers = { authorization: 'Bearer compare-masked-key' };
    return await (await mingce.fetch(`${mingce.url}/mingce/v1/requests?as=har`, { headers })).text();
  };
  const masked = companyWith('');
  await expect(compareCapture({ har: await exportOf(masked), companies: [masked] })).rejects.toThrow(
    'People are masked',
  );
  const open = companyWith('sandbox: { personal_data: show }\n');
  const { totals } = await compareCapture({ har: await exportOf(open), companies: [open] });
  expect(totals).toMatchObject({ same: 1, different: 0 });
});
