/** The subject of a problem: a field of the record, or an id space or a field of a request that only a dialect knows. */
export type Subject = string;

/** Why the directory or a dialect's rules refuse, independent of any dialect; each dialect words it in its own way. */
export type Problem =
  /** The value has not the form it must have. */
  | { readonly kind: 'invalid'; readonly subject: Subject; readonly value?: unknown }
  /** More characters, entries or people than allowed. */
  | { readonly kind: 'too-long'; readonly subject: Subject; readonly limit: number }
  /** A value that must be there is absent, or would be taken away. */
  | { readonly kind: 'missing'; readonly subject: Subject }
  /** Another employee has the value; it is given where the platform's answer contains it. */
  | { readonly kind: 'taken'; readonly subject: Subject; readonly value?: string }
  /** The thing referred to does not exist. */
  | { readonly kind: 'unknown'; readonly subject: Subject; readonly value: string }
  /** The thing referred to exists, but may not be chosen any more. */
  | { readonly kind: 'disabled'; readonly subject: Subject; readonly value: string }
  /** Several things answer to the value. */
  | { readonly kind: 'ambiguous'; readonly subject: Subject; readonly value: string }
  /** The employee would be an own superior, or the department its own ancestor. */
  | { readonly kind: 'loop'; readonly subject: 'leader' | 'dottedLeaders' | 'parent' }
  /** The value may not be changed in the state the record is in. */
  | { readonly kind: 'locked'; readonly subject: Subject }
  /** The caller may not do this to this record. */
  | { readonly kind: 'forbidden'; readonly subject: Subject }
  /** The employee has left. */
  | { readonly kind: 'left'; readonly subject: Subject };

/** A refusal on its way out of a transaction; nothing the transaction asked for is written. */
export class DirectoryError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.kind}: ${problem.subject}`);
    this.name = 'DirectoryError';
    this.problem = problem;
  }
}

/** Something that is kept is not as it was written, so it is not answered with; trying again does not help. */
export class StoreDamagedError extends Error {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StoreDamagedError';
  }
}

/**
 * The store cannot write now; a retry may help. Nothing was written, except that this is unknown where the connection
 * broke during the commit.
 */
export class StoreBusyError extends Error {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StoreBusyError';
  }
}
