import { describe, expect, test } from 'vitest';
import { EMPLOYEE_CODES, GENERIC_CODES, withIds } from '../protocol/codes.ts';
import { answerTo } from '../protocol/errors.ts';
import { decide, questionsOf, refusalOf, type Asked, type State } from './rules.suite.ts';
import { RULES } from './rules.ts';
import { typeOfReason } from './rules/policy.ts';

/** One code, the state and request that provoke it, and one that is accepted in the same state. Those of the page are data: see fixtures/codes. */
interface Row extends State {
  readonly code: { readonly code: number };
  readonly when: string;
  readonly refused: Asked;
  readonly accepted?: Asked;
}

const { paramInvalid, openIdUnknown, employeeIdUnknown, unionIdUnknown } = GENERIC_CODES;
const C = EMPLOYEE_CODES;
const him = (employee: object): Asked => ({ employee });
const departments = (...entries: object[]): Asked => him({ employee_order_in_departments: entries });
const resigned: State = { him: { status: 'resigned', leftOn: '2026-01-01' } };

const rows: readonly Row[] = [
  {
    code: paramInvalid,
    when: 'a weight is no number',
    refused: departments({ department_id: 'rd', order_weight_in_deparment: 'x' }),
  },
  {
    code: paramInvalid,
    when: 'a weight has ten digits',
    refused: departments({ department_id: 'rd', order_weight_among_deparments: 1234567890 }),
  },
  {
    code: paramInvalid,
    when: 'one department is named twice',
    refused: departments({ department_id: 'rd' }, { department_id: 'rd' }),
  },
  { code: employeeIdUnknown, when: 'a leader is unknown', refused: him({ leader_id: 'nobody' }) },
  {
    code: paramInvalid,
    when: 'a leader has resigned',
    other: { status: 'resigned' },
    refused: him({ leader_id: 'other' }),
  },
  {
    code: paramInvalid,
    when: 'the level is unknown',
    refused: him({ job_level_id: 'x' }),
    accepted: him({ job_level_id: 'p5' }),
  },
  {
    code: paramInvalid,
    when: 'the family is unknown',
    refused: him({ job_family_id: 'x' }),
    accepted: him({ job_family_id: '' }),
  },
  {
    code: paramInvalid,
    when: 'image keys are strict',
    settings: { strict_image_keys: true },
    refused: him({ avatar_key: 'k' }),
    accepted: him({ avatar_key: '' }),
  },
  {
    code: paramInvalid,
    when: 'the image was uploaded for something else',
    settings: { strict_image_keys: true },
    images: { a: 'avatar', m: 'message' },
    refused: him({ avatar_key: 'm', background_image_key: 'm' }),
    accepted: him({ avatar_key: 'a', background_image_key: 'm' }),
  },
  {
    code: paramInvalid,
    when: 'the present portrait would be the background',
    settings: { strict_image_keys: true },
    images: { a: 'avatar' },
    own: { avatarKey: 'a' },
    refused: him({ background_image_key: 'a' }),
    accepted: him({ avatar_key: 'a' }),
  },
  {
    code: paramInvalid,
    when: 'image keys are strict for backgrounds too',
    settings: { strict_image_keys: true },
    refused: him({ background_image_key: 'k' }),
  },
];

describe('a code that is not among those of the page', () => {
  test.each(rows)('$code.code when $when', ({ code, refused, ...state }) => {
    expect(decide(state, refused)).toBe(code.code);
  });

  const kept = rows.flatMap(({ accepted, ...row }) => (accepted === undefined ? [] : [{ ...row, accepted }]));
  test.each(kept)('not $code.code although $when', ({ accepted, ...state }) => {
    expect(decide(state, accepted)).toBe('accepted');
  });
});

test('every rule is in the order once', () => {
  expect(new Set(RULES).size).toBe(RULES.length);
});

test('reasons go with the types that their names tell', () => {
  const types = Array.from({ length: 26 }, (_, reason) => typeOfReason(String(reason)) ?? '-').join('');
  expect(types).toBe('-11111111111111332222222' + '23');
});

describe('an unknown id', () => {
  test.each([
    ['open_id', openIdUnknown],
    ['union_id', unionIdUnknown],
    ['employee_id', employeeIdUnknown],
  ] as const)('is answered by its kind: %s', (idKind, code) => {
    const refusal = refusalOf({}, him({}), { id: 'nobody', idKind });
    expect(refusal).not.toBeNull();
    const answer = refusal === null ? null : answerTo(refusal.problem);
    expect(answer).toEqual(withIds(code, ['nobody']));
  });
});

test('limits that are kept refuse nothing', () => {
  const settings = { billing_seat_limit: 2, certified_seat_limit: 2, department_member_limit: 2 };
  expect(decide({ settings }, departments({ department_id: 'rd' }, { department_id: 'sales' }))).toBe('accepted');
  const left: State = { settings: { billing_seat_limit: 1 }, other: { status: 'resigned' } };
  expect(decide(left, him({ description: 'x' }))).toBe('accepted');
});

test('nothing is counted where no limit is about what changes', () => {
  const none = { certified: true, strict_image_keys: false };
  expect(questionsOf({ settings: none }, him({ description: 'x' }))).toEqual(['employees-by']);
  expect(questionsOf({ settings: { certified_seat_limit: 1 } }, him({ description: '' }))).toEqual(['employees-by']);
  expect(questionsOf({ settings: none }, departments({ department_id: 'sales' }))).toEqual([
    'employees-by',
    'count-by',
  ]);
});

test('sending a resigned employee the present values of the six blocked fields is accepted', () => {
  const asked = him({ mobile: '13100000009', email: 'x@y.example', leader_id: 'other', job_number: '5' });
  expect(refusalOf(resigned, asked)?.fields).toEqual(['employee.email', 'employee.mobile', 'employee.leader_id']);
});

test('the same address in other letter case, and the same number, are no change', () => {
  const asked = him({ mobile: '13100000001', email: ' HIM@Corp.example', leader_id: '' });
  expect(decide(resigned, asked)).toBe('accepted');
  // Another platform tells the dialling code apart otherwise.
  const abroad: State = { him: { mobile: { country: '8', number: '5261234567' } }, own: { mobileVerified: true } };
  expect(decide(abroad, him({ mobile: '+85261234567' }))).toBe('accepted');
  const closed: State = { him: { enterpriseEmail: 'him@closed.example' } };
  expect(decide(closed, him({ enterprise_email: 'Him@Closed.example' }))).toBe('accepted');
});

test('the first rule of the order answers', () => {
  const both = him({ mobile: 'x', job_number: '2', work_place_id: 'nowhere' });
  expect(decide({}, both)).toBe(C.mobileInvalid.code);
  expect(decide({}, him({ job_number: '2', work_place_id: 'nowhere' }))).toBe(C.workPlaceUnknown.code);
});
