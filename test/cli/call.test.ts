// Every operation of the admin API can be called from the command line: what the console does a script can do.

import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { run } from '../../src/cli/program.ts';
import { adminOperations } from '../../src/http/admin/operations/operations.ts';
import { command } from '../support/command.ts';

const KEY = 'call-test-admin-key';

let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({ demo: true, adminKey: KEY, log: silentLog });
});
afterAll(() => mingce.close());

const there = (): readonly string[] => ['--server', mingce.url, '--admin-key', KEY];

test('an answer is written as it is', async () => {
  // The names are made ready for searches after the start.
  const found = async (): Promise<unknown> => {
    const said = await command('call', '--admin', 'get', '/companies/demo/employees?q=zs', ...there());
    expect(said.code, said.stderr).toBe(0);
    return JSON.parse(said.stdout);
  };
  await expect.poll(found, { timeout: 10_000 }).toMatchObject({ employees: [{ id: 'zhangsan' }] });
});

test('a body is JSON, or a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingce-call-'));
  writeFileSync(join(folder, 'body.json'), '{"name":"from-a-file"}');
  const path = '/mingce/v1/companies/demo/snapshots';
  for (const [body, name] of [
    ['{"name":"from-text"}', 'from-text'],
    [`@${join(folder, 'body.json')}`, 'from-a-file'],
  ] as const) {
    const said = await command('call', '--admin', 'POST', path, '--body', body, ...there());
    expect(JSON.parse(said.stdout)).toMatchObject({ name });
  }
  rmSync(folder, { recursive: true });
});

test('a workbook is a body, byte by byte', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingce-call-'));
  const out = join(folder, 'people.xlsx');
  const exported = await command('export-table', '--company', 'demo', '--out', out, ...there());
  expect(exported.code, exported.stderr).toBe(0);
  const path = '/companies/demo/imports?name=people.xlsx';
  const said = await command('call', '--admin', 'POST', path, '--body', `@${out}`, ...there());
  expect(said.code, said.stderr).toBe(0);
  expect(JSON.parse(said.stdout)).toMatchObject({ state: 'uploaded' });
  rmSync(folder, { recursive: true });
});

test.each([
  [['call', '--admin', 'GET', 'http://evil.example/'], 2, /no path/],
  [['call', '--admin', 'GET', '//evil.example/'], 2, /no path/],
  [['call', '--admin', 'FETCH', '/companies'], 2, /no method/],
  [['call', 'GET', '/companies'], 2, /Add --admin/],
  [['call', '--admin', 'GET', '/companies/nobody'], 1, /There is no company/],
  [['call', '--admin', 'PUT', '/companies/a', '--body', '@/no/such/file'], 1, /cannot be read/],
])('%j is refused with a sentence', async (line, code, sentence) => {
  const said = await command(...line, ...there());
  expect(said.code).toBe(code);
  expect(said.stderr).toMatch(sentence);
});

test('each operation of the contract is reached', async () => {
  const seen = new Set<string>();
  const original = globalThis.fetch;
  globalThis.fetch = (input, options) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    seen.add(`${options?.method ?? 'GET'} ${pathname}`);
    return Promise.resolve(new Response(null, { status: 204 }));
  };
  try {
    for (const { method, path } of Object.values(adminOperations)) {
      const exit = await run(['call', '--admin', method, path, ...there()]);
      expect(exit).toBe(0);
    }
  } finally {
    globalThis.fetch = original;
  }
  const operations = Object.values(adminOperations).map(({ method, path }) => `${method} ${path}`);
  expect([...seen].toSorted()).toEqual([...new Set(operations)].toSorted());
});

test('every action of the console is an operation of the contract, and the console calls nothing else', () => {
  const sources = fileURLToPath(new URL('../../console/src/', import.meta.url));
  const used = new Set<string>();
  const others: string[] = [];
  for (const file of globSync('**/*.{ts,tsx}', { cwd: sources })) {
    if (file.endsWith('.test.ts')) continue;
    const text = readFileSync(join(sources, file), 'utf8');
    // Names with a dot are no other words; those without are looked for where the client is called.
    for (const [, dotted, called] of text.matchAll(/'([a-z-]+\.[a-z-]+)'|\b(?:api|urlOf)\(\s*'([a-z]+)'/g)) {
      const name = dotted ?? called ?? '';
      if (name in adminOperations) used.add(name);
    }
    const isClient = file === join('api', 'client.ts') || file === join('api', 'live.ts');
    if (!isClient && /\b(fetch|EventSource|XMLHttpRequest|WebSocket|sendBeacon)\(|\/mingce\/v1/.test(text))
      others.push(file);
  }
  expect(others).toEqual([]);
  // Each of them is reached from the command line, as the test before shows; so many there are at least.
  expect(used.size).toBeGreaterThanOrEqual(48);
});
