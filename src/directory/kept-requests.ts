/** One request of the journal, as text. */
export interface KeptRequest {
  readonly at: number;
  readonly record: string;
}

/** What is kept of the journal may be so much. */
export interface KeptRequestLimits {
  readonly entries: number;
  readonly bytes: number;
  readonly ageMs: number;
}

/** Requests that were kept after others, in their order. */
export interface KeptRequestPage {
  readonly requests: readonly (KeptRequest & { readonly number: number; readonly node: string })[];
  /** The number of the oldest that is kept; null where none is. */
  readonly oldest: number | null;
}

/** The journal of requests, where it is kept in the store, for all nodes. */
export interface KeptRequests {
  /** Keeps requests that one node answered. */
  add(node: string, requests: readonly KeptRequest[]): Promise<void>;
  /** The next ones after a number, of other nodes than one. */
  after(number: number, except: string, limit: number): Promise<KeptRequestPage>;
  /** The newest ones, the oldest of them first. */
  newest(limit: number): Promise<KeptRequestPage>;
  /** Removes what is too much, or too old at an instant. */
  trim(limits: KeptRequestLimits, now: number): Promise<void>;
  clear(): Promise<void>;
}
