import { promisify } from 'node:util';
import { brotliDecompress, unzip } from 'node:zlib';

const inflaters = new Map([
  ['gzip', promisify(unzip)],
  ['x-gzip', promisify(unzip)],
  ['deflate', promisify(unzip)],
  ['br', promisify(brotliDecompress)],
]);

/** Whether a body of this encoding can be read as what it was before. */
export function isCompressed(encoding: string | undefined): encoding is string {
  return encoding !== undefined && inflaters.has(encoding.trim().toLowerCase());
}

/**
 * A body as it was before it was compressed, no larger than `limit`; null where it is not what its encoding says. It is
 * unpacked beside the event loop, and no further than the limit, however small it came.
 */
export async function inflated(
  body: Uint8Array,
  encoding: string,
  limit: number,
): Promise<Uint8Array | 'too-large' | null> {
  try {
    return (await inflaters.get(encoding.trim().toLowerCase())?.(body, { maxOutputLength: limit })) ?? null;
  } catch (error) {
    return error instanceof RangeError ? 'too-large' : null;
  }
}
