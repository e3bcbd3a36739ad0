import { randomBytes } from 'node:crypto';
import { takeValues } from '../../lib/joined-values.ts';

/** Digests of one process differ from those of another, so that a digest says nothing elsewhere. */
const SEED = randomBytes(4).readUInt32LE();

/**
 * Returns the replacement of a secret: equal secrets stay recognisable as equal. 32 bits of a seeded FNV-1a, which
 * is worked out for every call, and from which no secret can be found.
 */
export function digestOf(secret: string): string {
  return replacement(numberOf(secret, 0));
}

/** The digest of the end of a text, as a number: so it can be compared without a text being made. */
function numberOf(text: string, from: number): number {
  let digest = SEED;
  for (let at = from; at < text.length; at++) digest = Math.imul(digest ^ text.charCodeAt(at), 0x01_00_01_93);
  return digest;
}

function replacement(digest: number): string {
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

/** Under this name a link has what a log-in gave, or the code of an answer, as that of Feishu to its help. */
const CODE = 'code';

/** What a log-in gives is far longer. */
const ANSWER_CODE = /^\d{1,8}$/;

/** Whether a parameter is the code of an answer, which is no secret. */
function isAnswerCode(name: string, value: string): boolean {
  return value.length <= 8 && name.toLowerCase() === CODE && ANSWER_CODE.test(value);
}

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
  const putParameter = (whole: string, front: string, name: string, value: string): string =>
    isAnswerCode(plain(name), value) ? whole : put(whole, front, name, value);
  // Without an escape a name is there as it is: one look finds that most texts have none.
  const named = new RegExp(`(?:^|[?&;])(?:${either})=`, 'gi');
  const parameters = (text: string): string => {
    if (!text.includes('=')) return text;
    return text.includes('%') ? text.replace(PARAMETER, putParameter) : withoutNamed(text, named);
  };
  const cleaned = <Body extends Buffer | string>(body: Body): Body | Buffer | string => {
    if (body.length === 0) return body;
    // One character a byte: whatever encoding it has, names and quotes are found, and the rest comes back as it was.
    const text = typeof body === 'string' ? body : body.toString('latin1');
    const isEscaped = text.includes('\\u');
    // Most bodies have none, which is found sooner than all is replaced.
    member.lastIndex = 0;
    const members = isEscaped ? text.replace(anyMember, put) : member.test(text) ? text.replace(member, put) : text;
    const clean = parameters(members);
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

/** Where the value of a parameter ends, see {@link PARAMETER}. */
const AFTER_VALUE = /[&\s"'<>\\]/g;

/** Replaces the values of parameters whose names an expression finds, with the `=` after them. */
function withoutNamed(text: string, named: RegExp): string {
  let clean = '';
  let kept = 0;
  named.lastIndex = 0;
  while (named.test(text)) {
    const from = named.lastIndex;
    AFTER_VALUE.lastIndex = from;
    const to = AFTER_VALUE.test(text) ? AFTER_VALUE.lastIndex - 1 : text.length;
    named.lastIndex = to;
    const value = text.slice(from, to);
    // The name is there as a whole: a longer one that ends in these letters is not found.
    if (value === '' || isAnswerCode(text.slice(from - CODE.length - 1, from - 1), value)) continue;
    clean += `${text.slice(kept, from)}${digestOf(value)}`;
    kept = to;
  }
  return kept === 0 ? text : clean + text.slice(kept);
}

/** Headers as they are kept, with what is needed to see whether others are the same. */
interface KnownHeaders {
  readonly kept: Headers;
  readonly size: number;
  /** Digests of those that are secret. */
  readonly digests: ReadonlyMap<string, number>;
}

/** So many sets of headers are remembered, one for each length of a body. */
const MAX_KNOWN = 64;

/**
 * Makes what cleans headers. Those that are the same as some before share one object: a client repeats its own, but for
 * the length of what it sends.
 */
function headerFilter(cleanOf: (name: string, value: string) => string): SecretFilter['headers'] {
  const known = new Map<string, KnownHeaders>();
  return (headers) => {
    const length = headers['content-length'] ?? '';
    const like = known.get(length);
    if (like !== undefined && areLike(headers, like)) return like.kept;
    const kept: Record<string, string> = {};
    const digests = new Map<string, number>();
    let size = 0;
    for (const name in headers) {
      const value = headers[name];
      if (value === undefined) continue;
      kept[name] = cleanOf(name, value);
      if (SECRET_HEADERS.has(name)) digests.set(name, numberOf(value, secretStart(value)));
      size++;
    }
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(length, { kept, size, digests });
    return kept;
  };
}

function areLike(headers: Headers, { kept, size, digests }: KnownHeaders): boolean {
  let same = 0;
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    const digest = digests.get(name);
    if (digest === undefined ? kept[name] !== value : !isSecretOf(value, digest, kept[name])) return false;
    same++;
  }
  return same === size;
}

/** Whether a secret header has that digest, and the scheme of the one that is kept. */
function isSecretOf(value: string, digest: number, kept = ''): boolean {
  const start = secretStart(value);
  return numberOf(value, start) === digest && kept.startsWith(value.slice(0, start)) && kept[start] === '[';
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
  const start = secretStart(value);
  return `${value.slice(0, start)}${replacement(numberOf(value, start))}`;
}

function secretStart(value: string): number {
  return value.indexOf(' ') + 1;
}

const MARK = /\[secret [0-9a-f]{8}\]/;

/** Whether a text has the replacement of a secret. */
export function hasSecretMark(text: string): boolean {
  return MARK.test(text);
}
