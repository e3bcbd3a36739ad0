import { expect, test } from 'vitest';
import type { MemberResult } from '../journal/contract.ts';
import type { PlatformFacts, SeenCall } from './finding.ts';
import { findings } from './findings.ts';

/* Each finding on the calls of a client that has it, and on those of one that is close to it and has it not. */

const facts: PlatformFacts = {
  lifetimeOf: ({ isSuccess }) => (isSuccess ? 7_200_000 : null),
  tokenParameter: null,
  bulk: { 'staffs.update': 'staffs.batch-update' },
  ids: {
    unknown: { '9': 'person' },
    otherApp: ['10'],
    declared: { person: { by: ['employee_id_type'], usual: 'open_id' } },
    same: { employee_id: 'user_id' },
    named: ['user_id', 'open_id'],
  },
  timeUnit: 1_000,
  noTokens: ['[secret undefined]'],
};

let number = 0;
/** A call at a second; answered at once, with success, by an operation that writes. */
function call(second: number, about: Partial<SeenCall> = {}): SeenCall {
  const at = second * 1_000;
  return {
    id: `call-${String(++number)}`,
    at,
    until: at + 10,
    platform: 'p',
    operation: 'employee.patch',
    method: 'PATCH',
    path: '/employees/li',
    query: new URLSearchParams(),
    text: '',
    body: undefined,
    answer: {},
    answerHeaders: {},
    status: 200,
    code: '0',
    isSuccess: true,
    kind: null,
    problem: null,
    companyAt: null,
    isTokenCall: false,
    token: 't1',
    employee: null,
    fields: [],
    ...about,
  };
}

const token = (second: number, about: Partial<SeenCall> = {}): SeenCall =>
  call(second, { operation: 'token', method: 'POST', path: '/token', isTokenCall: true, token: null, ...about });
const refused = (second: number, kind: SeenCall['kind'], about: Partial<SeenCall> = {}): SeenCall =>
  call(second, { isSuccess: false, status: 400, code: '9', problem: '9', kind, ...about });
const sent = (second: number, body: unknown, about: Partial<SeenCall> = {}): SeenCall =>
  call(second, { body, text: JSON.stringify(body), ...about });
const field = (name: string, verdict: MemberResult['verdict']): MemberResult => ({ field: name, verdict });
const each = (count: number, make: (index: number) => SeenCall): readonly SeenCall[] =>
  Array.from({ length: count }, (_, index) => make(index));

const cases: Readonly<Record<string, readonly [has: readonly SeenCall[], near: readonly SeenCall[]]>> = {
  'token-per-call': [
    each(12, (index) => (index % 2 === 0 ? token(index * 5) : call(index * 5))),
    // The token has nearly ended each time.
    each(12, (index) => (index % 2 === 0 ? token(index * 3_600) : call(index * 3_600))),
  ],
  'token-expired-used': [
    [token(0), call(10), refused(7_300, 'token'), refused(7_301, 'token')],
    [token(0), call(10), refused(7_300, 'token'), token(7_301), call(7_302)],
  ],
  'token-not-renewed': [
    [refused(0, 'token'), refused(1, 'token'), refused(2, 'token')],
    [refused(0, 'token'), token(1), call(2, { token: 't2' }), call(3, { token: 't2' })],
  ],
  'token-call-unchecked': [
    [token(0, { isSuccess: false, code: '10014' }), call(1, { token: '[secret undefined]' })],
    [token(0, { isSuccess: false, code: '10014' }), token(1), call(2)],
  ],
  'no-backoff': [
    [refused(0, 'limit', { status: 429 }), call(1), call(2)],
    [refused(0, 'limit', { status: 429, answerHeaders: { 'x-ogw-ratelimit-reset': '3' } }), call(4), call(5)],
  ],
  'retry-permanent': [
    each(3, (index) => refused(index * 10, 'state', { text: '{"mobile":"1"}' })),
    each(3, (index) => refused(index * 10, 'state', { text: `{"mobile":"${String(index)}"}` })),
  ],
  'blind-create-retry': [
    each(2, (index) =>
      refused(index, 'server', { operation: 'employee.create', method: 'POST', status: 504, text: '{"name":"x"}' }),
    ),
    [
      refused(0, 'server', { operation: 'employee.create', method: 'POST', status: 504, text: '{"name":"x"}' }),
      call(1, { operation: 'employee.search', method: 'POST' }),
      call(2, { operation: 'employee.create', method: 'POST', text: '{"name":"x"}' }),
    ],
  ],
  'partial-failure-ignored': [
    [call(0, { answer: { errcode: 0, update_results: [{ fieldid: 11004, sub_idx: 0, result: 2 }] } }), call(1)],
    [
      call(0, { answer: { errcode: 0, update_results: [{ fieldid: 11004, sub_idx: 0, result: 2 }] } }),
      sent(1, { update_items: [{ fieldid: 11004, value_uint32: 1 }] }),
    ],
  ],
  'unknown-member': [
    [call(0, { fields: [{ ...field('employee.job_levl_id', 'unknown'), did_you_mean: ['employee.job_level_id'] }] })],
    [call(0, { fields: [field('employee.job_level_id', 'applied')] })],
  ],
  'member-ignored': [
    each(3, (index) => call(index, { fields: [field('code', 'ignored')] })),
    [
      ...each(3, (index) => call(index, { fields: [field('code', 'ignored')] })),
      call(4, { fields: [field('code', 'applied')] }),
    ],
  ],
  'value-key-wrong': [
    [
      sent(
        0,
        { update_items: [{ fieldid: 11020, value_uint32: 7 }] },
        { fields: [field('update_items[0].11020', 'cleared')] },
      ),
    ],
    [sent(0, { update_items: [{ fieldid: 11020 }] }, { fields: [field('update_items[0].11020', 'cleared')] })],
  ],
  'zero-values': [
    each(4, (index) =>
      sent(
        index,
        { email: '', note: '', name: 'x' },
        { fields: [field('email', 'cleared'), field('note', 'cleared')] },
      ),
    ),
    [
      sent(0, { email: '', note: '' }, { fields: [field('email', 'cleared'), field('note', 'cleared')] }),
      ...each(3, (index) => sent(index + 1, { name: 'x' }, { fields: [field('name', 'applied')] })),
    ],
  ],
  'form-blanked': [
    [sent(0, { name: 'x' }, { path: '/api/openapi/v1/staffs/li', fields: [field('staffCustomForm.u_a', 'cleared')] })],
    [
      sent(
        0,
        { staffCustomForm: { u_a: null } },
        { path: '/api/openapi/v1/staffs/li', fields: [field('staffCustomForm.u_a', 'cleared')] },
      ),
    ],
  ],
  'id-kind-wrong': [
    [
      call(0, { answer: { user: { user_id: 'zhangsan', open_id: 'ou_1' } } }),
      refused(1, 'input', { path: '/employees/zhangsan' }),
    ],
    [
      call(0, { answer: { user: { user_id: 'zhangsan', open_id: 'ou_1' } } }),
      // Known as what it was sent, but gone by then; and an id that is known nowhere.
      refused(1, 'input', { path: '/employees/ou_1' }),
      refused(2, 'input', { path: '/employees/misspelt' }),
      call(3, { path: '/employees/zhangsan', query: new URLSearchParams({ employee_id_type: 'employee_id' }) }),
    ],
  ],
  'number-rounded': [
    [call(0, { answer: { department_id: '9007199254740993' + '1' } }), sent(1, { id: Number('90071992547409931') })],
    [call(0, { answer: { department_id: '90071992547409931' } }), call(1, { text: '{"id":"90071992547409931"}' })],
  ],
  'time-unit-wrong': [
    [sent(0, { join_time: 1_767_571_200_000 })],
    [sent(0, { join_time: 1_767_571_200, count: 1_767_571_200_000 })],
  ],
  'secret-in-url': [
    [call(0, { query: new URLSearchParams({ app_secret: '[secret 00000000]' }) })],
    [token(0, { method: 'GET', query: new URLSearchParams({ corpsecret: '[secret 00000000]' }) })],
  ],
  'personal-data-in-url': [
    [call(0, { query: new URLSearchParams({ q: '13800000001' }) })],
    [call(0, { query: new URLSearchParams({ mobile: '13800000001', q: '1380000000112345' }) })],
  ],
  'page-not-followed': [
    each(2, (index) => call(index * 100, { answer: { data: { has_more: true, page_token: 'next' } } })),
    [
      call(0, { answer: { data: { has_more: true, page_token: 'next' } } }),
      call(1, { query: new URLSearchParams({ page_token: 'next' }) }),
      call(2, { answer: { data: { has_more: false, page_token: '' } } }),
    ],
  ],
  'no-bulk': [
    each(20, (index) => call(index, { operation: 'staffs.update', path: `/staffs/${String(index)}` })),
    each(20, (index) => call(index * 5, { operation: 'staffs.update', path: `/staffs/${String(index)}` })),
  ],
  'nothing-changed': [
    each(20, (index) => call(index, { fields: [field('name', 'unchanged')] })),
    each(20, (index) => call(index, { fields: [field('name', index % 2 === 0 ? 'unchanged' : 'applied')] })),
  ],
  'lost-update': [
    [
      call(0, { employee: 'li', text: '{"name":"a"}', until: 2_000, fields: [field('name', 'applied')] }),
      call(1, { employee: 'li', text: '{"name":"b"}', fields: [field('name', 'applied')] }),
    ],
    [
      call(0, { employee: 'li', text: '{"name":"a"}', until: 500, fields: [field('name', 'applied')] }),
      call(1, { employee: 'li', text: '{"name":"b"}', fields: [field('name', 'applied')] }),
    ],
  ],
  'success-without-change': [
    [call(0, { fields: [field('name', 'ignored'), field('email', 'ignored')] })],
    [call(0, { fields: [field('name', 'ignored'), field('email', 'applied')] })],
  ],
  'people-invited': [
    each(10, (index) => call(index * 10, { fields: [field('invitation.sms', 'applied')] })),
    each(10, (index) => call(index * 70, { fields: [field('invitation.sms', 'applied')] })),
  ],
  'frozen-wait': [
    each(5, (index) => call(index * 8, { method: 'GET', companyAt: 1_000 })),
    each(5, (index) => call(index * 8, { method: 'GET', companyAt: 1_000 + index })),
  ],
};

test('there is a client for each finding', () => {
  expect(Object.keys(cases)).toEqual(expect.arrayContaining(findings.map(({ id }) => id)));
  expect(Object.keys(cases)).toHaveLength(findings.length);
});

test.each(findings)('$id is found where a client has it, and not where one is only close to it', ({ id, look }) => {
  const [has, near] = cases[id] ?? [[], []];
  expect(look(has, facts)).not.toEqual([]);
  expect(look(near, facts)).toEqual([]);
});

test('an id of another app is found by the code that says so', () => {
  const [found] =
    findings.find(({ id }) => id === 'id-kind-wrong')?.look([refused(0, 'input', { problem: '10' })], facts) ?? [];
  expect(found?.about).toBe('another app');
});

test.each(findings)('$id has its texts in both languages', ({ message, remedy }) => {
  for (const { en, zh } of [message, remedy]) {
    expect(en).toMatch(/^[A-Z].*[^.]$/);
    expect(zh).toMatch(/\p{Script=Han}/u);
  }
});
