/** Openings of mainland mobiles, three digits each; as they are given out. */
const OPENINGS =
  '130 131 132 133 135 136 137 138 139 150 151 152 153 155 156 157 158 159 176 177 178 180 181 182 183 185 186 187 188 189 199'.split(
    ' ',
  );
const PER_OPENING = 100_000_000;
const ALL = OPENINGS.length * PER_OPENING;
/** As a company buys them: one after another, but for those that were gone. It shares no factor with any range here. */
const STRIDE = 37;

/** Where people from abroad telephone: the dialling code, what a mobile begins with there, and how many digits follow. */
const ABROAD = [
  { country: 'SG', code: '65', opening: '8', digits: 7 },
  { country: 'HK', code: '852', opening: '6', digits: 7 },
  { country: 'US', code: '1', opening: '415', digits: 7 },
  { country: 'GB', code: '44', opening: '750', digits: 7 },
  { country: 'JP', code: '81', opening: '90', digits: 8 },
] as const;

/** The most people whose mobiles are all different. */
export const MAX_MOBILES = 10_000_000;

/** A mainland mobile in the form of a company file; different for each position. */
export function mainlandMobile(start: number, position: number): string {
  const number = (start + position * STRIDE) % ALL;
  const opening = OPENINGS[Math.floor(number / PER_OPENING)] ?? '';
  return `+86${opening}${String(number % PER_OPENING).padStart(8, '0')}`;
}

/** A mobile from abroad, and the country it is of; different for each position. */
export function foreignMobile(start: number, position: number): { readonly country: string; readonly mobile: string } {
  const { country, code, opening, digits } = ABROAD[(start + position) % ABROAD.length] ?? ABROAD[0];
  // A country has at least as many numbers as there may be people.
  const number = (start + position * STRIDE) % MAX_MOBILES;
  return { country, mobile: `+${code} ${opening}${String(number).padStart(digits, '0')}` };
}
