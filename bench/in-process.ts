import type * as library from '../src/index.ts';

/* Prints the milliseconds that starting the demo company inside one's own process takes, once everything is imported from the bundle. */

const { silentLog, startMingce } = (await import(new URL('../build/index.js', import.meta.url).href)) as typeof library;
const from = performance.now();
const mingce = await startMingce({ demo: true, log: silentLog });
process.stdout.write(`${String(performance.now() - from)}\n`);
await mingce.close();
