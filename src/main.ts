import { enableCompileCache } from 'node:module';

// What was stripped of its types and compiled once need not be again: a start takes a third less time.
enableCompileCache();
/** Commands that are there for others than who reads their output. */
const LASTING = new Set(['serve', 'proxy']);
// A reader that has seen enough, as `| head` has, ends a command without a word; a server goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  if (!LASTING.has(process.argv[2] ?? '')) process.exit();
});
const { run } = await import('./cli/program.ts');
// Set, not forced: what was written to a pipe is still on its way.
process.exitCode = await run(process.argv.slice(2));
