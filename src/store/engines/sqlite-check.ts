import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const TASK = 'mingce check of a file';

/**
 * Reads a whole database file and answers what is damaged in it, nothing if all is well; rejects where the file is no
 * database. In a thread of its own, since it takes as long as the file is large.
 */
export async function damageIn(file: string): Promise<readonly string[]> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { task: TASK, file } });
  const [found] = (await once(worker, 'message')) as [readonly string[]];
  return found;
}

function check(file: string): readonly string[] {
  const db = new DatabaseSync(file, { readOnly: false });
  try {
    // No shared-memory file is made, and the log beside the file goes when it is closed.
    db.exec('PRAGMA locking_mode = EXCLUSIVE');
    const rows = db.prepare('PRAGMA integrity_check(5)').all();
    return rows.map((row) => String(row['integrity_check'])).filter((said) => said !== 'ok');
  } finally {
    db.close();
  }
}

const data: unknown = workerData;
if (!isMainThread && typeof data === 'object' && data !== null && 'task' in data && data.task === TASK) {
  const { file } = data as unknown as { readonly file: string };
  parentPort?.postMessage(check(file));
}
