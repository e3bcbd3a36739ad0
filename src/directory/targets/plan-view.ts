import type { OutcomeItem } from './step-outcome.ts';
import type { DeliveryState, TargetPlanState } from './target-store.ts';

/** Words for people in both languages. */
interface Words {
  readonly en: string;
  readonly zh: string;
}

/** What of a plan is over a limit. It waits until someone allows the very number. */
export interface BrakedKind {
  readonly what: string;
  readonly count: number;
  readonly limit: number;
  /** How many there were in the 24 hours before; present where the limit is that of the day. */
  readonly today?: number;
  readonly allowed: boolean;
}

/** One plan of a live tenant that is kept here. */
export interface TargetPlanLine {
  readonly id: string;
  readonly state: TargetPlanState;
  /** Why it could not be made, or why its run stopped, with the step; null: neither is so. */
  readonly why: string | null;
  readonly made_at: string;
  /** Null while it is made. */
  readonly expires_at: string | null;
  readonly steps: number;
  /** Steps that were done. */
  readonly done: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly brake: readonly BrakedKind[];
  /** How often what was predicted of the tenant was right, before this plan. */
  readonly accuracy: { readonly hits: number; readonly misses: number };
  /** The plan or delivery that it takes back; null: none. */
  readonly undoes: string | null;
  /** What its last run came to; null: it never ran, or runs now. */
  readonly run: PlanRun | null;
}

/** What a run of a plan came to. */
export interface PlanRun {
  readonly sent: number;
  /** Steps that an earlier run had done. */
  readonly before: number;
  /** Steps whose answer was the predicted one. */
  readonly hits: number;
  readonly misses: readonly {
    readonly n: number;
    readonly predicted: readonly OutcomeItem[];
    readonly real: readonly OutcomeItem[];
  }[];
  /** Steps that were left out. */
  readonly left: readonly number[];
  /** Who changed on one side since the plan was made. */
  readonly stale: readonly {
    readonly n: number;
    readonly subject: string;
    readonly name: string;
    readonly side: 'ours' | 'theirs';
  }[];
  /** Kinds over the brake, for which it stopped. */
  readonly staged: readonly Omit<BrakedKind, 'allowed'>[];
  /** Null: it came to its end. */
  readonly stopped: { readonly why: string; readonly n: number | null } | null;
}

/** What is taken back: a plan or one delivery by its id, or all that was done of an employee since a time. */
export type UndoChoice = string | { readonly employee: string; readonly since: number };

/** The newest plans of a live tenant, newest first. */
export interface TargetPlanList {
  readonly plans: readonly TargetPlanLine[];
}

/** A plan with a page of its steps. Mobiles and mail addresses are masked. */
export interface TargetPlanView extends TargetPlanLine {
  /** Messages that the platform sends to people. */
  readonly messages: readonly {
    readonly n: number;
    readonly subject: string;
    readonly name: string;
    readonly effect: string;
    readonly when: string;
  }[];
  readonly cannot_undo: readonly { readonly n: number; readonly why: Words }[];
  /** What cannot be asked of the platform. */
  readonly refused: readonly {
    readonly subject: string;
    readonly name: string;
    readonly field: string | null;
    readonly why: string;
    readonly words: Words;
  }[];
  /** People who hold each other's values. */
  readonly rings: readonly { readonly field: string; readonly subjects: readonly string[] }[];
  /** Differences that stay, with the reason. */
  readonly reports: readonly {
    readonly subject: string;
    readonly name: string;
    readonly field: string | null;
    readonly why: string;
    readonly detail?: Words;
  }[];
  /** What of the plan or delivery that is taken back stays as it is, whatever is done. */
  readonly lasting: readonly { readonly subject: string; readonly name: string; readonly why: Words }[];
  /** Requests by call. */
  readonly calls: Readonly<Record<string, number>>;
  /** What could not be read, so that the predictions assume it. */
  readonly assumed: readonly string[];
  readonly page: readonly TargetPlanStep[];
  /** What to give as `after` for the next page; null: this is the last. */
  readonly next: number | null;
}

/** One request of a plan. */
export interface TargetPlanStep {
  readonly n: number;
  readonly operation: string;
  readonly subjects: readonly {
    readonly subject: string;
    readonly name: string;
    readonly changes: Readonly<Record<string, { readonly from?: unknown; readonly to: unknown }>>;
  }[];
  readonly call: string;
  readonly predicted: readonly (OutcomeItem & { readonly remedy?: Words })[];
  /** Whether it is predicted to be refused: it is not sent. */
  readonly is_refused: boolean;
  readonly counts: Readonly<Record<string, number>>;
  /** What it came to; null: it was not sent yet. */
  readonly outcome: { readonly state: DeliveryState; readonly items: readonly OutcomeItem[] } | null;
}

/** How far a plan is applied; absent members: all of it, refused where anyone changed since. */
export interface ApplyChoice {
  readonly only?: readonly string[];
  readonly until?: number;
  /** Leaves out who changed since, instead of refusing all. */
  readonly partial?: boolean;
  /** Goes on after an unexpected answer, up to one step in twenty. */
  readonly continue?: boolean;
}

/** One delivery of an employee or department to a live tenant. Mobiles and mail addresses are masked. */
export interface DeliveryLine {
  readonly id: string;
  /** For the next page: what to give as `before`. */
  readonly number: number;
  readonly target: string;
  readonly kind: string;
  readonly subject: string;
  readonly operation: string;
  readonly state: DeliveryState;
  readonly plan: string | null;
  /** Whether that plan can be shown; one that is only a file, or was erased, cannot. */
  readonly plan_kept: boolean;
  readonly step: number | null;
  /** Values before and after, where they were kept. */
  readonly before: Readonly<Record<string, unknown>>;
  readonly sent: Readonly<Record<string, unknown>>;
  /** Why it did not arrive: the platform's code, or ours. */
  readonly reason: string | null;
  /** Of one that is held: why, by field, such as `not-linked`. */
  readonly waits_for: Readonly<Record<string, string>>;
  /** When one that is open is looked at again; null where only a person or an answer moves it. */
  readonly due_at: string | null;
  readonly items: readonly OutcomeItem[];
  readonly tries: number;
  /** The last tries; `request` is the call in the journal, null where none was kept. */
  readonly attempts: readonly {
    readonly at: string;
    readonly status: number | null;
    readonly code: string | null;
    readonly ms: number;
    readonly request: string | null;
  }[];
  readonly created_at: string;
  readonly updated_at: string;
}

/** A page of deliveries, newest first. */
export interface DeliveryList {
  readonly deliveries: readonly DeliveryLine[];
  readonly next: number | null;
}

/** Which deliveries are asked for; all where a member is absent. */
export interface DeliveryChoice {
  readonly target?: string;
  readonly states?: readonly DeliveryState[];
  readonly employee?: string;
  readonly plan?: string;
  readonly reason?: string;
  readonly before?: number;
  readonly limit: number;
}

/** The steps in which one employee is delivered; each may be the last. */
export const PERSON_STEPS = ['read', 'match', 'scope', 'plan', 'write'] as const;
/** One of them. */
export type PersonStepName = (typeof PERSON_STEPS)[number];

/** One step of delivering one employee, with what it showed. */
export interface PersonStep {
  readonly step: PersonStepName;
  readonly ms: number;
  /** Whether the next step may follow. */
  readonly goes_on: boolean;
  /** Why it may not; null: it may. */
  readonly why: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What delivering one employee came to. */
export interface PersonDelivery {
  readonly employee: string;
  readonly target: string;
  readonly steps: readonly PersonStep[];
}

/** What an operator does with the plans and deliveries of live tenants. Each throws `TargetError`. */
export interface TargetPlans {
  list(key: string, platform: string): Promise<readonly TargetPlanLine[]>;
  show(
    key: string,
    platform: string,
    id: string,
    page: { readonly after: number; readonly limit: number; readonly what?: string },
  ): Promise<TargetPlanView>;
  /** Begins to make a plan; it is `making` until it is rehearsed. */
  make(key: string, platform: string, only?: readonly string[]): Promise<TargetPlanLine>;
  /** The plan as `mingce apply-plan` takes it, with all values. */
  file(key: string, platform: string, id: string): Promise<string>;
  allow(
    key: string,
    platform: string,
    id: string,
    counts: Readonly<Record<string, number>>,
    who: string,
  ): Promise<TargetPlanLine>;
  /** Begins to apply a plan. */
  apply(key: string, platform: string, id: string, choice: ApplyChoice): Promise<TargetPlanLine>;
  stop(key: string, platform: string, id: string): Promise<TargetPlanLine>;
  /** Begins to make a plan that takes back what was done. */
  undo(key: string, platform: string, of: UndoChoice): Promise<TargetPlanLine>;
  erase(key: string, platform: string, id: string): Promise<void>;
  deliveries(key: string, choice: DeliveryChoice): Promise<DeliveryList>;
  /** Begins to make a plan that takes back one delivery. */
  undoDelivery(key: string, id: string): Promise<TargetPlanLine & { readonly target: string }>;
  /** Opens a delivery that was given up again, or begins to make a plan for its employee. */
  retry(key: string, id: string): Promise<DeliveryRetried>;
  /** What was given up at a target and would be sent again, all or for one reason. */
  dead(key: string, platform: string, reason: string | null): Promise<DeadLetters>;
  /** Sends that again; the number must be the one that {@link dead} gives. */
  replay(key: string, platform: string, choice: ReplayChoice): Promise<DeliveriesReplayed>;
  deliver(key: string, platform: string, employee: string, until: PersonStepName): Promise<PersonDelivery>;
}

/** What was given up at a target and nothing newer took the place of. */
export interface DeadLetters {
  readonly target: string;
  /** So many employees and departments would be delivered again; to have it done the number is repeated. */
  readonly count: number;
  /** The same by why they were given up. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Departments that only a plan of the whole target takes along. */
  readonly left_out: number;
  /** `follow`: continuous delivery takes them; `plan`: a plan is made, which says what would be sent. */
  readonly by: 'follow' | 'plan';
  /** Whether there are more than one command takes. */
  readonly more: boolean;
}

/** Which dead letters are sent again. */
export interface ReplayChoice {
  /** The code or reason they were given up for; null: any. */
  readonly reason: string | null;
  readonly count: number;
}

/** What sending dead letters again came to: so many wait for continuous delivery, or a plan is made of them. */
export interface DeliveriesReplayed {
  readonly target: string;
  readonly opened: number;
  readonly plan: string | null;
}

/** What sending a delivery again came to: it waits for continuous delivery, or a plan is made for its employee. */
export interface DeliveryRetried {
  readonly target: string;
  readonly delivery: string | null;
  readonly plan: string | null;
}
