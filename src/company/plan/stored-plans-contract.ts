import type { FileError, PlannedStep } from '../contract.ts';

/** Where a stored plan is; `moved` was refused, as the company was changed since. */
export type StoredPlanState = 'ready' | 'applying' | 'applied' | 'moved' | 'failed';

/** How many steps a plan has of each kind. */
export interface StepCounts {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
}

/** A plan of a company file that is kept. */
export interface StoredPlanLine {
  readonly id: string;
  readonly company: string;
  readonly state: StoredPlanState;
  /** ISO 8601, UTC. */
  readonly made_at: string;
  /** When it is forgotten. */
  readonly expires_at: string;
  readonly applied_at: string | null;
  /** The name under which the change log has what it did; null before it was applied. */
  readonly request: string | null;
  /** Names the state of the company that it is for. */
  readonly for_state: string;
  readonly counts: StepCounts;
  /** Whether more people are removed than is done without confirming their number. */
  readonly brake: { readonly tripped: boolean; readonly removes: number; readonly present: number };
  /** Pieces that are written; of a plan for few people 0 of 0. */
  readonly progress: { readonly done: number; readonly of: number };
}

/** Some steps of a plan. */
export interface PlanSteps {
  readonly steps: readonly PlannedStep[];
  /** How many steps were found. */
  readonly found: number;
  /** The position to go on from; null where there is no more. */
  readonly next: number | null;
}

/** A stored plan in the list of a company. */
export interface ListedPlan extends StoredPlanLine {
  /** Whether something of the company was changed since: it will probably be refused. */
  readonly changed_since: boolean;
}

/** A stored plan with some of its steps. */
export interface StoredPlanView extends ListedPlan, PlanSteps {
  /** The counts of each kind of thing. */
  readonly kinds: Readonly<Record<string, StepCounts>>;
  readonly warnings: readonly FileError[];
  /** Why it failed. */
  readonly faults: readonly FileError[];
}

/** Which steps are asked for. */
export interface StepsAsked {
  /** In the name, id, kind or fields of a step, whatever the case of its letters. */
  readonly q?: string;
  readonly action?: PlannedStep['action'];
  readonly kind?: string;
  readonly after: number;
  readonly limit: number;
}

/** Plans of company files, applied by their ids. Each call rejects or throws with {@link StoredPlanError}. */
export interface StoredPlans {
  /** Plans for a file and keeps the plan with it. Also rejects as `Companies.apply` does. */
  make(company: string, file: Uint8Array): Promise<StoredPlanLine>;
  /** The plans of a company, newest first. */
  list(company: string): Promise<readonly ListedPlan[]>;
  show(company: string, id: string, asked: StepsAsked): Promise<StoredPlanView>;
  /** Begins to apply the file as it was planned. Over the brake `confirm` is the number of people who are removed. */
  apply(company: string, id: string, confirm: number | null, request: string): StoredPlanLine;
  erase(company: string, id: string): void;
}

/** Why something cannot be done with a stored plan. */
export type StoredPlanReason = 'no-company' | 'no-plan' | 'not-now' | 'confirm' | 'too-large';

/** Something that cannot be done with a stored plan. */
export class StoredPlanError extends Error {
  readonly reason: StoredPlanReason;

  constructor(reason: StoredPlanReason, message: string) {
    super(message);
    this.name = 'StoredPlanError';
    this.reason = reason;
  }
}
