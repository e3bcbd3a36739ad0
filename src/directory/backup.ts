/** How much a copy holds. */
export interface BackupSummary {
  readonly companies: number;
  readonly employees: number;
}

/** Copies of everything, made and put back while work goes on. */
export interface Backups {
  /** Everything as of one moment. The copy is complete before the first piece is given out; read it, or break off. */
  copy(): Promise<AsyncIterable<Uint8Array>>;
  /**
   * Puts a copy in the place of everything, at one moment and as a whole, and says what it holds. Throws
   * {@link BackupError} and leaves all as it is where the copy cannot be used, or, unless forced, where there is
   * something already.
   */
  restore(pieces: AsyncIterable<Uint8Array>, options: RestoreOptions): Promise<BackupSummary>;
}

/** How a copy is put back. */
export interface RestoreOptions {
  readonly force: boolean;
  /** A copy with an app that has one of these secrets cannot be used. */
  readonly forbiddenSecrets?: readonly string[];
}

/** An app of a company, both by the names that callers and operators know. */
export interface AppFound {
  readonly company: string;
  readonly app: string;
}

/** Why a copy cannot be made or put back. */
export type BackupErrorReason =
  /** It did not arrive whole. */
  | 'cut-short'
  /** It is no copy of a directory, or has been damaged since, or is of a newer release. */
  | 'unusable'
  /** There is something that would be lost. */
  | 'occupied'
  /** Another copy is being made or put back. */
  | 'busy'
  /** There is nothing that could be copied, or no place where something could be put back to stay. */
  | 'pointless';

/** A copy that cannot be made or put back, in one sentence; nothing was changed. */
export class BackupError extends Error {
  readonly trouble: BackupErrorReason;

  constructor(trouble: BackupErrorReason, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = 'BackupError';
    this.trouble = trouble;
  }
}
