import { silentLog, startMingce } from '../src/index.ts';

/* Prints the milliseconds that starting the demo company inside one's own process takes, once everything is imported. */

const from = performance.now();
const mingce = await startMingce({ demo: true, log: silentLog });
process.stdout.write(`${String(performance.now() - from)}\n`);
await mingce.close();
