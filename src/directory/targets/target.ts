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
  /** Whether changes are delivered as they come, without a plan; absent: only plans write. */
  readonly continuous?: boolean;
  readonly scope?: TargetScope;
  /** Whether people may be made, may leave and may return there; absent: a plan that has such a step waits for approval. */
  readonly people?: Readonly<Partial<Record<'create' | 'leave' | 'return', Consent>>>;
  /** Whether departments may be made and changed there; absent: they are left alone. */
  readonly departments?: Readonly<Partial<Record<'create' | 'update', Consent>>>;
  /** How many of a kind one plan, and 24 hours, may have where the default is not meant. */
  readonly brake?: Readonly<Partial<Record<string, { readonly run?: number; readonly day?: number }>>>;
  /** When everybody there is read without being asked for, and with how much of the platform's limits. */
  readonly drift?: TargetDriftSettings;
}

/** When a live tenant is read as a whole without being asked for. */
export interface TargetDriftSettings {
  /** A window of the night in China, `02:00-05:00`; absent: never. */
  readonly full?: string;
  /** The share of the platform's limits that the read takes; the tenant's other clients have the rest. */
  readonly read_share?: number;
}

/** Whether something is done, waits for approval each time, or is never done. */
export type Consent = 'yes' | 'ask' | 'no';

/** Which people a target is about; those outside stay there as they are. */
export interface TargetScope {
  /** Departments with all below them; absent: all. */
  readonly departments?: readonly string[];
  /** Departments with all below them that are left out. */
  readonly except?: readonly string[];
}

/** The live tenants of a company, by platform. */
export type Targets = Readonly<Record<string, TargetSettings>>;
