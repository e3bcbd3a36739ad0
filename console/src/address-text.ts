import { parseSearchWith, stringifySearchWith } from '@tanstack/react-router';

/* A code or a mobile that is searched is text, also where it looks like a number. */

/** Reads a parameter that is no text, e.g. a list. Throws for one that is text. */
function otherThanText(parameter: string): unknown {
  const value: unknown = JSON.parse(parameter);
  if (typeof value === 'number') throw new TypeError('Numbers are read as text.');
  return value;
}

const parse = parseSearchWith(otherThanText);

/** Returns the parameters of an address; what the router reads as a number is text again, sign by sign. */
export function readAddress(search: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parse(search)).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  );
}

/** Returns the parameters as they are in an address: text in quotes only where it would be read as something else. */
export const writeAddress = stringifySearchWith(JSON.stringify, otherThanText);
