import { expect, test } from 'vitest';
import { emptyEmployee, type Employee } from './employee.ts';
import { updateEmployee } from './employee-update.ts';
import { lookupKeys } from '../lookup.ts';
import { membershipsOf } from './membership.ts';
import { plainText, withTranslation, withValue } from '../text.ts';
import { fieldResults } from '../verdict.ts';

const zhang: Employee = {
  ...emptyEmployee('zhang', plainText('张三'), 1),
  ids: { 'a.id': 'A', 'b.id': 'B' },
  alias: 'Jack',
  extensions: { a: { roster: { one: '1', two: '2' } } },
};

test('a member that is absent stays as it is, ids are merged and null takes one away', () => {
  const { after } = updateEmployee(zhang, { alias: 'John', ids: { 'b.id': null, 'c.id': 'C' } }, 2);
  expect(after).toEqual({ ...zhang, alias: 'John', ids: { 'a.id': 'A', 'c.id': 'C' }, updatedAt: 2 });
});

test('an update that says what is already so changes nothing, not even the time', () => {
  const update = updateEmployee(zhang, { alias: 'Jack', name: plainText('张三') }, 2);
  expect(update.after).toBe(zhang);
  expect(update.fields).toEqual({});
});

test('with touch the time moves all the same', () => {
  expect(updateEmployee(zhang, {}, 2, { touch: true }).after.updatedAt).toBe(2);
});

test('changes are listed field by field, inside extensions member by member', () => {
  const extensions = { a: { roster: { one: '1', two: '3' } } };
  expect(updateEmployee(zhang, { alias: null, extensions }, 2).fields).toEqual({
    alias: ['Jack', null],
    'extensions.a.roster.two': ['2', '3'],
  });
});

test('each given field gets its verdict from the record before and after', () => {
  const { before, after } = updateEmployee(
    zhang,
    { alias: '', mobile: { country: '86', number: '13011111111' }, note: 'n' },
    2,
  );
  const verdicts = fieldResults(
    [
      { field: 'alias', target: 'alias' },
      { field: 'mobile', target: 'mobile', normalised: { from: '13011111111', to: '+8613011111111' } },
      { field: 'note', target: 'note' },
      { field: 'name', target: 'name' },
      { field: 'code', ignored: 'an empty code is passed over' },
    ],
    before,
    after,
  );
  expect(verdicts.map(({ field, verdict }) => `${field} ${verdict}`)).toEqual([
    'alias cleared',
    'mobile normalised',
    'note applied',
    'name unchanged',
    'code ignored',
  ]);
  expect(verdicts[1]).toMatchObject({ from: '13011111111', to: '+8613011111111' });
});

test('mails are found without case, and departments only of those who are here', () => {
  const departments = [{ department: 'd', rank: null, rankAmongOwn: null }];
  const keys = lookupKeys({ ...zhang, email: 'Zhang@Example.com', departments });
  expect(keys).toContainEqual(['email', 'zhang@example.com']);
  expect(keys).toContainEqual(['department', 'd']);
  expect(lookupKeys({ ...zhang, departments, status: 'resigned' })).not.toContainEqual(['department', 'd']);
});

test('a translation that repeated the old name follows the new one, others stay', () => {
  const name = { value: '张三', i18n: { 'zh-CN': '张三', 'en-US': 'Zhang' } };
  expect(withValue(name, '李四')).toEqual({ value: '李四', i18n: { 'zh-CN': '李四', 'en-US': 'Zhang' } });
  expect(withTranslation(name, 'en-US', '')).toEqual({ value: '张三', i18n: { 'zh-CN': '张三' } });
});

test('departments named alone keep the ranks they had, and count once', () => {
  const before = [{ department: 'a', rank: 3, rankAmongOwn: 1 }];
  expect(membershipsOf(['b', 'a', 'b'], before)).toEqual([
    { department: 'b', rank: null, rankAmongOwn: null },
    before[0],
  ]);
});
