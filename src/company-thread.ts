// The program of the thread in which `app.ts` has long company files read.

import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { serveReading } from './company/reading/reading-thread.ts';
import { dialects } from './dialects/registry.ts';

/** Requests go first. Elsewhere than on Linux this would be the priority of the whole process. */
const NICENESS = 10;
if (process.platform === 'linux') setPriority(NICENESS);

if (parentPort !== null) serveReading(parentPort, dialects);
