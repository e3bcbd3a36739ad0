import { expect, test } from 'vitest';
import { memberAt, namedFields, writtenField } from './written-fields.ts';

const members = { 'update_items[1]': 'mobile', 'employee.name.name': 'name' } as const;

test('a member, and each part of it, is named by the field that it writes', () => {
  expect(writtenField(members, 'update_items[1].11004')).toBe('mobile');
  expect(writtenField(members, 'employee.name.name.default_value')).toBe('name');
  for (const other of ['update_items[10]', 'employee.name', 'employee.name.names', '', 'userid', 'constructor']) {
    expect(writtenField(members, other), other).toBeNull();
  }
});

test('only members with a field are named', () => {
  expect(namedFields(members, ['userid', 'update_items[1].11004'])).toEqual({ 'update_items[1].11004': 'mobile' });
});

test('a pointer into a body is a member as verdicts name it', () => {
  expect(memberAt('/update_items/1/value_mobile', { update_items: [{}, {}] })).toBe('update_items[1].value_mobile');
  expect(memberAt('/employee/a~1b', { employee: {} })).toBe('employee.a/b');
});
