import { isUtf8 } from 'node:buffer';
import type { Outcome } from '../../dialects/dialect.ts';
import { MAX_TEXT_BYTES, NO_NAMES, partOf, type JournalEntry, type KeptPart } from './entry.ts';
import { KeptTexts } from './kept-texts.ts';

type Headers = KeptPart['headers'];
type Body = KeptPart['body'];

/** What an entry has besides texts of its own: numbers, and what is there once for many calls. */
type Facts = { -readonly [Name in Exclude<keyof JournalEntry, TextName>]: JournalEntry[Name] };
type TextName = 'id' | 'target' | 'request' | 'response' | 'outcome' | 'client';

const ID = 0;
const TARGET = 1;
const REQUEST = 2;
const RESPONSE = 3;
/** The headers of the answer, where they are not like those before, and the outcome. */
const REST = 4;

const NO_HEADERS: Headers = Object.freeze({});
const NO_BYTES = new Uint8Array(0);

/** What is kept as JSON; what is absent is kept elsewhere, or nothing. */
interface Rest {
  readonly headers?: Headers | undefined;
  readonly outcome?: Outcome | undefined;
}

const NO_REST: Rest = {};

/** The headers of answers: most calls have the same as the call before. */
export class AnswerHeaders {
  #last = NO_HEADERS;

  /** Returns the object of the call before where it says the same; else null, and keeps this one for the next call. */
  sharedWith(headers: Headers): Headers | null {
    if (areEqual(headers, this.#last)) return this.#last;
    this.#last = headers;
    return null;
  }
}

/**
 * One entry as the ring keeps it: as bytes, and made an entry again when somebody looks. As objects, the entries of a
 * busy server outlive the collections of young objects and end soon after: each is copied twice, and the whole heap with
 * all that is cached in it is gone through for them again and again.
 */
export class KeptCall {
  readonly #facts: Facts = { ...NO_FACTS };
  readonly #texts = new KeptTexts();
  /** Bodies that are not among the texts: long ones, and those that were streamed, which are null. */
  #requestBody: Body | undefined;
  #responseBody: Body | undefined;
  #requestBytes = 0;
  #responseBytes = 0;
  #requestHeaders = NO_HEADERS;
  /** Null where they are among the texts. */
  #responseHeaders: Headers | null = NO_HEADERS;
  /** Headers of the answer and outcome where no text can say them. */
  #rest: Rest | null = null;
  #userAgent = '';
  #address = '';
  /** Once somebody has looked. */
  #entry: JournalEntry | null = null;
  #held = 0;

  get seq(): number {
    return this.#facts.seq;
  }

  get at(): number {
    return this.#facts.at;
  }

  get company(): string | null {
    return this.#facts.company;
  }

  get id(): string {
    return this.#texts.text(ID);
  }

  /** Memory that texts, bodies and headers take, in bytes, about. */
  get held(): number {
    return this.#held;
  }

  /** Bytes of its room for texts, which stays when it is cleared. */
  get room(): number {
    return this.#texts.size;
  }

  /** Takes an entry in, of which nothing is kept but long bodies and what is there for many calls. */
  keep(entry: JournalEntry, answers: AnswerHeaders): void {
    const { id, target, request, response, client, outcome } = entry;
    copyFacts(entry, this.#facts);
    this.#userAgent = client.userAgent;
    this.#address = client.address;
    this.#requestBytes = request.bytes;
    this.#responseBytes = response.bytes;
    this.#requestHeaders = request.headers;
    this.#responseHeaders = answers.sharedWith(response.headers);
    this.#requestBody = isShort(request.body) ? undefined : request.body;
    this.#responseBody = isShort(response.body) ? undefined : response.body;
    const headers = this.#responseHeaders === null ? response.headers : undefined;
    const rest = headers === undefined && outcome === undefined ? NO_REST : { headers, outcome };
    const text = rest === NO_REST ? '' : jsonTextOf(rest);
    this.#rest = text === null ? rest : null;
    this.#texts.keep([id, target, shortBody(request), shortBody(response), text ?? '']);
    this.#held = this.#texts.size + heldBeside(request) + heldBeside(response);
  }

  /** Returns the entry; from then on it is held, too. */
  entry(): JournalEntry {
    if (this.#entry !== null) return this.#entry;
    const { headers = NO_HEADERS, outcome } = this.#rest ?? restIn(this.#texts.text(REST));
    const request = this.#requestBody === undefined ? bodyOf(this.#texts.bytes(REQUEST)) : this.#requestBody;
    const response = this.#responseBody === undefined ? bodyOf(this.#texts.bytes(RESPONSE)) : this.#responseBody;
    const entry: JournalEntry = {
      ...this.#facts,
      id: this.id,
      target: this.#texts.text(TARGET),
      client: { userAgent: this.#userAgent, address: this.#address },
      request: partOf(this.#requestHeaders, this.#requestBytes, request),
      response: partOf(this.#responseHeaders ?? headers, this.#responseBytes, response),
      outcome,
    };
    this.#held += entry.request.held + entry.response.held;
    this.#entry = entry;
    return entry;
  }

  /** Lets go of everything but the room for texts. */
  clear(): void {
    copyFacts(NO_FACTS, this.#facts);
    this.#requestBody = undefined;
    this.#responseBody = undefined;
    this.#requestHeaders = NO_HEADERS;
    this.#responseHeaders = NO_HEADERS;
    this.#rest = null;
    this.#entry = null;
  }
}

/** Returns a value as JSON; null where it has a whole number that JSON cannot say. */
function jsonTextOf(rest: Rest): string | null {
  try {
    return JSON.stringify(rest);
  } catch {
    return null;
  }
}

function restIn(text: string): Rest {
  // Written by `jsonTextOf`.
  return text === '' ? NO_REST : (JSON.parse(text) as Rest);
}

function isShort(body: Body): body is Buffer | string {
  return body !== null && body.length <= MAX_TEXT_BYTES;
}

function shortBody({ body }: KeptPart): Buffer | string | Uint8Array {
  return isShort(body) ? body : NO_BYTES;
}

/** What a part holds that is not among the texts. */
function heldBeside({ body, held }: KeptPart): number {
  return isShort(body) ? held - body.length : held;
}

/** A short body as a text, which is sooner made and collected than a buffer; bytes that are no text as they are. */
function bodyOf(bytes: Buffer): Buffer | string {
  return isUtf8(bytes) ? bytes.toString('utf8') : Buffer.from(bytes);
}

function areEqual(one: Headers, other: Headers): boolean {
  if (one === other) return true;
  let left = 0;
  for (const name in other) if (other[name] !== undefined) left++;
  for (const name in one) {
    const value = one[name];
    if (value === undefined) continue;
    if (other[name] !== value) return false;
    left--;
  }
  return left === 0;
}

/** Member by member into the same object: a new one would outlive the young objects, as the entry would. */
function copyFacts(from: Pick<JournalEntry, keyof Facts>, to: Facts): void {
  to.seq = from.seq;
  to.at = from.at;
  to.durationMs = from.durationMs;
  to.company = from.company;
  to.platform = from.platform;
  to.operation = from.operation;
  to.app = from.app;
  to.user = from.user;
  to.method = from.method;
  to.status = from.status;
  to.ended = from.ended;
  to.injected = from.injected;
  to.isShown = from.isShown;
  to.resentFrom = from.resentFrom;
  to.companyAt = from.companyAt;
  to.code = from.code;
  to.schema = from.schema;
  to.names = from.names;
  to.isMasked = from.isMasked;
  to.outgoing = from.outgoing;
}

const NO_FACTS: Readonly<Facts> = {
  seq: 0,
  at: 0,
  durationMs: 0,
  company: null,
  platform: '',
  operation: null,
  app: null,
  user: undefined,
  method: '',
  status: null,
  ended: 'sent',
  injected: null,
  isShown: undefined,
  resentFrom: undefined,
  companyAt: null,
  code: null,
  schema: undefined,
  names: NO_NAMES,
  isMasked: undefined,
  outgoing: undefined,
};
