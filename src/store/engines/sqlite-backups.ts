import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { BackupError } from '../../directory/backup.ts';
import type { Checked } from '../../directory/checked.ts';
import { StoreBusyError } from '../../directory/errors.ts';
import type { Engine, EngineBackups, SqlTask } from '../engine.ts';
import {
  assertIntact,
  copyInto,
  fsyncPath,
  receiveInto,
  removeDatabase,
  streamAndUnlink,
} from './sqlite-backup-files.ts';
import { integrityErrors } from './sqlite-check.ts';
import { asBusy, isShortOfSpace, lost } from './sqlite-errors.ts';
import { restorePath, snapshotPath } from './sqlite-names.ts';
import { MEMORY } from './sqlite-open.ts';
import type { DatabasePlace } from './sqlite-place.ts';

/** What copies need of the engine that they are of. */
export interface CopiedEngine {
  readonly file: string;
  readonly database: () => DatabaseSync;
  /** How the files are not as the engine left them; null where they are. */
  readonly loss: () => DatabasePlace['loss'];
  readonly openCopy: (file: string) => Engine;
  /** Puts a whole database in the place of the engine's own, in one go. */
  readonly putInPlace: (incoming: string, last: () => SqlTask<void>, replaced: () => void) => void;
}

/** Copies of an open database: made, checked and put back, one at a time. */
export class SqliteBackups implements EngineBackups {
  readonly #engine: CopiedEngine;
  /** Whether a copy is being made or put back. */
  #isCopying = false;

  constructor(engine: CopiedEngine) {
    this.#engine = engine;
  }

  copy(): Promise<AsyncIterable<Uint8Array>> {
    return this.#alone(() => this.#withCopy(streamAndUnlink));
  }

  /** Checks a copy for damage, so that no request waits meanwhile. */
  check(): Promise<Checked> {
    return this.#alone(() => this.#withCopy(integrityErrors));
  }

  replace<Result>(
    pieces: AsyncIterable<Uint8Array>,
    prepare: (copy: Engine) => Promise<Result>,
    last: () => SqlTask<void>,
    replaced: () => void,
  ): Promise<Result> {
    return this.#alone(() => this.#replace(pieces, prepare, last, replaced));
  }

  async #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#isCopying) {
      throw new BackupError('busy', 'A copy is being made or put back just now; try again when that is done.');
    }
    this.#isCopying = true;
    try {
      return await work();
    } catch (error) {
      throw isShortOfSpace(error) ? new StoreBusyError('there is no room for a copy', { cause: error }) : asBusy(error);
    } finally {
      this.#isCopying = false;
    }
  }

  async #withCopy<Result>(work: (copy: string) => Promise<Result>): Promise<Result> {
    const { file, database } = this.#engine;
    // What was deleted or moved is still open here, and can be saved.
    const loss = this.#engine.loss();
    if (loss === 'overwritten' || loss === 'taken') throw lost();
    const hasFolder = file !== MEMORY && existsSync(dirname(file));
    const copy = snapshotPath(hasFolder ? file : join(tmpdir(), `mingce-${randomUUID()}`));
    try {
      await removeDatabase(copy);
      await copyInto(database(), copy);
      return await work(copy);
    } finally {
      await removeDatabase(copy);
    }
  }

  async #replace<Result>(
    pieces: AsyncIterable<Uint8Array>,
    prepare: (copy: Engine) => Promise<Result>,
    last: () => SqlTask<void>,
    replaced: () => void,
  ): Promise<Result> {
    const { file, openCopy, putInPlace } = this.#engine;
    if (file === MEMORY) {
      throw new BackupError('pointless', 'This directory is only in memory; restore into a data folder instead.');
    }
    if (this.#engine.loss() !== null) throw lost();
    const incoming = restorePath(file);
    try {
      await removeDatabase(incoming);
      const { isOfToday } = await receiveInto(incoming, pieces);
      const copy = openCopy(incoming);
      let result: Result;
      try {
        result = await prepare(copy);
      } finally {
        await copy.close();
      }
      // What was brought up to date can be looked through only now.
      if (!isOfToday) await assertIntact(incoming);
      await fsyncPath(incoming);
      putInPlace(incoming, last, replaced);
      await fsyncPath(dirname(file));
      return result;
    } finally {
      await removeDatabase(incoming);
    }
  }
}
