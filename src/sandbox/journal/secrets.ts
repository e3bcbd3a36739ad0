import { randomBytes } from 'node:crypto';
import { takeValues } from '../../lib/joined-values.ts';

/** Digests of one process differ from those of another, so that a digest says nothing elsewhere. */
const SEED = randomBytes(4).readUInt32LE();

/**
 * Returns the replacement of a secret: equal secrets stay recognisable as equal. 32 bits of a seeded FNV-1a, which
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
  /** Whether a body has no secret, by what it was joined from: each value is looked through once. */
  isKnownClean(body: Uint8Array): boolean;
  /** Replaces the values of secret parameters in a path with a query. */
  target(target: string): string;
  /** Replaces secret headers. Equal headers one after the other share one object. */
  headers(headers: Headers): Headers;
  /** Whether a header of that name may hold a secret. */
  mayBeSecret(name: string): boolean;
}

/** Headers that carry credentials on any platform. */
const SECRET_HEADERS = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'location',
  'Location',
  'Set-Cookie',
]);

/** A character of a name takes so many at most: each of `%XX` as `\uXXXX`, whose backslash and sign count as one. */
const MAX_ESCAPE = 15;

/** A parameter of a query or form, also of an address inside another text. */
const PARAMETER = /((?:^|[?&;])([^=&;?\s"'<>\\]+)=)([^&\s"'<>\\]*)/g;

/** Makes a filter for members, parameters and headers of these names; names are compared without regard to case. */
export function secretFilter(names: readonly string[]): SecretFilter {
  const secrets = new Set(names.map((name) => name.toLowerCase()));
  const either = names.map((name) => name.replaceAll(/[^A-Za-z0-9]/g, '\\$&')).join('|');
  // A text may end before its string does: it was broken, or is only kept so far.
  const member = new RegExp(`("(${either})"\\s*:\\s*")((?:[^"\\\\]|\\\\.)*)`, 'gi');
  // A longer name is none of these, and looking for its end from each quote would take as long as the text squared.
  const longest = Math.max(1, ...names.map((name) => name.length)) * MAX_ESCAPE;
  const anyMember = new RegExp(`("((?:[^"\\\\]|\\\\.){1,${String(longest)}})"\\s*:\\s*")((?:[^"\\\\]|\\\\.)*)`, 'g');
  const put = (whole: string, front: string, name: string, secret: string): string =>
    secret !== '' && secrets.has(plain(name).toLowerCase()) ? `${front}${digestOf(secret)}` : whole;
  // Without an escape a name is there as it is: one look finds that most texts have none.
  const named = new RegExp(`(?:^|[?&;])(?:${either})=`, 'i');
  const parameters = (text: string): string =>
    text.includes('=') && (text.includes('%') || named.test(text)) ? text.replace(PARAMETER, put) : text;
  const cleaned = <Body extends Buffer | string>(body: Body): Body | Buffer | string => {
    if (body.length === 0) return body;
    // One character a byte: whatever encoding it has, names and quotes are found, and the rest comes back as it was.
    const text = typeof body === 'string' ? body : body.toString('latin1');
    const clean = parameters(text.replace(text.includes('\\u') ? anyMember : member, put));
    if (clean === text) return body;
    return typeof body === 'string' ? clean : Buffer.from(clean, 'latin1');
  };
  const cleanValues = new WeakSet<Buffer>();
  return {
    body: cleaned,
    isKnownClean: (body) => {
      const values = takeValues(body);
      if (values === undefined) return false;
      for (const value of values) {
        if (cleanValues.has(value)) continue;
        // Neither a member nor a parameter reaches from one value into the next: the quotes between them end it.
        if (cleaned(value) !== value) return false;
        cleanValues.add(value);
      }
      return true;
    },
    target: parameters,
    headers: headerFilter((name, value) =>
      SECRET_HEADERS.has(name) ? secretHeader(value) : name === 'referer' ? parameters(value) : value,
    ),
    mayBeSecret: (name) => SECRET_HEADERS.has(name),
  };
}

/** Makes what cleans headers. Those that are the same as the ones before share one object: a client repeats its own. */
function headerFilter(cleanOf: (name: string, value: string) => string): SecretFilter['headers'] {
  let last: Headers = {};
  let size = 0;
  const areLast = (headers: Headers): boolean => {
    let same = 0;
    for (const name in headers) {
      const value = headers[name];
      if (value === undefined) continue;
      if (last[name] !== cleanOf(name, value)) return false;
      same++;
    }
    return same === size;
  };
  return (headers) => {
    if (areLast(headers)) return last;
    const kept: Record<string, string> = {};
    size = 0;
    for (const name in headers) {
      const value = headers[name];
      if (value === undefined) continue;
      kept[name] = cleanOf(name, value);
      size++;
    }
    last = kept;
    return kept;
  };
}

/** A name as it is read: without the escapes of JSON, or of a query. */
function plain(name: string): string {
  if (!/[%\\]/.test(name)) return name;
  const unescaped = name.replaceAll(/\\u([0-9A-Fa-f]{4})/g, (_all, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return unescaped.replaceAll(/%([0-9A-Fa-f]{2})/g, (_all, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

/** The scheme of a credential is no secret. */
function secretHeader(value: string): string {
  const space = value.indexOf(' ');
  return space === -1 ? digestOf(value) : `${value.slice(0, space)} ${digestOf(value.slice(space + 1))}`;
}

const MARK = /\[secret [0-9a-f]{8}\]/;

/** Whether a text has the replacement of a secret. */
export function hasSecretMark(text: string): boolean {
  return MARK.test(text);
}
