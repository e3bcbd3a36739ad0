import { hash, randomBytes } from 'node:crypto';

/** Secrets of one process differ in their digests from those of another, so that a digest says nothing elsewhere. */
const KEY = randomBytes(16).toString('hex');

/** Returns what stands in place of a secret: equal secrets stay recognisable as equal. */
export function digestOf(secret: string): string {
  return `[secret ${hash('sha256', KEY + secret, 'hex').slice(0, 8)}]`;
}

/** Replaces secrets in texts, before anything of them is kept. */
export interface SecretFilter {
  /** Replaces the values of secret members in JSON and form bodies. */
  body(body: Buffer): Buffer;
  /** Replaces the values of secret parameters in a path with a query. */
  target(target: string): string;
  /** Replaces secret headers. */
  headers(headers: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>>;
}

/** Headers that carry credentials on any platform. */
const SECRET_HEADERS = new Set(['authorization', 'cookie', 'set-cookie', 'proxy-authorization', 'location']);

/** Makes a filter for members, parameters and headers of these names; names are compared without regard to case. */
export function secretFilter(names: readonly string[]): SecretFilter {
  const either = names.map((name) => name.replaceAll(/[^A-Za-z0-9]/g, '\\$&')).join('|');
  const member = new RegExp(`("(?:${either})"\\s*:\\s*")((?:[^"\\\\]|\\\\.)*)"`, 'gi');
  const parameter = new RegExp(`((?:^|[?&])(?:${either})=)([^&\\s]*)`, 'gi');
  const put = (_whole: string, front: string, secret: string, end = ''): string =>
    secret === '' ? `${front}${end}` : `${front}${digestOf(secret)}${end}`;
  return {
    body: (body) => {
      if (body.length === 0) return body;
      // One character a byte: whatever encoding it has, names and quotes are found, and the rest comes back as it was.
      const text = body.toString('latin1');
      const isJson = /^\s*[[{]/.test(text);
      const clean = isJson
        ? text.replace(member, (whole: string, front: string, secret: string) => put(whole, front, secret, '"'))
        : text.replace(parameter, (whole: string, front: string, secret: string) => put(whole, front, secret));
      return clean === text ? body : Buffer.from(clean, 'latin1');
    },
    target: (target) =>
      target.includes('=')
        ? target.replace(parameter, (whole: string, front: string, secret: string) => put(whole, front, secret))
        : target,
    headers: (headers) => {
      const kept: Record<string, string> = {};
      for (const name in headers) {
        const value = headers[name];
        if (value !== undefined) kept[name] = SECRET_HEADERS.has(name.toLowerCase()) ? secretHeader(value) : value;
      }
      return kept;
    },
  };
}

/** The scheme of a credential is no secret. */
function secretHeader(value: string): string {
  const space = value.indexOf(' ');
  return space === -1 ? digestOf(value) : `${value.slice(0, space)} ${digestOf(value.slice(space + 1))}`;
}
