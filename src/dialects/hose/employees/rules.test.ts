import { describe, expect, test } from 'vitest';
import { DepartmentTree, type Department } from '../../../directory/departments/department.ts';
import { emptyEmployee, type Employee } from '../../../directory/employees/employee.ts';
import { LoginIndex } from '../../../directory/auth/logins.ts';
import { plainText } from '../../../directory/text.ts';
import { updateVariants } from './api-version.ts';
import { findDepartment } from '../model/ids.ts';
import {
  defaultAmongDepartments,
  departmentsKnown,
  departmentsTogether,
  emailNotEmpty,
  emailWritten,
  formFieldsKnown,
  formValuesKnown,
  loginEmail,
  loginEmailUnique,
  loginMobile,
  loginMobileUnique,
  nameGiven,
  phoneWritten,
  staffFound,
  staffUnique,
  type Facts,
  type NamedDepartment,
} from './rules.ts';
import { readStaff, type StaffRequest } from '../protocol/wire.ts';

function employee(id: string, more: Partial<Employee> = {}): Employee {
  return { ...emptyEmployee(id, plainText(id), 0), ...more };
}

function department(id: string, parent: string | null): Department {
  const ids = { 'hose.id': `id-${id}` };
  const rest = { enabled: true, external: false, order: 0, leaders: [], createdAt: 0, updatedAt: 0, extensions: {} };
  return { id, parent, ids, name: plainText(id), code: `code-${id}`, ...rest };
}

function request(body: object): StaffRequest {
  const read = readStaff(body);
  if (read === null) throw new Error('no request');
  return read;
}

function facts(body: object, more: Partial<Facts> = {}): Facts {
  return {
    request: request(body),
    variant: updateVariants.byId,
    employee: employee('e', { account: 'mine' }),
    phone: undefined,
    departments: [],
    form: undefined,
    logins: new LoginIndex(1),
    ...more,
  };
}

test('a name is given unless it is absent or blank', () => {
  expect(nameGiven(request({ name: ' 赵六' }))).toBe(null);
  for (const body of [{}, { name: null }, { name: '' }, { name: '　 ' }])
    expect(nameGiven(request(body))?.problem).toEqual({ kind: 'missing', subject: 'name' });
});

describe('who is meant', () => {
  const left = employee('left', { status: 'resigned' });
  const here = employee('here');

  test('by id: one who is here', () => {
    expect(staffFound([here], 'x')).toBe(here);
    expect(staffFound([left], 'x')).toMatchObject({ problem: { kind: 'left' } });
    expect(staffFound([], 'x')).toMatchObject({ problem: { kind: 'unknown', value: 'x' } });
  });

  test('by code: the only one here who carries it', () => {
    expect(staffUnique([left, here, left], 'x')).toBe(here);
    expect(staffUnique([here, employee('other')], 'x')).toMatchObject({ problem: { kind: 'ambiguous', value: 'x' } });
    expect(staffUnique([left], 'x')).toMatchObject({ problem: { kind: 'left' } });
    expect(staffUnique([left, left], 'x')).toMatchObject({ problem: { kind: 'unknown' } });
  });
});

test('a phone that could not be read is refused; none, or one to be cleared, is not', () => {
  expect(phoneWritten(facts({}, { phone: null }))?.field).toBe('cellphone');
  expect(phoneWritten(facts({}))).toBe(null);
});

test('an e-mail is absent, or has one @ with something on both sides', () => {
  expect(emailNotEmpty(facts({ email: '' }))?.problem.kind).toBe('missing');
  for (const email of ['a@b', '中@文', 'a b@c']) expect(emailWritten(facts({ email }))).toBe(null);
  for (const email of ['a', 'a@', '@b', 'a@b@c']) expect(emailWritten(facts({ email }))?.problem.kind).toBe('invalid');
});

test('departments come with their default, or neither comes', () => {
  expect(departmentsTogether(facts({}))).toBe(null);
  expect(departmentsTogether(facts({ departments: ['x'], defaultDepartment: 'x' }))).toBe(null);
  expect(departmentsTogether(facts({ departments: ['x'] }))?.field).toBe('defaultDepartment');
  expect(departmentsTogether(facts({ defaultDepartment: 'x' }))?.field).toBe('departments');
  expect(departmentsTogether(facts({ departments: [], defaultDepartment: 'x' }))?.field).toBe('departments');
});

test('each department is found, and the default among them', () => {
  const tree = new DepartmentTree([department('a', null), department('b', 'a')]);
  const named = (field: 'defaultDepartment' | 'departments', value: string): NamedDepartment => ({
    field,
    value,
    found: findDepartment(tree, value, 'id-or-code', false),
  });
  const judge = (byDefault: string, ...list: readonly string[]): Facts =>
    facts(
      {},
      { departments: [named('defaultDepartment', byDefault), ...list.map((one) => named('departments', one))] },
    );
  expect(departmentsKnown(judge('id-a', 'id-a', 'code-b'))).toBe(null);
  expect(departmentsKnown(judge('id-a', 'x'))?.problem).toEqual({
    kind: 'ambiguous',
    subject: 'departments',
    value: 'x',
  });
  expect(defaultAmongDepartments(judge('code-b', 'id-a', 'id-b'))).toBe(null);
  expect(defaultAmongDepartments(judge('id-b', 'id-a'))?.problem.kind).toBe('invalid');
  expect(defaultAmongDepartments({ ...judge('id-b', 'id-a'), variant: updateVariants.v1 })).toBe(null);
});

test('names of fields are checked since v1.1, values always', () => {
  const form = [{ key: 'u_x', status: 'not-a-field' }] as const;
  expect(formFieldsKnown(facts({}, { form }))?.problem).toEqual({ kind: 'unknown', subject: 'custom', value: 'u_x' });
  expect(formFieldsKnown(facts({}, { form, variant: updateVariants.v1 }))).toBe(null);
  const field = {
    key: 'rankType',
    type: 'reference',
    active: true,
    place: 'jobLevel',
    field: '',
    catalog: null,
  } as const;
  const unresolved = [{ key: 'rankType', status: 'unresolved', field }] as const;
  expect(formValuesKnown(facts({}, { form: unresolved, variant: updateVariants.v1 }))?.problem).toMatchObject({
    kind: 'unknown',
    subject: 'custom.value',
    value: 'rankType',
  });
});

test('logins are set only by their flags, e-mails in small letters', () => {
  const phone = { country: '852', number: '61234567' };
  expect(loginMobile(request({ modifyAccountPhone: true }), phone)).toBe('+85261234567');
  expect(loginMobile(request({}), phone)).toBe(null);
  expect(loginMobile(request({ modifyAccountPhone: true }), undefined)).toBe(null);
  expect(loginEmail(request({ modifyAccountEmail: true, email: 'A@B.C' }))).toBe('a@b.c');
  expect(loginEmail(request({ email: 'A@B.C' }))).toBe(null);
});

test('a login phone is taken while its holder is in a company in use', () => {
  const phone = { country: '86', number: '1' };
  const judged = (tenantInUse: boolean): unknown => {
    const logins = new LoginIndex(1);
    logins.give('mobile', '+861', 'other', { tenant: 2, employee: 'o', tenantInUse });
    return loginMobileUnique(facts({ modifyAccountPhone: true }, { phone, logins }));
  };
  expect(judged(true)).toMatchObject({ problem: { kind: 'taken', subject: 'account.mobile' } });
  expect(judged(false)).toBe(null);
});

test('and so a login e-mail, however it is written', () => {
  const logins = new LoginIndex(1);
  logins.give('email', 'a@b.example', 'other', { tenant: 2, employee: 'o', tenantInUse: true });
  const judged = loginEmailUnique(facts({ modifyAccountEmail: true, email: 'A@B.example' }, { logins }));
  expect(judged?.problem).toEqual({ kind: 'taken', subject: 'account.email' });
  expect(loginEmailUnique(facts({ email: 'A@B.example' }, { logins }))).toBe(null);
});
