import { expect, test } from 'vitest';
import { isoCountries } from '../../../directory/countries.ts';
import { COUNTRY_CODES } from './country-codes.ts';
import { countryWithMdmCode, mdmCodeOf } from './mdm-codes.ts';

test('every country of the world has a code of its own, which leads back to it', () => {
  const ids = isoCountries().map(({ id }) => id);
  expect(ids).toEqual([...COUNTRY_CODES.keys()]);
  const codes = ids.map((id) => mdmCodeOf(id) ?? '');
  expect(new Set(codes).size).toBe(249);
  for (const code of codes) expect(code).toMatch(/^MDCT[0-9]{8}$/);
  expect(codes.map(countryWithMdmCode)).toEqual(ids);
});

test('codes on public record are those, others are made of the number', () => {
  expect(['AD', 'CN', 'PS', 'DE'].map(mdmCodeOf)).toEqual([
    'MDCT00000001',
    'MDCT00000040',
    'MDCT00000242',
    'MDCT10000276',
  ]);
});

test('every country has a name in the three languages', () => {
  for (const { id, name } of isoCountries()) {
    expect(name.value, id).toMatch(/\p{Script=Han}/u);
    expect(name.i18n['en-US'], id).not.toBe(id);
    expect(name.i18n['ja-JP'], id).not.toBe(id);
  }
});
