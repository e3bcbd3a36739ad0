import { enableCompileCache } from 'node:module';

// What was stripped of its types and compiled once need not be again: a start takes a third less time.
enableCompileCache();
const { run } = await import('./cli/program.ts');
// Set, not forced: what was written to a pipe is still on its way.
process.exitCode = await run(process.argv.slice(2));
