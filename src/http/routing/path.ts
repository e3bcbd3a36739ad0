const ESCAPES = /(?:%[0-9A-Fa-f]{2})+|%/g;
const REPLACEMENT = '%EF%BF%BD';

/**
 * Returns a path that a router can split whatever its escapes are, read as a query is: NUL, and bytes that are no text,
 * become U+FFFD, which is an unknown id but a valid text; a `%` that begins no escape is kept.
 */
export function readablePath(path: string): string {
  return path.replaceAll(ESCAPES, (escapes) => {
    if (escapes === '%') return '%25';
    const known = escapes.replaceAll('%00', REPLACEMENT);
    try {
      decodeURIComponent(known);
      return known;
    } catch {
      return encodeURIComponent(Buffer.from(known.replaceAll('%', ''), 'hex').toString('utf8'));
    }
  });
}
