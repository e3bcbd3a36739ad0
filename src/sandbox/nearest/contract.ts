/* Types of the published package: what they lead to needs no types of Node. */

/**
 * What a value of a step is: `example`, so that another valid one does as well; `other`, which asks for something else than
 * the request did; `drops`, which leaves out some of what was sent.
 */
export type StepNote = 'example' | 'other' | 'drops';

/**
 * One change that is part of what makes a refused call pass. `again`: the same call, with a fresh token; `wait`: the same,
 * after so many seconds.
 */
export type NearestStep =
  | {
      readonly kind: 'remove' | 'set' | 'add';
      /** A JSON Pointer into the body. */
      readonly at: string;
      readonly from?: unknown;
      /** Absent where something is removed. */
      readonly to?: unknown;
      readonly note?: StepNote;
    }
  | {
      readonly kind: 'query';
      /** The name of the parameter. */
      readonly at: string;
      readonly from?: string;
      /** Absent where it is removed. */
      readonly to?: string;
      readonly note?: StepNote;
    }
  /** A parameter of the path; `version`; or `path`, the whole of it. */
  | {
      readonly kind: 'path';
      readonly at: string;
      readonly from: string;
      readonly to: string;
      readonly note?: StepNote;
    }
  /** `from` is null where the caller was not known. */
  | { readonly kind: 'app'; readonly at: string; readonly from: string | null; readonly to: string }
  /** Own ids of employees that the app acts for, with their own token; null where it acts for itself. */
  | { readonly kind: 'user'; readonly at: string; readonly from: string | null; readonly to: string | null }
  | {
      readonly kind: 'setting';
      /** As in a company file, e.g. `feishu.certified`. */
      readonly at: string;
      readonly from: unknown;
      readonly to: unknown;
      /** The same as part of a company file; null leaves a member out. */
      readonly company_file: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'again' }
  | { readonly kind: 'wait'; readonly seconds: number };

/** A whole request; it can be sent with `POST /mingce/v1/requests/{id}/replay`. */
export interface NearestCall {
  readonly method: string;
  /** With the query, but for tokens. */
  readonly path: string;
  readonly body: unknown;
  readonly company: string;
  readonly app: string;
  /** own id of the employee that the app acts for; absent where it acts for itself. */
  readonly user?: string;
}

/** One way to make a refused call pass. */
export interface NearestWay {
  readonly steps: readonly NearestStep[];
  readonly request: NearestCall;
  /** The steps in a sentence. */
  readonly text: string;
}

/** The state of the company that was asked. */
export interface NearestAsOf {
  /** The number of its newest change; null where there is none. */
  readonly change: number | null;
  /** The company's own time. */
  readonly at: string;
}

/** The nearest request that passes, as the company is now. */
export type Nearest =
  | (NearestWay & {
      readonly verified: true;
      /** Further ways that passed, none of which contains another one. */
      readonly others?: readonly NearestWay[];
      readonly as_of: NearestAsOf;
      /** How many requests were tried; none was written. */
      readonly runs: number;
    })
  | {
      readonly verified: false;
      /** `exhausted`: nothing that was tried passes; `bounds`: not everything could be; `not-run`: nothing was tried. */
      readonly reason: 'exhausted' | 'bounds' | 'not-run';
      /** Why nothing was tried. */
      readonly detail?: string;
      /** What the catalogue advises for such an answer in general; absent where it does not know the code. */
      readonly remedy?: string;
      readonly runs: number;
    };
