import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DialectContext, Reply } from '../../dialects/dialect.ts';
import { randomIds } from '../../lib/ids.ts';
import { silentLog } from '../../lib/log.ts';
import { Dispatcher } from '../dispatcher.ts';
import { createCall } from '../incoming-call.ts';
import { rootRoutes } from '../root-routes.ts';
import { consoleRoutes } from './console-routes.ts';
import { takes } from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'mingce-console-'));

beforeAll(() => {
  const files: Readonly<Record<string, string>> = {
    'dist/index.html': '<!doctype html>page',
    'dist/theme.js': 'theme',
    'dist/theme.js.gz': 'theme gz',
    'dist/assets/app-AbCd1234.js': 'app',
    'dist/assets/app-AbCd1234.js.br': 'app br',
    'dist/assets/app-AbCd1234.js.gz': 'app gz',
    'dist/.stamp': 'hidden',
    'dist/.stamp.json': 'hidden',
    'dist/sources.txt': 'no kind that a page loads',
    'secret.json': 'outside',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const dispatcherOf = (dist: string): Dispatcher =>
  new Dispatcher({
    groups: [consoleRoutes(dist, '1.2.3'), rootRoutes],
    // No file of the console asks for anything.
    context: () => ({}) as DialectContext,
    log: silentLog,
  });

const get = (
  path: string,
  headers: Readonly<Record<string, string>> = {},
  dist = join(folder, 'dist'),
): Promise<Reply> => dispatcherOf(dist).dispatch(createCall('GET', path, { ids: randomIds, headers }));

const textOf = ({ body }: Reply): string => (typeof body === 'string' ? body : new TextDecoder().decode(body));

describe('the console', () => {
  test('is one page for every path of its own, which is asked for each time', async () => {
    for (const path of ['/console/', '/console/sign-in', '/console/c/demo/people/zhang.san', '/console/index.html']) {
      const reply = await get(path);
      expect([path, reply.status, textOf(reply)]).toEqual([path, 200, '<!doctype html>page']);
      expect(reply.headers).toMatchObject({ 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' });
    }
    expect(await get('/console')).toMatchObject({ status: 308, headers: { Location: '/console/' } });
  });

  test('keeps files with a hash in their name in the browser, and no others', async () => {
    const hashed = await get('/console/assets/app-AbCd1234.js');
    expect(hashed.headers['Cache-Control']).toBe('public, max-age=31536000, immutable');
    expect((await get('/console/theme.js')).headers['Cache-Control']).toBe('no-cache');
  });

  test.each([
    ['br, gzip', 'app br', 'br'],
    ['gzip', 'app gz', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'app gz', 'gzip'],
    ['identity', 'app', undefined],
    ['', 'app', undefined],
  ])('sends a caller that takes %j the copy it can read', async (accepted, text, encoding) => {
    const reply = await get('/console/assets/app-AbCd1234.js', { 'accept-encoding': accepted });
    expect(textOf(reply)).toBe(text);
    expect(reply.headers['Content-Encoding']).toBe(encoding);
    expect(reply.headers['Vary']).toBe('Accept-Encoding');
  });

  test.each([
    '/console/assets/missing.js',
    '/console/missing.js',
    '/console/.stamp',
    '/console/.stamp.json',
    '/console/sources.txt',
    '/console/theme.js.gz',
    '/console/assets/../../secret.json',
    '/console/assets/..%2f..%2fsecret.json',
    '/console/assets/%2e%2e/%2e%2e/secret.json',
    '/console/assets/..\\..\\secret.json',
    '/console/assets/%00.js',
    `/console/assets/${'a/'.repeat(20)}a.js`,
    `/console/assets/${'a'.repeat(5_000)}.js`,
  ])('has no file at %s', async (path) => {
    const reply = await get(path);
    expect(reply.status).toBe(404);
    expect(textOf(reply)).toBe('The console has no such file.\n');
  });

  test('lets a page load nothing from elsewhere, and lets no other page embed it', async () => {
    for (const path of ['/console/', '/console/assets/app-AbCd1234.js', '/console/missing.js']) {
      const { headers } = await get(path);
      expect(headers['Content-Security-Policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
      expect(headers['Content-Security-Policy']).not.toContain('unsafe');
      expect(headers).toMatchObject({
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'X-Mingce-Version': '1.2.3',
      });
    }
  });

  test('says how to build it where it was not built', async () => {
    const reply = await get('/console/c/demo', {}, join(folder, 'none'));
    expect(reply.status).toBe(503);
    expect(textOf(reply)).toContain('npm run console:build');
    expect(textOf(reply)).not.toContain('<script');
  });
});

test('an encoding is taken by its name, and refused by q=0', () => {
  expect(takes('gzip, deflate, br', 'br')).toBe(true);
  expect(takes('GZIP;q=1.0', 'gzip')).toBe(true);
  expect(takes('br;q=0.000', 'br')).toBe(false);
  expect(takes('brotli', 'br')).toBe(false);
  expect(takes(undefined, 'br')).toBe(false);
});
