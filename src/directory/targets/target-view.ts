import type { StepOutcome } from './step-outcome.ts';
import type {
  DeliveryState,
  KeptProbe,
  Link,
  LinkPage,
  LinkState,
  NewLink,
  Subject,
  TargetState,
  Verified,
} from './target-store.ts';

/** What a target is at this moment, at this place, with the settings of today. */
export interface TargetStanding {
  readonly state: TargetState;
  readonly reason: string | null;
  /** What leads to `on`; null where it is. */
  readonly wayBack: string | null;
}

/** Why something cannot be done with a target, in a sentence. */
export class TargetError extends Error {
  /** `missing`: there is none; `refused`: its state does not allow it; `busy`: something else works on it. */
  readonly kind: 'missing' | 'refused' | 'busy';

  constructor(kind: TargetError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Departments that wait for a plan: how many, and the first of them by our ids. */
export interface WaitingDepartments {
  readonly count: number;
  readonly first: readonly string[];
  /** Whether the company file lets a plan do it. */
  readonly wanted: boolean;
}

/** What is shown of a target. */
export interface TargetView extends TargetStanding {
  readonly platform: string;
  readonly baseUrl: string | null;
  readonly links: Readonly<Partial<Record<LinkState, number>>>;
  /** Deliveries that are not over, by state. */
  readonly open: Readonly<Partial<Record<DeliveryState, number>>>;
  /** Changes of the log that were not looked at yet; null where no one follows the log for it. */
  readonly behind: number | null;
  /** Departments that were renamed or moved and wait for a plan; null where no one follows the log for it. */
  readonly departmentsWaiting: WaitingDepartments | null;
  readonly probe: KeptProbe | null;
  /** Predictions that were right, and those that were not. */
  readonly accuracy: { readonly hits: number; readonly misses: number };
  /** What the brake counted in the last 24 hours, by kind. */
  readonly today: Readonly<Record<string, number>>;
}

/** What an operator does with the live tenants of a company. Each throws {@link TargetError}. */
export interface LiveTargets {
  list(key: string): Promise<readonly TargetView[]>;
  show(key: string, platform: string): Promise<TargetView>;
  enable(key: string, platform: string): Promise<TargetView>;
  pause(key: string, platform: string): Promise<TargetView>;
  resume(key: string, platform: string): Promise<TargetView>;
  off(key: string, platform: string): Promise<TargetView>;
  release(key: string, platform: string, counts: Readonly<Record<string, number>>): Promise<number>;
  links(key: string, platform: string, page: LinkPage): Promise<readonly Link[]>;
  put(key: string, platform: string, links: readonly NewLink[]): Promise<void>;
  remove(key: string, platform: string, subject: Subject): Promise<boolean>;
  /** Keeps what a read showed to be the same on both sides as the base of the links. */
  settle(key: string, platform: string, verified: readonly Verified[]): Promise<void>;
  /** Keeps what steps of a plan came to. */
  book(key: string, platform: string, outcomes: readonly StepOutcome[]): Promise<void>;
  ofEmployee(key: string, employee: string): Promise<readonly EmployeeOnTarget[]>;
}

/** One employee on one live tenant. */
export interface EmployeeOnTarget {
  readonly target: TargetView;
  readonly link: Link | null;
  /** How many deliveries of the employee are kept. */
  readonly deliveries: number;
}
