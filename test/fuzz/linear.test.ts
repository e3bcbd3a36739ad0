import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCall } from '../../src/http/incoming-call.ts';
import { isObject } from '../../src/lib/json-equal.ts';
import { randomIds } from '../../src/lib/ids.ts';
import { expectQuietLog } from '../hostile-input/envelope.ts';
import { startTestServer, readReply, type TestServer } from '../hostile-input/test-server.ts';
import { bodyOf, examplesOf, targetOf, type Example } from '../hostile-input/request-examples.ts';

/*
 * Time grows with the size of what is sent and not with its square, whatever is sent where. Nothing is measured against
 * a clock but only one size against another, and only where the larger took so long that something may be amiss.
 */

/** In the short form each place is tried with some of what there is to try, and company files are shorter. */
const isLong = process.env['MINGCE_FUZZ_SECONDS'] !== undefined;
const SIZE = 16;
const LARGE = 500_000;
/** Sixteen would be linear, 256 the square; what lies between is a busy machine. */
const MOST = 64;
const SUSPICIOUS_MS = 150;

let turn = 0;
/** Every time in the long form, else one time in so many. */
function isChosen(oneIn: number): boolean {
  return isLong || turn++ % oneIn === 0;
}

let context: TestServer;
let examples: readonly Example[];
beforeAll(async () => {
  // An overview reads all of the journal, whose size says nothing of the request's.
  context = await startTestServer({ journal: { entries: 100 } });
  examples = examplesOf(context.alpha);
});
afterAll(() => context.close());

async function timeOf(example: Example, target: string, body: string | undefined): Promise<number> {
  const { method, headers } = example;
  const call = createCall(method, target, { ids: randomIds, headers, ...(body === undefined ? {} : { body }) });
  // Of the processor, in all threads: time spent waiting for it tells of other work on the machine.
  const before = process.cpuUsage();
  const { status } = await readReply(await context.mingce.handle(call));
  const { user, system } = process.cpuUsage(before);
  expect(status).toBeLessThan(500);
  return (user + system) / 1_000;
}

async function least(times: number, measure: () => Promise<number>): Promise<number> {
  let best = Infinity;
  for (let turn = 0; turn < times; turn++) best = Math.min(best, await measure());
  return best;
}

/** Demands that sixteen times as much takes no more than a few times sixteen times as long. */
async function expectLinear(what: string, measure: (size: number) => Promise<number>, largest = LARGE): Promise<void> {
  // What grows with the square and is quick here is not suspicious at the full size, which takes four times as long to try.
  if ((await measure(largest / 4)) < SUSPICIOUS_MS / 16) return;
  const first = await measure(largest);
  if (first < SUSPICIOUS_MS) return;
  const small = Math.max(await least(5, () => measure(largest / SIZE)), 4);
  if (first / small < MOST) return;
  const large = Math.min(first, await least(3, () => measure(largest)));
  expect(large / small, `${what}: ${large.toFixed(0)} ms against ${small.toFixed(1)} ms`).toBeLessThan(MOST);
}

const TEXTS: Readonly<Record<string, (size: number) => string>> = {
  letters: (size) => 'a'.repeat(size),
  ats: (size) => '@'.repeat(size),
  'a mail without an end': (size) => `a@${'a'.repeat(size)}`,
  'a mail of dots': (size) => `a@${'a.'.repeat(size / 2)}`,
  'a mail of hyphens': (size) => `a@a${'-'.repeat(size)}`,
  'a mail with a long name': (size) => `${'a.'.repeat(size / 2)}@a.example`,
  'a mail in brackets': (size) => `${'<'.repeat(size)}a@a.example>`,
  'a mail in quotes': (size) => `"${'\\"'.repeat(size / 2)}"@a.example`,
  pluses: (size) => '+'.repeat(size),
  'a plus and ones': (size) => `+${'1'.repeat(size)}`,
  zeros: (size) => '0'.repeat(size),
  'zeros in parentheses': (size) => `(${'0'.repeat(size)}`,
  parentheses: (size) => '('.repeat(size),
  blanks: (size) => ' '.repeat(size),
  'a letter after blanks': (size) => `${' '.repeat(size)}a${' '.repeat(size)}`,
  dots: (size) => '.'.repeat(size),
  slashes: (size) => '/'.repeat(size),
  'a web address': (size) => `https://${'a.'.repeat(size / 2)}`,
  hyphens: (size) => '2021-'.repeat(size / 5),
  brackets: (size) => '['.repeat(size / 2) + ']'.repeat(size / 2),
  objects: (size) => `[${'{"key":"a","label":"a"},'.repeat(size / 24)}0]`,
  pairs: (size) => '😀'.repeat(size / 4),
  'combining marks': (size) => `e${'\u0301'.repeat(size / 2)}`,
  'line feeds': (size) => '\n'.repeat(size),
  'capitals that grow': (size) => 'İ'.repeat(size / 2),
};

type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  const inner = Array.isArray(value)
    ? value.flatMap((item, at) => pathsIn(item, [...path, at]))
    : isObject(value)
      ? Object.entries(value).flatMap(([name, member]) => pathsIn(member, [...path, name]))
      : [];
  return [path, ...inner];
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value);
}

function withValue(value: unknown, [step, ...rest]: Path, other: unknown): unknown {
  if (step === undefined) return other;
  if (Array.isArray(value))
    return value.map((item, position) => (position === step ? withValue(item, rest, other) : item));
  const members = value as Record<string, unknown>;
  return { ...members, [step]: withValue(members[step], rest, other) };
}

const reading = (): readonly Example[] => examples.filter(({ schema }) => schema !== undefined);

/** Puts things back as they were, so that what one value left in a record is not counted against the next. */
async function restore(example: Example): Promise<void> {
  await timeOf(example, targetOf(example), bodyOf(example));
}

test('in the length of any text', async () => {
  for (const example of reading()) {
    const good: unknown = JSON.parse(bodyOf(example) ?? '{}');
    for (const path of pathsIn(good)) {
      if (typeof at(good, path) !== 'string') continue;
      for (const [name, make] of Object.entries(TEXTS)) {
        if (!isChosen(11)) continue;
        const measure = (size: number): Promise<number> =>
          timeOf(example, targetOf(example), JSON.stringify(withValue(good, path, make(size))));
        await expectLinear(`${example.operation} ${path.join('.')}, ${name}`, measure);
        await restore(example);
      }
    }
  }
}, 900_000);

test('in the length of any list', async () => {
  const items: readonly ((index: number) => unknown)[] = [
    (index) => `x${String(index)}`,
    () => 'wang',
    () => null,
    () => 1,
    () => ({}),
    (index) => ({ [`k${String(index)}`]: 1 }),
  ];
  for (const example of reading()) {
    const good: unknown = JSON.parse(bodyOf(example) ?? '{}');
    for (const path of pathsIn(good)) {
      const list = at(good, path);
      if (!Array.isArray(list)) continue;
      for (const item of [...items, () => (list[0] as unknown) ?? 'x']) {
        if (!isChosen(7)) continue;
        const measure = (size: number): Promise<number> => {
          const length = Math.floor(size / (JSON.stringify(item(10_000)).length + 1));
          const long = Array.from({ length }, (_none, index) => item(index));
          return timeOf(example, targetOf(example), JSON.stringify(withValue(good, path, long)));
        };
        await expectLinear(`${example.operation} ${path.join('.')}, ${JSON.stringify(item(0))}`, measure);
        await restore(example);
      }
    }
  }
}, 300_000);

test('in the number of members of any object', async () => {
  for (const example of reading()) {
    const good: unknown = JSON.parse(bodyOf(example) ?? '{}');
    for (const path of pathsIn(good)) {
      const object = at(good, path);
      if (!isObject(object)) continue;
      for (const [front, value] of [
        ['k', 1],
        ['value_', 1],
        ['u_', ''],
        ['', null],
      ] as const) {
        if (!isChosen(13)) continue;
        const measure = (size: number): Promise<number> => {
          const count = Math.floor(size / (front.length + 11));
          const members = Object.fromEntries(
            Array.from({ length: count }, (_none, one) => [front + String(one), value]),
          );
          return timeOf(example, targetOf(example), JSON.stringify(withValue(good, path, { ...members, ...object })));
        };
        await expectLinear(`${example.operation} ${path.join('.')}, ${front}`, measure);
        await restore(example);
      }
    }
  }
}, 300_000);

test('in the length of what stands in the query and the path', async () => {
  for (const example of examples) {
    if (/^(companies\.remove|backup|restore)$/.test(example.operation)) continue;
    const names = [...Object.keys(example.query), 'x'];
    for (const make of Object.values(TEXTS)) {
      for (const name of names) {
        if (!isChosen(29)) continue;
        const measure = (size: number): Promise<number> => {
          // No more than this would come through the server's limit on headers.
          const query = { ...example.query, [name]: make(size / 32) };
          return timeOf(example, targetOf({ path: example.path, query }), bodyOf(example));
        };
        await expectLinear(`${example.operation} ?${name}`, measure);
      }
    }
  }
}, 300_000);

/** A company file of so many things, of which each may point at others. */
type FileOf = (many: number) => Readonly<Record<string, unknown>>;

function numbered<Thing>(many: number, thing: (index: number) => Thing): readonly Thing[] {
  return Array.from({ length: many }, (_none, index) => thing(index));
}
const person = (index: number): { id: string; name: string } => ({ id: `e${String(index)}`, name: 'E' });
const named = (index: number): { id: string; name: string } => ({ id: `x${String(index)}`, name: 'X' });

const FILES: Readonly<Record<string, FileOf>> = {
  'people in one line of leaders': (many) => ({
    employees: numbered(many, (index) => ({
      ...person(index),
      ...(index === 0 ? {} : { leader: `e${String(index - 1)}` }),
    })),
  }),
  'people in one loop of leaders': (many) => ({
    employees: numbered(many, (index) => ({ ...person(index), leader: `e${String((index + 1) % many)}` })),
  }),
  'people with many dotted leaders': (many) => ({
    employees: numbered(Math.ceil(many / 16), (index) => ({
      ...person(index),
      dotted_leaders: numbered(index === 0 ? 0 : 50, (one) => `e${String(Math.max(0, index - 1 - one))}`),
    })),
  }),
  'people with one account': (many) => ({
    employees: numbered(many, (index) => ({ ...person(index), account: { id: 'one' } })),
  }),
  'people with one id': (many) => ({ employees: numbered(many, () => person(1)) }),
  'people in a department that is not there': (many) => ({
    employees: numbered(many, (index) => ({ ...person(index), departments: ['nowhere'] })),
  }),
  'departments in one chain': (many) => ({
    departments: numbered(many, (index) => ({
      ...named(index),
      ...(index === 0 ? {} : { parent: `x${String(index - 1)}` }),
    })),
  }),
  'departments in one loop': (many) => ({
    departments: numbered(many, (index) => ({ ...named(index), parent: `x${String((index + 1) % many)}` })),
  }),
  'departments under one root': (many) => ({
    departments: numbered(many, (index) => ({ ...named(index), ...(index === 0 ? {} : { parent: 'x0' }) })),
  }),
  'lists of one entry each': (many) => ({
    dimensions: Object.fromEntries(numbered(many / 8, (index) => [`d${String(index)}`, [named(index)]])),
  }),
  'entries of one list': (many) => ({ job_titles: numbered(many, named) }),
  'entries of one id': (many) => ({ job_titles: numbered(many, () => named(1)) }),
  fields: (many) => ({ custom_fields: numbered(many, (index) => ({ ...named(index), type: 'text' })) }),
  'apps of one id': (many) => ({
    hose: { apps: numbered(many, () => ({ app_key: 'one', app_security: 's' })) },
  }),
  'members that nobody knows': (many) => Object.fromEntries(numbered(many, (index) => [`m${String(index)}`, 1])),
  'values of fields that nobody knows': (many) => ({
    employees: [
      { ...person(1), custom: Object.fromEntries(numbered(many / 8, (index) => [`f${String(index)}`, 'x'])) },
    ],
  }),
};

/** Texts that a reader of YAML may go through more than once. */
const YAML: Readonly<Record<string, (size: number) => string>> = {
  'lists in lists': (size) => '['.repeat(size),
  'items in items': (size) => '- '.repeat(size / 2),
  comments: (size) => '# a\n'.repeat(size / 4),
  'anchors and aliases': (size) => `a: [${'&a x, *a, '.repeat(size / 10)}]`,
  'lines of one text': (size) => `a: |\n${'  x\n'.repeat(size / 4)}`,
  'lines of one plain text': (size) => `a: x\n${'  x\n'.repeat(size / 4)}`,
  'empty lines': (size) => `a: >\n${'\n'.repeat(size)}  x`,
  quotes: (size) => `a: "${'\\"'.repeat(size / 2)}"`,
  members: (size) => Array.from({ length: size / 10 }, (_none, index) => `k${String(index)}: 1\n`).join(''),
};

/** How long it takes to say what a company file would do. */
async function timeOfPlan(file: string): Promise<number> {
  const plan = examples.find(({ operation }) => operation === 'companies.apply');
  if (plan === undefined) throw new Error('no example of a company file');
  return await timeOf(plan, '/mingce/v1/companies/linear?plan=true', file);
}

test('in the number of things in a company file, and of ways between them', async () => {
  for (const [what, fileOf] of Object.entries(FILES)) {
    const measure = (many: number): Promise<number> =>
      timeOfPlan(JSON.stringify({ mingce: 1, key: 'linear', name: 'Linear', ...fileOf(many) }));
    await expectLinear(`a company file of ${what}`, measure, isLong ? 8_000 : 4_000);
  }
}, 300_000);

test('in the length of any text of a company file', async () => {
  const file = {
    mingce: 1,
    key: 'linear',
    name: 'Linear',
    state: 'in_use',
    created_at: '2026-01-01T00:00:00.000Z',
    departments: [{ ...named(1), code: 'c' }],
    dimensions: { d: [named(1)] },
    employees: [
      {
        ...person(1),
        mobile: '+8613800000000',
        email: 'e@e.example',
        telephone: '1',
        departments: ['x1'],
        leader: 'e1',
        join_date: '2026-01-01',
        account: { id: 'a', mobile: '+8613800000000', email: 'e@e.example' },
        custom: { f: 'x' },
        wecom: { userid: 'e1', contacts: { address: 'a' } },
        feishu: { employee_id: 'e1' },
      },
    ],
  };
  const texts = { ...TEXTS, 'digits and a letter': (size: number) => `${'1'.repeat(size - 1)}x` };
  for (const path of pathsIn(file)) {
    if (typeof at(file, path) !== 'string') continue;
    for (const [name, make] of Object.entries(texts)) {
      if (!isChosen(5) && path.at(-1) !== 'mobile') continue;
      const measure = (size: number): Promise<number> => timeOfPlan(JSON.stringify(withValue(file, path, make(size))));
      await expectLinear(`a company file with ${path.join('.')}, ${name}`, measure, 160_000);
    }
  }
}, 300_000);

test('in the length of what is to be read as a company file', async () => {
  for (const [what, make] of Object.entries(YAML)) {
    await expectLinear(`a company file of ${what}`, (size) => timeOfPlan(make(size)), isLong ? 160_000 : 60_000);
  }
}, 300_000);

test('after all of it nobody found a defect', () => {
  expectQuietLog(context.lines, context.alpha.secrets);
});
