const ESCAPES = /(?:%[0-9A-Fa-f]{2})+|%/g;
const REPLACEMENT = '%EF%BF%BD';

/**
 * A path that a router can take apart whatever its escapes say, read as a query is: NUL, and bytes that are no text,
 * become U+FFFD, which names nobody but can be asked for; a `%` that begins no escape stands for itself.
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
