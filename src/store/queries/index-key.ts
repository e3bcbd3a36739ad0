import { hash } from 'node:crypto';

/** The longest value that is its own index key; engines refuse rows of an index beyond some kilobytes. */
const LONGEST = 256;
const PREFIX = 'sha256:';

/** Returns whether a value is its own index key, as nearly all are. */
export function fitsIndex(value: string): boolean {
  return value.length <= LONGEST && !value.startsWith(PREFIX);
}

/** Returns the index key of a value: itself, or its digest where it is long or looks like one. */
export function indexKey(value: string): string {
  return fitsIndex(value) ? value : `${PREFIX}${hash('sha256', value, 'base64url')}`;
}
