import { didYouMean } from '../../../lib/did-you-mean.ts';

/** Shorter ids are close to each other without being meant. */
const SHORTEST = 4;

/** Returns the known ids that a text misspells, closest first; the part before a colon, which many share, does not count. */
export function misspelt(text: string, known: readonly string[]): readonly string[] {
  const own = ownPartOf(text);
  if (own.length < SHORTEST || known.includes(text)) return [];
  const beside = known.filter((one) => frontOf(one) === frontOf(text));
  const close = didYouMean(own, beside.map(ownPartOf));
  return beside.filter((one) => close.includes(ownPartOf(one))).slice(0, close.length);
}

function ownPartOf(id: string): string {
  return id.slice(id.lastIndexOf(':') + 1);
}

function frontOf(id: string): string {
  return id.slice(0, id.lastIndexOf(':') + 1);
}
