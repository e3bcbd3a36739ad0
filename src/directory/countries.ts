import type { CatalogEntry } from './catalog.ts';

/** ISO 3166-1 alpha-2. */
const CODES = `
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK
FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR
IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK
ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF
TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`;

/** The ids of these countries. Their names are made only where they are asked for, as that takes a tenth of a start. */
export const ISO_COUNTRY_IDS: readonly string[] = CODES.trim().split(/\s+/);

let entries: readonly CatalogEntry[] | undefined;

/** The countries of a company that lists none: those of ISO 3166-1, each by its two letters. */
export function isoCountries(): readonly CatalogEntry[] {
  return (entries ??= makeEntries());
}

function makeEntries(): readonly CatalogEntry[] {
  const chinese = namesIn('zh-CN');
  const english = namesIn('en-US');
  const japanese = namesIn('ja-JP');
  return ISO_COUNTRY_IDS.map((id, order) => ({
    id,
    catalog: 'country',
    name: { value: chinese(id), i18n: { 'en-US': english(id), 'ja-JP': japanese(id) } },
    ids: {},
    code: id,
    enabled: true,
    parent: null,
    order,
    createdAt: 0,
    updatedAt: 0,
    extensions: {},
  }));
}

/** Returns how the Unicode consortium names countries in a language; to make the list takes longer than to look in it. */
function namesIn(locale: string): (id: string) => string {
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  return (id) => names.of(id) ?? id;
}
