/* Types of the published package: what they lead to needs no types of Node. */

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
    }
  | {
      readonly kind: 'query';
      /** The name of the parameter. */
      readonly at: string;
      readonly from?: string;
      /** Absent where it is removed. */
      readonly to?: string;
    }
  /** A parameter of the path, or `version`. */
  | { readonly kind: 'path'; readonly at: string; readonly from: string; readonly to: string }
  /** `from` is null where the caller was not known. */
  | { readonly kind: 'app'; readonly at: string; readonly from: string | null; readonly to: string }
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

/** The nearest request that passes, as the company is now. */
export type Nearest =
  | {
      readonly verified: true;
      readonly steps: readonly NearestStep[];
      /** The whole request; it can be sent with `POST /mingce/v1/requests/{id}/replay`. */
      readonly request: {
        readonly method: string;
        /** With the query, but for tokens. */
        readonly path: string;
        readonly body: unknown;
        readonly company: string;
        readonly app: string;
      };
      /** The same in a sentence. */
      readonly text: string;
      /** How many requests were tried; none was written. */
      readonly runs: number;
    }
  | {
      readonly verified: false;
      /** `exhausted`: nothing that was tried passes; `bounds`: not everything could be; `not-run`: nothing was tried. */
      readonly reason: 'exhausted' | 'bounds' | 'not-run';
      /** Why nothing was tried. */
      readonly detail?: string;
      readonly runs: number;
    };
