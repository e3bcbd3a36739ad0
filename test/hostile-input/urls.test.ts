import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectPlatformEnvelope, expectQuietLog, isRefusal } from './envelope.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { adminOperations } from '../../src/http/admin/operations/operations.ts';
import { createCall } from '../../src/http/incoming-call.ts';
import { randomIds } from '../../src/lib/ids.ts';
import { parametersOf } from '../../src/sandbox/journal/query-fields.ts';
import { ADMIN_KEY, readReply, startTestServer, type TestServer } from './test-server.ts';
import { bodyOf, examplesOf, isAlwaysRefused, targetOf, type Example } from './request-examples.ts';
import { send, type Answer, type Request } from './socket.ts';

/* Unusual request lines: each is answered by the platform of its path, or by the root routes. */

let context: TestServer;
let examples: readonly Example[];
beforeAll(async () => {
  context = await startTestServer();
  examples = examplesOf(context.alpha);
});
afterAll(() => context.close());

async function ask(example: Example, target: string, more: Partial<Request> = {}): Promise<Answer> {
  const body = bodyOf(example);
  return await send(context.port, {
    method: example.method,
    target,
    headers: example.headers,
    ...(body === undefined ? {} : { body }),
    ...more,
  });
}

async function writingNothing(work: () => Promise<void>): Promise<void> {
  const before = await context.state();
  await work();
  expect(await context.state()).toBe(before);
}

/** The prefix a platform is known by, from which on a path is its own. */
const HOME = {
  feishu: '/open-apis/',
  wecom: '/cgi-bin/',
  hose: '/api/openapi/',
  admin: '/mingce/',
  front: '/',
} as const;

describe('a path that is no path of the route', () => {
  const spoilt: Readonly<Record<string, (path: string) => string>> = {
    'a broken escape': (path) => `${path}%zz`,
    'an escape cut short': (path) => `${path}%e`,
    'half a character': (path) => `${path}%E5%BC`,
    'an overlong slash': (path) => `${path}%c0%af`,
    'a NUL': (path) => `${path}%00`,
    'a NUL before the end': (path) => path.replace(/.$/, '%00$&'),
    'a segment more': (path) => `${path}/x`,
    'a backslash': (path) => `${path}\\x\\`,
    'a way up': (path) => `${path}/../../../../etc/passwd`,
    'a way up in disguise': (path) => `${path}%2f..%2f..%2fetc%2fpasswd/x`,
    'sixteen kilobytes': (path) => `${path}/${'x'.repeat(14_000)}`,
    'a thousand segments': (path) => `${path}${'/x'.repeat(1_000)}`,
    'a property of all objects': (path) => `${path}/__proto__`,
  };

  test.each(Object.entries(spoilt))('%s', async (what, spoil) => {
    await writingNothing(async () => {
      for (const example of examples) {
        if (example.path === '/' || !example.path.startsWith(HOME[example.platform])) continue;
        const target = targetOf({ path: spoil(example.path), query: example.query });
        const answer = await ask(example, target);
        const about = `${what}: ${example.method} ${target.slice(0, 200)}`;
        expectPlatformEnvelope(example.platform, answer, about);
        expect(isRefusal(example.platform, answer), `${about}: ${answer.text.slice(0, 200)}`).toBe(true);
      }
    });
  });
});

describe('a path parameter', () => {
  const ids = [
    '',
    '%20',
    '%',
    '$',
    '$$',
    '%24',
    '%0d%0aX-Evil:%201',
    '%22%27%3b--',
    '%F0%9F%98%80',
    '%EF%BF%BD',
    '__proto__',
    'constructor',
    '.',
    '..',
    '%2e%2e',
    '%2F',
    'x'.repeat(8_000),
  ];
  ids.push(`$${ids.at(-1) ?? ''}`, `%24Corp_alpha%3A${'y'.repeat(2_000)}`);

  test('finds nobody, whatever stands there', async () => {
    await writingNothing(async () => {
      for (const example of examples.filter(({ pattern }) => pattern.includes(':'))) {
        for (const id of ids) {
          const path = example.pattern.replace(/:[A-Za-z_]+/, id).replaceAll(/:[A-Za-z_]+/g, 'wang');
          const answer = await ask(example, targetOf({ path, query: example.query }));
          expectPlatformEnvelope(example.platform, answer, `${example.method} ${path.slice(0, 100)}`);
          expect(isRefusal(example.platform, answer), `${path}: ${answer.text.slice(0, 100)}`).toBe(true);
          expect(Object.keys(answer.headers)).not.toContain('x-evil');
        }
      }
    });
  });
});

describe('a query', () => {
  const values = [
    '',
    '%00',
    'a%00b',
    '%zz',
    '%ff',
    '%ED%A0%80',
    '%0d%0aX-Evil:%201',
    "'%20OR%201=1--",
    '-1',
    '1e400',
    '9007199254740993',
    '999999999999999',
    '99999999999999999999',
    '0x10',
    'NaN',
    '__proto__',
    'x'.repeat(9_000),
    '%F0%9F%98%80',
  ];

  test('may hold anything in each of its places', async () => {
    await writingNothing(async () => {
      for (const example of examples.filter(({ method }) => method === 'GET')) {
        for (const name of Object.keys(example.query)) {
          for (const value of values) {
            const { [name]: _one, ...others } = example.query;
            const rest = new URLSearchParams(others).toString();
            const answer = await ask(example, `${example.path}?${rest}&${name}=${value}`);
            expectPlatformEnvelope(example.platform, answer, `${example.operation} ${name}=${value.slice(0, 50)}`);
            expect(Object.keys(answer.headers)).not.toContain('x-evil');
          }
        }
      }
    });
  });

  test('of the parameters that say who calls decides on its own, in each place', async () => {
    await writingNothing(async () => {
      for (const example of examples) {
        for (const name of ['access_token', 'accessToken', 'corpid', 'corpsecret', 'refreshToken']) {
          if (example.query[name] === undefined) continue;
          for (const value of [...values, `${example.query[name]}%00`]) {
            const { [name]: _one, ...others } = example.query;
            const rest = new URLSearchParams(others).toString();
            const answer = await ask(example, `${example.path}?${rest}&${name}=${value}`);
            expectPlatformEnvelope(example.platform, answer, `${example.operation} ${name}=${value.slice(0, 50)}`);
            expect(isRefusal(example.platform, answer), `${example.operation} ${name}=${value}`).toBe(true);
          }
        }
      }
    });
  });

  test.each([
    '?',
    '??',
    '?&&&',
    '?=',
    '?=&=',
    '?a',
    '?a=b=c',
    '?%00',
    '?%zz=%zz',
    `?${'a&'.repeat(5_000)}`,
    '?x[]=1&x[a]=2',
    '?__proto__=1',
  ])('%s changes nothing about whose path it is', async (query) => {
    await writingNothing(async () => {
      for (const example of examples) {
        const answer = await ask({ ...example, headers: {} }, `${example.path}${query}`);
        expectPlatformEnvelope(example.platform, answer, `${example.operation} ${query.slice(0, 50)}`);
      }
    });
  });

  test('that says a thing twice is heard the first time', async () => {
    for (const example of examples) {
      for (const name of ['access_token', 'accessToken']) {
        const token = example.query[name];
        if (token === undefined || example.method !== 'GET') continue;
        const { [name]: _one, ...others } = example.query;
        const rest = new URLSearchParams(others).toString();
        const good = await ask(example, `${example.path}?${rest}&${name}=${encodeURIComponent(token)}&${name}=bad`);
        const bad = await ask(example, `${example.path}?${rest}&${name}=bad&${name}=${encodeURIComponent(token)}`);
        expect(isRefusal(example.platform, bad), example.operation).toBe(true);
        const isRefused = isAlwaysRefused(example);
        expect(isRefusal(example.platform, good), `${example.operation}: ${good.text}`).toBe(isRefused);
      }
    }
  });
});

describe('a method', () => {
  const methods = [
    'GET',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'OPTIONS',
    'TRACE',
    'PROPFIND',
    'MKCOL',
    'PURGE',
    'SEARCH',
    'M-SEARCH',
  ];

  test('that a path does not take is answered by whose path it is', async () => {
    await writingNothing(async () => {
      for (const { platform, pattern, path, query, headers } of examples) {
        const served = new Set<string>(
          examples.filter((other) => other.pattern === pattern).map(({ method }) => method),
        );
        for (const method of methods.filter((one) => !served.has(one))) {
          const answer = await send(context.port, { method, target: targetOf({ path, query }), headers });
          expectPlatformEnvelope(platform, answer, `${method} ${path}`);
          const isRefused = platform === 'front' || isRefusal(platform, answer);
          expect(isRefused, `${method} ${path}: ${answer.text}`).toBe(true);
        }
      }
    });
  });

  test.each(['get', 'Get', 'FROB', 'GET/', ''])('%j is no HTTP', async (method) => {
    expect(await send(context.port, { method, target: '/cgi-bin/gettoken' })).toMatchObject({ status: 400, text: '' });
  });

  test('HEAD is answered as GET without its words', async () => {
    for (const example of examples.filter(({ method }) => method === 'GET')) {
      const bytes = await rawHead(targetOf(example), example.headers);
      expect(bytes, example.operation).toMatch(/^HTTP\/1\.1 [24]\d\d [^]*\r\n\r\n$/);
    }
  });
});

/** An answer to HEAD tells a length and has no body, so it is looked at as text. */
async function rawHead(target: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${String(context.port)}${target}`, {
    method: 'HEAD',
    headers,
  });
  const lines = [...answer.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${String(answer.status)} \r\n${lines}\r\n${await answer.text()}`;
}

describe('a target', () => {
  test('may be a whole URL, whose host is nobody’s business', async () => {
    for (const example of examples.filter(({ method }) => method === 'GET')) {
      const answer = await ask(example, `http://evil.example:1${targetOf(example)}`);
      expectPlatformEnvelope(example.platform, answer, example.operation);
      expect(answer.text).not.toContain('evil');
    }
  });

  test.each([
    '*',
    'http://',
    'http:///',
    '//',
    '//cgi-bin/gettoken',
    'x',
    '?',
    '#',
    '/#',
    '/cgi-bin/gettoken#x',
    'http://a',
    'ftp://a/b',
    'javascript:alert(1)',
    '/%',
    '/\x80',
  ])('such as %j is answered or is no HTTP', async (target) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const answer = await send(context.port, { method, target });
      expect([200, 400, 404], `${method} ${target}: ${answer.text}`).toContain(answer.status);
      expect(answer.text).not.toMatch(/Error|at \S+ \(/);
    }
  });

  test('CONNECT, and other protocols, lead nowhere', async () => {
    const upgrade = { upgrade: 'websocket', 'sec-websocket-key': 'x', 'sec-websocket-version': '13' };
    const answer = await send(context.port, {
      method: 'GET',
      target: '/cgi-bin/gettoken',
      headers: upgrade,
      connection: 'Upgrade, close',
    });
    expectPlatformEnvelope('wecom', answer, 'upgrade');
    const { status } = await send(context.port, { method: 'CONNECT', target: 'example.test:443' });
    expect(status).toBe(400);
  });
});

test('after all of it the log has nothing of what was sent', () => {
  const { alpha, beta } = context;
  const tokens = [alpha.feishu, alpha.wecom, alpha.hose, alpha.hoseRefresh];
  expectQuietLog(context.lines, [...alpha.secrets, ...beta.secrets, ...tokens, ADMIN_KEY, 'evil', 'passwd', 'xxxx']);
});

test('each parameter that an operation reads is one of those it is said to take', async () => {
  const wrong: string[] = [];
  const admin: Readonly<Record<string, { readonly query: readonly string[] }>> = adminOperations;
  for (const example of examples) {
    const dialect = dialects.find(({ name }) => name === example.platform);
    const known =
      dialect === undefined
        ? admin[example.operation]?.query
        : parametersOf(example.operation, dialect.memberNames.query);
    if (known === undefined) continue;
    const body = bodyOf(example);
    const read = new Set<string>();
    const more = { ids: randomIds, headers: example.headers, ...(body === undefined ? {} : { body }) };
    const call = createCall(example.method, targetOf(example), more);
    for (const member of ['get', 'has', 'getAll'] as const) {
      const look = call.query[member].bind(call.query);
      Object.defineProperty(call.query, member, { value: (name: string) => (read.add(name), look(name)) });
    }
    await readReply(await context.mingce.handle(call));
    wrong.push(...[...read].filter((name) => !known.includes(name)).map((name) => `${example.operation} ?${name}`));
  }
  // Feishu looks at the kind of ids before it knows which API is called. [missing-scopes.ts]
  expect(wrong.filter((text) => !text.endsWith('?employee_id_type'))).toEqual([]);
});
