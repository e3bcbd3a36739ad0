import type { Ids } from '../../../lib/ids.ts';

/** So much of an id is its own: 65 bits, which cannot be guessed. */
const OWN_LENGTH = 13;

/**
 * Returns what makes the own ids of people who are added together. They begin alike, so that what is kept by the id of these people
 * lies side by side: were each id somewhere else, to write a row would be to write many pages for it alone.
 */
export function idsAlike(ids: Ids): () => string {
  const alike = ids.fresh('t').slice(0, -OWN_LENGTH);
  return () => alike + ids.fresh('').slice(-OWN_LENGTH);
}
