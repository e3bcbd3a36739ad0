// What a company file says wrong is reported with its value, its form, what may have been meant, in both languages.

import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { companyReader } from '../../src/company/read.ts';
import { CompanyFileError, type FileError } from '../../src/company/contract.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { runProgram, scratchFolder } from '../support/program.ts';

const read = companyReader(dialects);
const company = (rest: string): string => `mingce: 1\nkey: acme\nname: Acme\n${rest}`;

function faultsOf(rest: string): readonly FileError[] {
  try {
    read(company(rest));
  } catch (error) {
    if (error instanceof CompanyFileError) return error.faults;
    throw error;
  }
  throw new Error('the file has no mistakes');
}

test.each([
  ['a misspelt member', 'employes: []', { path: 'employes', did_you_mean: ['employees'], message_zh: '没有这个字段' }],
  [
    'a word that is none of a list',
    'employees: [{ id: a, name: A, gender: mael }]',
    { value: '"mael"', did_you_mean: ['male'], message_zh: '必须是以下之一：unknown, male, female, other' },
  ],
  [
    'a value of another kind',
    'feishu: { certified: "yes" }',
    { path: 'feishu.certified', value: '"yes"', message: 'must be boolean', message_zh: '必须是 true 或 false' },
  ],
  [
    'a value of another form',
    'employees: [{ id: a, name: A, join_date: 2026-1-1 }]',
    { value: '"2026-1-1"', message: expect.stringMatching(/^must have the form .*: A day, YYYY-MM-DD$/) },
  ],
  ['a member that is missing', 'employees: [{ id: a }]', { message: 'lacks name', message_zh: '缺少 name' }],
  [
    'a department that is not there',
    'departments: [{ id: root, name: R }, { id: sales, name: S, parent: root }]\nemployees: [{ id: a, name: A, departments: [slaes] }]',
    { value: '"slaes"', did_you_mean: ['sales'], message_zh: '没有 id 为 slaes 的部门' },
  ],
  [
    'a leader that is not there',
    'employees: [{ id: zhang, name: A, leader: zhnag }]',
    { did_you_mean: ['zhang'], message_zh: '没有 id 为 zhnag 的员工' },
  ],
])('%s', (_what, rest, expected) => {
  expect(faultsOf(rest)[0]).toMatchObject(expected);
});

test('the value of a secret is not repeated', () => {
  const [fault] = faultsOf('feishu: { apps: [{ app_id: a, app_secret: 12345 }] }');
  expect(fault).toMatchObject({ path: 'feishu.apps[0].app_secret', message: 'must be string' });
  expect(JSON.stringify(fault)).not.toContain('12345');
});

test('mobiles of two employees and broken mails are warnings: the file is applied all the same', () => {
  const { warnings } = read(
    company(`employees:
  - { id: a, name: A, mobile: "+8613800000001", email: a@example.com }
  - { id: b, name: B, mobile: "13800000001", email: nobody }
  - { id: c, name: C, mobile: "+8613800000001", status: resigned }
`),
  );
  expect(warnings).toEqual([
    {
      path: 'employees[1].email',
      line: 6,
      message: 'is no mail address',
      message_zh: '不是有效的邮箱地址',
      value: '"nobody"',
    },
    {
      path: 'employees[1].mobile',
      line: 6,
      message: 'is the mobile of employees[0], too',
      message_zh: '与 employees[0] 的手机号相同',
      value: '"13800000001"',
    },
  ]);
});

test('mingce apply prints mistakes and warnings in both languages', async () => {
  using folder = scratchFolder();
  const path = folder.file('acme.yaml');
  writeFileSync(path, company('employees: [{ id: a, name: A, gender: mael }]'));
  const refused = await runProgram(['apply', path, '--data', folder.file('data')]);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toContain('did you mean male? 必须是以下之一');
  writeFileSync(path, company('employees: [{ id: a, name: A, email: nobody }]'));
  const warned = await runProgram(['apply', path, '--data', folder.file('data')]);
  expect(warned).toMatchObject({ code: 0 });
  expect(warned.stderr).toMatch(
    /^warning 警告 .*acme\.yaml:4 employees\[0\]\.email: is no mail address.*不是有效的邮箱地址/,
  );
});
