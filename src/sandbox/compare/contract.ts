/* Types of the published package: what they lead to needs no types of Node. */

/** One place in which two answers differ. */
export interface Difference {
  /** A JSON Pointer into the body; `status`, or `header:` with the name of one. */
  readonly at: string;
  /** `missing`: only the former answer has it; `extra`: only the new one; `order`: the same entries otherwise ordered. */
  readonly kind: 'missing' | 'extra' | 'value' | 'type' | 'order' | 'status' | 'header';
  /** In the former answer; absent where it has none. */
  readonly was?: unknown;
  /** In the new answer; absent where it has none. */
  readonly is?: unknown;
}

/** What became of one captured call. */
export interface ComparedCall {
  /** Its place in the capture, from 0. */
  readonly index: number;
  readonly at: string;
  readonly platform: string | null;
  readonly operation: string | null;
  readonly method: string;
  /** Path and query, without tokens and with people masked. */
  readonly path: string;
  /** `not-served`: the directory does not have the operation; `skipped`: it was not sent, see `reason`. */
  readonly verdict: 'same' | 'different' | 'not-served' | 'skipped';
  readonly reason?: string;
  /** An earlier call on the same record that was answered otherwise, so that this one may only follow from it. */
  readonly follows?: number;
  readonly differences: readonly Difference[];
}

/** Where a capture and the directory differ. */
export interface CaptureReport {
  readonly totals: {
    readonly same: number;
    readonly different: number;
    readonly not_served: number;
    readonly skipped: number;
  };
  readonly entries: readonly ComparedCall[];
}
