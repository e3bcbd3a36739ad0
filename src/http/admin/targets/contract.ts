import type { OutcomeItem } from '../../../directory/targets/step-outcome.ts';
import type { DeliveryState, LinkState, SubjectKind, TargetState } from '../../../directory/targets/target-store.ts';

/** One live tenant of a company. */
export interface TargetLine {
  readonly platform: string;
  /** The platform's address; null: the one that everybody uses. */
  readonly base_url: string | null;
  readonly state: TargetState;
  readonly reason: string | null;
  /** What leads to `on`; null where it is. */
  readonly way_back: string | null;
  readonly links: Readonly<Partial<Record<LinkState, number>>>;
  /** Deliveries that are not over, by state. */
  readonly open: Readonly<Partial<Record<DeliveryState, number>>>;
  /** Changes that were not looked at yet; null where the target does not follow the log. */
  readonly behind: number | null;
  /** Departments renamed or moved since both sides agreed, which wait for a plan; null where the target does not follow the log. */
  readonly departments_waiting: {
    readonly count: number;
    readonly first: readonly string[];
    readonly wanted: boolean;
  } | null;
  /** How often predictions were right. */
  readonly accuracy: { readonly hits: number; readonly misses: number };
  /** What the brake counted in the last 24 hours, by kind. */
  readonly today: Readonly<Record<string, number>>;
  /** What the last probe found; null: none was kept. */
  readonly probe: unknown;
  /** The calls of a probe that is under way on this server, the last one unanswered; null: none is. */
  readonly probing: readonly string[] | null;
}

/** The live tenants of a company. */
export interface TargetList {
  readonly targets: readonly TargetLine[];
}

/** Which subject is which there. */
export interface LinkLine {
  readonly kind: SubjectKind;
  readonly subject: string;
  readonly live_id: string | null;
  readonly matched_by: string;
  readonly state: LinkState;
  /** The values on which both sides last agreed; null: none yet. */
  readonly base: Readonly<Record<string, unknown>> | null;
  readonly base_at: string | null;
  readonly delivered: number;
}

/** A page of links. */
export interface LinkList {
  readonly links: readonly LinkLine[];
  /** What to give as `after` for the next page; null: this is the last. */
  readonly next: string | null;
}

/** What a link becomes. */
export interface NewLinkBody {
  readonly kind?: SubjectKind;
  /** Absent: the subject is left alone there. */
  readonly live_id?: string;
}

/** Many links at a time, as an adoption makes them. */
export interface LinksBody {
  readonly links: readonly {
    readonly kind: SubjectKind;
    readonly subject: string;
    readonly live_id: string | null;
    readonly matched_by: string;
    readonly state: LinkState;
  }[];
}

/** What a read showed to be the same on both sides. */
export interface VerifiedBody {
  readonly verified: readonly {
    readonly kind: SubjectKind;
    readonly subject: string;
    /** The id there, where it was made or written to. */
    readonly live_id?: string;
    /** In the form in which both sides are compared, by our ids. */
    readonly fields: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  }[];
}

/** What steps of a plan came to. */
export interface OutcomesBody {
  readonly outcomes: readonly {
    readonly plan: string;
    readonly n: number;
    readonly operation: string;
    readonly subjects: readonly {
      readonly subject: string;
      readonly live_id: string | null;
      readonly changes: Readonly<Record<string, { readonly from?: unknown; readonly to: unknown }>>;
    }[];
    /** What the brake counts of it. */
    readonly counts: Readonly<Partial<Record<string, number>>>;
    readonly predicted: readonly OutcomeItem[];
    readonly items: readonly OutcomeItem[];
    /** Ids of what was made, by our ids. */
    readonly made: readonly (readonly [string, string])[];
  }[];
}

/** One employee on each live tenant. */
export interface EmployeeTargets {
  readonly targets: readonly {
    readonly platform: string;
    readonly state: TargetState;
    readonly link: LinkLine | null;
    /** How many deliveries of the employee are kept. */
    readonly deliveries: number;
  }[];
}
