import { COUNTRY_CODES } from './country-codes.ts';

/**
 * MDM codes of countries that are on public record: the platform's page has AD and CN, a published table of 飞书 country
 * codes the others. [public: https://s.apifox.cn/e96c2a43-4dd5-4155-813f-1d6737fe3cb2]
 */
const KNOWN = `
AD 1 AE 2 AF 3 AG 4 AI 5 AL 6 AO 9 AR 10 AT 11 AU 12 AW 13 AZ 14 BB 16 BG 20 BH 21 BM 24 BR 27 BS 28 BY 31 CN 40 DZ 52
EE 54 EG 55 ET 58 IE 85 MK 121 OM 146 PA 147 PG 150 PK 152 PY 157 PS 242 MP 240`;

/** Those of others are made of the country's number, where the platform has none: `MDCT10000` and three digits. [proposed] */
const MADE = 10_000_000;

const codes: ReadonlyMap<string, string> = new Map([
  ...[...COUNTRY_CODES].map(([alpha2, { numeric }]): [string, string] => [alpha2, worded(MADE + Number(numeric))]),
  ...[...KNOWN.matchAll(/([A-Z]{2}) ([0-9]+)/g)].map(([, alpha2 = '', number]): [string, string] => [
    alpha2,
    worded(Number(number)),
  ]),
]);
const countries: ReadonlyMap<string, string> = new Map([...codes].map(([alpha2, code]) => [code, alpha2]));

/** `MDCT` and eight digits. [public: country] */
function worded(number: number): string {
  return `MDCT${String(number).padStart(8, '0')}`;
}

/** The MDM code of a country of ISO 3166-1. */
export function mdmCodeOf(alpha2: string): string | undefined {
  return codes.get(alpha2);
}

/** The country with this MDM code, by its two letters. */
export function countryWithMdmCode(code: string): string | undefined {
  return countries.get(code);
}
