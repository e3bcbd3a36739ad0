import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { isSameFile, sharedName, type FileIdentity } from './sqlite-names.ts';
import type { OwnFiles } from './sqlite-presence.ts';

const TASK = 'mingce checkpoints of a log';

/** What a pass over the log is at: none is due, one was asked for, or one is under way. */
export const IDLE = 0;
export const ASKED = 1;
export const RUNNING = 2;

interface CheckpointTask {
  readonly task: typeof TASK;
  readonly file: string;
  readonly state: Int32Array;
}

/** Starts a thread that makes one pass over the log of a file for each message; the state says what it is at. */
export function startCheckpointThread(file: string, state: Int32Array): Worker {
  const task: CheckpointTask = { task: TASK, file, state };
  const thread = new Worker(new URL(import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  });
  thread.unref();
  return thread;
}

/** Brings what is in the log into the file, unless the pass was called off or another file has the name of one. */
function pass({ file, state }: CheckpointTask, own: OwnFiles): void {
  if (Atomics.compareExchange(state, 0, ASKED, RUNNING) !== ASKED) return;
  let db: DatabaseSync | undefined;
  try {
    // Passive: it never waits for the writer, nor the writer for it. The file is synced before the log may start again.
    db = new DatabaseSync(`${sharedName(file)}&mode=rw`);
    if (isAt(file, own.database) && isAt(`${file}-wal`, own.log)) db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch {
    // No room, or files that were taken away: the engine meets the same in its own writes, and says so.
  } finally {
    db?.close();
    Atomics.store(state, 0, IDLE);
    Atomics.notify(state, 0);
  }
}

function isAt(path: string, file: FileIdentity): boolean {
  const now = statSync(path, { throwIfNoEntry: false });
  return now !== undefined && isSameFile(now, file);
}

const data: unknown = workerData;
if (!isMainThread && typeof data === 'object' && data !== null && 'task' in data && data.task === TASK) {
  // Made by `startCheckpointThread`.
  const task = data as CheckpointTask;
  parentPort?.on('message', (own: OwnFiles) => {
    pass(task, own);
  });
}
