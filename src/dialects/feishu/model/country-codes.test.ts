import validator from 'validator';
import { expect, test } from 'vitest';
import { COUNTRY_CODES, continentNames } from './country-codes.ts';

test('every country is one of ISO 3166-1, and none is missing', () => {
  expect(COUNTRY_CODES.size).toBe(249);
  for (const [alpha2, { alpha3, numeric, continent }] of COUNTRY_CODES) {
    expect(validator.isISO31661Alpha2(alpha2), alpha2).toBe(true);
    expect(validator.isISO31661Alpha3(alpha3), alpha3).toBe(true);
    expect(validator.isISO31661Numeric(numeric.padStart(3, '0')), numeric).toBe(true);
    expect(continentNames(continent), continent).toHaveProperty('zh-CN');
  }
  expect(new Set([...COUNTRY_CODES.values()].map(({ alpha3 }) => alpha3)).size).toBe(249);
});

test('letters and number mean the same country', () => {
  for (const [alpha2, { alpha3, numeric }] of COUNTRY_CODES) {
    // The runtime's own tables know the number as an alias of the letters.
    expect(new Intl.Locale(`und-${numeric.padStart(3, '0')}`).region, alpha3).toBe(alpha2);
  }
});
