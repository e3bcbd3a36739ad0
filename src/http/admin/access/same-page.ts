/** What of a request says which page made a browser send it. */
export interface PageRequest {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** This server's own address as the caller sees it. */
  readonly origin: string;
}

/** Whether a request says that it is the console's own; a page of another origin cannot send this header. */
export function isOfConsole({ headers }: Pick<PageRequest, 'headers'>): boolean {
  return headers['x-mingce'] === 'console';
}

/**
 * Whether a page of this very origin sent the request: another port of the same machine is another page, although it is
 * the same site to `SameSite`. Browsers say so in `Sec-Fetch-Site`; where they do not (plain http under a name of its
 * own), an equal `Origin` or the console's header shows it.
 */
export function isFromOwnPage({ headers, origin }: PageRequest): boolean {
  const site = headers['sec-fetch-site'];
  const from = headers['origin'];
  if (from !== undefined && from !== origin) return false;
  if (site !== undefined) return site === 'same-origin';
  return from === origin || isOfConsole({ headers });
}
