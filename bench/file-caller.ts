import { readFile } from 'node:fs/promises';
import { parentPort, Worker, workerData } from 'node:worker_threads';

/** A call with a long body or a long answer. */
export interface FileCall {
  readonly method: string;
  readonly url: string;
  readonly key: string;
  /** The file that is the body; undefined for none. */
  readonly file: string | undefined;
}

/**
 * Makes a call with a long body or answer, and returns its status once the answer was read to its end. It does so in a thread of its
 * own, so that what measures others' latency in this one is not kept waiting by it.
 */
export function callApart(call: FileCall): Promise<number> {
  const worker = new Worker(new URL(import.meta.url), { workerData: call });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

if (parentPort !== null) {
  const { method, url, key, file } = workerData as FileCall;
  const answer = await fetch(url, {
    method,
    headers: { Authorization: `Bearer ${key}` },
    ...(file === undefined ? {} : { body: await readFile(file) }),
  });
  for await (const _piece of answer.body ?? []);
  parentPort.postMessage(answer.status);
}
