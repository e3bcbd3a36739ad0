import { firstRefusal } from '../../rule.ts';
import { expect, test } from 'vitest';
import { emptyEmployee, type Employee } from '../../../directory/employees/employee.ts';
import { plainText } from '../../../directory/text.ts';
import { insertRules, removeRules } from './group-rules.ts';
import type { PlacedField, PlacedGroup } from '../roster/roster.ts';
import { Roster } from '../roster/roster.ts';
import { locationRules, valueRules, type Holders, type PlaceFacts, type ValueFacts } from './rules.ts';
import type { Reading } from '../roster/values.ts';

const roster = new Roster({ key: 'a', settings: {}, catalogs: [], customFields: [] });
const field = (fieldid: number): PlacedField | undefined => roster.field(fieldid);
const text = (value: string): Reading => ({ kind: 'value', value });
const empty: Reading = { kind: 'empty' };
const bad: Reading = { kind: 'bad', problem: { kind: 'invalid', subject: 'x' } };

function placeFacts(fieldid: number, more: Partial<PlaceFacts> = {}): PlaceFacts {
  return { fieldid, subIdx: 0, field: field(fieldid), hasPlace: true, reading: text('x'), ...more };
}

// The contract's table 2.7, update item: each line with its number, while the lines below it would refuse too.
test.each<[line: string, facts: PlaceFacts, rule: string | null, result: number | null]>([
  ['1: an unknown field', placeFacts(99999, { hasPlace: false, reading: empty }), 'fieldKnown', 3],
  ['2: 年龄', placeFacts(11006, { hasPlace: false, reading: empty }), 'fieldAllowed', 5],
  ['2: 社会工龄', placeFacts(11012), 'fieldAllowed', 5],
  ['2: 员工状态', placeFacts(12004), 'fieldAllowed', 5],
  ['3: a file', placeFacts(19001, { hasPlace: false, reading: empty }), 'fieldUpdatable', 5],
  [
    '3: a field that its data says is not updatable',
    placeFacts(11020, { field: { ...field(11020)!, updatable: false } }),
    'fieldUpdatable',
    5,
  ],
  ['4: nothing there', placeFacts(17003, { subIdx: 9, hasPlace: false, reading: empty }), 'placeThere', 3],
  ['5: a must field emptied', placeFacts(11001, { reading: empty }), 'mustFieldKept', 4],
  [
    '5: a name emptied where the data does not demand it',
    placeFacts(11001, { field: { ...field(11001)!, is_must: false }, reading: empty }),
    'mustFieldKept',
    4,
  ],
  ['6: a value that is none', placeFacts(11001, { reading: bad }), 'valueWellFormed', 2],
  ['7: a value', placeFacts(11001), null, null],
  ['7: an optional field emptied', placeFacts(11020, { reading: empty }), null, null],
])('update line %s', (_line, facts, rule, answer) => {
  const refusal = firstRefusal(facts, locationRules);
  expect([refusal?.rule ?? null, refusal?.result ?? null]).toEqual([rule, answer]);
});

const me: Employee = {
  ...emptyEmployee('me', plainText('我'), 0),
  mobile: { country: '86', number: '13800000001' },
  email: 'me@example.com',
};
const other: Employee = emptyEmployee('other', plainText('他'), 0);
const held = (space: 'mobile' | 'email' | 'job-number' | 'extension-number', value: string, by: Employee): Holders =>
  new Map([[space, new Map([[value, [by]]])]]);

function valueFacts(members: Partial<Employee>, more: Partial<ValueFacts> = {}): ValueFacts {
  return { before: me, written: { members }, holders: new Map(), lockMobileWhenActive: false, ...more };
}

const phone = { country: '86', number: '13800000002' };
test.each<[line: string, facts: ValueFacts, rule: string | null]>([
  [
    'a value that the attribute cannot have',
    valueFacts({}, { written: { kind: 'invalid', subject: 'email' } }),
    'valueAcceptable',
  ],
  [
    'a mobile of an activated member, locked',
    valueFacts({ mobile: phone }, { lockMobileWhenActive: true }),
    'mobileUnlocked',
  ],
  [
    'a mobile of a member who has not activated, locked',
    valueFacts({ mobile: phone }, { lockMobileWhenActive: true, before: { ...me, activation: 'not-activated' } }),
    null,
  ],
  [
    'a mobile that someone has',
    valueFacts({ mobile: phone }, { holders: held('mobile', '+8613800000002', other) }),
    'mobileUnique',
  ],
  [
    'a mobile that someone had who left',
    valueFacts({ mobile: phone }, { holders: held('mobile', '+8613800000002', { ...other, status: 'resigned' }) }),
    null,
  ],
  ['the own mobile', valueFacts({ mobile: phone }, { holders: held('mobile', '+8613800000002', me) }), null],
  [
    'a mail that someone has in other letters',
    valueFacts({ email: 'Him@Example.com' }, { holders: held('email', 'him@example.com', other) }),
    'emailUnique',
  ],
  [
    'a job number that someone has',
    valueFacts({ jobNumber: '7' }, { holders: held('job-number', '7', other) }),
    'jobNumberUnique',
  ],
  [
    'an extension that someone has',
    valueFacts({ extensionNumber: '8001' }, { holders: held('extension-number', '8001', other) }),
    'extensionNumberUnique',
  ],
  ['the last way to reach someone', valueFacts({ mobile: null }, { before: { ...me, email: null } }), 'staysReachable'],
  ['one of two ways to reach someone', valueFacts({ mobile: null }), null],
  ['a way to reach someone who had none', valueFacts({ email: null }, { before: other }), null],
])('update line 6: %s', (_line, facts, rule) => {
  const refusal = firstRefusal(facts, valueRules);
  expect([refusal?.rule ?? null, refusal?.result ?? null]).toEqual([rule, rule === null ? null : 2]);
});

test.each<[line: string, facts: [groupType: number, hasInstance: boolean, isNamed: boolean], rule: string | null]>([
  ['1: a group that is none', [9, false, false], 'groupKnown'],
  ['2: no instance', [1, false, false], 'instanceThere'],
  ['2: named before', [1, true, true], 'instanceThere'],
  ['3: an instance', [1, true, false], null],
])('remove line %s', (_line, [groupType, hasInstance, isNamed], rule) => {
  const group = roster.repeatable(groupType);
  const refusal = firstRefusal({ groupType, group, subIdx: 0, hasInstance, isNamed }, removeRules);
  expect([refusal?.rule ?? null, refusal?.result ?? null]).toEqual([rule, rule === null ? null : 3]);
});

function readings(...pairs: [number, Reading][]): ReadonlyMap<PlacedField, Reading> {
  return new Map(pairs.map(([fieldid, reading]) => [field(fieldid)!, reading]));
}

const small: PlacedGroup = { ...roster.repeatable(1)!, group: { ...roster.repeatable(1)!.group, max_instances: 3 } };
test.each<
  [
    line: string,
    group: PlacedGroup | undefined,
    contents: ReadonlyMap<PlacedField, Reading>,
    count: number,
    rule: string | null,
    result: number | null,
  ]
>([
  ['1: a group that is none', undefined, readings(), 0, 'groupKnown', 3],
  ['2: a file, before the must field that is missing', small, readings([14006, empty]), 3, 'contentsUpdatable', 5],
  ['3: a must field missing, before a value that is none', small, readings([14002, bad]), 3, 'mustFieldsFilled', 4],
  ['3: a must field emptied', small, readings([14001, empty]), 0, 'mustFieldsFilled', 4],
  ['4: a must field with a value that is none', small, readings([14001, bad]), 0, 'contentsWellFormed', 2],
  ['4: as many as there may be', small, readings([14001, text('某大学')]), 3, 'roomLeft', 2],
  ['5: a new instance', small, readings([14001, text('某大学')]), 2, null, null],
])('insert line %s', (_line, group, contents, count, rule, answer) => {
  const refusal = firstRefusal({ groupType: 1, group, readings: contents, count }, insertRules);
  expect([refusal?.rule ?? null, refusal?.result ?? null]).toEqual([rule, answer]);
});
