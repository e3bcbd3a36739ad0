import { closeSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { FileLock } from './sqlite-lock.ts';
import { isSameFile, type FileIdentity } from './sqlite-names.ts';

/** What became of the files of an open database behind its back. */
export type Loss =
  /** The database is not where it was opened: deleted, or its folder renamed. */
  | 'gone'
  /** Another file is in its place. */
  | 'replaced'
  /** Another program wrote into it, or cut it short. */
  | 'overwritten'
  /** The log beside it is gone, cut short, or another one. */
  | 'log'
  /** Another server has it open. */
  | 'taken';

/** What happened and what to do, each in words for the log. */
export const LOSSES: Readonly<Record<Loss, string>> = {
  gone: 'The database file is gone or its folder was renamed. Nothing more is kept. Put the same file back; or keep a copy with mingce backup --server, stop this server, restore the copy and start again.',
  replaced:
    'The database file was replaced by another one. Nothing more is kept. Put the same file back; or keep a copy of what was there with mingce backup --server, stop this server and start again with the data you want.',
  overwritten:
    'Another program wrote into the database file. Nothing more is kept. Stop this server, restore a backup and start again.',
  log: 'The log beside the database file is gone or another one. Nothing more is kept; what the log held was brought into the database. Stop this server and start again.',
  taken: 'Another server has the data folder open. Nothing more is kept here. Stop one of the two.',
};

/** The files of an open database. */
export interface OwnFiles {
  readonly database: FileIdentity;
  readonly log: FileIdentity;
}

/** What writes into the file of this process besides the one who asks. */
export interface OwnPasses {
  /** How many were begun. */
  readonly passes: number;
  readonly isUnderWay: boolean;
}

/** How long another server may be overlooked while writes follow one another, in milliseconds. */
const LOCK_LOOK_MS = 100;
const FIRST_PAGE = 4_096;

/**
 * Looks whether an open database still is where it was opened. An open file stays readable and writable when its name is
 * gone, so that without a look everything would seem well until the end of the process.
 */
export class FilePresence {
  readonly #file: string;
  readonly #lock: FileLock;
  readonly #own: OwnPasses;
  /** The pass up to which everything of this process's is remembered. */
  #passesSeen: number;
  /** Open as long as the database is: to close it would drop SQLite's lock. */
  readonly #fd: number;
  readonly #page = Buffer.alloc(FIRST_PAGE);
  readonly #identity: FileIdentity;
  #size = 0;
  #writtenAt = 0;
  #log: FileIdentity | null = null;
  #logSize = 0;
  #lockLookedAt = -LOCK_LOOK_MS;

  /** To be made when the database has been opened and nothing was written since. */
  constructor(file: string, lock: FileLock, own: OwnPasses) {
    this.#file = file;
    this.#lock = lock;
    this.#own = own;
    this.#passesSeen = own.passes;
    this.#fd = openSync(file, 'r');
    this.#identity = statSync(file);
    this.remember();
    this.#lookAtLog();
  }

  /** Takes in how the files are after this process wrote them; answers what is wrong with them already. */
  remember(): Loss | null {
    const now = statOf(this.#file);
    if (now === undefined) return 'gone';
    if (!isSameFile(now, this.#identity)) return 'replaced';
    // Nothing of ours makes it shorter.
    if (now.size < this.#size) return 'overwritten';
    if (now.mtimeMs !== this.#writtenAt || now.size !== this.#size) this.#keep(now);
    return null;
  }

  /** What is wrong with the files before this process writes again. */
  look(): Loss | null {
    const now = statOf(this.#file);
    if (now === undefined) return 'gone';
    if (!isSameFile(now, this.#identity)) return 'replaced';
    const at = performance.now();
    if (at - this.#lockLookedAt >= LOCK_LOOK_MS) {
      if (this.#lock.isTaken()) return 'taken';
      this.#lockLookedAt = at;
    }
    if (now.size < this.#size) return 'overwritten';
    const { passes, isUnderWay } = this.#own;
    // While a pass writes, what is found is its own; once it is over, that is remembered.
    if (!isUnderWay && passes !== this.#passesSeen) {
      this.#passesSeen = passes;
      this.#keep(now);
    } else if (!isUnderWay && (now.size !== this.#size || now.mtimeMs !== this.#writtenAt)) {
      if (this.#isOtherPage()) return 'overwritten';
      // Touched, or on a disk that tells later when it was written.
      this.#size = now.size;
      this.#writtenAt = now.mtimeMs;
    }
    return this.#lookAtLog();
  }

  /** Which database and which log were opened; null as long as there is no log. */
  get own(): OwnFiles | null {
    return this.#log === null ? null : { database: this.#identity, log: this.#log };
  }

  /** Whether the log beside the file is the one of this database. */
  hasOwnLog(): boolean {
    const now = statOf(`${this.#file}-wal`);
    return now !== undefined && this.#log !== null && isSameFile(now, this.#log);
  }

  /** Remembers the file as it is. */
  #keep({ size, mtimeMs }: Stats): void {
    this.#size = size;
    this.#writtenAt = mtimeMs;
    readSync(this.#fd, this.#page, 0, FIRST_PAGE, 0);
  }

  #lookAtLog(): Loss | null {
    const now = statOf(`${this.#file}-wal`);
    if (this.#log === null) {
      this.#log = now ?? null;
      this.#logSize = now?.size ?? 0;
      return null;
    }
    if (now === undefined || !isSameFile(now, this.#log) || now.size < this.#logSize) return 'log';
    this.#logSize = now.size;
    return null;
  }

  #isOtherPage(): boolean {
    const page = Buffer.alloc(FIRST_PAGE);
    readSync(this.#fd, page, 0, FIRST_PAGE, 0);
    return !page.equals(this.#page);
  }

  /** After the database was closed. */
  close(): void {
    closeSync(this.#fd);
  }
}

const NONE = { throwIfNoEntry: false } as const;

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, NONE);
  } catch {
    // The folder cannot be entered any more, or is none.
    return undefined;
  }
}
