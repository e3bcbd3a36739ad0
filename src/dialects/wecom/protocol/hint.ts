import type { Call } from '../../dialect.ts';

const DIGITS = 15;

/**
 * The hint of an error: ten digits of epoch seconds, then 15 digits, as seen live (wecom-more 2.1). The 15 follow from the
 * id of the request, so that a line of the request log can be found by the hint.
 */
export function hintFor({ receivedAt, requestId }: Call): string {
  return String(Math.floor(receivedAt / 1000)).padStart(10, '0') + digitsOf(requestId);
}

/** The 15 digits that stand for a request; the request log names them beside its id. */
function digitsOf(requestId: string): string {
  const hex = requestId.replaceAll(/[^0-9a-fA-F]/g, '').slice(0, 16);
  return (BigInt(`0x0${hex}`) % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, '0');
}
