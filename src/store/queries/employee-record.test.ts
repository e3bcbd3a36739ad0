import { expect, test } from 'vitest';
import { emptyEmployee, type Employee } from '../../directory/employees/employee.ts';
import { plainText } from '../../directory/text.ts';
import { StoreDamagedError } from '../../directory/errors.ts';
import { serializeEmployee, deserializeEmployee } from './employee-record.ts';

test('a blank record is kept as next to nothing', () => {
  expect(JSON.parse(serializeEmployee(emptyEmployee('a', plainText('A'), 7)))).toEqual({
    id: 'a',
    name: { value: 'A', i18n: {} },
    createdAt: 7,
    updatedAt: 7,
    '~crc': '2e4f70a0',
  });
});

test('a record of which any bit changed is not taken for what was kept', () => {
  const employee = { ...emptyEmployee('li', plainText('李明'), 7), jobNumber: 'A-1', updatedAt: 9 };
  const kept = Buffer.from(serializeEmployee(employee));
  for (let bit = 0; bit < kept.length * 8; bit++) {
    const changed = Buffer.from(kept);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit % 8));
    expect(() => deserializeEmployee(changed.toString()), `bit ${String(bit)}`).toThrow(StoreDamagedError);
  }
});

test('a record that an older release kept, without a checksum, is read', () => {
  const old = JSON.stringify({ id: 'a', name: plainText('A'), createdAt: 7, updatedAt: 7 });
  expect(deserializeEmployee(old)).toEqual(emptyEmployee('a', plainText('A'), 7));
});

test('what is read is what was kept, also where it says no, nothing or empty', () => {
  const employee: Employee = {
    ...emptyEmployee('a', plainText('A'), 7),
    alias: '',
    seated: false,
    gender: 0,
    status: 'resigned',
    departments: [],
    workStation: plainText(''),
    extensions: { a: {} },
    createdAt: 0,
  };
  expect(deserializeEmployee(serializeEmployee(employee))).toEqual(employee);
});
