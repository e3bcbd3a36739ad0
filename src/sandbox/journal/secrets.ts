import { randomBytes } from 'node:crypto';

/** Digests of one process differ from those of another, so that a digest says nothing elsewhere. */
const SEED = randomBytes(4).readUInt32LE();

/**
 * Returns what stands in place of a secret: equal secrets stay recognisable as equal. 32 bits of a seeded FNV-1a, which
 * is worked out for every call, and from which no secret can be found.
 */
export function digestOf(secret: string): string {
  let digest = SEED;
  for (let at = 0; at < secret.length; at++) digest = Math.imul(digest ^ secret.charCodeAt(at), 0x01_00_01_93);
  return `[secret ${(digest >>> 0).toString(16).padStart(8, '0')}]`;
}

type Headers = Readonly<Record<string, string | undefined>>;

/** Replaces secrets in texts, before anything of them is kept. */
export interface SecretFilter {
  /** Replaces the values of secret members in JSON and form bodies. */
  body<Body extends Buffer | string>(body: Body): Body | Buffer | string;
  /** Replaces the values of secret parameters in a path with a query. */
  target(target: string): string;
  /** Replaces secret headers. */
  headers(headers: Headers): Headers;
}

/** Headers that carry credentials on any platform. */
const SECRET_HEADERS = [
  'authorization',
  'cookie',
  'proxy-authorization',
  'location',
  'Location',
  'Set-Cookie',
] as const;

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
      const text = typeof body === 'string' ? body : body.toString('latin1');
      const isJson = /^\s*[[{]/.test(text);
      const clean = isJson
        ? text.replace(member, (whole: string, front: string, secret: string) => put(whole, front, secret, '"'))
        : text.replace(parameter, (whole: string, front: string, secret: string) => put(whole, front, secret));
      if (clean === text) return body;
      return typeof body === 'string' ? clean : Buffer.from(clean, 'latin1');
    },
    target: (target) =>
      target.includes('=')
        ? target.replace(parameter, (whole: string, front: string, secret: string) => put(whole, front, secret))
        : target,
    headers: (headers) => {
      let kept = headers;
      for (const name of SECRET_HEADERS) {
        const value = headers[name];
        if (value !== undefined) kept = { ...kept, [name]: secretHeader(value) };
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
