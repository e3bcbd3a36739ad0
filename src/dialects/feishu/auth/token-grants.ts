import type { Token } from '../../../directory/auth/token.ts';

/** The kinds of tokens this platform keeps. */
export const TOKEN_KIND = {
  tenant: 'tenant',
  code: 'code',
  user: 'user',
  refresh: 'refresh',
  /** A first answer to a `client_token`; no bearer is one. */
  client: 'client',
} as const;

/** What a user granted to an app, as kept with the tokens that follow from it. */
export interface Grant {
  /** Own id of the employee the app calls for. */
  readonly employee: string;
  /** Null where the code was asked for without any: the app may do what it may itself at the time. [contract feishu-contact.md 9.1] */
  readonly scopes: readonly string[] | null;
  /** When the user agreed, in epoch milliseconds. */
  readonly agreedAt: number;
}

/** What was granted with a user token or a refresh token. */
export function grantOf({ detail }: Token): Grant {
  // Tokens of these kinds are only made with one.
  return detail as Grant;
}
