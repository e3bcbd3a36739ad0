import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Call, Dialect, UnhandledReason } from './dialect.ts';

/** The files and folders that every dialect's folder has. */
const FILES = [
  'README.md',
  'auth/caller.ts',
  'company/section.ts',
  'coverage.ts',
  'employees/rules.ts',
  'fixtures',
  'index.ts',
  'model/ids.ts',
  'model/settings.ts',
  'operation-titles.ts',
  'protocol/codes.ts',
  'protocol/errors.ts',
  'protocol/wire.ts',
  'routes',
];

/** What every dialect must pass before it answers its first request. */
export function dialectSuite(dialects: readonly Dialect[], folder: URL): void {
  test('every folder is registered, and nothing else', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).toSorted()).toEqual(dialects.map(({ name }) => name).toSorted());
  });

  test('no two dialects claim one path', () => {
    const paths = dialects.flatMap(({ routes }) => routes.map(({ method, path }) => `${method} ${path}`));
    expect(new Set(paths).size).toBe(paths.length);
  });

  describe.each(dialects.map((dialect) => [dialect.name, dialect] as const))('%s', (name, dialect) => {
    test('has the files that every dialect has', () => {
      expect(FILES.filter((file) => !existsSync(new URL(`${name}/${file}`, folder)))).toEqual([]);
    });

    test('serves exactly what its coverage claims', () => {
      const served = dialect.routes.map(({ operation }) => operation);
      const claimed = dialect.coverage.filter(({ status }) => status !== 'absent').map(({ operation }) => operation);
      expect([...new Set(served)].toSorted()).toEqual(claimed.toSorted());
    });

    test('names a source for every operation, and says what is missing unless nothing is', () => {
      const unexplained = dialect.coverage.filter(
        ({ source, status, note }) => source === '' || (status !== 'same' && !note?.trim()),
      );
      expect(unexplained.map(({ operation }) => operation)).toEqual([]);
    });

    test('has titles only for operations that it serves', () => {
      const served = new Set(dialect.routes.map(({ operation }) => operation));
      const titles = Object.entries(dialect.operationTitles);
      expect(titles.filter(([operation]) => !served.has(operation))).toEqual([]);
      expect(
        titles.filter(([, { zh, en }]) => !/\p{sc=Han}/u.test(zh) || !/^[A-Z][a-z_’ ]+(\(v\d\))?$/.test(en)),
      ).toEqual([]);
    });

    test('claims the path and method that it serves', () => {
      const served = dialect.routes.map((route) => `${route.operation} ${route.method} ${route.path}`);
      const claimed = dialect.coverage
        .filter(({ status }) => status !== 'absent')
        .map(({ operation, method, path }) => `${operation} ${method} ${path}`);
      expect(served).toEqual(expect.arrayContaining(claimed));
    });

    test('serves only paths under its prefixes', () => {
      const outside = dialect.routes.filter(({ path }) => !dialect.prefixes.some((prefix) => path.startsWith(prefix)));
      expect(outside).toEqual([]);
    });

    test.each<UnhandledReason>(['not-found', 'too-large'])(
      'blames the caller when a request is turned away: %s',
      (why) => {
        expect(dialect.fallback(emptyCall(dialect.prefixes[0] ?? '/'), why).status).toBeLessThan(500);
      },
    );

    test.each<UnhandledReason>(['busy', 'internal'])('has words of its own for a fault of the server: %s', (why) => {
      const reply = dialect.fallback(emptyCall(dialect.prefixes[0] ?? '/'), why);
      expect(reply.body).toMatch(/^\{.*\}$/s);
    });
  });
}

function emptyCall(prefix: string): Call {
  return {
    method: 'POST',
    path: `${prefix}nothing-here`,
    params: {},
    query: new URLSearchParams(),
    headers: {},
    body: new Uint8Array(),
    peer: '127.0.0.1',
    receivedAt: 0,
    requestId: '00000000-0000-4000-8000-000000000000',
    origin: 'http://127.0.0.1:6464',
  };
}
