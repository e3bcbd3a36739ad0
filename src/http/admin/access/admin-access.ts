import { createHash, timingSafeEqual } from 'node:crypto';
import type { Call, Reply } from '../../../dialects/dialect.ts';
import { shareOf } from '../../../lib/network/address-share.ts';
import { isFromHere } from '../../local.ts';
import { problem } from '../reply.ts';
import { cookieForm, cookieIn } from './cookie.ts';
import { Guesses, type Guesser, type GuessLimits } from './guesses.ts';
import { isFromOwnPage, isOfConsole } from './same-page.ts';
import { Sessions, type Role } from './sessions.ts';

/** Turns callers away. */
export type Guard = (call: Call) => Reply | null;

/** What opens the admin API. */
export interface AccessOptions {
  /** Null: none is configured. */
  readonly adminKey: string | null;
  /** The key that reads only; null or absent: there is none. */
  readonly readKey?: string | null;
  /** Whether a caller on this machine enters without a key: the demo company is loaded, and its key is public. */
  readonly isDemo?: boolean;
  readonly sessions?: Sessions;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
}

/** How a session was asked for. */
export type SignIn = { readonly key: string } | { readonly demo: true };

/** Five wrong keys a minute of one address: a person may mistype, a program may not try. */
const SIGN_IN_LIMITS: GuessLimits = { ms: 60_000, perAddress: 5, inAll: 100 };

/**
 * Decides who may use the admin API, and how far: callers with a key in `Authorization`, and pages of the console with a
 * session. Those who showed too many wrong keys are turned away for a while; with no key configured, all are. One count is
 * for all that a key opens.
 */
export class AdminAccess {
  readonly #keys: readonly (readonly [Role, Buffer])[];
  readonly #isDemo: boolean;
  readonly #sessions: Sessions;
  readonly #now: () => number;
  readonly #guesses = new Guesses();
  readonly #signIns = new Guesses(SIGN_IN_LIMITS);
  /** Of the calls that are being answered. */
  readonly #roles = new WeakMap<Call, Role>();

  constructor({ adminKey, readKey = null, isDemo = false, sessions = new Sessions(), now }: AccessOptions) {
    const keys = [['full', adminKey] as const, ['read', readKey] as const];
    this.#keys = keys.flatMap(([role, key]) => (key === null ? [] : [[role, digest(key)] as const]));
    this.#isDemo = isDemo;
    this.#sessions = sessions;
    this.#now = now ?? (() => performance.now());
  }

  /** Turns away callers who may not read. */
  readonly guard: Guard = (call) => {
    const role = this.#identified(call);
    if (typeof role !== 'string') return role;
    this.#roles.set(call, role);
    return null;
  };

  /** Turns away callers who may not change anything. */
  readonly guardWrites: Guard = (call) =>
    this.guard(call) ?? (this.#roles.get(call) === 'full' ? null : isWrite(call) ? READ_ONLY : SECRETS);

  /** Returns how far a call that was let in may go. */
  roleOf(call: Call): Role {
    return this.#roles.get(call) ?? 'read';
  }

  /** Whether what let a call in is still there, as a stream goes on: a session may end, and a key lasts as the server does. */
  readonly isStillOpen = ({ headers, origin }: Call): boolean => {
    if (headers['authorization'] !== undefined) return true;
    const id = cookieIn(headers['cookie'], cookieForm(origin).name);
    return id !== null && this.#sessions.has(id, this.#now());
  };

  /** Whether the caller may enter the demo company without a key. */
  offersDemo(call: Call): boolean {
    return this.#isDemo && call.isLocal === true;
  }

  /** Begins a session; the reply that refuses it, or the header that gives the browser its cookie. */
  signIn(call: Call, asked: SignIn): Reply | { readonly role: Role; readonly cookie: string } {
    if (this.#keys.length === 0) return CLOSED;
    if (!isOfConsole(call) || !isFromOwnPage(call)) return NOT_OWN_PAGE;
    const role = 'demo' in asked ? this.#demoRole(call) : this.#checked(this.#signIns, call, asked.key, WRONG_KEY);
    if (typeof role !== 'string') return role;
    const { name, attributes } = cookieForm(call.origin);
    const id = this.#sessions.begin(role, this.#now());
    this.#roles.set(call, role);
    return { role, cookie: `${name}=${id}; ${attributes}` };
  }

  /** Ends the session of a call, or all of them; returns the header that takes the cookie away. */
  signOut(call: Call, all: boolean): string {
    const { name, attributes } = cookieForm(call.origin);
    const id = cookieIn(call.headers['cookie'], name);
    if (all) this.#sessions.endAll();
    else if (id !== null) this.#sessions.end(id);
    return `${name}=; ${attributes}; Max-Age=0`;
  }

  #identified(call: Call): Role | Reply {
    if (this.#keys.length === 0) return CLOSED;
    const { authorization } = call.headers;
    if (authorization !== undefined) return this.#bearer(call, authorization);
    const id = cookieIn(call.headers['cookie'], cookieForm(call.origin).name);
    if (id === null) return UNKNOWN;
    if (!isFromOwnPage(call) || (isWrite(call) && !isOfConsole(call))) return NOT_OWN_PAGE;
    return this.#sessions.use(id, this.#now()) ?? SIGNED_OUT;
  }

  #bearer(call: Call, authorization: string): Role | Reply {
    const [scheme = '', key = ''] = authorization.split(' ', 2);
    // A caller who shows no key guesses none.
    if (key === '') return UNKNOWN;
    return this.#checked(this.#guesses, call, scheme.toLowerCase() === 'bearer' ? key : null, UNKNOWN);
  }

  #demoRole(call: Call): Role | Reply {
    return this.offersDemo(call) ? 'full' : NO_DEMO;
  }

  /** Returns what a key opens, unless its caller showed too many wrong ones; null is a wrong one. */
  #checked(guesses: Guesses, call: Call, key: string | null, refusal: Reply): Role | Reply {
    const guesser: Guesser = { address: shareOf(call.peer), isHere: isFromHere(call) };
    const at = this.#now();
    const msLeft = guesses.msLeft(guesser, at);
    if (msLeft > 0) return tooMany(msLeft);
    // Digests are compared, so that the time taken tells neither the key nor its length.
    const shown = digest(key ?? '');
    const opened = this.#keys.filter(([, wanted]) => timingSafeEqual(shown, wanted));
    const role = opened[0]?.[0];
    if (role !== undefined && key !== null) return role;
    guesses.wrong(guesser, at);
    return refusal;
  }
}

const CLOSED = problem(403, 'The admin API is closed: set MINGCE_ADMIN_KEY and start again.', { code: 'closed' });
const UNKNOWN = problem(401, 'Send the header "Authorization: Bearer <admin key>".', { code: 'no-key' });
const WRONG_KEY = problem(401, 'This is not the admin key of the server, which is MINGCE_ADMIN_KEY at its start.', {
  code: 'wrong-key',
});
const SIGNED_OUT = problem(401, 'The session is over; sign in again.', { code: 'signed-out' });
const READ_ONLY = problem(403, 'The read-only key cannot change anything.', { code: 'read-only' });
const SECRETS = problem(403, 'The read-only key does not read this: it holds secrets or contact data.', {
  code: 'read-only',
});
const NO_DEMO = problem(403, 'The demo company is entered without a key only on the machine that serves it.', {
  code: 'no-demo',
});
const NOT_OWN_PAGE = problem(
  403,
  'A session is for pages of this address alone, and a write for those with the header X-Mingce: console.',
  { code: 'not-own-page' },
);

function isWrite({ method }: Call): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function tooMany(msLeft: number): Reply {
  const seconds = String(Math.ceil(msLeft / 1_000));
  const reply = problem(429, `Too many wrong admin keys came from there or in all; try again in ${seconds} s.`, {
    code: 'too-many-keys',
  });
  return { ...reply, headers: { ...reply.headers, 'Retry-After': seconds } };
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
