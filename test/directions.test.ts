import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  DEPARTMENTS,
  feishuSpeaker,
  hoseSpeaker,
  LEVELS,
  TITLES,
  wecomSpeaker,
  type Person,
  type Speaker,
} from './speakers.ts';
import { openWorld, type World } from './world.ts';

const demo = readFileSync(new URL('../companies/demo.yaml', import.meta.url), 'utf8');

let world: World;
let speakers: Readonly<Record<string, Speaker>>;
beforeAll(async () => {
  world = await openWorld({ companies: [demo] });
  speakers = { feishu: await feishuSpeaker(world), wecom: await wecomSpeaker(world), hose: await hoseSpeaker(world) };
});
afterAll(() => world.close());

function speaker(name: string): Speaker {
  const found = speakers[name];
  if (found === undefined) throw new Error(`nobody speaks ${name}`);
  return found;
}

const digits = (min: number, max: number): fc.Arbitrary<string> => fc.integer({ min, max }).map(String);

/** People that all three platforms accept. */
const people: fc.Arbitrary<Person> = fc.record({
  name: fc
    .oneof(
      fc.constantFrom('张三', '欧阳娜娜', "O'Neil-Ⅲ", '李 四', '😀 王'),
      fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
    )
    .filter((name) => name.trim() !== ''),
  mobile: fc.oneof(
    digits(13_100_000_000, 13_799_999_999).map((number) => `+86${number}`),
    digits(51_000_000, 69_999_999).map((number) => `+852${number}`),
  ),
  email: fc
    .tuple(fc.constantFrom('San.Zhang', 'zs', 'a_b+c'), fc.integer({ min: 0, max: 9_999 }))
    .map(([local, number]) => `${local}${String(number)}@hengda.example`),
  jobNumber: digits(20_000, 99_999),
  department: fc.constantFrom(...DEPARTMENTS),
  jobTitle: fc.constantFrom(...TITLES),
  jobLevel: fc.constantFrom(...LEVELS),
});

/** How many changes touched what the platforms share; a platform may note for itself that it was here. */
async function sharedChanges(): Promise<number> {
  const changes = await world.history('demo', 'zhangsan');
  return changes.filter(({ fields }) => Object.keys(fields).some((field) => !field.startsWith('extensions.'))).length;
}

const names = ['feishu', 'wecom', 'hose'];

describe.each(names)('what is written through %s', (writer) => {
  test.each(names)('is seen through %s, and written back from there changes nothing', async (reader) => {
    await fc.assert(
      fc.asyncProperty(people, async (person) => {
        const from = speaker(writer);
        const to = speaker(reader);
        await from.write(person);
        const seen = await to.read();
        const expected = from.writesDepartment ? person : { ...person, department: seen.department };
        expect(seen).toEqual(expected);
        const before = await sharedChanges();
        await to.write(seen);
        expect(await to.read()).toEqual(expected);
        expect(await from.read()).toEqual(expected);
        expect(await sharedChanges()).toBe(before);
      }),
      { numRuns: 25 },
    );
  });
});
