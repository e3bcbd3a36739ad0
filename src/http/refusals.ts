/* Refusals of what is no request: as plain HTTP, since the platform is unknown. */

const plain = (status: string): string => `HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;

/** Refuses what is no HTTP, or nothing that one can be sure to read as the sender meant it. */
export const BAD_REQUEST = plain('400 Bad Request');

const BY_CODE: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: plain('431 Request Header Fields Too Large'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: plain('413 Payload Too Large'),
  ERR_HTTP_REQUEST_TIMEOUT: plain('408 Request Timeout'),
};

/** The answer to something on a connection that could not be read; null where the connection itself broke. */
export function refusalOf(error: Error): string | null {
  const code = 'code' in error ? String(error.code) : '';
  return BY_CODE[code] ?? (code.startsWith('HPE_') ? BAD_REQUEST : null);
}

/**
 * Returns whether a request has exactly one `Host`. Of two lines a proxy before us may have used the other one, and
 * HTTP/1.1 requires one. [RFC 9112, 3.2]
 */
export function hasOneHost(rawHeaders: readonly string[], isOld: boolean): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++;
  }
  return hosts === 1 || (hosts === 0 && isOld);
}
