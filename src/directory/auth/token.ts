/** One credential handed to an app, as kept: the token itself is not in it. */
export interface Token {
  /** See `hashToken`. */
  readonly hash: string;
  readonly dialect: string;
  /** The dialect's own kind of token, e.g. `tenant`. */
  readonly kind: string;
  /** The tenant's number. */
  readonly tenant: number;
  /** Own id of the app. */
  readonly app: string;
  /** Derives the token again, together with the app's secret; null for a token that is returned only once. */
  readonly nonce: string | null;
  /** The hash of the other token of a pair, e.g. the refresh token; null where there is none. */
  readonly pairedHash: string | null;
  /** What the dialect keeps with it, e.g. its user: JSON that only the dialect reads. */
  readonly detail?: unknown;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}
