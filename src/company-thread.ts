// The program of the thread in which `app.ts` has long company files read.

import { parentPort } from 'node:worker_threads';
import { serveReading } from './company/reading/reading-thread.ts';
import { dialects } from './dialects/registry.ts';

if (parentPort !== null) serveReading(parentPort, dialects);
