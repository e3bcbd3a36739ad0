import type { App } from '../directory/auth/app.ts';
import type { FaultEffect, FaultMatch } from '../directory/fault.ts';
import type { Tenant } from '../directory/tenant.ts';

/** Something that becomes otherwise by the passing of time alone. */
export interface DueItem {
  /** When, in epoch milliseconds as the company has it. */
  readonly at: number;
  /** The dialect's own name for this kind of thing, e.g. `licence`. */
  readonly kind: string;
  /** Which one, by an id or name that the company file or the platform has for it. */
  readonly subject: string;
  /** How it is before and after. */
  readonly was: string;
  readonly is: string;
}

/** How a code is worded that the dialect itself does not know. */
export interface Wording {
  /** Null where it is not documented; then the platform's usual one is taken. */
  readonly status: number | null;
  /** The sentence; `{}` is a part that varies. */
  readonly message: string;
}

/** What a refusal is worded with. */
export interface RefusalFacts {
  readonly tenant: Tenant;
  readonly app: App;
  /** The operation's name in `coverage.ts`. */
  readonly operation: string;
  /** When it is answered, in epoch milliseconds as the company has it. */
  readonly at: number;
  /** What the sentence names, in its order. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Asked where the dialect does not know the code. */
  readonly wording?: () => Wording | null;
  /** For how much longer a limit holds. */
  readonly secondsLeft?: number;
}

/** A rule that makes calls fail as they fail on the platform, to be used by its name. */
export interface FaultPreset {
  readonly effect: FaultEffect;
  readonly match?: FaultMatch;
  readonly share?: number;
  readonly times?: number;
}
