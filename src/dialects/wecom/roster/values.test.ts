import { expect, test } from 'vitest';
import { Roster } from './roster.ts';
import { ignoredKeys, readValue, valueFor, writeValue } from './values.ts';

const roster = new Roster({ key: 'a', settings: {}, catalogs: [], customFields: [] });
const read = (fieldid: number, members: Record<string, unknown>): unknown => {
  const reading = readValue(roster.field(fieldid)!, members);
  return reading.kind === 'value' ? reading.value : reading.kind;
};

const [TEXT, MOBILE, OPTION, BIRTHDAY, DAY, PHONE] = [11019, 11003, 11004, 11005, 11011, 17003];

test.each<[what: string, fieldid: number, members: Record<string, unknown>, expected: unknown]>([
  ['a text', TEXT, { value_string: ' a ' }, ' a '],
  ['an empty text', TEXT, { value_string: '' }, 'empty'],
  ['no value key', TEXT, {}, 'empty'],
  ['null', TEXT, { value_string: null }, 'empty'],
  ['a value under another key', TEXT, { value_uint32: 5 }, 'empty'],
  ['a number for a text', TEXT, { value_string: 5 }, 'bad'],
  ['a number too large to be one for a text', TEXT, { value_string: 12345678901234567890n }, 'bad'],
  ['as many characters as there may be', TEXT, { value_string: '名'.repeat(32) }, '名'.repeat(32)],
  ['pairs of surrogates count once', TEXT, { value_string: '😀'.repeat(32) }, '😀'.repeat(32)],
  ['one character more', TEXT, { value_string: '😀'.repeat(33) }, 'bad'],
  ['an option', OPTION, { value_uint32: 1 }, 1],
  ['an option as digits', OPTION, { value_uint32: '2' }, 2],
  ['no option', OPTION, { value_uint32: 7 }, 'bad'],
  ['no option has id 0', OPTION, { value_uint32: 0 }, 'empty'],
  ['a fraction', OPTION, { value_uint32: 1.5 }, 'bad'],
  ['a list', OPTION, { value_uint32: [1] }, 'bad'],
  ['an empty text for a number', OPTION, { value_uint32: '' }, 'bad'],
  ['zero seconds are a time', DAY, { value_uint64: 0 }, '0'],
  ['no negative unsigned time', DAY, { value_uint64: -1 }, 'bad'],
  ['all 64 bits', DAY, { value_uint64: 18446744073709551615n }, '18446744073709551615'],
  ['all 64 bits as digits', DAY, { value_uint64: '18446744073709551615' }, '18446744073709551615'],
  ['a 65th bit', DAY, { value_uint64: 18446744073709551616n }, 'bad'],
  ['a birthday before 1970', BIRTHDAY, { value_int64: -1 }, '-1'],
  ['a birthday as digits', BIRTHDAY, { value_int64: '631123200' }, '631123200'],
  ['the least signed number', BIRTHDAY, { value_int64: -9223372036854775808n }, '-9223372036854775808'],
  ['one less', BIRTHDAY, { value_int64: -9223372036854775809n }, 'bad'],
  [
    'a phone under the table’s name',
    PHONE,
    { value_mobile: { value_country_code: 'xxx', value_mobile: 'xxxxxxxx' } },
    { value_country_code: 'xxx', value_mobile: 'xxxxxxxx' },
  ],
  [
    'a phone under the first example’s name',
    PHONE,
    { value_mobile: { value_mobile_country_code: 'xxx', value_mobile: 'xxxxxxxx' } },
    { value_country_code: 'xxx', value_mobile: 'xxxxxxxx' },
  ],
  [
    'a phone under both names',
    PHONE,
    { value_mobile: { value_country_code: '1', value_mobile_country_code: '2', value_mobile: '5' } },
    { value_country_code: '1', value_mobile: '5' },
  ],
  [
    'a phone without an area code',
    PHONE,
    { value_mobile: { value_mobile: '5' } },
    { value_country_code: '86', value_mobile: '5' },
  ],
  ['a phone without a number', PHONE, { value_mobile: { value_country_code: '86' } }, 'empty'],
  ['a phone with an empty number', PHONE, { value_mobile: { value_country_code: 5, value_mobile: '' } }, 'empty'],
  ['a phone that is a text', PHONE, { value_mobile: '13800000000' }, 'bad'],
  ['a phone whose number is one', PHONE, { value_mobile: { value_mobile: 13800000000 } }, 'bad'],
  ['a long phone', PHONE, { value_mobile: { value_mobile: '5'.repeat(33) } }, 'bad'],
  [
    'a mobile abroad',
    MOBILE,
    { value_mobile: { value_country_code: '852', value_mobile: '61234567' } },
    { value_country_code: '852', value_mobile: '61234567' },
  ],
  ['a short mobile', MOBILE, { value_mobile: { value_mobile: '1380000000' } }, 'bad'],
  ['a mobile with signs', MOBILE, { value_mobile: { value_mobile: '138-0000-0000' } }, 'bad'],
])('%s', (_what, fieldid, members, expected) => {
  expect(read(fieldid, members)).toEqual(expected);
});

test.each([['86'], ['+86'], ['0086'], [undefined], ['']])('the area code %s is the mainland’s', (code) => {
  const sent = { ...(code === undefined ? {} : { value_country_code: code }), value_mobile: '13800000000' };
  const kept = { value_country_code: '86', value_mobile: '13800000000' };
  expect(readValue(roster.field(MOBILE)!, { value_mobile: sent })).toEqual({
    kind: 'value',
    value: kept,
    ...(code === '86' ? {} : { normalised: { from: sent, to: kept } }),
  });
});

test('other value keys are named, so that nothing is passed over in silence', () => {
  const members = { fieldid: 1, value_string: 'a', value_uint32: 5, value_int64: 5, value_sting: 'b' };
  expect(ignoredKeys(roster.field(TEXT)!, members)).toEqual(['value_uint32', 'value_int64']);
});

test('64-bit numbers are returned with all their digits', () => {
  expect(JSON.stringify(writeValue(roster.field(DAY)!, '18446744073709551615'))).toBe(
    '{"value_uint64":18446744073709551615}',
  );
  expect(writeValue(roster.field(19001)!, ['m1', 'm2'])).toEqual({ value_file: { media_id: ['m1', 'm2'] } });
});

test('a kept value of another type than the field has now is no value', () => {
  expect(valueFor(roster.field(DAY)!, 'not a number')).toBeNull();
  expect(valueFor(roster.field(OPTION)!, 'a')).toBeNull();
  expect(valueFor(roster.field(PHONE)!, 'a')).toBeNull();
});
