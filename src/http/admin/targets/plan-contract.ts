import type { TargetPlanLine } from '../../../directory/targets/plan-view.ts';
export type { TargetPlanState } from '../../../directory/targets/target-store.ts';

export type {
  ApplyChoice,
  DeadLetters,
  DeliveriesReplayed,
  DeliveryLine,
  DeliveryList,
  DeliveryRetried,
  PersonDelivery,
  TargetPlanLine,
  TargetPlanList,
  TargetPlanStep,
  TargetPlanView,
} from '../../../directory/targets/plan-view.ts';

/** Which employees a plan is made for; absent: all in scope. */
export interface NewPlanBody {
  readonly only?: readonly string[];
}

/** Counts over the brake that are allowed; each must be the plan's own number. */
export interface AllowBody {
  readonly counts: Readonly<Record<string, number>>;
}

/** The plan that takes a delivery back, and the live tenant that it is for. */
export interface UndoDelivery extends TargetPlanLine {
  readonly target: string;
}
