import { describe, expect, test } from 'vitest';
import type { FieldRow, LivePerson, LiveRead, LiveValue } from '../../../connectors/connector.ts';
import { emptyEmployee } from '../../../directory/employees/employee.ts';
import type { DriftRunWithLines } from '../../../directory/targets/drift-run.ts';
import type { Link } from '../../../directory/targets/target-store.ts';
import type { Authority } from '../../../directory/targets/target.ts';
import { plainText } from '../../../directory/text.ts';
import { compareTenant } from '../drift.ts';
import type { OwnCompany, OwnRecord } from '../own-people.ts';
import { chosenOf, narrowed } from './choice.ts';
import { runOf } from './run-of.ts';

const row = (field: FieldRow['field']): FieldRow => ({ field, theirs: field, read: 'r', write: 'w', clear: '' });
const fields = [row('alias'), row('note'), row('mobile')];
const spaces = { person: 'p', department: 'd', field: null };

const ours = (id: string, more: Partial<OwnRecord> = {}): OwnRecord => ({
  ...emptyEmployee(id, plainText(`name of ${id}`), 0),
  ids: { p: id },
  ...more,
});
const there = (id: string, values: LivePerson['values'] = {}, isInService = true): LivePerson => ({
  id,
  isInService,
  values: { alias: null, note: null, mobile: null, ...values },
});
const linkOf = (subject: string, base: Readonly<Record<string, LiveValue>> | null, more: Partial<Link> = {}): Link => ({
  kind: 'employee',
  subject,
  liveId: subject,
  matchedBy: 'id',
  state: 'linked',
  base,
  baseAt: base === null ? null : 5,
  delivered: 0,
  ...more,
});

function compared(
  people: readonly OwnRecord[],
  live: readonly LivePerson[],
  links: readonly Link[] = [],
  more: { authority?: Record<string, Authority>; problems?: LiveRead['problems']; last?: number } = {},
): { readonly report: ReturnType<typeof compareTenant>; readonly run: DriftRunWithLines } {
  const own: OwnCompany = {
    secondLocale: 'en-US',
    departments: [],
    catalogs: [],
    customFields: [],
    employees: people,
  };
  const problems = more.problems ?? [];
  const read = { departments: [], people: live, unreadable: {}, problems };
  const report = compareTenant({ own, live: read, fields, spaces, authority: more.authority ?? {}, links });
  const last = more.last === undefined ? null : { people: { ours: 0, theirs: more.last, matched: 0 } };
  return { report, run: runOf({ id: 'r', readAt: 9, report, problems, last }) };
}

const refusal = { call: 'users', verdict: { kind: 'refused', code: '7', message: 'no' } } as const;

describe('a run of drift', () => {
  test('says of each field which side changed it since both last agreed', () => {
    const { run } = compared(
      [
        ours('theirs', { alias: 'a' }),
        ours('mine', { alias: 'b' }),
        ours('both', { alias: 'b', note: 'n' }),
        ours('never', { alias: 'a' }),
        ours('same', { alias: 'a' }),
      ],
      [
        there('theirs', { alias: 'b' }),
        there('mine', { alias: 'a' }),
        there('both', { alias: 'c', note: 'n' }),
        there('never', { alias: 'b' }),
        there('same', { alias: 'a' }),
      ],
      ['theirs', 'mine', 'both', 'same'].map((id) => linkOf(id, { alias: 'a' })),
    );
    expect(run.lines.map(({ subject, class: of, changed, base }) => [subject, of, changed, base])).toEqual([
      ['theirs', 'drifted-theirs', 'theirs', 'a'],
      ['mine', 'drifted-ours', 'ours', 'a'],
      ['both', 'conflict', 'both', 'a'],
      ['never', 'unlike', 'unknown', undefined],
    ]);
    expect(run.counts).toEqual({
      people: { 'drifted-theirs': 1, 'drifted-ours': 1, conflict: 1, unlike: 1, equal: 1 },
      fields: { theirs: 1, ours: 1, both: 1, unknown: 1 },
    });
  });

  test('says of each person where the one there is: missing, left, under another id, twice, or none of ours', () => {
    const mobile = { country: '86', number: '13800010001' };
    const { run } = compared(
      [
        ours('left-there'),
        ours('moved', { mobile }),
        ours('missing'),
        ours('lost'),
        ours('undecided', { ids: {} }),
        ours('ignored', { ids: {} }),
        ours('left-here', { status: 'resigned' }),
        ours('doubled', { mobile: { country: '86', number: '13800010002' } }),
      ],
      [
        there('left-there', {}, false),
        there('moved-2', { mobile: '+8613800010001' }),
        there('left-here'),
        there('doubled'),
        there('doubled-2', { mobile: '+8613800010002' }),
        there('stranger', { name: '外人' }),
      ],
      [
        linkOf('moved', null),
        linkOf('lost', null, { state: 'lost', liveId: 'gone' }),
        linkOf('undecided', null, { state: 'ambiguous', liveId: null }),
        linkOf('ignored', null, { state: 'ignored', liveId: null }),
        linkOf('doubled', null),
      ],
    );
    const byPerson = Object.fromEntries(
      run.lines
        .toReversed()
        .map(({ subject, live_id, class: of, candidates }) => [subject ?? live_id ?? '', [of, ...(candidates ?? [])]]),
    );
    expect(byPerson).toMatchObject({
      'left-there': ['left-there'],
      moved: ['moved-id', 'moved-2'],
      missing: ['missing-there'],
      lost: ['missing-there'],
      undecided: ['undecided'],
      'left-here': ['left-here'],
      doubled: ['doubled', 'doubled-2'],
      stranger: ['only-there'],
    });
    expect(Object.keys(byPerson)).not.toContain('ignored');
  });

  test('calls no one missing where a call was refused, or where less than nine in ten of the last time were read', () => {
    const people = Array.from({ length: 20 }, (_, at) => ours(`e${String(at)}`));
    const live = (count: number): readonly LivePerson[] => people.slice(0, count).map(({ id }) => there(id));
    const classes = ({ run }: ReturnType<typeof compared>): unknown => [
      run.isComplete,
      run.lines.map(({ class: of }) => of),
    ];
    expect(classes(compared(people, live(18), [], { last: 20 }))).toEqual([true, ['missing-there', 'missing-there']]);
    expect(classes(compared(people, live(17), [], { last: 20 }))).toEqual([false, []]);
    expect(classes(compared(people, live(19), [], { problems: [refusal] }))).toEqual([false, []]);
    const linked = compared(people, live(19), [linkOf('e19', null)], { problems: [refusal] });
    expect(classes(linked)).toEqual([false, ['unreadable']]);
    expect(linked.run.why).toBe('users was refused: 7 no');
  });

  test('masks mobiles, also those that both last agreed on', () => {
    const mine = ours('e1', { mobile: { country: '86', number: '13800010001' } });
    const theirs = there('e1', { mobile: '+8613800010002' });
    const { run } = compared([mine], [theirs], [linkOf('e1', { mobile: '+8613800010003' })]);
    expect(run.lines).toMatchObject([{ ours: '+861****0001', theirs: '+861****0002', base: '+861****0003' }]);
  });
});

describe('a choice of differences', () => {
  const both = compared(
    [ours('e1', { alias: 'a', note: 'n' }), ours('e2', { alias: 'a' })],
    [there('e1', { alias: 'b', note: 'm' }), there('e2', { alias: 'b' })],
    [],
    { authority: { alias: 'theirs', note: 'ours' } },
  );

  test('of all leaves to authority what becomes of each', () => {
    const accepted = chosenOf(both.report.differences, { all: true }, 'accept');
    expect(accepted.chosen.map(({ employee, field }) => [employee, field])).toEqual([
      ['e1', 'alias'],
      ['e2', 'alias'],
    ]);
    expect(accepted.left).toEqual([{ employee: 'e1', field: 'note', why: 'not-ours-to-decide' }]);
    const { chosen } = chosenOf(both.report.differences, { all: true }, 'repair');
    expect(chosen.map(({ field }) => field)).toEqual(['note']);
    expect(narrowed({ credentials: {}, authority: { note: 'ours', alias: 'theirs' } }, chosen, { all: true })).toEqual({
      only: new Set(['e1']),
      settings: {
        credentials: {},
        authority: { note: 'ours' },
        people: { create: 'no', leave: 'no', return: 'no' },
      },
    });
  });

  test('that is named is meant whatever authority says, unless it changed since it was seen', () => {
    const named = { employees: ['e1'], fields: ['note'] };
    expect(chosenOf(both.report.differences, named, 'accept', both.run.lines)).toMatchObject({
      chosen: [{ employee: 'e1', field: 'note', theirs: 'm' }],
      left: [],
    });
    const earlier = both.run.lines.map((line) => ({ ...line, theirs: 'other' }));
    expect(chosenOf(both.report.differences, named, 'accept', earlier)).toMatchObject({
      chosen: [],
      left: [{ employee: 'e1', field: 'note', why: 'moved' }],
    });
    expect(() => chosenOf(both.report.differences, {}, 'accept')).toThrow('Name employees or fields');
  });
});
