import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCall } from '../../src/http/incoming-call.ts';
import { randomIds } from '../../src/lib/ids.ts';
import { isObject } from '../../src/lib/json-equal.ts';
import { countWrites } from './counted-writes.ts';
import { expectPlatformEnvelope, expectQuietLog, isRefusal, type ReadReply } from './envelope.ts';
import { readReply, startTestServer, type TestServer } from './test-server.ts';
import { bodyOf, examplesOf, isAlwaysRefused, targetOf, type Example } from './request-examples.ts';
import { send } from './socket.ts';

/* JSON that can be read and is still meant badly: wrong types in every place, names every object has, numbers beyond all. */

const MEGABYTE = 1_048_576;
/** Whether there is time for everything; see `npm run soak:fuzz`. */
const isLong = process.env['MINGCE_FUZZ_SECONDS'] !== undefined;
let context: TestServer;
let rowsWritten: () => number;
let examples: readonly Example[];
beforeAll(async () => {
  const { opened, rows } = await countWrites(() => startTestServer({ bodyBytes: 16 * MEGABYTE }));
  context = opened;
  rowsWritten = rows;
  examples = examplesOf(context.alpha).filter(({ schema }) => schema !== undefined);
});
afterAll(() => context.close());

type Ask = (example: Example, body: string) => Promise<ReadReply>;

/** Over a socket. The bytes of bodies are tested in `bodies.test.ts`; this is about what they say. */
const askOverSocket: Ask = (example, body) =>
  send(context.port, { method: example.method, target: targetOf(example), headers: example.headers, body });

const ask: Ask = async (example, body) => {
  const { method, headers } = example;
  const call = createCall(method, targetOf(example), { ids: randomIds, headers, body });
  return await readReply(await context.mingce.handle(call));
};

/** Everything that was kept after so many rows were written. */
let known = { text: '', rows: -1 };

/** Everything that is kept. It is read only where anything was written since, as that takes longer than most requests. */
async function state(): Promise<string> {
  const rows = rowsWritten();
  if (rows !== known.rows) known = { text: await context.state(), rows };
  return known.text;
}

/** What must hold of every answer: own words, and a refusal that wrote nothing. */
async function expectJudged(example: Example, body: string, what: string, how = ask): Promise<ReadReply> {
  const before = await state();
  const answer = await how(example, body);
  const about = `${example.operation}, ${what}`;
  expectPlatformEnvelope(example.platform, answer, about);
  expect(isRefusal(example.platform, answer) ? await state() : before, about).toBe(before);
  return answer;
}

/** A place in a body, and everything in it. */
type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item, at) => pathsIn(item, [...path, at]))];
  if (!isObject(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => pathsIn(member, [...path, name]))];
}

/** A body with something else, written as it is, in one place. */
function replaced(body: unknown, path: Path, written: string): string {
  const [step, ...rest] = path;
  if (step === undefined) return written;
  if (Array.isArray(body)) {
    return `[${body.map((item, at) => (at === step ? replaced(item, rest, written) : JSON.stringify(item))).join(',')}]`;
  }
  const members = Object.entries(body as object).map(([name, member]) => {
    return `${JSON.stringify(name)}:${name === step ? replaced(member, rest, written) : JSON.stringify(member)}`;
  });
  return `{${members.join(',')}}`;
}

/** The same with one member more in the object at a place. */
function withMember(body: unknown, path: Path, member: string): string | null {
  let at: unknown = body;
  for (const step of path) at = (at as Record<string | number, unknown>)[step];
  if (!isObject(at)) return null;
  const others = JSON.stringify(at).slice(1, -1);
  return replaced(body, path, `{${others}${others === '' ? '' : ','}${member}}`);
}

const WRONG: readonly string[] = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '-1',
  '1.5',
  '1e400',
  '-1e400',
  '1e21',
  '9007199254740993',
  '18446744073709551615',
  '18446744073709551616',
  '-9223372036854775809',
  `${'9'.repeat(400)}`,
  '0.1e-400',
  '""',
  '" "',
  '"x"',
  '"__proto__"',
  '"1e400"',
  '"99999999999999999999"',
  '"\u202e\u0007\\u001b[31m"',
  '"😀"',
  `"${'x'.repeat(5_000)}"`,
  '[]',
  '[[]]',
  '[null]',
  '["x"]',
  '{}',
  '{"__proto__":null}',
  '{"toString":1,"constructor":{"prototype":{"x":1}}}',
  '{"length":99999999}',
];

test('of a member that stands there twice the last counts', async () => {
  for (const example of examples) {
    const body = JSON.parse(bodyOf(example) ?? '{}') as object;
    const [name] = Object.keys(body);
    // Where nothing is read nothing can be said twice.
    if (name === undefined) continue;
    // WeCom's contacts pass over a value of another type, with a warning. (wecom-more 2.3)
    if (example.platform === 'wecom' && !example.operation.startsWith('hr.')) continue;
    if (Array.isArray(body)) continue;
    // Fields are searched by any value, and no employee has this one.
    if (/^(?:staffs\.staffCustom|departments\.departmentCustom)$/.test(example.operation)) continue;
    const text = JSON.stringify(body);
    const first = await expectJudged(
      example,
      text.replace('{', `{"${name}":[[1]],`),
      'wrong, then right',
      askOverSocket,
    );
    expect(isRefusal(example.platform, first), `${example.operation}: ${first.text}`).toBe(isAlwaysRefused(example));
    const last = await expectJudged(
      example,
      text.replace(/\}$/, `,"${name}":[[1]]}`),
      'right, then wrong',
      askOverSocket,
    );
    expect(isRefusal(example.platform, last), `${example.operation}: ${last.text}`).toBe(true);
  }
});

test('a wrong value in any one place is answered, and what is refused changes nothing', async () => {
  let asked = 0;
  let turn = 0;
  for (const example of examples) {
    const body: unknown = JSON.parse(bodyOf(example) ?? '{}');
    for (const path of pathsIn(body)) {
      for (const written of WRONG) {
        // In the short form each place gets a few of them.
        if (!isLong && turn++ % 13 !== 0) continue;
        await expectJudged(example, replaced(body, path, written), `${path.join('.')}: ${written.slice(0, 60)}`);
        asked++;
      }
    }
  }
  expect(asked).toBeGreaterThan(300);
}, 300_000);

describe('a member that every object has', () => {
  const members = [
    '"__proto__":{"mobile":"13999999999","is_frozen":true,"modifyAccountPhone":true,"polluted":1}',
    '"constructor":{"prototype":{"polluted":1}}',
    '"prototype":{"polluted":1}',
    '"toString":"x"',
    '"hasOwnProperty":1',
    '"toJSON":"x"',
    '"then":"x"',
    '"length":-1',
    '"valueOf":{}',
    '"__defineGetter__":1',
    '"":1',
  ];

  test.each(members)('%s is passed over, or refused, in every object', async (member) => {
    for (const example of examples) {
      const body: unknown = JSON.parse(bodyOf(example) ?? '{}');
      for (const path of pathsIn(body)) {
        const spoilt = withMember(body, path, member);
        if (spoilt !== null) await expectJudged(example, spoilt, `${path.join('.')} with ${member}`);
      }
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(await context.state()).not.toMatch(/polluted|13999999999/);
  });
});

describe('members without end', () => {
  interface Members {
    readonly named: string;
    readonly numbered: string;
  }
  const membersOf = (count: number): Members => ({
    named: Array.from({ length: count }, (_none, at) => `"k${at.toString(36)}":1`).join(','),
    numbered: Array.from({ length: count }, (_none, at) => `"${String(at)}":1`).join(','),
  });
  // As many as fit into a body of the size that is taken unless set otherwise, or into sixteen times as much. In the short
  // form one operation in eight gets so many in one of the places, and a tenth or a hundredth in the others.
  const many = membersOf(isLong ? 1_000_000 : 100_000);
  const fewer = isLong ? many : membersOf(10_000);
  const fewest = isLong ? many : membersOf(1_000);
  const membersFor = (at: number, place: number): Members => {
    if (at % places.length !== place) return fewest;
    return Math.floor(at / places.length) % 8 === 0 ? many : fewer;
  };

  type Spoil = (body: unknown, members: Members) => string | null;
  const places: readonly (readonly [string, Spoil])[] = [
    ['beside what is asked for', (body, { named }) => withMember(body, [], named)],
    ['that are numbers', (body, { numbered }) => withMember(body, [], numbered)],
    [
      'in the first object of it',
      (body, { named }) => {
        const path = pathsIn(body).find((one) => one.length > 0 && withMember(body, one, '"a":1') !== null);
        return path === undefined ? null : withMember(body, path, named);
      },
    ],
    ['and nothing else', (_body, { named }) => `{${named}}`],
  ];

  test.each(places)(
    '%s',
    async (what, spoil) => {
      const place = places.findIndex(([name]) => name === what);
      for (const [at, example] of examples.entries()) {
        const spoilt = spoil(JSON.parse(bodyOf(example) ?? '{}'), membersFor(at, place));
        if (spoilt !== null) await expectJudged(example, spoilt, what);
      }
      const [reader] = examples.filter(({ operation }) => operation === 'employee.mget');
      expect(reader === undefined || isRefusal('feishu', await ask(reader, bodyOf(reader) ?? ''))).toBe(false);
    },
    isLong ? 900_000 : 120_000,
  );
});

test('after all of it nobody found a defect', () => {
  expectQuietLog(context.lines, context.alpha.secrets);
});
