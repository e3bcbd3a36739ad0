import { expect, test } from 'vitest';
import type { LiveDepartment } from '../../connectors/connector.ts';
import { matchDepartments } from './match-departments.ts';
import { plainText } from '../../directory/text.ts';
import type { OwnCompany } from './own-people.ts';

type Own = OwnCompany['departments'][number];

const own = (id: string, name: string, number: string): Own =>
  ({
    id,
    parent: id === 'root' ? null : 'root',
    name: plainText(name),
    code: '',
    ids: { there: number },
  }) as unknown as Own;

const live = (id: string, name: string): LiveDepartment =>
  ({ id, parent: id === '1' ? null : '1', name, code: '' }) as unknown as LiveDepartment;

const matched = (ours: readonly Own[], theirs: readonly LiveDepartment[]): Readonly<Record<string, string>> =>
  Object.fromEntries(matchDepartments(ours, theirs, 'there'));

const root = [own('root', 'Ours', '1'), live('1', 'Theirs')] as const;

test('the place in our file does not decide which department there is which', () => {
  const ours = [root[0], own('inserted', 'New', '2'), own('admin', '行政部', '3'), own('sales', '销售部', '4')];
  const theirs = [root[1], live('2', '行政部'), live('3', '销售部'), live('7', '财务部')];
  expect(matched(ours, theirs)).toEqual({ 1: 'root', 2: 'admin', 3: 'sales' });
});

test('a number with another name is none of ours, rather than to be renamed', () => {
  expect(matched([root[0], own('admin', '行政部', '5')], [root[1], live('5', '财务部')])).toEqual({ 1: 'root' });
});

test('a number with the same name is ours wherever it is there', () => {
  const there = [root[1], live('5', '研发'), { ...live('6', '行政部 '), parent: '5' }];
  expect(matched([root[0], own('admin', '行政部', '6')], there)).toEqual({ 1: 'root', 6: 'admin' });
});

test('an id that no place in a file can be is proof, whatever the names are', () => {
  expect(matched([root[0], own('admin', '行政', 'od-4e6789')], [root[1], live('od-4e6789', '行政部')])).toEqual({
    1: 'root',
    'od-4e6789': 'admin',
  });
});
