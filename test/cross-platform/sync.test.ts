import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { load } from '../../src/directory/store.ts';
import { feishuClient } from '../support/clients/feishu.ts';
import { feishuContactClient } from '../support/clients/feishu-contact.ts';
import { hoseClient } from '../support/clients/hose.ts';
import {
  DEPARTMENTS,
  LEADERS,
  LEVELS,
  PLACES,
  TITLES,
  type Field,
  type Person,
  type PlatformClient,
} from '../support/clients/person.ts';
import { wecomClient } from '../support/clients/wecom.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');

let directory: TestDirectory;
let platforms: Readonly<Record<string, PlatformClient>>;
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [demo] });
  platforms = {
    feishu: await feishuClient(directory),
    contact: await feishuContactClient(directory),
    wecom: await wecomClient(directory),
    hose: await hoseClient(directory),
  };
  // So that whatever one of them does not write has a value that everyone can tell.
  for (const one of Object.values(platforms)) await one.write(FIRST);
});
afterAll(() => directory.close());

function speaker(name: string): PlatformClient {
  const found = platforms[name];
  if (found === undefined) throw new Error(`nobody speaks ${name}`);
  return found;
}

const digits = (min: number, max: number): fc.Arbitrary<string> => fc.integer({ min, max }).map(String);

/** Texts that every platform keeps as they are: up to 20 signs, not only white space. */
const texts = fc
  .oneof(
    fc.constantFrom('张三', '欧阳娜娜', "O'Neil-Ⅲ", '李 四', '😀 王'),
    fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  )
  .filter((text) => text.trim() !== '');

/** People that all three platforms accept. */
const people: fc.Arbitrary<Person> = fc.record({
  name: texts,
  englishName: texts,
  alias: texts,
  gender: fc.constantFrom(0, 1, 2),
  mobile: fc.oneof(
    digits(13_100_000_000, 13_799_999_999).map((number) => `+86${number}`),
    digits(51_000_000, 69_999_999).map((number) => `+852${number}`),
  ),
  email: fc
    .tuple(fc.constantFrom('San.Zhang', 'zs', 'a_b+c'), fc.integer({ min: 0, max: 9_999 }))
    .map(([local, number]) => `${local}${String(number)}@hengda.example`),
  jobNumber: digits(20_000, 99_999),
  department: fc.constantFrom(...DEPARTMENTS),
  leader: fc.constantFrom(...LEADERS),
  jobTitle: fc.constantFrom(...TITLES),
  jobLevel: fc.constantFrom(...LEVELS),
  workPlace: fc.constantFrom(...PLACES),
  workStation: texts,
  extensionNumber: digits(70_000, 79_999),
  joinDate: fc
    .date({ min: new Date('1970-01-02'), max: new Date('2025-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  employmentType: fc.integer({ min: 1, max: 5 }),
  note: texts,
  hobby: texts,
});

const FIRST: Person = {
  name: '张三',
  englishName: 'Zhang San',
  alias: '小张',
  gender: 1,
  mobile: '+8613800010001',
  email: 'zhangsan@hengda.example',
  jobNumber: '10001',
  department: 'backend',
  leader: 'zhouhao',
  jobTitle: 'wqedsaqw',
  jobLevel: 'asdfghjk',
  workPlace: 'eqwedas',
  workStation: 'A1',
  extensionNumber: '70000',
  joinDate: '2021-03-01',
  employmentType: 1,
  note: '备注',
  hobby: '登山',
};

/** The last change that touched what the platforms share; a platform may note for itself that it was here. */
async function lastSharedChange(): Promise<unknown> {
  const tenant = await directory.store.tenantByKey('demo');
  // The newest come first, and one round makes no more than a few.
  const changes = await directory.store.read(() =>
    load('history', { tenant: tenant?.number ?? 0, employee: 'zhangsan', limit: 20 }),
  );
  const shared = changes.find(({ fields }) => Object.keys(fields).some((field) => !field.startsWith('extensions.')));
  if (shared === undefined) throw new Error('more changes than are looked at');
  return shared.number;
}

/** Platforms, Feishu by each of its two APIs. */
const names = ['feishu', 'contact', 'wecom', 'hose'];

describe.each(names)('what is written through %s', (writer) => {
  test.each(names)('is seen through %s, and written back from there changes nothing', async (reader) => {
    await fc.assert(
      fc.asyncProperty(people, async (person) => {
        const from = speaker(writer);
        const to = speaker(reader);
        const before = { ...person, ...(await everythingTold()) };
        await from.write(person);
        const expected = { ...before, ...only(person, from.writes) };
        expect(await to.read()).toEqual(only(expected, to.reads));
        const last = await lastSharedChange();
        await to.write(expected);
        for (const one of [to, from]) expect(await one.read()).toEqual(only(expected, one.reads));
        expect(await lastSharedChange()).toBe(last);
      }),
      { numRuns: 15 },
    );
  });
});

test('of every field that two platforms share, each that tells it writes it', () => {
  const all = Object.values(platforms);
  const toldOnly = all.flatMap(({ name, reads, writes }) => {
    const shared = reads.filter((field) => all.filter((one) => one.reads.includes(field)).length > 1);
    return shared.filter((field) => !writes.includes(field)).map((field) => `${name} ${field}`);
  });
  expect(toldOnly).toEqual([]);
});

test('docs/field-mapping.md says of every field who writes and who tells it', () => {
  const text = readFileSync(new URL('../../docs/field-mapping.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)`[^|]*\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|/gm)];
  const said = rows.map(([, field, ...marks]) => [field, ...marks.map((mark) => mark.trim())]);
  const mark = (name: string, field: Field): string => {
    const { reads, writes } = speaker(name);
    return reads.includes(field) ? (writes.includes(field) ? 'w' : 'r') : '–';
  };
  const fields = Object.keys(FIRST) as Field[];
  expect(said).toEqual(fields.map((field) => [field, ...names.map((name) => mark(name, field))]));
});

function only(person: Person, fields: readonly Field[]): Partial<Person> {
  return Object.fromEntries(fields.map((field) => [field, person[field]]));
}

async function everythingTold(): Promise<Partial<Person>> {
  const answers: Partial<Person>[] = [];
  for (const one of Object.values(platforms)) answers.push(await one.read());
  return Object.assign({}, ...answers) as Partial<Person>;
}
