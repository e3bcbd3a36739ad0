/** What of a request tells which page made a browser send it. */
export interface Sent {
  readonly method: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** This server's own address as the caller sees it. */
  readonly origin: string;
}

/**
 * Whether a page of another site made a browser send the request: its `Origin` is another than this server's, or the
 * browser says itself that the request crossed sites (https://www.w3.org/TR/fetch-metadata/). That a link leads here is
 * no such request, as long as it only asks to be shown something. Programs say nothing of the kind.
 */
export function isFromForeignPage({ method, headers, origin }: Sent): boolean {
  const from = headers['origin'];
  if (from !== undefined && from !== origin && hostIn(from) !== headers['host']) return true;
  if (headers['sec-fetch-site'] !== 'cross-site') return false;
  const isLink = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return !isLink || (method !== 'GET' && method !== 'HEAD');
}

/** Behind a proxy that does TLS the scheme is another one than here. */
function hostIn(origin: string): string {
  return origin.replace(/^https?:\/\//, '');
}
