import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { feishu } from '../../src/connectors/feishu/index.ts';
import { adopt, type Adopted, type Decisions } from '../../src/delivery/targets/adopt.ts';
import { companyReader } from '../../src/company/read.ts';
import { dialects } from '../../src/dialects/registry.ts';
import type { Link } from '../../src/directory/targets/target-store.ts';
import type { EmployeeTargets, LinkList, TargetLine } from '../../src/http/admin/targets/contract.ts';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { scratchFolder } from '../support/program.ts';
import { connectTo, credentials, startLive } from '../connectors/live.ts';
import { smallDemo } from '../support/small-demo.ts';

let live: Mingce;
let own: Mingce;

const withTarget = (address: string, more = ''): string => `${smallDemo}
targets:
  feishu:
    base_url: ${address}
    credentials: { app_id: cli_mingce_demo, app_secret: { env: TARGETS_FEISHU } }
${more}`;

beforeAll(async () => {
  vi.stubEnv('TARGETS_FEISHU', 'mingce-demo-secret');
  live = await startLive(smallDemo);
  own = await startMingce({
    log: silentLog,
    adminKey: 'sesame',
    readKey: 'look',
    data: scratchFolder().path,
    companies: [withTarget(live.url)],
  });
}, 60_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await own.close();
  await live.close();
});

const BASE = '/mingce/v1/companies/demo';
async function ask<Body>(
  method: string,
  path: string,
  body?: object,
  key = 'sesame',
): Promise<{ status: number; body: Body }> {
  const answer = await fetch(`${own.url}${BASE}${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as Body };
}
const target = (command: string): Promise<{ status: number; body: TargetLine & { detail?: string } }> =>
  ask('POST', `/targets/feishu/${command}`);

/** Matches people of another file with the live tenant. */
async function adopted(file: string, decisions: Decisions = {}, known: readonly Link[] = []): Promise<Adopted> {
  const tenant = connectTo(feishu, live.url, credentials['feishu'] ?? { ids: {}, secrets: {} });
  try {
    const draft = companyReader(dialects)(file);
    const dates = { createdAt: 0, updatedAt: 0 };
    const catalogs = draft.catalogs.map((one) => ({ ...one, ...dates }));
    const ours = { ...draft, secondLocale: 'en-US', catalogs };
    return adopt({ own: ours, live: await tenant.readAll(), spaces: feishu.spaces, decisions, known });
  } finally {
    await tenant.close();
  }
}

/** The demo company as others keep it: under ids of their own, which no platform knows. */
const foreign = (people: string): string => `mingce: 1
key: other
name: 恒达
departments: [{ id: root, name: 恒达科技 }]
employees:
${people}`;

const stored = (subject: string, liveId: string, state: Link['state'] = 'linked'): Link => {
  const about = { kind: 'employee', subject, liveId, matchedBy: 'mobile', state } as const;
  return { ...about, base: null, baseAt: null, delivered: 0 };
};

test('a target is off until it was probed and enabled, and writes only while it is on', async () => {
  expect((await ask<TargetLine>('GET', '/targets/feishu')).body).toMatchObject({
    state: 'off',
    links: {},
    probe: null,
  });
  const early = await target('enable');
  expect([early.status, early.body.detail]).toEqual([409, expect.stringContaining('probe it first')]);
  expect((await target('pause')).status).toBe(409);
  const probed = await target('probe');
  expect(probed.body).toMatchObject({ state: 'probed', way_back: 'enable it here' });
  expect(JSON.stringify(probed.body)).not.toContain('mingce-demo-secret');
  expect((await target('resume')).status).toBe(409);
  expect((await target('enable')).body).toMatchObject({ state: 'on', way_back: null });
  expect((await target('pause')).body).toMatchObject({ state: 'paused', reason: 'operator' });
  // A further probe looks; it does not let it write.
  expect((await target('probe')).body).toMatchObject({ state: 'paused' });
  expect((await target('resume')).body).toMatchObject({ state: 'on' });
  const { body } = await ask<{ targets: TargetLine[] }>('GET', '/targets');
  expect(body.targets.map(({ platform, state }) => [platform, state])).toEqual([['feishu', 'on']]);
  expect((await target('off')).body).toMatchObject({ state: 'off' });
  expect((await target('resume')).status).toBe(409);
}, 60_000);

test('a company file that names another tenant switches the target off', async () => {
  await target('probe');
  expect((await target('enable')).body.state).toBe('on');
  const authority = '    authority: { alias: theirs }\n';
  await own.companies.apply('demo', withTarget(live.url, authority), { plan: false, request: 'r' });
  expect((await ask<TargetLine>('GET', '/targets/feishu')).body.state).toBe('on');
  await own.companies.apply('demo', withTarget('https://open.feishu.cn'), { plan: false, request: 'r' });
  expect((await ask<TargetLine>('GET', '/targets/feishu')).body).toMatchObject({ state: 'off' });
  expect((await target('enable')).status).toBe(409);
}, 60_000);

test('a target that is this installation itself is never enabled', async () => {
  await own.companies.apply('demo', withTarget(own.url), { plan: false, request: 'r' });
  expect((await target('probe')).body.state).toBe('probed');
  const refused = await target('enable');
  expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('this installation itself')]);
  await own.companies.apply('demo', withTarget(live.url), { plan: false, request: 'r' });
}, 60_000);

test('links are put, listed, and removed one by one; an employee shows its own', async () => {
  const link = { kind: 'employee', subject: 'zhangsan', live_id: 'zhangsan', matched_by: 'mobile', state: 'linked' };
  const many = { links: [link, { ...link, subject: 'lisi', live_id: null, state: 'ambiguous' }] };
  expect((await ask('POST', '/targets/feishu/links', many)).status).toBe(204);
  const open = await ask<LinkList>('GET', '/targets/feishu/links?state=ambiguous');
  expect(open.body).toMatchObject({ links: [{ subject: 'lisi', live_id: null }], next: null });
  expect((await ask('PUT', '/targets/feishu/links/lisi', { live_id: 'lisi' })).status).toBe(204);
  const first = await ask<LinkList>('GET', '/targets/feishu/links?limit=1');
  expect(first.body).toMatchObject({ links: [{ subject: 'lisi', matched_by: 'operator', state: 'linked' }] });
  const second = await ask<LinkList>('GET', `/targets/feishu/links?after=${encodeURIComponent(first.body.next ?? '')}`);
  expect(second.body).toMatchObject({ links: [{ subject: 'zhangsan' }], next: null });
  // The live id of one is given to another: the first is to be decided.
  await ask('PUT', '/targets/feishu/links/zhangsan', { live_id: 'lisi' });
  const employee = await ask<EmployeeTargets>('GET', '/employees/lisi/targets');
  expect(employee.body.targets).toMatchObject([{ platform: 'feishu', link: { live_id: null, state: 'ambiguous' } }]);
  expect((await ask('DELETE', '/targets/feishu/links/lisi')).status).toBe(204);
  expect((await ask('DELETE', '/targets/feishu/links/lisi')).status).toBe(404);
  for (const bad of [{ links: {} }, { links: [{ ...link, live_id: null }] }, { links: [{ ...link, kind: 'x' }] }]) {
    expect((await ask('POST', '/targets/feishu/links', bad)).status).toBe(400);
  }
  // Without its id there an employee would be left out of everything.
  expect((await ask('PUT', '/targets/feishu/links/zhangsan', { liveId: 'zhangsan' })).status).toBe(400);
  expect((await ask('PUT', '/targets/feishu/links/zhangsan', {}, 'look')).status).toBe(403);
  expect((await ask('GET', '/targets/feishu/links', undefined, 'look')).status).toBe(200);
  expect((await ask('GET', '/targets/wecom')).status).toBe(404);
});

test('a copy that is put back has its target paused, with its links, and a command resumes it', async () => {
  await target('probe');
  await target('enable');
  const copy = await fetch(`${own.url}/mingce/v1/backup`, {
    method: 'POST',
    headers: { Authorization: 'Bearer sesame' },
  });
  const bytes = await copy.arrayBuffer();
  const restored = await fetch(`${own.url}/mingce/v1/restore?force=true`, {
    method: 'POST',
    headers: { Authorization: 'Bearer sesame' },
    body: bytes,
  });
  expect([restored.status, await restored.text()]).toEqual([200, expect.any(String)]);
  expect((await ask<TargetLine>('GET', '/targets/feishu')).body).toMatchObject({ state: 'paused', reason: 'restored' });
  expect((await target('resume')).body.state).toBe('on');
}, 60_000);

test('adopting links whom a key finds, lists whom none decides, and never takes a doubtful one', async () => {
  const people = `  - { id: a1, name: 张三, mobile: "+8613800010001" }
  - { id: a2, name: 林峰, mobile: "+8613800010001" }
  - { id: a3, name: 新人, mobile: "+8613900000000" }
`;
  const { links, ambiguous } = await adopted(
    foreign(people.replace('"+8613800010001" }\n  - { id: a3', '"+8613800010010" }\n  - { id: a3')),
  );
  expect(links.filter(({ kind }) => kind === 'employee')).toEqual([
    expect.objectContaining({ subject: 'a1', matchedBy: 'mobile', state: 'linked' }),
    expect.objectContaining({ subject: 'a2', matchedBy: 'mobile', state: 'linked' }),
  ]);
  expect(ambiguous).toEqual([]);
  const doubtful = await adopted(foreign(people));
  expect(doubtful.links.filter(({ kind }) => kind === 'employee')).toEqual([
    expect.objectContaining({ subject: 'a1', liveId: null, state: 'ambiguous' }),
    expect.objectContaining({ subject: 'a2', liveId: null, state: 'ambiguous' }),
  ]);
  const [first] = links;
  const decided = await adopted(foreign(people), { employee: { a1: first?.liveId ?? '', a2: 'ignore' } });
  expect(decided.links.filter(({ kind }) => kind === 'employee')).toEqual([
    expect.objectContaining({ subject: 'a1', liveId: first?.liveId, matchedBy: 'operator', state: 'linked' }),
    expect.objectContaining({ subject: 'a2', liveId: null, state: 'ignored' }),
  ]);
}, 60_000);

test('a stored link wins over any key; one whose live id is gone is lost and never matched again', async () => {
  const people = '  - { id: a1, name: 张三, mobile: "+8613800010001" }\n  - { id: a2, name: 别人 }\n';
  const { links } = await adopted(foreign(people));
  const there = links.find(({ subject }) => subject === 'a1')?.liveId ?? '';
  expect(
    (await adopted(foreign(people), {}, [stored('a2', there)])).links.filter(({ kind }) => kind === 'employee'),
  ).toEqual([]);
  const gone = await adopted(foreign(people), {}, [stored('a1', 'on_absent')]);
  expect(gone.links.filter(({ kind }) => kind === 'employee')).toEqual([
    { kind: 'employee', subject: 'a1', liveId: 'on_absent', matchedBy: 'mobile', state: 'lost' },
  ]);
  const later = await adopted(foreign(people), {}, [stored('a1', 'on_absent', 'lost')]);
  expect(later.links.filter(({ kind }) => kind === 'employee')).toEqual([]);
}, 60_000);

test('who is no longer ambiguous is free again, and a lost one who is there again is linked again', async () => {
  const people =
    '  - { id: a1, name: 张三, mobile: "+8613800010001" }\n  - { id: a2, name: 别人, mobile: "+8613800019999" }\n';
  const ambiguous = { ...stored('a2', ''), liveId: null, state: 'ambiguous' } as const;
  const { links, settled } = await adopted(foreign(people), {}, [ambiguous]);
  expect(settled).toMatchObject([{ kind: 'employee', subject: 'a2' }]);
  const there = links.find(({ subject }) => subject === 'a1')?.liveId ?? '';
  const back = await adopted(foreign(people), {}, [stored('a1', there, 'lost')]);
  expect(back.links.filter(({ kind }) => kind === 'employee')).toEqual([
    { kind: 'employee', subject: 'a1', liveId: there, matchedBy: 'mobile', state: 'linked' },
  ]);
  // Who is still ambiguous stays so; who is found now is linked.
  const same = people.replace('+8613800019999', '+8613800010001');
  expect((await adopted(foreign(same), {}, [ambiguous])).settled).toEqual([]);
  const found = await adopted(foreign(people), {}, [{ ...ambiguous, subject: 'a1' }]);
  expect([found.settled, found.links.find(({ subject }) => subject === 'a1')?.state]).toEqual([[], 'linked']);
}, 60_000);

test('a decision about somebody who is not here or not there is named', async () => {
  const people = '  - { id: a1, name: 张三 }\n  - { id: a2, name: 李四 }\n';
  const { wrong } = await adopted(foreign(people), { employee: { a9: 'x', a1: 'on_absent' } });
  expect(wrong).toEqual(['employee a9: the company has none of this id', 'employee a1: there is no on_absent there']);
}, 60_000);

test('how far a probe is is seen while it is under way, and not afterwards', async () => {
  const rule = { id: 'slow', match: { platform: 'feishu' }, effect: { delay_ms: 1_500 } };
  const fault = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${live.url}${BASE}/faults${path}`, {
      method,
      headers: { Authorization: 'Bearer sesame' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  expect((await fault('POST', '', rule)).ok).toBe(true);
  const probe = target('probe');
  const probing = async (): Promise<TargetLine['probing']> =>
    (await ask<TargetLine>('GET', '/targets/feishu')).body.probing;
  await expect.poll(probing, { interval: 50 }).toContain('contact.scopes');
  await fault('DELETE', '/slow');
  expect((await probe).body.probing).toBeNull();
  expect(await probing()).toBeNull();
}, 60_000);
