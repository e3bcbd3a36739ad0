const joined = new WeakMap<Uint8Array, readonly Buffer[]>();

/**
 * Joins JSON values to the inside of a list, between two texts of ASCII. Each value begins with a comma, which the first
 * one loses. What it was joined from is remembered until it is taken.
 */
export function joinValues(before: string, values: readonly Buffer[], after: string): Buffer {
  let size = before.length + after.length - (values.length > 0 ? 1 : 0);
  for (const value of values) size += value.length;
  const bytes = Buffer.allocUnsafe(size);
  let at = bytes.write(before, 0, 'latin1');
  for (const value of values) {
    bytes.set(at === before.length ? value.subarray(1) : value, at);
    at += at === before.length ? value.length - 1 : value.length;
  }
  bytes.write(after, at, 'latin1');
  joined.set(bytes, values);
  return bytes;
}

/** Takes the values that bytes were joined from; undefined where they were not joined here, or were taken before. */
export function takeValues(bytes: Uint8Array): readonly Buffer[] | undefined {
  const values = joined.get(bytes);
  // A reader that keeps the bytes need not keep the values.
  if (values !== undefined) joined.delete(bytes);
  return values;
}
