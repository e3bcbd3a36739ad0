import type { ClockView } from '../clock/contract.ts';
import type { StateDifference } from '../snapshots/contract.ts';
import type { ChangeLine, ChangeQuery, UndoAnswer, UndoOptions } from '../history/contract.ts';
import type { FaultRule } from '../../directory/faults/fault.ts';
import type { FaultView } from '../faults/contract.ts';
import type { MemberResult, WholeRequestView } from '../journal/contract.ts';

/* Types of the published package: what they lead to needs no types of Node. */

/** A call that was answered, with what became of each member. */
export interface RequestEntry extends WholeRequestView {
  /** Finds what became of a member, by its whole name (`employee.mobile`) or its last one (`mobile`). */
  field(name: string): MemberResult | undefined;
}

/** The calls that this Mingce answered, as a test looks at them; people are shown as they are. */
export interface Requests {
  /** Returns the calls that a search finds, newest first; all without one. Rejects a search that cannot be read. */
  list(search?: string): readonly RequestEntry[];
  /** Returns the newest call that a search finds. Throws where there is none. */
  last(search?: string): RequestEntry;
  /** Forgets all calls. */
  clear(): void;
}

/** What a test does with one company; `Platform` is the names of the platforms. */
export interface CompanyTools<Platform extends string = string> extends AppTools<Platform>, StateTools, HistoryTools {
  /** The company's clock. */
  readonly clock: CompanyClock;
  /** The rules by which calls of the company fail. */
  readonly faults: Faults;
}

/** What acts as the apps of one company, whose secrets are known from the file that was applied through this instance. */
export interface AppTools<Platform extends string = string> {
  /** Each returns a valid token of an app, the first one of the platform unless another is named. */
  readonly tokens: Readonly<Record<Platform, (options?: { readonly app?: string }) => Promise<string>>>;
  /** Each returns what a client of the platform is given: credentials and base URL. */
  readonly client: Readonly<Record<Platform, (app?: string) => Readonly<Record<string, string>>>>;
}

/** What puts one company back. */
export interface StateTools {
  /** Makes the company as its file made it; valid tokens stay so unless they are to be restored. */
  reset(options?: { readonly tokens?: 'keep' | 'restore' }): Promise<void>;
  /** Keeps the company as it is, under a name of its own unless one is given. */
  snapshot(name?: string): Promise<CompanySnapshot>;
}

/** A kept state of a company; disposing of it puts the company back. */
export interface CompanySnapshot extends AsyncDisposable {
  readonly name: string;
  /** Makes the company as it was, its tokens too unless they are to be kept, as for a client that remembers a later one. */
  restore(options?: { readonly tokens?: 'keep' | 'restore' }): Promise<void>;
  /** Lists what differs from then to another state: `@now` (the default), a snapshot, `@applied` or another company. */
  diff(to?: string): Promise<StateDifference>;
  remove(): Promise<void>;
}

/** What was changed in one company, and what takes it back. */
export interface HistoryTools {
  readonly history: CompanyChanges;
  /** Takes a change back, by its number; nothing is written where there are conflicts. */
  undo(change: number, options?: UndoOptions): Promise<UndoAnswer>;
}

/** What was changed in a company. */
export interface CompanyChanges {
  /** Returns the changes of an employee by any id of any platform, newest first; of one field if that is named. */
  of(employee: string, field?: string): Promise<readonly ChangeLine[]>;
  /** Reads the changes of the company, newest first. */
  feed(about?: ChangeQuery): AsyncIterable<ChangeLine>;
}

/** A length of time; what is left out is 0. */
export interface DurationParts {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** The clock of one company: forward only. Each method rejects with an error that says what to do. */
export interface CompanyClock {
  /** Returns the present instant as the company has it. */
  now(): Promise<Date>;
  /** Moves time forward by so much, e.g. `PT2H` (ISO 8601) or `{ hours: 2 }`; the answer lists what became due. */
  advance(by: string | DurationParts): Promise<ClockView>;
  /** Moves time forward to an instant. */
  to(at: string | Date): Promise<ClockView>;
  /** Lists what would become due by then, and moves nothing. */
  plan(by: string | DurationParts): Promise<ClockView>;
  /** Stops time. */
  freeze(): Promise<ClockView>;
  /** Lets time go on from where it stopped. */
  resume(): Promise<ClockView>;
}

/** A rule to add: one with an effect, or with the name of a preset that has one. */
export type NewFault = Partial<Omit<FaultRule, 'from_file'>>;

/** A rule that was added; disposing it removes it. */
export interface Fault extends AsyncDisposable {
  readonly id: string;
  /** Returns the rule with how many calls it matched (`n`) and how often it fired. */
  view(): Promise<FaultView>;
  enable(enabled: boolean): Promise<void>;
  remove(): Promise<void>;
}

/** The rules by which calls of one company fail, in their order. Each method rejects with an error that says what to do. */
export interface Faults {
  /** Adds a rule after the others; a text is the name of a preset. */
  add(rule: string | NewFault): Promise<Fault>;
  list(): Promise<readonly FaultView[]>;
  /** Removes all rules. */
  clear(): Promise<void>;
}
