import { createHmac } from 'node:crypto';

/** The header in which an installation is asked who it is, and the one in which it answers. */
export const CHALLENGE_HEADER = 'x-mingce-challenge';
/** The header of the answer. */
export const PROOF_HEADER = 'x-mingce-proof';

/** No challenge is longer. */
const MAX_CHALLENGE = 64;

/** Whether a text can be a challenge. */
export function isChallenge(text: string): boolean {
  return text.length >= 16 && text.length <= MAX_CHALLENGE;
}

/** Proves to an installation that it asked itself, without naming it to others. */
export function proofOf(installationKey: string, challenge: string): string {
  return createHmac('sha256', installationKey).update(`is this you? ${challenge}`).digest('hex');
}
