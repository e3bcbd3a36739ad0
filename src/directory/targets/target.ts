/** Where a secret is: in a variable of the environment, or in a file of its own. */
export type SecretPlace = { readonly env: string } | { readonly file: string };

/** Whose value of a field counts where ours and theirs differ; `hands-off` leaves the field alone. */
export type Authority = 'ours' | 'theirs' | 'newest' | 'initial' | 'hands-off';

/** A live tenant of a platform that the company may be connected with; secrets by their places only. */
export interface TargetSettings {
  /** The platform's address; absent: the one that everybody uses. */
  readonly base_url?: string;
  /** Ids as they are, secrets as the places where they are. */
  readonly credentials: Readonly<Record<string, string | SecretPlace>>;
  /** Numbers that the platform does not publish, by our field. */
  readonly fields?: Readonly<Record<string, number>>;
  readonly authority?: Readonly<Record<string, Authority>>;
}

/** The live tenants of a company, by platform. */
export type Targets = Readonly<Record<string, TargetSettings>>;
