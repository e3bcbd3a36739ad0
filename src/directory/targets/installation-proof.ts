import { createHmac } from 'node:crypto';

/** The header in which an installation is asked who it is, and the one in which it answers. */
export const CHALLENGE_HEADER = 'x-mingce-challenge';
/** The header of the answer. */
export const PROOF_HEADER = 'x-mingce-proof';

/** No challenge is longer. */
const MAX_CHALLENGE = 64;

/** Proves to an installation that it asked itself, without naming it to others; null where the challenge is none. */
export function proofOf(installationKey: string, challenge: string): string | null {
  if (challenge.length < 16 || challenge.length > MAX_CHALLENGE) return null;
  return createHmac('sha256', installationKey).update(`is this you? ${challenge}`).digest('hex');
}
