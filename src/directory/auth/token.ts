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
  /** From which the token can be made again together with the app's secret; null for a token that is told only once. */
  readonly nonce: string | null;
  /** The hash of the other token of a pair, e.g. the refresh token; null where there is none. */
  readonly pairedHash: string | null;
  /** What the dialect keeps with it, e.g. whom it stands for: JSON that it alone reads. */
  readonly detail?: unknown;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}
