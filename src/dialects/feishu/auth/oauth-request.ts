import type { App } from '../../../directory/auth/app.ts';
import type { Challenge } from './sealed-code.ts';
import { PAGE_ERRORS, type PageError } from './oauth-errors.ts';
import { appSettingsOf } from '../model/settings.ts';

/** What an app asks a user for. */
export interface OauthRequest {
  /** As sent. */
  readonly redirectUri: string;
  /** Null where none was sent. */
  readonly state: string | null;
  /** Null where the address asks for none: the code is bound to no scope. */
  readonly scopes: readonly string[] | null;
  readonly challenge?: Challenge;
}

/** The parameters that one address of the page requires. */
export interface PageAddress {
  readonly wantsResponseType: boolean;
  readonly takesScopes: boolean;
}

/** An app asks for so many scopes at most. [public: oauthcode] */
const MAX_SCOPES = 50;
/** Characters of all of them: what is granted travels in the code, which callers put into addresses. [proposed] */
export const MAX_IN_SCOPES = 4_096;
/** RFC 6749, 3.3, and the spaces between. */
const SCOPES = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const MAX_IN_URL = 2_048;
/** RFC 7636, 4.1 and 4.2: a verifier is so long, and so is what is made of it. */
const CHALLENGE = /^[A-Za-z0-9\-._~]{43,128}$/;

/** Reads what an app asks for, or says why it cannot be agreed to. */
export function readRequest(query: URLSearchParams, app: App, address: PageAddress): OauthRequest | PageError {
  // A request without a usable redirect address is answered first: RFC 6749, 4.1.2.1.
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!mayRedirect(redirectUri, app)) return PAGE_ERRORS.redirectInvalid;
  if (address.wantsResponseType && query.get('response_type') !== 'code') return PAGE_ERRORS.requestInvalid;
  const scopes = address.takesScopes ? readScopes(query.get('scope') ?? '', app) : null;
  if (scopes !== null && 'code' in scopes) return scopes;
  const state = query.get('state');
  const text = query.get('code_challenge') ?? '';
  if (text === '') return { redirectUri, state, scopes };
  const method = query.get('code_challenge_method') ?? 'plain';
  if ((method !== 'S256' && method !== 'plain') || !CHALLENGE.test(text)) return PAGE_ERRORS.requestInvalid;
  return { redirectUri, state, scopes, challenge: { method, text } };
}

function readScopes(text: string, app: App): readonly string[] | PageError {
  if (text.length > MAX_IN_SCOPES || !SCOPES.test(text)) return PAGE_ERRORS.requestInvalid;
  const scopes = [...new Set(scopesIn(text))];
  if (scopes.length > MAX_SCOPES) return PAGE_ERRORS.requestInvalid;
  const held = appSettingsOf(app).scopes;
  const missing = held === 'all' ? [] : scopes.filter((scope) => !held.includes(scope));
  if (missing.length === 0) return scopes;
  const { code, zh, en } = PAGE_ERRORS.scopesMissing;
  const list = missing.join(', ');
  return { code, zh: zh.replace('%', () => list), en: en.replace('%', () => list) };
}

/** The scopes of a list in one text. */
export function scopesIn(text: string): readonly string[] {
  return text.split(' ').filter((scope) => scope !== '');
}

/**
 * Returns whether users may be redirected there: to an address that the app lists [public: oauthcode]. An app that lists
 * none may use any http or https address, so that no address must be registered to try things out [derived].
 */
function mayRedirect(text: string, app: App): boolean {
  if (text.length > MAX_IN_URL || !URL.canParse(text)) return false;
  const { protocol } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  return appSettingsOf(app).redirect_urls?.includes(text) ?? true;
}

/** The address with some members added to its query, the part after `#` still at its end. [public: oauthcode] */
export function addressWith(
  redirectUri: string,
  members: Readonly<Record<string, string>>,
  state: string | null,
): string {
  const { href, hash } = new URL(redirectUri);
  const plain = hash === '' ? href.replace(/#$/, '') : href.slice(0, -hash.length);
  const added = new URLSearchParams({ ...members, ...(state === null ? {} : { state }) }).toString();
  return `${plain}${plain.includes('?') ? '&' : '?'}${added}${hash}`;
}
