import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { citiesIn, readBatchElement, readPhone, readPhoneLeniently, readStaff, showPhone } from './wire.ts';

describe('a phone', () => {
  test.each([
    ['15588881010', '86', '15588881010'],
    ['(852)61234567', '852', '61234567'],
    ['(00852)61234567', '852', '61234567'],
    ['(86)13900000000', '86', '13900000000'],
    ['0', '86', '0'],
  ])('%s', (text, country, number) => {
    expect(readPhone(text)).toEqual({ country, number });
  });

  test.each([
    '',
    '+86139',
    '139 0',
    '13-9',
    '（852）612',
    '()1',
    '(0)1',
    '(852)',
    '(852',
    '1(852)',
    '１３９',
    '(1)(2)3',
  ])('is none: %j', (text) => {
    expect(readPhone(text)).toBe(null);
  });

  test('is returned in the form in which it must be written', () => {
    const digits = fc.stringMatching(/^[0-9]{1,12}$/);
    const codes = fc.constantFrom('86', '852', '1', '65', '1684');
    fc.assert(
      fc.property(codes, digits, (country, number) => {
        const phone = { country, number };
        expect(readPhone(showPhone(phone))).toEqual(phone);
      }),
    );
  });

  test.each([
    ['+852 6123-4567', { country: '852', number: '61234567' }],
    ['（852）6123 4567', { country: '852', number: '61234567' }],
    ['138 0000 1111', { country: '86', number: '13800001111' }],
    ['+0', { country: '86', number: '0' }],
    ['nobody', null],
  ])('is read as well as can be where characters are not checked: %s', (text, phone) => {
    expect(readPhoneLeniently(text)).toEqual(phone);
  });
});

describe('a staff as sent', () => {
  test('counts null as not sent', () => {
    expect(readStaff({ name: null, departments: null, modifyAccountPhone: null, staffCustomForm: null })).toMatchObject(
      {
        name: undefined,
        departments: undefined,
        modifyAccountPhone: false,
        staffCustomForm: undefined,
      },
    );
  });

  test('keeps everything that was sent', () => {
    const sent = { name: 'x', unheardOf: [1] };
    expect(readStaff(sent)?.sent).toBe(sent);
  });

  test.each([null, 'x', [], { name: 1 }, { departments: [1] }, { staffCustomForm: { base: {} } }])(
    'is none: %j',
    (body) => {
      expect(readStaff(body)).toBe(null);
    },
  );

  test('has an id in a batch, or none', () => {
    expect(readBatchElement({ id: 'a', name: 'x' })?.id).toBe('a');
    expect(readBatchElement({ id: null })?.id).toBe('');
    expect(readBatchElement({})?.id).toBe('');
    expect(readBatchElement({ id: 5 })).toBe(null);
  });
});

describe('常驻地', () => {
  test('is a JSON list of cities', () => {
    expect(citiesIn('[{"key":"8","label":"北京市/海淀区"},{"key":"1","label":"x","more":1}]')).toEqual(['8', '1']);
    expect(citiesIn('[]')).toEqual([]);
  });

  test.each(['', '{}', '8', 'null', '[null]', '[{"key":8,"label":"x"}]', '[{"label":"x"}]', '['.repeat(100_000)])(
    'is nothing else: %.20s',
    (text) => {
      expect(citiesIn(text)).toBe(null);
    },
  );
});
