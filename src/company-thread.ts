// The program of threads: of the one in which `app.ts` has long company files read, and of the one that judges rows of long tables.

import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { serveReading } from './company/reading/reading-thread.ts';
import { dialects } from './dialects/registry.ts';
import { JUDGE } from './sandbox/acting/judge-messages.ts';
import { serveJudging } from './sandbox/acting/judge-thread.ts';

/** Requests go first. Elsewhere than on Linux this would be the priority of the whole process. */
const NICENESS = 10;

if (parentPort !== null && workerData === JUDGE) {
  // The thread that hands rows over waits for them, so it is not given less than that one.
  serveJudging(parentPort, dialects);
} else if (parentPort !== null) {
  if (process.platform === 'linux') setPriority(NICENESS);
  serveReading(parentPort, dialects);
}
