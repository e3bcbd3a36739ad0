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
