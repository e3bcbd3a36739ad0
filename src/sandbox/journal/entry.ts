import type { CallingUser, Injection, MemberNames, Outcome } from '../../dialects/dialect.ts';
import type { TSchema } from 'typebox';

/** More of a body is not kept. */
export const MAX_KEPT_BYTES = 65_536;
/** Longer bodies are kept as what they were, beside the texts of their entry. */
export const MAX_TEXT_BYTES = 8_192;

/** Memory that an entry takes besides its texts and bodies, in bytes, about. */
export const ENTRY_BYTES = 1_200;

/** One side of a call as kept: secrets are replaced, everything else is as it was sent. */
export interface KeptPart {
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** How long the body was, in bytes. */
  readonly bytes: number;
  /** The body, or its beginning where it was long; null where it was streamed. */
  readonly body: Buffer | string | null;
  /** Memory that headers and body take, in bytes, about. */
  readonly held: number;
}

/** Makes one side of a call. */
export function partOf(headers: KeptPart['headers'], bytes: number, body: KeptPart['body']): KeptPart {
  let held = body === null ? 0 : memoryOf(body);
  for (const name in headers) held += name.length + (headers[name]?.length ?? 0);
  return { headers, bytes, body, held };
}

/** About how many bytes of memory a body takes: two for each character of a text beyond ASCII. */
function memoryOf(body: Buffer | string): number {
  return typeof body === 'string' && Buffer.byteLength(body) !== body.length ? body.length * 2 : body.length;
}

/** The names of a platform that this program does not know, such as one of a newer release. */
export const NO_NAMES: MemberNames = {
  secrets: [],
  personal: {},
  selectors: [],
  query: { every: [], operations: {} },
  tokens: [],
  volatile: [],
  varying: [],
  support: null,
  reasons: {},
};

/** One call to a platform's API, as the journal keeps it. */
export interface JournalEntry {
  /** Counts up on this server. */
  readonly seq: number;
  /** The id of the call, which the answer carries as `x-mingce-request`. */
  readonly id: string;
  /** When it came, in ms since 1970. */
  readonly at: number;
  readonly durationMs: number;
  /** Key of the company; null where the caller is not known. */
  readonly company: string | null;
  readonly platform: string;
  /** Name of the operation; null where the call is not served. */
  readonly operation: string | null;
  /** Key of the app; null where the caller is not known. */
  readonly app: string | null;
  /** The employee that the app acted for; absent where it acted for itself. */
  readonly user?: CallingUser | undefined;
  readonly client: { readonly userAgent: string; readonly address: string };
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Null where nothing was answered. */
  readonly status: number | null;
  /** How it ended: a rule may have cut the connection. */
  readonly ended: 'sent' | 'cut';
  /** What a rule of the company made of it. */
  readonly injected: Omit<Injection, 'afterwards'> | null;
  /** Present where the company says that its people do not exist. */
  readonly isShown?: true | undefined;
  /** The id of the call that it repeats; absent where it repeats none. */
  readonly resentFrom?: string | undefined;
  /** When it came by the company's own time; null where that is the system's. */
  readonly companyAt: number | null;
  /** The platform's own code, as text. */
  readonly code: string | null;
  readonly request: KeptPart;
  readonly response: KeptPart;
  readonly outcome: Outcome | undefined;
  /** Shape of the request's body; undefined where the operation reads none. */
  readonly schema: TSchema | undefined;
  /** What names and texts mean on the platform. */
  readonly names: MemberNames;
  /** Whether people were masked when it was kept, as it came from the store. */
  readonly isMasked?: boolean | undefined;
  /** Present of a call that went out to a live tenant, with the host that it went to. */
  readonly outgoing?: { readonly host: string } | undefined;
}
