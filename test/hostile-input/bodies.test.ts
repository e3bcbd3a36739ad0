import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectPlatformEnvelope, expectQuietLog, isRefusal } from './envelope.ts';
import { ADMIN_KEY, startTestServer, type TestServer } from './test-server.ts';
import {
  bodyOf,
  examplesOf,
  isAlwaysRefused,
  isOnce,
  mayBeBare,
  targetOf,
  type Example,
  type Platform,
} from './request-examples.ts';
import { send, type Answer, type Request } from './socket.ts';

/* Bodies that are none, over real sockets: the answer is the platform's own, nothing is written or revealed. */

const BODY_BYTES = 262_144;
let context: TestServer;
let examples: readonly Example[];
beforeAll(async () => {
  context = await startTestServer({ bodyBytes: BODY_BYTES, companyBytes: BODY_BYTES });
  examples = examplesOf(context.alpha);
});
afterAll(() => context.close());

const requestOf = (example: Example, body: string | Uint8Array): Request => ({
  method: example.method,
  target: targetOf(example),
  headers: example.headers,
  body,
});

const quoted = (...bytes: number[]): Uint8Array => Uint8Array.from([0x7b, 0x22, ...bytes, 0x22, 0x3a, 0x31, 0x7d]);
const deep = (times: number, open: string, close: string): string => open.repeat(times) + close.repeat(times);

/** Bodies that are no valid JSON text on any platform. */
const BROKEN: Readonly<Record<string, string | Uint8Array>> = {
  'cut off': '{"employee":{"name":',
  'a comma too many': '{"userid":"wang",}',
  'a comment': '{} // that is all',
  'single quotes': "{'name':'x'}",
  'two values': '{}{}',
  NaN: '{"name":NaN}',
  'a number with a zero in front': '{"name":01}',
  'a line feed in a text': '{"name":"a\nb"}',
  'a raw NUL in a text': quoted(0x61, 0),
  'a NUL alone': Uint8Array.from([0]),
  'an escaped NUL': '{"name":"a\\u0000b"}',
  'an escaped NUL in a key': '{"\\u0000":1}',
  'half of a surrogate pair': '{"name":"\\ud83d"}',
  'the halves of a pair in the wrong order': '{"name":"\\ude00\\ud83d"}',
  'half of a pair in a key': '{"\\udc00":1}',
  'a byte that is no UTF-8': quoted(0xff),
  'an overlong slash': quoted(0xc0, 0xaf),
  'a surrogate in UTF-8': quoted(0xed, 0xa0, 0x80),
  'a character cut off': quoted(0xe5, 0xbc),
  'UTF-16': Buffer.from('\ufeff{"name":"x"}', 'utf16le'),
  'twenty thousand lists': deep(20_000, '[', ']'),
  'forty thousand lists never closed': '['.repeat(40_000),
  'objects in objects': deep(20_000, '{"a":', '}').replace(':}', ':1}'),
  'one level more than is read': deep(513, '[', ']'),
};

/** What is JSON, but not what any operation asks for. */
const OTHER: Readonly<Record<string, string>> = {
  null: 'null',
  true: 'true',
  'a text': '"x"',
  'a list': '[]',
  'a number': '7',
  'a number beyond all': '1e400',
};

/** Twenty million blanks, in some thousand bytes. */
const GZIPPED = gzipSync(Buffer.alloc(20_000_000, 0x20));

/** The code for a body that cannot be read, by platform. */
function codeOf(platform: Platform, { status, json }: Answer): unknown {
  if (platform === 'feishu') return json?.code;
  // The newer operation for tokens tells its code as a text, with HTTP 200.
  if (platform === 'hose' && json?.msg !== undefined) return Number(json.code);
  return platform === 'wecom' ? json?.errcode : status;
}

function isBehindSetting(operation: string): boolean {
  return operation === 'staffs.phone' || operation === 'staffs.getOpenUserId';
}

function badJsonCode({ platform, operation }: Example): number {
  switch (platform) {
    case 'feishu':
      if (/^(user-access-token|oauth-v3-token|passport\.token)$/.test(operation)) return 20_063;
      if (operation.startsWith('authen.')) return 20_001;
      if (operation === 'event.long-connection') return 1_000_040_344;
      return operation.endsWith('access-token') ? 10_003 : 9_499;
    case 'wecom':
      return 40_058;
    default:
      // The company's word, and its edition, are asked for first.
      if (isBehindSetting(operation)) return 403;
      return operation === 'auth.v3.getAccessToken' ? 500 : 412;
  }
}

/** The routes that read a body as JSON, and refuse what is none: WeCom's contacts read it as a body without fields (wecom-more 2.3). */
const reading = (): readonly Example[] =>
  examples.filter(
    ({ schema, platform, operation }) => schema !== undefined && (platform !== 'wecom' || operation.startsWith('hr.')),
  );

async function expectRefused(
  example: Example,
  what: string,
  body: string | Uint8Array,
  code = badJsonCode(example),
): Promise<void> {
  const answer = await send(context.port, requestOf(example, body));
  const about = `${example.method} ${example.pattern}: ${what}`;
  expectPlatformEnvelope(example.platform, answer, about);
  expect(codeOf(example.platform, answer), about).toBe(code);
}

/** Whatever the test does, nothing may be written. */
async function writingNothing(work: () => Promise<void>): Promise<void> {
  const before = await context.state();
  await work();
  expect(await context.state()).toBe(before);
}

test('the good requests that are spoilt here are good', async () => {
  for (const example of examples) {
    // A pair is changed for another only once, and a company is removed after it was made.
    if (example.operation.startsWith('auth.refreshToken') || isAlwaysRefused(example)) continue;
    const body = bodyOf(example);
    const answer = await send(context.port, {
      method: example.method,
      target: targetOf(example),
      headers: example.headers,
      ...(body === undefined ? {} : { body }),
    });
    expectPlatformEnvelope(example.platform, answer, example.operation);
    expect(isRefusal(example.platform, answer), `${example.operation}: ${answer.text}`).toBe(false);
  }
});

test.each(Object.entries(BROKEN))('%s is no JSON for anybody', async (what, body) => {
  await writingNothing(async () => {
    for (const example of reading()) await expectRefused(example, what, body);
  });
});

test.each(Object.entries(OTHER))('%s is not what anybody asks for', async (what, body) => {
  // `v1` leaves roles alone that are kept by hand, whatever is sent.
  const isRefusedFirst = ({ operation }: Example): boolean => operation === 'roledefs.staffs.update.v1';
  await writingNothing(async () => {
    // A list of none is what certificates may be.
    for (const example of reading().filter(
      ({ operation }) => body !== '[]' || operation !== 'staffs.certificate.update',
    ))
      await expectRefused(example, what, body, isRefusedFirst(example) ? 403 : badJsonCode(example));
  });
});

test('no body, and blanks alone, are told as a platform tells them, and write nothing', async () => {
  const code = (example: Example): number => {
    if (example.operation === 'auth.getAccessToken') return 403;
    if (example.operation === 'auth.v3.getAccessToken') return 500;
    // Its codes stand in the body, with HTTP 200.
    if (example.operation === 'auth.getAppAccessToken') return 200;
    return example.platform === 'hose' && !isBehindSetting(example.operation) ? 400 : badJsonCode(example);
  };
  await writingNothing(async () => {
    for (const example of reading()) {
      for (const body of [...(mayBeBare(example) ? [] : ['']), ' \r\n\t ', '\ufeff'])
        await expectRefused(example, 'empty', body, code(example));
    }
  });
});

test('a byte order mark in front of a body is not a mistake', async () => {
  for (const example of reading()) {
    if (isOnce(example)) continue;
    const answer = await send(context.port, requestOf(example, `\ufeff${bodyOf(example) ?? ''}`));
    const isRefused = isAlwaysRefused(example);
    expect(isRefusal(example.platform, answer), `${example.operation}: ${answer.text}`).toBe(isRefused);
  }
});

test('what stands in members that nobody knows may nest 512 levels deep', async () => {
  for (const example of reading()) {
    // Every member of these two is the name of a field, so that an unknown one is refused by name.
    if (isOnce(example) || example.operation.startsWith('staffs.customFields')) continue;
    const body = bodyOf(example) ?? '{}';
    const lists = deep(511, '[', ']');
    const unknown = body.replace(/\}$/, `${body === '{}' ? '' : ','}"unheard_of":${lists}}`);
    const answer = await send(context.port, requestOf(example, unknown));
    expectPlatformEnvelope(example.platform, answer, example.operation);
    expect(isRefusal(example.platform, answer), `${example.operation}: ${answer.text}`).toBe(isAlwaysRefused(example));
  }
});

test('a packed body is unpacked no further than a body may be long; what cannot be unpacked is no body', async () => {
  await writingNothing(async () => {
    for (const example of reading()) {
      for (const encoding of ['gzip', 'deflate', 'br', 'gzip, gzip']) {
        const headers = { ...example.headers, 'content-encoding': encoding };
        const answer = await send(context.port, { ...requestOf(example, GZIPPED), headers });
        const about = `${example.operation} ${encoding}`;
        expectPlatformEnvelope(example.platform, answer, about);
        const isTooLarge = encoding === 'gzip' && example.platform !== 'wecom';
        const isAsDue =
          encoding === 'gzip, gzip'
            ? codeOf(example.platform, answer) === badJsonCode(example)
            : isTooLarge
              ? answer.status === 413
              : isRefusal(example.platform, answer);
        expect(isAsDue, `${about}: ${answer.text}`).toBe(true);
      }
    }
  });
});

describe('a body over the limit', () => {
  const expectTooLarge = (example: Example, answer: Answer): void => {
    expectPlatformEnvelope(example.platform, answer, example.operation);
    expect(answer.headers['connection']).toBe('close');
    const refusal = example.platform === 'wecom' ? answer.json.errcode : answer.status;
    // A path that WeCom has, but not so: its own answer to that comes first nowhere.
    expect([example.operation, refusal]).toEqual([example.operation, example.platform === 'wecom' ? 40_058 : 413]);
  };
  const huge = `{"employee":{"name":"${'x'.repeat(BODY_BYTES)}"}}`;

  test('is refused by its length', async () => {
    await writingNothing(async () => {
      for (const example of examples.filter(({ platform, isUnbounded }) => platform !== 'front' && !isUnbounded))
        expectTooLarge(example, await send(context.port, requestOf(example, huge)));
    });
  });

  test('is refused by its length before a byte of it is sent', async () => {
    await Promise.all(
      reading().map(async (example) => {
        const headers = { ...example.headers, 'content-length': '999999999999' };
        expectTooLarge(example, await send(context.port, { ...requestOf(example, ''), headers }));
      }),
    );
  });

  test('is refused when it grows over it in chunks', async () => {
    const chunked = `1\r\n{\r\n${(huge.length - 1).toString(16)}\r\n${huge.slice(1)}\r\n0\r\n\r\n`;
    await writingNothing(async () => {
      for (const example of examples.filter(({ platform, isUnbounded }) => platform !== 'front' && !isUnbounded)) {
        const headers = { ...example.headers, 'transfer-encoding': 'chunked' };
        expectTooLarge(example, await send(context.port, { ...requestOf(example, chunked), headers }));
      }
    });
  });

  test('is turned away from the admin API for want of the key first', async () => {
    for (const example of examples.filter(({ operation }) => operation === 'companies.apply')) {
      const answer = await send(context.port, { ...requestOf(example, huge), headers: {} });
      expectPlatformEnvelope('admin', answer, example.operation);
      expect(answer.status).toBe(401);
    }
  });
});

test('routes that read no body are not disturbed by one', async () => {
  await writingNothing(async () => {
    for (const example of examples) {
      if (example.schema !== undefined || example.operation.startsWith('companies.') || isOnce(example)) continue;
      if (example.operation.startsWith('auth.refreshToken')) continue;
      for (const body of ['{"a":', '[', Uint8Array.from([0xff, 0])]) {
        const answer = await send(context.port, requestOf(example, body));
        expectPlatformEnvelope(example.platform, answer, example.operation);
      }
    }
  });
});

test.each([...Object.entries(BROKEN), ...Object.entries(OTHER), ['much of nothing', 'x'.repeat(2_000_000)] as const])(
  '%s is no copy to be put back, not even by force',
  async (what, body) => {
    await writingNothing(async () => {
      // Any text is a table of employees: a table that makes no sense is said to have no columns that are known.
      const copies = examples.filter(({ operation }) => operation !== 'imports.create');
      for (const example of copies.filter(({ platform, isUnbounded }) => platform === 'admin' && isUnbounded)) {
        for (const force of ['false', 'true', 'x']) {
          const target = targetOf({ path: example.path, query: { force } });
          const answer = await send(context.port, { ...requestOf(example, body), target });
          expectPlatformEnvelope('admin', answer, what);
          expect([400, 409, 422], answer.text).toContain(answer.status);
        }
      }
    });
  },
);

test('the admin API passes over no member that it does not know', async () => {
  // Each of these has one member, without which it is refused.
  const whole = ['targets.put-links', 'targets.settle', 'targets.book', 'target-plans.allow'];
  const passedOver: string[] = [];
  let asked = 0;
  for (const example of examples) {
    const { platform, operation } = example;
    const body = bodyOf(example);
    if (platform !== 'admin' || typeof body !== 'string' || !body.startsWith('{') || whole.includes(operation))
      continue;
    asked++;
    const { status } = await send(
      context.port,
      requestOf(example, body.replace('{', '{"misspelt":1,').replace(',}', '}')),
    );
    if (status !== 400 && status !== 422) passedOver.push(`${operation}: ${String(status)}`);
  }
  expect(passedOver).toEqual([]);
  expect(asked).toBeGreaterThan(15);
});

describe('a company file that is none', () => {
  const hostile: Readonly<Record<string, string | Uint8Array>> = {
    ...BROKEN,
    ...OTHER,
    'a bomb of aliases': [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map((name, at) => `${name}: &${name} [${`*${'abcdefgh'[at] ?? ''}, `.repeat(9)}]`),
    ].join('\n'),
    'an alias of itself': 'a: &a [*a]',
    'a merge of itself': 'a: &a { <<: *a }',
    'a tag that makes things': '!!js/function "() => process.exit()"',
    'another tag': 'key: !<tag:yaml.org,2002:binary> aGk=',
    'a key that is a list': '? [a, b]\n: c',
    'the root of all objects': '__proto__: { key: gamma }\nconstructor: { prototype: 1 }',
    'two documents': 'mingce: 1\n---\nmingce: 1',
    'members without end': Array.from({ length: 20_000 }, (_none, at) => `k${String(at)}: 1`).join('\n'),
    'numbers beyond all': 'mingce: 1e999\nkey: gamma\nname: 99999999999999999999999999',
    'a date for a key': 'mingce: 1\nkey: 2020-01-01\nname: x',
  };

  test.each(Object.entries(hostile))('%s', async (what, body) => {
    const [example] = examples.filter(({ operation }) => operation === 'companies.apply');
    if (example === undefined) throw new Error('companies are not applied any more');
    await writingNothing(async () => {
      const answer = await send(context.port, requestOf(example, body));
      expectPlatformEnvelope('admin', answer, what);
      expect([400, 422], `${what}: ${answer.text.slice(0, 200)}`).toContain(answer.status);
      // One who sends rubbish is not sent a thousand times as much.
      expect(answer.text.length).toBeLessThan(200_000);
    });
  });
});

test('after all of it the log has a line for each request, with nothing of what was sent', () => {
  expect(context.lines.length).toBeGreaterThan(500);
  const { alpha, beta } = context;
  const tokens = [alpha.feishu, alpha.wecom, alpha.hose, alpha.hoseRefresh];
  expectQuietLog(context.lines, [...alpha.secrets, ...beta.secrets, ...tokens, ADMIN_KEY, 'zhang', 'motto']);
});
