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
  [
    'an id of a live tenant of WeCom, with a space',
    'targets: { wecom: { credentials: { corpid: "ww 1" } } }',
    { path: 'targets.wecom.credentials.corpid', value: '"ww 1"' },
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
  expect(fault).toMatchObject({ path: 'feishu.apps[0].app_secret', message: 'must be string: write it in quotes' });
  expect(JSON.stringify(fault)).not.toContain('12345');
});

const sentence = (rest: string): readonly (readonly unknown[])[] =>
  faultsOf(rest).map(({ path, line, message, message_zh: zh, value }) => [path, line, message, zh, value]);

test.each([
  [
    'digits without quotes, which lose their zeros',
    'employees: [{ id: a, name: A, job_number: 00012 }]',
    ['employees[0].job_number', 4, 'must be string: write it in quotes', '必须是字符串，请加引号', '00012'],
  ],
  [
    'the same of somebody in a list with a line each',
    'employees:\n  - { id: a, name: A }\n  - { id: b, name: B, mobile: +8613800000001 }\n',
    ['employees[1].mobile', 6, 'must be string: write it in quotes', '必须是字符串，请加引号', '+8613800000001'],
  ],
  [
    'a number where a name may have two forms',
    'employees: [{ id: a, name: 12 }]',
    ['employees[0].name', 4, 'must be string or object: write it in quotes', '必须是字符串或对象，请加引号', '12'],
  ],
  [
    'a number that is too large to be one',
    'feishu: { certified_seat_limit: 1e400 }',
    ['feishu.certified_seat_limit', 4, 'must be integer or null', '必须是整数或空（null）', '1e400'],
  ],
  [
    'a number below the least',
    'feishu: { certified_seat_limit: -1 }',
    ['feishu.certified_seat_limit', 4, 'must be >= 0', '不能小于 0', '-1'],
  ],
  [
    'a slip in the form that was meant',
    'employees: [{ id: a, name: { valu: A } }]',
    ['employees[0].name', 4, 'lacks value, i18n', '缺少 value, i18n', undefined],
    ['employees[0].name.valu', 4, 'no such member', '没有这个字段', '"A"'],
  ],
  [
    'neither the word nor a list',
    'feishu: { apps: [{ app_id: a, app_secret: b, contact_scope: al }] }',
    ['feishu.apps[0].contact_scope', 4, 'must be "all" or object', '必须是 "all" 或对象', '"al"'],
  ],
  [
    'an employee who is there twice',
    'employees: [{ id: a, name: A }, { id: a, name: B }]',
    ['employees[1].id', 4, 'is the id of an earlier employee', '与前面某一项的 id 重复', '"a"'],
  ],
  [
    'an app that is there twice',
    'feishu: { apps: [{ app_id: a, app_secret: b }, { app_id: a, app_secret: c }] }',
    ['feishu.apps[1]', 4, 'has the id of an earlier app', '与前面某个应用的 id 重复', undefined],
  ],
  [
    'two roots',
    'departments: [{ id: root, name: R }, { id: sales, name: S }]',
    [
      'departments',
      4,
      'needs exactly one department without parent, the root; here are 2: root, sales',
      '必须恰好有一个没有 parent 的根部门，现有 2 个：root, sales',
      undefined,
    ],
  ],
  [
    'an alias of nothing',
    'employees:\n  - *b\n',
    ['', 5, 'no anchor before it has the name b', '前面没有名为 b 的锚点', undefined],
  ],
  [
    'several documents',
    '---\nname: b\n',
    [
      '',
      4,
      'has several documents, with --- between; a company file is one',
      '文件含多个以 --- 分隔的文档，公司文件只能有一个',
      undefined,
    ],
  ],
])('one mistake is reported once, in words for those who write files: %s', (_what, rest, ...expected) => {
  expect(sentence(rest)).toEqual(expected);
});

test('a merge key is named as such', () => {
  const [, fault] = faultsOf('employees:\n  - &a { id: a, name: A }\n  - { <<: *a, id: b }\n');
  expect(fault).toMatchObject({
    path: 'employees[1].<<',
    message: expect.stringMatching(/^merge keys are not followed/),
    message_zh: expect.stringContaining('合并键'),
  });
});

test('a form that is not kept is explained in Chinese, too', () => {
  const [fault] = faultsOf('employees: [{ id: a, name: A, mobile: "138" }]');
  expect(fault?.message_zh).toMatch(/^格式须符合 /);
});

test('who is named by a setting and is not in the company is a warning, as people come and go', () => {
  const { warnings } = read(
    company(`feishu:
  founder: zhnag
  administrators: [{ employee: who }]
  apps: [{ app_id: a, app_secret: b, contact_scope: { departments: [], employees: [zhang, lee] } }]
wecom:
  tags: [{ tag_id: 1, userids: [ZHANG, wnag] }]
  apps: [{ agentid: 1, secret: c, visible_range: { userids: [left] } }]
employees: [{ id: zhang, name: Z }, { id: wang, name: W }]
`),
  );
  expect(
    warnings.map(({ path, line, message, message_zh: zh, did_you_mean: meant }) => [path, line, message, zh, meant]),
  ).toEqual([
    ['feishu.founder', 5, 'no employee has the id zhnag', '没有 id 为 zhnag 的员工', ['zhang']],
    ['feishu.administrators[0].employee', 6, 'no employee has the id who', '没有 id 为 who 的员工', undefined],
    ['feishu.apps[0].contact_scope.employees[1]', 7, 'no employee has the id lee', '没有 id 为 lee 的员工', undefined],
    ['wecom.tags[0].userids[1]', 9, 'no employee has the userid wnag', '没有 userid 为 wnag 的员工', ['wang']],
    [
      'wecom.apps[0].visible_range.userids[0]',
      10,
      'no employee has the userid left',
      '没有 userid 为 left 的员工',
      undefined,
    ],
  ]);
});

test('a department that a setting names and that is not there has a suggestion', () => {
  const [fault] = faultsOf(
    'feishu: { administrators: [{ employee: a, departments: [slaes] }] }\n' +
      'departments: [{ id: root, name: R }, { id: sales, name: S, parent: root }]\nemployees: [{ id: a, name: A }]',
  );
  expect(fault).toMatchObject({ path: 'feishu.administrators[0].departments[0]', did_you_mean: ['sales'] });
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
