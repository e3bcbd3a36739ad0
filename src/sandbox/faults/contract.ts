import type { FaultRule } from '../../directory/faults/fault.ts';

/* Types of the published package: what they lead to needs no types of Node. */

/** A rule as it is, with how many calls it met. */
export interface FaultView extends FaultRule {
  /** How many calls it matched. */
  readonly n: number;
  /** How often it fired. */
  readonly fired: number;
}

/** `GET /mingce/v1/companies/{key}/faults`. */
export interface FaultList {
  readonly faults: readonly FaultView[];
  /** The names of the presets that a rule can be made from. */
  readonly presets: readonly string[];
}
