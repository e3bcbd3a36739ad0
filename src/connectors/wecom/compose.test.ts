import { expect, test } from 'vitest';
import type { FieldName, LivePerson } from '../connector.ts';
import type { Changes, Known, NumberedField } from '../writing.ts';
import { compose } from './compose.ts';

const numbered = (id: number, field: FieldName, kind: NumberedField['kind']): NumberedField => ({
  id,
  field,
  kind,
  valueKey: kind === 'mobile' ? 'value_mobile' : kind === 'day' ? 'value_int64' : 'value_string',
  by: 'published',
  options: new Map(),
});
const ROSTER = [
  numbered(11001, 'name', 'text'),
  numbered(11003, 'mobile', 'mobile'),
  numbered(12003, 'joinDate', 'day'),
  numbered(12022, 'note', 'text'),
];

function composed(secrets: readonly string[], fields: Changes, live: Partial<LivePerson> = {}) {
  const known: Known = {
    target: { ids: {}, secrets: new Set(secrets), fields: {} },
    setup: { catalogs: {}, numbered: secrets.includes('hr') ? ROSTER : [], personId: null, problems: [] },
    departments: new Map(),
    people: new Map([['boss', 'lisi']]),
    live: new Map([['e', { id: 'zhangsan', isInService: true, values: {}, ...live }]]),
    key: (subject) => subject,
  };
  const { requests, problems } = compose([{ operation: 'update', subject: 'e', liveId: 'zhangsan', fields }], known);
  return {
    sent: requests.map(({ call, query, body }) => [call, query[0]?.[1], JSON.parse(body ?? '') as unknown]),
    problems: problems.map(({ field, why }) => [field, why]),
  };
}
const contacts = (body: object): unknown => ['user/update', '{token:contact}', { userid: 'zhangsan', ...body }];
const roster = (...update_items: readonly object[]): unknown => [
  'hr/update_staff_info',
  '{token:hr}',
  { userid: 'zhangsan', update_items },
];

test('the roster is asked only for what the contacts do not have', () => {
  const all = ['contact', 'hr'];
  expect(composed(all, { name: { to: '张三' }, leader: { to: 'boss' } }).sent).toEqual([
    contacts({ name: '张三', direct_leader: ['lisi'] }),
  ]);
  expect(composed(all, { note: { to: '出差' } }).sent).toEqual([
    roster({ fieldid: 12022, sub_idx: 0, value_string: '出差' }),
  ]);
  expect(composed(all, { name: { to: '张三' }, note: { to: null } }).sent).toEqual([
    contacts({ name: '张三' }),
    roster({ fieldid: 12022, sub_idx: 0 }),
  ]);
});

test('a day is seconds of midnight in China, under the member that the field has (contract 2.3)', () => {
  expect(composed(['hr'], { joinDate: { to: '2022-10-10' } }).sent).toEqual([
    roster({ fieldid: 12003, sub_idx: 0, value_int64: 1_665_331_200 }),
  ]);
});

test('the mobile of who has activated goes by the roster, as the contacts ignore it without a word (contract 4.4)', () => {
  const mobile = { mobile: { to: '+85261234567' } };
  const viaRoster = roster({
    fieldid: 11003,
    sub_idx: 0,
    value_mobile: { value_country_code: '852', value_mobile: '61234567' },
  });
  expect(composed(['contact', 'hr'], mobile, { isActivated: true }).sent).toEqual([viaRoster]);
  expect(composed(['contact', 'hr'], mobile, { isActivated: false }).sent).toEqual([
    contacts({ mobile: '+852 61234567' }),
  ]);
  expect(composed(['contact'], mobile, { isActivated: true })).toEqual({
    sent: [],
    problems: [['mobile', 'not-writable']],
  });
});

test('what no secret of the target writes is a problem, not a request that would be refused', () => {
  const fields = { name: { to: '张三' }, alias: { to: '三' }, note: { to: '出差' } };
  expect(composed(['contact'], fields)).toEqual({
    sent: [contacts({ name: '张三', alias: '三' })],
    problems: [['note', 'no-right']],
  });
  expect(composed(['hr'], fields)).toEqual({
    sent: [
      roster(
        { fieldid: 11001, sub_idx: 0, value_string: '张三' },
        { fieldid: 12022, sub_idx: 0, value_string: '出差' },
      ),
    ],
    problems: [['alias', 'no-right']],
  });
  expect(composed(['reading'], fields).problems).toHaveLength(3);
});

test('the mailbox goes alone, since it is not in one transaction with the rest (contract wecom-more 3.3)', () => {
  expect(composed(['contact'], { name: { to: '张三' }, enterpriseEmail: { to: 'a@b.example' } }).sent).toEqual([
    contacts({ name: '张三' }),
    contacts({ biz_mail: 'a@b.example' }),
  ]);
});
