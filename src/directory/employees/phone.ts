import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A telephone number apart from its dialling code, both as digits without signs. */
export interface Phone {
  readonly country: string;
  readonly number: string;
}

/** The number in E.164 form: a plus sign, the dialling code, the number. */
export function e164(phone: Phone): string {
  return `+${phone.country}${phone.number}`;
}

/**
 * Splits `+<digits>` into dialling code and number, or answers null where no dialling code fits.
 * Whether the number could be dialled is not judged: the platforms' own examples contain impossible ones.
 */
export function phoneFromE164(text: string): Phone | null {
  if (text.startsWith('+86')) return { country: '86', number: text.slice(3) };
  const parsed = parsePhoneNumberFromString(text);
  if (parsed === undefined) return null;
  const country = parsed.countryCallingCode;
  return { country, number: text.slice(1 + country.length) };
}
