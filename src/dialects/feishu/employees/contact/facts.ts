import type { Employee } from '../../../../directory/employees/employee.ts';
import type { UserProblem } from './errors.ts';
import type { UserBody, UserWrite } from '../../protocol/contact/user-body.ts';
import type { Refusal } from '../../protocol/errors.ts';
import type { Facts } from '../facts.ts';
import type { NamedEntries } from './catalog-names.ts';
import type { Placement } from './departments.ts';

/** Everything the rules may ask about one write of the contact API: what the directory's rules ask, and its own. */
export interface UserFacts extends Facts {
  readonly write: UserWrite;
  readonly body: UserBody;
  readonly named: NamedEntries;
  /** Null where departments stay, or cannot be made out. */
  readonly placement: Placement | null;
  readonly attributeProblem: UserProblem | null;
  /** Who has the new enterprise mail as a work mail. */
  readonly workMailHolders: readonly Employee[];
  /** Counts this write against the limit of its kind, once however often it is asked; whether it is one too many. */
  readonly isTooFast: () => boolean;
}

/** One demand of the contact API: null when it is met. */
export type UserRule = (facts: UserFacts) => Refusal<UserProblem> | null;
