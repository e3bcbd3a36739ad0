import type { ConsumerClaim } from '../deliveries.ts';
import type { MissCause } from './step-outcome.ts';
import type { DriftRuns } from './drift-run.ts';

/** Whether a live tenant may be written to; only `on` writes. */
export type TargetState = 'off' | 'probed' | 'on' | 'paused' | 'quarantined';

/** Why a target is paused. */
export type PauseReason = 'operator' | 'restored' | 'snapshot' | 'moved' | 'live-is-ahead';

/** What the last probe of a target found, for display; no value of a person and no secret. */
export type KeptProbe = Readonly<Record<string, unknown>>;

/** What is kept of one live tenant of a company. Settings are in the company; this is what commands made of it. */
export interface KeptTarget extends ConsumerClaim {
  readonly tenant: number;
  readonly platform: string;
  readonly state: TargetState;
  /** Why it is in that state; of a paused one a `PauseReason`. */
  readonly reason: string | null;
  /** A digest of the settings that were probed last; null: never. */
  readonly checked: string | null;
  /** The place where it was switched on; null: never. */
  readonly home: string | null;
  readonly probe: KeptProbe | null;
  /** What real answers taught about the tenant, for the next rehearsal. */
  readonly learned: Readonly<Record<string, unknown>> | null;
  /** What was sent lately, as far as the limits of the platform count it; null: nothing is known. */
  readonly windows: Readonly<Record<string, unknown>> | null;
  /** The number of the last change that is covered. */
  readonly cursor: number;
}

/** What of a target is changed; what is absent stays. */
export type TargetPatch = Partial<
  Pick<KeptTarget, 'state' | 'reason' | 'checked' | 'home' | 'probe' | 'learned' | 'windows' | 'cursor'>
>;

/** What a link or a delivery is about. */
export type SubjectKind = 'employee' | 'department' | 'catalog-entry';

/** One subject of a company; employees and departments by their own id. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly subject: string;
}

/**
 * `linked`: it is that one there. `ignored`: it is left alone. `ambiguous`: a person must decide. `lost`: what it was
 * linked with is gone there. Only `linked` is ever written to, and only what has no link is ever made there.
 */
export type LinkState = 'linked' | 'ignored' | 'ambiguous' | 'lost';

/** Which subject is which there. */
export interface Link extends Subject {
  /** Null where no one there is meant yet. */
  readonly liveId: string | null;
  /** The key by which it was found, `made` for what was made there, `written` where a plan wrote to it, or `operator`. */
  readonly matchedBy: string;
  readonly state: LinkState;
  /** The values on which both sides last agreed, by field; null: none yet. */
  readonly base: Readonly<Record<string, unknown>> | null;
  readonly baseAt: number | null;
  /** The number of the change up to which it is delivered. */
  readonly delivered: number;
}

/** A link to keep; base and delivered stay as they are where it has the same live id, else they begin again. */
export type NewLink = Pick<Link, 'kind' | 'subject' | 'liveId' | 'matchedBy' | 'state'>;

/** What a verified delivery makes of a link. */
export interface AgreedBase extends Subject {
  readonly base: Readonly<Record<string, unknown>>;
  readonly delivered: number;
}

/** What was seen to be the same on both sides, of one subject. */
export interface Verified extends Subject {
  /** In the form in which both sides are compared, by our ids. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The id there of what was made or written to; a subject without a link is linked with it. */
  readonly liveId?: string;
  /** How the id was found; absent: `written`, as it was written to. */
  readonly matchedBy?: string;
  /** The number of the change up to which it is delivered; absent: unknown. */
  readonly delivered?: number;
}

/** Where a listing goes on. */
export interface LinkPage {
  readonly kind?: SubjectKind;
  readonly state?: LinkState;
  readonly after?: Subject;
  readonly limit: number;
}

/** Where a delivery is; see docs/live.md. The last four are closed. */
export type DeliveryState =
  | 'waiting'
  | 'staged'
  | 'held'
  | 'sending'
  | 'doubt'
  | 'written'
  | 'verified'
  | 'partial'
  | 'equal'
  | 'dead';

/** One try of a delivery. */
export interface DeliveryAttempt {
  readonly at: number;
  readonly status: number | null;
  readonly code: string | null;
  readonly ms: number;
  /** The id of the call in the journal; absent where none was kept. */
  readonly request?: string;
}

/** A delivery to open. */
export interface NewDelivery extends Subject {
  /** Random; requests that must not be done twice are named after it. */
  readonly id: string;
  readonly operation: string;
  readonly plan: string | null;
  readonly step: number | null;
  readonly fromChange: number;
  readonly toChange: number;
  readonly predicted: unknown;
}

/** A delivery that is over when it is kept: a step of a plan. */
export type DoneDelivery = NewDelivery &
  Pick<Delivery, 'intent' | 'outcome' | 'attempts'> & { readonly state: 'verified' | 'partial' | 'dead' };

/** A subject that changed: its open delivery covers the change, or one is opened. */
export interface TakenSubject extends Subject {
  /** The id of the delivery, where one is opened. */
  readonly id: string;
  readonly fromChange: number;
  readonly toChange: number;
}

/** One delivery of a subject's state to a target. */
export interface Delivery extends NewDelivery {
  readonly number: number;
  readonly consumer: string;
  readonly state: DeliveryState;
  readonly attempt: number;
  readonly dueAt: number;
  /** What is about to be sent, kept before it is; null: nothing was. */
  readonly intent: unknown;
  /** What it came to. */
  readonly outcome: unknown;
  /** The last ones. */
  readonly attempts: readonly DeliveryAttempt[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What a delivery becomes; what is absent stays. */
export type DeliveryPatch = Pick<Delivery, 'id' | 'state'> &
  Partial<Pick<Delivery, 'attempt' | 'dueAt' | 'intent' | 'outcome' | 'attempts'>> & {
    /** The change up to which it was worked on: where a newer one came meanwhile it waits again instead of closing. */
    readonly covers?: number;
  };

/** Which deliveries are meant; all where a member is absent. Newest first. */
export interface DeliveryFilter {
  readonly states?: readonly DeliveryState[];
  readonly plan?: string;
  readonly ids?: readonly string[];
  readonly subject?: Subject;
  readonly before?: number;
  readonly limit: number;
}

/** Where a listing of what was given up goes on. */
export type DeadPage = Pick<DeliveryFilter, 'before' | 'limit'>;

/** A page of what was given up. */
export interface DeadLetterPage {
  readonly letters: readonly Delivery[];
  /** What to give as `before`; null: this is the last. */
  readonly next: number | null;
}

/** Where a plan is: `making` until it is rehearsed; `staged` while the brake holds it; `stopping` until its run notices. */
export type TargetPlanState =
  | 'making'
  | 'failed'
  | 'ready'
  | 'staged'
  | 'running'
  | 'stopping'
  | 'stopped'
  | 'done'
  | 'expired';

/** A plan as kept: its file stays where it was written. */
export interface KeptPlan {
  readonly id: string;
  readonly consumer: string;
  /** The digest of the file's steps. */
  readonly digest: string;
  readonly header: unknown;
  readonly state: TargetPlanState;
  /** Who allowed which counts of the brake, and when; null: no one did. */
  readonly allowed: unknown;
  /** The step that is next. */
  readonly position: number;
  readonly createdAt: number;
}

/** What of a plan is changed; what is absent stays. */
export type PlanPatch = Partial<Pick<KeptPlan, 'state' | 'digest' | 'header' | 'allowed' | 'position'>>;

/** How often predictions of one operation were right, by code or field. */
export interface Prediction {
  readonly operation: string;
  readonly what: string;
  readonly hits: number;
  readonly misses: number;
  /** Misses put down to something that was assumed, and to somebody who changed it meanwhile; the others are rules of ours. */
  readonly assumed: number;
  readonly raced: number;
  /** One miss, masked. */
  readonly sample: string | null;
  readonly lastAt: number;
}

/** One comparison of a predicted result with the real one. */
export type PredictionResult = Pick<Prediction, 'operation' | 'what' | 'sample'> & {
  readonly isHit: boolean;
  /** Why it was not; present of a miss. */
  readonly cause?: MissCause;
};

/**
 * Takes what is kept of live tenants. Each method is one transaction; one that takes a claim answers false, or null, where
 * another driver took over, and writes nothing then.
 */
export interface TargetStore extends DriftRuns {
  /** All targets, or those of a company, that a command was ever given for. */
  list(tenant?: number): Promise<readonly KeptTarget[]>;
  /** Adds a target in state `off`, unless it is there or the company is gone. */
  add(tenant: number, platform: string): Promise<void>;
  /** Takes over a target that no other node holds a lease of, or only a driver does; null where it is held, or gone. */
  claim(id: string, node: string, leaseMs: number): Promise<KeptTarget | null>;
  /** Takes over a target to drive it, which every command may interrupt; null where it is held, or gone. */
  claimDriving(id: string, node: string, leaseMs: number): Promise<KeptTarget | null>;
  /** Takes over a target, also from a driver, to write in several steps, which every command may interrupt; null where it is held, or gone. */
  claimWriting(id: string, node: string, leaseMs: number): Promise<KeptTarget | null>;
  /** Keeps the lease. */
  renew(claim: ConsumerClaim, leaseMs: number): Promise<boolean>;
  /** Lets others take over at once. */
  release(claim: ConsumerClaim): Promise<void>;
  change(claim: ConsumerClaim, patch: TargetPatch): Promise<boolean>;

  /** A page of links, in the order of kind and subject. */
  links(consumer: string, page: LinkPage): Promise<readonly Link[]>;
  linksOf(consumer: string, subjects: readonly Subject[]): Promise<readonly Link[]>;
  linksByLiveId(consumer: string, kind: SubjectKind, liveIds: readonly string[]): Promise<readonly Link[]>;
  /** The linked employees whose values were agreed on last, newest first. */
  newestLinks(consumer: string, limit: number): Promise<readonly Link[]>;
  /** Keeps links; a live id that another subject had is taken from it, which becomes `ambiguous`. */
  putLinks(claim: ConsumerClaim, links: readonly NewLink[]): Promise<boolean>;
  removeLinks(claim: ConsumerClaim, subjects: readonly Subject[]): Promise<boolean>;
  /** Keeps what both sides agreed on. */
  agree(claim: ConsumerClaim, agreed: readonly AgreedBase[], now: number): Promise<boolean>;
  /** Returns a text that is another one after what is agreed on of the linked subjects of a kind changed. */
  linkMark(consumer: string, kind: SubjectKind): Promise<string>;
  countLinks(consumer: string): Promise<Readonly<Partial<Record<LinkState, number>>>>;

  /** Opens deliveries; leaves out, and does not answer, those of subjects that have an open one. */
  open(claim: ConsumerClaim, deliveries: readonly NewDelivery[], now: number): Promise<readonly string[] | null>;
  /** Keeps deliveries that are over; a subject may have an open one beside them. */
  keepDone(claim: ConsumerClaim, deliveries: readonly DoneDelivery[], now: number): Promise<boolean>;
  /**
   * Keeps how far the log was read and what of it is to be delivered; answers the open deliveries of the subjects, or
   * null where another driver took over.
   */
  take(
    claim: ConsumerClaim,
    cursor: number,
    subjects: readonly TakenSubject[],
    now: number,
  ): Promise<readonly Delivery[] | null>;
  /** Keeps what becomes of deliveries; the closed states close them. */
  settle(claim: ConsumerClaim, patches: readonly DeliveryPatch[], now: number): Promise<boolean>;
  deliveries(consumer: string, filter: DeliveryFilter): Promise<readonly Delivery[]>;
  /** How many deliveries are not over, by state. */
  countOpen(consumer: string): Promise<Readonly<Partial<Record<DeliveryState, number>>>>;
  /** Some of what was given up, newest first, without subjects that a newer delivery was opened for. */
  deadLetters(consumer: string, page: DeadPage): Promise<DeadLetterPage>;
  /** Removes deliveries, plans and counts that are old, or too many. */
  trim(consumer: string, now: number): Promise<void>;

  addPlan(claim: ConsumerClaim, plan: Omit<KeptPlan, 'consumer' | 'allowed' | 'position'>): Promise<boolean>;
  plan(id: string): Promise<KeptPlan | null>;
  /** The newest plans, newest first. */
  plans(consumer: string, limit: number): Promise<readonly KeptPlan[]>;
  changePlan(claim: ConsumerClaim, id: string, patch: PlanPatch): Promise<boolean>;
  /** Removes a plan with its lines. */
  removePlan(claim: ConsumerClaim, id: string): Promise<boolean>;
  /** Notes that a plan is still being made: one that is not, with no such sign for minutes, was made by a process that is gone. */
  keepMaking(id: string, now: number): Promise<undefined>;
  /** Asks a run of a plan to end before its next step, whichever node has it; answers whether it runs. */
  stopPlan(id: string): Promise<boolean>;
  /** Adds lines to a plan that is kept here. */
  addPlanLines(claim: ConsumerClaim, id: string, lines: readonly string[]): Promise<boolean>;
  /** The lines of a plan in their order, from one on. */
  planLines(id: string, from: number, limit: number): Promise<readonly string[]>;

  countPredictions(claim: ConsumerClaim, results: readonly PredictionResult[], now: number): Promise<boolean>;
  predictions(consumer: string): Promise<readonly Prediction[]>;
  /** Adds to what the brake counts. */
  countBraked(claim: ConsumerClaim, counts: Readonly<Record<string, number>>, now: number): Promise<boolean>;
  /** What the brake counted in the 24 hours before. */
  braked(consumer: string, now: number): Promise<Readonly<Record<string, number>>>;
}
