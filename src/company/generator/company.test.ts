import { expect, test } from 'vitest';
import type { EmployeeInFile } from '../schema.ts';
import { SeededRandom } from './random.ts';
import { GeneratedCompany } from './company.ts';
import { PlausibleTree } from './departments.ts';
import { MAX_MOBILES } from './mobiles.ts';

const company = (employees: number, seed = 1, key = 'acme'): GeneratedCompany =>
  new GeneratedCompany({ key, employees, seed });

test('the same seed and key make the same company, another seed or key another one', () => {
  const people = (one: GeneratedCompany): string => JSON.stringify([one.file([]), ...one.employees()]);
  const once = people(company(300));
  expect(people(company(300))).toBe(once);
  expect(people(company(300, 2))).not.toBe(once);
  expect(people(company(300, 1, 'beta'))).not.toBe(once);
});

test('what must be one’s own is never somebody else’s', () => {
  const people = [...company(30_000).employees()];
  for (const own of ['id', 'mobile', 'email', 'job_number'] as const) {
    expect(new Set(people.map((one) => one[own])).size, own).toBe(people.length);
  }
  const logins = people.flatMap(({ account }) => account?.mobile ?? []);
  expect(new Set(logins).size).toBe(logins.length);
});

test('the last of ten million is made as soon as the first', () => {
  const last = company(MAX_MOBILES).employee(MAX_MOBILES - 1);
  expect(last.id).toBe('e10000000');
  expect(last.mobile).toMatch(/^\+/);
});

test('departments are about one for fifty people and no more than six deep', () => {
  for (const people of [1, 49, 300, 20_000, 1_000_000]) {
    const tree = new PlausibleTree(people);
    expect(tree.size).toBe(Math.max(1, Math.round(people / 50)));
    expect(tree.depthOf(tree.size - 1)).toBeLessThan(6);
  }
  const { departments = [] } = company(40_000).file([]);
  const names = departments.map(({ parent, name }) => `${parent ?? ''} ${JSON.stringify(name)}`);
  expect(new Set(names).size).toBe(names.length);
});

test('everyone reports up to the first, and dotted lines end with those who lead', () => {
  const people = [...company(5_000).employees()];
  const order = new Map(people.map(({ id }, index) => [id, index]));
  const known = (id: string): EmployeeInFile => people[order.get(id) ?? -1] ?? { id: 'nobody', name: '' };
  const lost = people.filter(
    ({ leader, status }, index) =>
      status !== 'resigned' && index > 0 && !((order.get(leader ?? '') ?? Number.NaN) < index),
  );
  expect(lost).toEqual([]);
  const leaders = people.flatMap(({ leader }) => leader ?? []).map(known);
  expect(leaders.every(({ name, status }) => name !== '' && status === undefined)).toBe(true);
  const dotted = people.flatMap(({ dotted_leaders: lines = [] }) => lines).map(known);
  expect(dotted.length).toBeGreaterThan(50);
  expect(dotted.every(({ name, dotted_leaders: lines }) => name !== '' && lines === undefined)).toBe(true);
});

test('a few per cent left, come from abroad, or from outside', () => {
  const people = [...company(20_000).employees()];
  const share = (isMeant: (one: (typeof people)[number]) => boolean): number =>
    (people.filter(isMeant).length * 100) / people.length;
  for (const percent of [
    share(({ status }) => status === 'resigned'),
    share(({ work_country: country }) => country !== 'CN'),
    share(({ external }) => external === true),
  ]) {
    expect(percent).toBeGreaterThan(1.5);
    expect(percent).toBeLessThan(6);
  }
});

test('chance is even, and independent for each thing', () => {
  const chance = new SeededRandom(7, 'x');
  const tens = Array.from({ length: 10 }, () => 0);
  let alike = 0;
  for (let position = 0; position < 10_000; position++) {
    const digit = chance.below(10, position, 1);
    tens[digit] = (tens[digit] ?? 0) + 1;
    if (digit === chance.below(10, position, 2)) alike++;
  }
  for (const count of [...tens, alike]) {
    expect(count).toBeGreaterThan(850);
    expect(count).toBeLessThan(1_150);
  }
});
