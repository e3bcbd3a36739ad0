import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { RequestView } from '../../src/sandbox/journal/contract.ts';
import type { ExportedFixture } from '../../src/sandbox/journal/exports/fixture.ts';

const run = promisify(execFile);
const ADMIN = 'exports-test-admin-key';
const admin = { headers: { authorization: `Bearer ${ADMIN}` } };
/** What comes back from each platform's update call; the secret of the app that makes it. */
const UPDATES = [
  { platform: 'feishu', operation: 'employee.patch', secret: 'mingce-demo-secret', good: /"code":0/ },
  { platform: 'wecom', operation: 'hr.update_staff_info', secret: 'mingce-demo-secret', good: /"errcode":0/ },
  { platform: 'hose', operation: 'staffs.update', secret: 'mingce-demo-security', good: /"value"|^200 / },
] as const;

const JAVA_COMPILER = 'javac';
/** For programs that run for a second: compiled once, with memory collected by one thread. */
const QUICK_START = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
/** In place of what a program printed that needs a package which is not here. */
const SDK_MISSING = 'the SDK is not here';

let mingce: Mingce;
let folder: string;
const tokens: string[] = [];
const sent = new Map<string, string>();

async function call(path: string, method: string, body: object, headers: Record<string, string> = {}): Promise<string> {
  const answer = await fetch(mingce.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return answer.headers.get('x-mingce-request') ?? '';
}

async function exportOf(id: string, form: string): Promise<string> {
  const answer = await fetch(`${mingce.url}/mingce/v1/requests/${id}?as=${form}`, admin);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  for (const token of tokens) expect(text).not.toContain(token);
  expect(text).not.toMatch(/mingce-demo-sec|\[secret/);
  return text;
}

async function updatesIn(query: string): Promise<readonly RequestView[]> {
  const answer = await fetch(`${mingce.url}/mingce/v1/requests?${query}`, admin);
  return ((await answer.json()) as { requests: readonly RequestView[] }).requests;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingce-exports-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(
    new URL('../../node_modules/@larksuiteoapi', import.meta.url),
    join(folder, 'node_modules/@larksuiteoapi'),
  );
  mingce = await startMingce({ adminKey: ADMIN, log: silentLog, demo: true });
  for (const platform of ['feishu', 'wecom', 'hose'] as const)
    tokens.push(await mingce.company('demo').tokens[platform]());
  const [feishu = '', wecom = '', hose = ''] = tokens;
  const name = { name: { default_value: '张 "三" \\ `x` ${y}\'' } };
  sent.set(
    'feishu',
    await call(
      '/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id&department_id_type=department_id',
      'PATCH',
      { employee: { name, job_number: '0815' } },
      { authorization: `Bearer ${feishu}` },
    ),
  );
  const items = [{ fieldid: 11020, sub_idx: 0, value_string: '注 "1"' }];
  sent.set(
    'wecom',
    await call(`/cgi-bin/hr/update_staff_info?access_token=${wecom}`, 'POST', {
      userid: 'zhangsan',
      update_items: items,
    }),
  );
  sent.set(
    'hose',
    await call(`/api/openapi/v1.1/staffs/update/$00005?accessToken=${encodeURIComponent(hose)}&type=code`, 'PUT', {
      name: '赵六',
      note: '备注',
    }),
  );
});
afterAll(async () => {
  await mingce.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(UPDATES)('an update on $platform', ({ platform, operation, secret, good }) => {
  const env = { ...process.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', SECRET: secret };

  test('is made again by its program for Node', async () => {
    const file = join(folder, `${platform}.mjs`);
    const text = await exportOf(sent.get(platform) ?? '', 'node');
    writeFileSync(file, text);
    expect(text.includes('@larksuiteoapi/node-sdk')).toBe(platform === 'feishu');
    const before = (await updatesIn(`operation=${operation}`)).length;
    const { stdout } = await run(process.execPath, [file], { env, cwd: folder });
    expect(stdout).toMatch(good);
    const [again, ...others] = await updatesIn(`operation=${operation}`);
    expect(others).toHaveLength(before);
    expect(again?.employee).toBe(others[0]?.employee);
    expect(again?.fields.map(({ field }) => field)).toEqual(others[0]?.fields.map(({ field }) => field));
    expect(again?.fields.every(({ verdict }) => verdict === 'unchanged' || verdict === 'used')).toBe(true);
  });

  test.skipIf(isAbsent('python3'))(
    'is made again by its program for Python, or has its syntax where that needs the SDK',
    async () => {
      const file = join(folder, `${platform}.py`);
      const text = await exportOf(sent.get(platform) ?? '', 'python');
      writeFileSync(file, text);
      await run('python3', ['-m', 'py_compile', file]);
      expect(text.includes('lark_oapi')).toBe(platform === 'feishu');
      const stdout = platform === 'feishu' ? null : (await run('python3', [file], { env })).stdout;
      expect(stdout ?? SDK_MISSING).toMatch(stdout === null ? SDK_MISSING : good);
    },
  );

  test.skipIf(isAbsent('go'))(
    'is made again by its program for Go, or has its syntax where that needs the SDK',
    async () => {
      const place = join(folder, `go-${platform}`);
      mkdirSync(place);
      const file = join(place, 'main.go');
      const text = await exportOf(sent.get(platform) ?? '', 'go');
      writeFileSync(file, text);
      expect(text.includes('oapi-sdk-go')).toBe(platform === 'feishu');
      expect((await run('gofmt', ['-l', '-e', file])).stderr).toBe('');
      const stdout = platform === 'feishu' ? null : (await run('go', ['run', file], { env, cwd: place })).stdout;
      expect(stdout ?? SDK_MISSING).toMatch(stdout === null ? SDK_MISSING : good);
    },
    60_000,
  );

  test.skipIf(isAbsent('java'))(
    'is made again by its program for Java, or has its syntax where that needs the SDK',
    async () => {
      const place = join(folder, `java-${platform}`);
      mkdirSync(place);
      const file = join(place, 'Calls.java');
      const text = await exportOf(sent.get(platform) ?? '', 'java');
      writeFileSync(file, text);
      expect(text.includes('com.lark.oapi')).toBe(platform === 'feishu');
      // The SDK is not here: what the compiler misses are its names, and the syntax is right.
      const { stderr } = spawnSync(JAVA_COMPILER, [...QUICK_START.map((flag) => `-J${flag}`), '-d', place, file], {
        encoding: 'utf8',
        cwd: place,
      });
      const mistakes = stderr.match(/error: .*/g) ?? [];
      expect(mistakes.filter((line) => !/does not exist|cannot find symbol/.test(line))).toEqual([]);
      expect(mistakes.length > 0).toBe(platform === 'feishu');
      const stdout =
        platform === 'feishu' ? null : (await run('java', [...QUICK_START, '-cp', place, 'Calls'], { env })).stdout;
      expect(stdout ?? SDK_MISSING).toMatch(stdout === null ? SDK_MISSING : good);
    },
    60_000,
  );

  test('is a fixture without tokens, whose request is the one that was sent', async () => {
    const fixture = JSON.parse(await exportOf(sent.get(platform) ?? '', 'fixture')) as ExportedFixture;
    expect(fixture).toMatchObject({ kind: 'recorded', company: 'demo', response: { status: 200 } });
    const token = tokens[['feishu', 'wecom', 'hose'].indexOf(platform)] ?? '';
    const fill = (value: string): string =>
      value.replace(/\{(?:token|access_token|accessToken)\}/, () => encodeURIComponent(token));
    const headers = Object.entries(fixture.request.headers).map(([name, value]) => [name, fill(value)] as const);
    const answer = await fetch(mingce.url + fill(fixture.request.path), {
      method: fixture.request.method,
      headers: Object.fromEntries(headers),
      body: JSON.stringify(fixture.request.body),
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual(matched(fixture.response.body));
  });
});

/** What `{ "$any": … }` matches is anything of that type. */
function matched(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(matched);
  if (typeof value !== 'object' || value === null) return value;
  if ('$any' in value) return { asymmetricMatch: (other: unknown) => typeof other === value.$any };
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, matched(one)]));
}

test('a selection is one program that makes its calls in their order, each as its app', async () => {
  const ids = [...sent.values()];
  const query = encodeURIComponent(`id:${ids.join(',')}`);
  const text = await (await fetch(`${mingce.url}/mingce/v1/requests?as=node&q=${query}`, admin)).text();
  const file = join(folder, 'all.mjs');
  writeFileSync(file, text);
  const { stdout } = await run(process.execPath, [file], {
    cwd: folder,
    env: {
      ...process.env,
      NO_PROXY: '127.0.0.1',
      SECRET: 'mingce-demo-secret',
      SECRET_2: 'mingce-demo-secret',
      SECRET_3: 'mingce-demo-security',
    },
  });
  const lines = stdout
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('[info]'));
  expect(lines.map((line, at) => UPDATES[at]?.good.test(line))).toEqual([true, true, true]);
  const fixtures = await (await fetch(`${mingce.url}/mingce/v1/requests?as=fixture&q=${query}`, admin)).json();
  expect((fixtures as { fixtures: readonly ExportedFixture[] }).fixtures.map(({ request }) => request.method)).toEqual([
    'PATCH',
    'POST',
    'PUT',
  ]);
});

test('a call that gets a token is written with the secret to be filled in', async () => {
  const id = await call('/open-apis/auth/v3/tenant_access_token/internal', 'POST', {
    app_id: 'cli_mingce_demo',
    app_secret: 'mingce-demo-secret',
  });
  expect(await exportOf(id, 'node')).toContain('"app_secret": env.SECRET');
  expect(await exportOf(id, 'curl')).toContain(`'"$SECRET"'`);
});

test('a member that no object of the language may have is sent nevertheless', async () => {
  const path = '/cgi-bin/hr/get_staff_info?access_token=made-up';
  const answer = await fetch(mingce.url + path, {
    method: 'POST',
    body: '{"__proto__": {"a": 1}, "n": [true, null, 1.5]}',
  });
  const id = answer.headers.get('x-mingce-request') ?? '';
  const file = join(folder, 'proto.mjs');
  writeFileSync(file, await exportOf(id, 'node'));
  await run(process.execPath, [file], {
    env: { ...process.env, NO_PROXY: '127.0.0.1', TOKEN: 'made-up' },
    cwd: folder,
  });
  const [again] = await updatesIn('limit=1');
  const whole = await (await fetch(`${mingce.url}/mingce/v1/requests/${again?.id ?? ''}`, admin)).text();
  expect(whole).toContain('"__proto__":{"a":');
});

function isAbsent(program: string): boolean {
  return spawnSync(program, [program === 'go' ? 'version' : '--version']).error !== undefined;
}

test('the forms for people who have no server of ours are those of the documents', () => {
  const page = readFileSync(new URL('../../docs/journal.md', import.meta.url), 'utf8');
  for (const form of ['curl', 'node', 'go', 'python', 'java', 'har', 'fixture']) expect(page).toContain(`\`${form}\``);
});
