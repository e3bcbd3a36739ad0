import { expect, test } from 'vitest';
import type { Intent, Known, LiveValues, SendOutcome } from '../writing.ts';
import { compose, halves } from './compose.ts';
import { judgeWrite } from './judge-writes.ts';

/** The staff object of the page (contract 2.7). */
const STAFF = {
  id: 'xgJ3wajigF25H0:ID_3Be8RKT03bg',
  name: '赵六',
  nickName: '老六',
  code: '00005',
  departments: ['xgJ3wajigF25H0'],
  defaultDepartment: 'xgJ3wajigF25H0',
  cellphone: '15588881010',
  active: true,
  showEmail: '15588881010@163.com',
  note: 'Code修改',
  staffCustomForm: { base: '[]', postType: 'ID_3D5RavktVRM', rankType: 'ID_3D5RavktTRM' },
};

const values: LiveValues = { name: '赵六', department: ['a', 'b'], mainDepartment: 'b' };

function knownOf(...subjects: readonly string[]): Known {
  return {
    target: { ids: {}, secrets: new Set(['app_security']), fields: {} },
    setup: { catalogs: { jobTitle: new Map([['工程师', 'ID_1']]) }, numbered: [], personId: null, problems: [] },
    departments: new Map([
      ['ours-a', 'a'],
      ['ours-b', 'b'],
    ]),
    people: new Map(),
    live: new Map(subjects.map((subject) => [subject, { id: subject, isInService: true, values }])),
    key: (subject) => subject,
  };
}

const update = (subject: string, to: string, liveId = `live:${subject}`): Intent => ({
  operation: 'update',
  subject,
  liveId,
  fields: { note: { from: null, to } },
});
const answered = (body: unknown): SendOutcome => ({
  kind: 'answered',
  answer: { status: 200, headers: {}, body: JSON.stringify(body) },
});
const staffList = (body: string | null): readonly { readonly id: string }[] =>
  (JSON.parse(body ?? '') as { readonly staffList: readonly { readonly id: string }[] }).staffList;

test('updates go together, a hundred in a call, each with the name that Hose wants', () => {
  const subjects = Array.from({ length: 201 }, (_, index) => `e${String(index)}`);
  const { requests, problems } = compose(
    subjects.map((subject) => update(subject, 'x')),
    knownOf(...subjects),
  );
  expect(problems).toEqual([]);
  expect(requests.map(({ call, parts }) => [call, parts.length])).toEqual([
    ['staffs.batchUpdate', 100],
    ['staffs.batchUpdate', 100],
    ['staffs.update', 1],
  ]);
  expect(staffList(requests[0]?.body ?? null)[0]).toEqual({ id: 'live:e0', name: '赵六', note: 'x' });
});

test('a batch is halved until the bad row is alone, and each half is about its own people', () => {
  const subjects = ['a', 'b', 'c'];
  const [batch] = compose(
    subjects.map((subject) => update(subject, subject)),
    knownOf(...subjects),
  ).requests;
  if (batch === undefined) throw new Error('no batch');
  const [left, right, ...more] = halves(batch);
  expect(more).toEqual([]);
  expect([left?.call, left?.parts.map(({ subject }) => subject)]).toEqual(['staffs.batchUpdate', ['a', 'b']]);
  expect(staffList(left?.body ?? null).map(({ id }) => id)).toEqual(['live:a', 'live:b']);
  expect([right?.call, right?.path]).toEqual(['staffs.update', '/api/openapi/v1.1/staffs/update/$live%3Ac']);
  expect(right?.body).toBe('{"name":"赵六","note":"c"}');
  expect(right === undefined ? null : halves(right)).toEqual([]);
});

test('what differs in one department field takes the other along as it is there, the main one first', () => {
  const intent = (fields: object): Intent => ({ operation: 'update', subject: 'e', liveId: 'e', fields });
  const bodyOf = (fields: object): unknown => {
    const { requests, problems } = compose([intent(fields)], knownOf('e'));
    return problems[0]?.words.en ?? (JSON.parse(requests[0]?.body ?? '') as unknown);
  };
  expect(bodyOf({ mainDepartment: { to: 'ours-a' } })).toEqual({
    name: '赵六',
    defaultDepartment: 'a',
    departments: ['a', 'b'],
  });
  expect(bodyOf({ department: { to: ['ours-a'] } })).toEqual({
    name: '赵六',
    defaultDepartment: 'a',
    departments: ['a'],
  });
  expect(bodyOf({ department: { to: ['ours-a'] }, mainDepartment: { to: 'ours-b' } })).toBe(
    'The main department must be one of the departments.',
  );
});

test('one field that cannot be composed keeps no other field back', () => {
  const fields = {
    jobTitle: { to: '没有' },
    jobNumber: { from: '1', to: null },
    leader: { to: 'x' },
    note: { to: 'x' },
  };
  const { requests, problems } = compose([{ operation: 'update', subject: 'e', liveId: 'e', fields }], knownOf('e'));
  expect(requests.map(({ body }) => body)).toEqual(['{"name":"赵六","note":"x"}']);
  expect(new Set(problems.map(({ field, why }) => `${String(field)} ${why}`))).toEqual(
    new Set(['jobNumber not-clearable', 'jobTitle no-entry', 'leader not-writable']),
  );
});

test('a success that shows the old value was left out by the rules of synchronisation (contract 2.8)', () => {
  const intent = { ...update('e', '新'), liveId: STAFF.id } as Intent;
  const [request] = compose([intent], knownOf('e')).requests;
  if (request === undefined) throw new Error('no request');
  const fates = (staff: unknown): unknown => judgeWrite(request, answered({ value: staff })).map(({ fate }) => fate);
  expect(fates(STAFF)).toEqual(['dropped']);
  expect(fates({ ...STAFF, note: '新' })).toEqual(['written']);
  expect(fates(null)).toEqual(['doubt']);
});

test('a batch is judged by the ids that it answers, whatever their order', () => {
  const [batch] = compose([update('a', '1'), update('b', '2'), update('c', '3')], knownOf('a', 'b', 'c')).requests;
  if (batch === undefined) throw new Error('no batch');
  const items = [
    { ...STAFF, id: 'live:b', note: '2' },
    { ...STAFF, id: 'live:a', note: '老' },
  ];
  expect(judgeWrite(batch, answered({ items })).map(({ subject, fate }) => [subject, fate])).toEqual([
    ['a', 'dropped'],
    ['b', 'written'],
    ['c', 'doubt'],
  ]);
});

test('a seat that is not given is refused in words, since the answer is a bare false (contract 5.4)', () => {
  const { requests } = compose([{ operation: 'return', subject: 'e', liveId: 'e', values: {} }], knownOf('e'));
  expect(requests.map(({ call }) => call)).toEqual(['staffs.enable', 'staffs.authorise']);
  const [, seat] = requests;
  if (seat === undefined) throw new Error('no request');
  expect(judgeWrite(seat, answered({ value: true }))[0]?.fate).toBe('written');
  expect(judgeWrite(seat, answered({ value: false }))[0]).toMatchObject({ fate: 'refused', code: 'false' });
});

test('a person is not made with the mail of somebody who left: it would bring that record back', () => {
  const values: LiveValues = { name: '新人', email: 'a@b.example', department: ['ours-a'], mainDepartment: 'ours-a' };
  const creation = (more: LiveValues): Intent => ({
    operation: 'create',
    subject: 'e',
    liveId: null,
    values: { ...values, ...more },
  });
  const known: Known = { ...knownOf(), reviving: new Set(['a@b.example']) };
  const { requests, problems } = compose([creation({ mobile: '+8613900000001' })], known);
  expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({ cellphone: '13900000001', useNewAccount: true });
  expect(requests[0]?.body).not.toContain('a@b.example');
  expect(problems).toMatchObject([{ field: 'email', why: 'of-left' }]);
  // Without a mobile there is nothing to make the person with.
  const alone = compose([creation({})], known);
  expect([alone.requests, alone.problems.map(({ field, why }) => [field, why])]).toEqual([
    [],
    [
      ['email', 'of-left'],
      [null, 'incomplete'],
    ],
  ]);
  // An update does not bring anyone back.
  const fields = { email: { from: null, to: 'a@b.example' } };
  const change: Intent = { operation: 'update', subject: 'e', liveId: 'live:e', fields };
  const later = compose([change], { ...knownOf('e'), reviving: new Set(['a@b.example']) });
  expect([later.requests.length, later.problems]).toEqual([1, []]);
});
