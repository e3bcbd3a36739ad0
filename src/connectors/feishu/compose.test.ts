import { expect, test } from 'vitest';
import type { Intent, Known } from '../writing.ts';
import { compose } from './compose.ts';
import { judgeWrite } from './judge-writes.ts';

const known = (personId: string): Known => ({
  target: { ids: {}, secrets: new Set(['app_secret']), fields: {} },
  setup: { catalogs: { jobTitle: new Map([['工程师', 'title-1']]) }, numbered: [], personId, problems: [] },
  departments: new Map([['rd', 'od-1']]),
  people: new Map([['boss', 'ou_2']]),
  live: new Map([['e', { id: 'ou_1', isInService: true, values: { name: '张三' } }]]),
  key: () => '0123456789abcdef0123456789abcdef0123456789abcdef',
});
const update = (fields: object): Intent => ({ operation: 'update', subject: 'e', liveId: 'ou_1', fields });

test('people are named by the kind of id that the app may know, in both APIs (contract feishu 1.3)', () => {
  const { requests } = compose([update({ leader: { to: 'boss' }, joinDate: { to: null } })], known('open_id'));
  expect(requests.map(({ method, path, query, body }) => [method, path, query[0], body])).toEqual([
    [
      'PATCH',
      '/open-apis/directory/v1/employees/ou_1',
      ['employee_id_type', 'open_id'],
      '{"employee":{"leader_id":"ou_2"}}',
    ],
    ['PATCH', '/open-apis/contact/v3/users/ou_1', ['user_id_type', 'open_id'], '{"join_time":0}'],
  ]);
});

test('an alias takes the name along, without which the directory refuses it (contract feishu 2.3.1)', () => {
  const { requests } = compose([update({ alias: { from: '三', to: null } })], known('employee_id'));
  expect(requests.map(({ body }) => body)).toEqual([
    '{"employee":{"name":{"name":{"default_value":"张三"},"another_name":""}}}',
  ]);
});

test('a new person or department without an id of ours gets one of the delivery’s key, so that a repeat is refused', () => {
  const values = { name: '新', mobile: '+8613900000001', department: ['rd'], jobTitle: '工程师' };
  const person: Intent = { operation: 'create', subject: 'n', liveId: null, values };
  const department: Intent = { operation: 'department-create', subject: 'd', liveId: null, name: '部', parent: null };
  const { requests, problems } = compose([person, department], known('employee_id'));
  expect(problems).toEqual([]);
  expect(requests.map(({ body }) => JSON.parse(body ?? '') as unknown)).toMatchObject([
    { employee: { custom_employee_id: '0123456789abcdef0123456789abcdef', job_title_id: 'title-1' } },
    { department: { custom_department_id: '0123456789abcdef0123456789abcdef', parent_department_id: '0' } },
  ]);
});

test('a refusal names the field that it is about, and what a person can do (contract feishu 3.2)', () => {
  const fields = { mobile: { to: '+8613900000001' }, gender: { to: 1 } };
  const [request] = compose([update(fields)], known('employee_id')).requests;
  if (request === undefined) throw new Error('no request');
  const body = '{"code":2221103,"msg":"Mobile already exists","error":{"log_id":"1"}}';
  const verdicts = judgeWrite(request, { kind: 'answered', answer: { status: 400, headers: {}, body } });
  expect(verdicts.map(({ field, fate, code, cause }) => [field, fate, code, cause])).toEqual([
    ['gender', 'refused', '2221103', 'mobile'],
    ['mobile', 'refused', '2221103', 'mobile'],
  ]);
  expect(verdicts[0]?.remedy?.zh).toContain('手机号');
});

test('what is possible later is waited for as long as the platform says (contract feishu 4.2)', () => {
  const [request] = compose([{ operation: 'leave', subject: 'e', liveId: 'ou_1' }], known('employee_id')).requests;
  if (request === undefined) throw new Error('no request');
  const body = '{"code":2221185,"msg":"Frequent deletion. User recovered less than an hour ago"}';
  expect(judgeWrite(request, { kind: 'answered', answer: { status: 400, headers: {}, body } })).toMatchObject([
    { subject: 'e', field: null, fate: 'wait', waitMs: 3_600_000 },
  ]);
});
