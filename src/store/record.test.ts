import { expect, test } from 'vitest';
import { blankEmployee, type Employee } from '../directory/employee.ts';
import { plainText } from '../directory/text.ts';
import { packEmployee, unpackEmployee } from './record.ts';

test('a blank record is kept as next to nothing', () => {
  expect(JSON.parse(packEmployee(blankEmployee('a', plainText('A'), 7)))).toEqual({
    id: 'a',
    name: { value: 'A', i18n: {} },
    createdAt: 7,
    updatedAt: 7,
  });
});

test('what is read is what was kept, also where it says no, nothing or empty', () => {
  const employee: Employee = {
    ...blankEmployee('a', plainText('A'), 7),
    alias: '',
    seated: false,
    gender: 0,
    status: 'resigned',
    departments: [],
    workStation: plainText(''),
    extensions: { a: {} },
    createdAt: 0,
  };
  expect(unpackEmployee(packEmployee(employee))).toEqual(employee);
});
