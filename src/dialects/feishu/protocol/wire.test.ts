import { describe, expect, test } from 'vitest';
import { decodePatch } from './wire.ts';
import type { PatchBody } from './body-schemas.ts';

function mobile(text: string): unknown {
  const body: PatchBody = { employee: { mobile: text } };
  return decodePatch(body).mobile?.phone;
}

describe('a mobile', () => {
  test.each([
    ['13011111111', { country: '86', number: '13011111111' }],
    ['+8613011111111', { country: '86', number: '13011111111' }],
    ['\t+8613011111111 ', { country: '86', number: '13011111111' }],
    ['+85261234567', { country: '852', number: '61234567' }],
    ['+12025550123', { country: '1', number: '2025550123' }],
    ['+123456', { country: '1', number: '23456' }],
    ['+999123456', { country: '999', number: '123456' }],
    ['', null],
    ['  ', null],
  ])('is understood: %j', (text, phone) => {
    expect(mobile(text)).toEqual(phone);
  });

  test.each([
    '85261234567',
    '+86130111111112',
    '+8623011111111',
    '+86 13011111111',
    '+12345',
    '+1234567890123456',
    '+0123456789',
    '130-1111-1111',
    '１３０１１１１１１１１',
    'x'.repeat(256),
  ])('is refused: %s', (text) => {
    expect(mobile(text)).toBeUndefined();
  });
});

describe('leniencies of the page’s example', () => {
  const decode = (employee: object): unknown => decodePatch({ employee } as PatchBody);

  test('an int may be digits in a string, and an empty one says nothing', () => {
    expect(decode({ gender: '2', employment_type: '1' })).toMatchObject({ gender: 2, employmentType: 1 });
    expect(decode({ gender: '', employment_type: '' })).toEqual({ ignored: [] });
  });

  test('a number in a string may be an int, and an empty one says nothing', () => {
    expect(decode({ resign_reason: 7, resign_type: '0' })).toMatchObject({ resignReason: '7', resignType: '0' });
    expect(decode({ resign_reason: '', resign_type: '' })).toEqual({ ignored: [] });
  });

  test('a weight is 1 to 9 digits, as text or number', () => {
    const weights = ['7', 7, '007', '1234567890', -1, 1.5, '', 'x'].map((weight) => ({
      department_id: 'd',
      order_weight_in_deparment: weight,
    }));
    const given = decode({ employee_order_in_departments: weights }) as { departments: { rank: unknown }[] };
    expect(given.departments.map(({ rank }) => rank)).toEqual([
      7,
      7,
      7,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('members that are no field of the update are named as ignored', () => {
    expect(decode({ staff_status: '', positions: [], mobile: '' })).toMatchObject({
      ignored: ['employee.staff_status', 'employee.positions'],
    });
  });
});
