import { hash } from 'node:crypto';

/** The longest value that stands in an index as it is; engines refuse rows of an index beyond some kilobytes. */
const LONGEST = 256;
const PREFIX = 'sha256:';

/** Whether a value stands in an index as it is, as nearly all do. */
export function fitsIndex(value: string): boolean {
  return value.length <= LONGEST && !value.startsWith(PREFIX);
}

/** What stands in an index for a value: itself, or its digest where it is long or looks like one. */
export function indexKey(value: string): string {
  return fitsIndex(value) ? value : `${PREFIX}${hash('sha256', value, 'base64url')}`;
}
