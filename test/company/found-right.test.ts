import { expect, test } from 'vitest';
import { companyReader } from '../../src/company/read.ts';
import { foundRight } from '../../src/company/reading/known-files.ts';
import { dialects } from '../../src/dialects/registry.ts';

const platforms = dialects.map(({ name }) => name);

test('a file that was found right for all platforms is refused again by those that lack one, and stays right for all', () => {
  const text = 'mingce: 1\nkey: right\nname: Right\nwecom: { apps: [] }\n';
  const fewer = dialects.filter(({ name }) => name !== 'wecom');
  for (const _ of [1, 2]) {
    expect(companyReader(dialects)(text).company.key).toBe('right');
    expect(foundRight(text, platforms)).toEqual([]);
    expect(() => companyReader(fewer)(text)).toThrow('wecom');
  }
});

test('a file with a mistake in its form is refused each time', () => {
  const text = 'mingce: 1\nkey: wrong\nname: Wrong\nmisspelt: 1\n';
  for (const _ of [1, 2]) expect(() => companyReader(dialects)(text)).toThrow('misspelt');
  expect(foundRight(text, platforms)).toBe(null);
});

const start = 'mingce: 1\nkey: again\nname: Again\ndepartments: [{ id: root, name: Root }]\nemployees:\n';

test('a file in which a name means nothing is refused each time', () => {
  const text = `${start}  - { id: li, name: Li, departments: [rot] }\n`;
  for (const _ of [1, 2]) expect(() => companyReader(dialects)(text)).toThrow('rot');
  expect(foundRight(text, platforms)).toBe(null);
});

test('a file with warnings has them each time that it is read', () => {
  const person = (id: string): string =>
    `  - { id: ${id}, name: ${id}, departments: [root], mobile: '+8613800000000' }\n`;
  const text = `${start}${person('li')}${person('wu')}`;
  const [first, second] = [companyReader(dialects)(text), companyReader(dialects)(text)];
  expect(first.warnings).toMatchObject([{ path: 'employees[1].mobile', line: 7 }]);
  expect(second).toEqual(first);
});
