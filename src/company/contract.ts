import type { TenantState } from '../directory/tenant.ts';
import { counted } from '../lib/counted.ts';
import { messageZh } from './mistakes/messages-zh.ts';

/** One thing that applying a company file would do, or did. */
export interface PlannedStep {
  readonly action: 'add' | 'change' | 'remove';
  /** What kind of thing: `company`, `department`, `employee`, `app`, a catalogue's name, `custom-field`, `account`. */
  readonly kind: string;
  /** Its own id. */
  readonly id: string;
  /** What people call it; absent for what has no name, e.g. an app. */
  readonly name?: string;
  /** For `change`: the fields that differ, as a company file names them, e.g. `mobile` or `feishu.locked`. */
  readonly fields: readonly string[];
  /** For `change`: the values of these fields, null where there is none; long ones are cut. Never those of a secret. */
  readonly values?: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
}

/** What applying a company file would do, or did. Empty when the directory already is as the file says. */
export interface Plan {
  readonly company: string;
  readonly steps: readonly PlannedStep[];
  /** What is probably not meant in the file, e.g. a mobile of two employees; absent where there is nothing. */
  readonly warnings?: readonly FileError[];
  /** Names the state of the company that was planned for. Applied with it, a file is refused where the company moved since. */
  readonly state: string;
  /** How many employees there were. */
  readonly present: number;
}

/** A file that was planned for another state of the company; nothing was changed. */
export class CompanyMovedError extends Error {
  constructor() {
    super('The company was changed after the plan was made; plan again.');
    this.name = 'CompanyMovedError';
  }
}

/** Something wrong in a company file. */
export interface FileError {
  /** From the top of the file, e.g. `employees[3].mobile`. */
  readonly path: string;
  /** 1-based; absent where the file's form has no lines to point at. */
  readonly line?: number;
  readonly message: string;
  /** The same in Chinese; absent where there is only the English sentence. */
  readonly message_zh?: string;
  /** What the file has there, as JSON and cut; absent for secrets, lists and maps. */
  readonly value?: string;
  /** At most three names that may have been meant. */
  readonly did_you_mean?: readonly string[];
}

/** The same mistake with its sentence in Chinese, where there is one. */
export function withChinese(fault: FileError): FileError {
  const zh = fault.message_zh ?? messageZh(fault.message);
  return zh === undefined ? fault : { ...fault, message_zh: zh };
}

/** A company file that cannot be applied, with everything that is wrong with it. */
export class CompanyFileError extends Error {
  readonly faults: readonly FileError[];

  constructor(faults: readonly FileError[]) {
    super(
      faults
        .map(({ path, line, message }) => `${line === undefined ? '' : `line ${String(line)}: `}${path}: ${message}`)
        .join('\n'),
    );
    this.name = 'CompanyFileError';
    this.faults = faults.map(withChinese);
  }
}

/** A company of more people than a file is for. */
export class CompanyTooLargeError extends Error {
  constructor(people: number, most: number) {
    super(
      `The company has ${String(people)} employees, and a file is for up to ${String(most)}; keep a copy of the whole store instead.`,
    );
    this.name = 'CompanyTooLargeError';
  }
}

/** How many people applying a file may remove: any number, or no more than a mistake in the file should. */
export type Removals = 'allow' | 'few';

/** Is called while a file is applied, with how many pieces of it are done. */
export type ApplyProgress = (done: number, of: number) => void;

/** How many employees a file would remove, of how many there are. */
export interface RemovalCount {
  readonly removed: number;
  readonly present: number;
}

/** A company file that would remove more employees than was allowed; nothing was changed. */
export class RemovalsError extends Error {
  readonly count: RemovalCount;

  constructor(count: RemovalCount) {
    super(`The file would remove ${String(count.removed)} of ${counted(count.present, 'employee')}.`);
    this.name = 'RemovalsError';
    this.count = count;
  }
}

/** What a company is, in a few numbers. */
export interface CompanySummary {
  readonly key: string;
  readonly name: string;
  readonly state: TenantState;
  /** People who have not left. */
  readonly employees: number;
  readonly departments: number;
  readonly apps: readonly { readonly platform: string; readonly app: string }[];
}

/** The companies of this installation as files. */
export interface Companies {
  keys(): Promise<readonly string[]>;
  /**
   * Makes the company equal to the file (YAML or JSON, as text or in UTF-8); with `plan` only says what that would do. The key in the
   * file must be `key`. `request` names this one application in the change log; without it a fresh name is made. Throws {@link CompanyFileError}, {@link CompanyTooLargeError} for one that is there already, and with
   * `state`, that of a plan, {@link CompanyMovedError} where the company is not as it was planned for. With
   * `few` {@link RemovalsError} where more than 10 employees, or more than 5 % of them, would be removed.
   */
  apply(
    key: string,
    file: string | Uint8Array,
    options?: {
      readonly plan?: boolean;
      readonly request?: string;
      readonly removals?: Removals;
      readonly state?: string;
      readonly progress?: ApplyProgress;
    },
  ): Promise<Plan>;
  /** Whether nothing of a company was changed since a file was last applied to it; null where there is no such company. */
  isAsApplied(key: string): Promise<boolean | null>;
  /** The company as a YAML file, without loss; null where there is no such company. Throws {@link CompanyTooLargeError}. */
  export(key: string): Promise<string | null>;
  /** The same, a piece at a time. */
  exportPieces(key: string): Promise<AsyncIterable<string> | null>;
  /** What the company is, in a few numbers; null where there is no such company. */
  summary(key: string): Promise<CompanySummary | null>;
  /** Removes the company with everything it has; false where there is none. `request` is as for {@link Companies.apply}. */
  remove(key: string, request?: string): Promise<boolean>;
}
