import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vitest/config';

/** A thread whose program the bundle has, too. */
interface Thread {
  /** The source that begins it, how it names the program, and the bundle's. */
  readonly begins: string;
  readonly named: string;
  readonly program: string;
}

const THREADS: readonly Thread[] = [
  // Reads company files and judges rows of tables.
  { begins: '/src/app.ts', named: '`./company-thread${extname(import.meta.url)}`', program: 'company-thread.js' },
  // Looks through a database file.
  {
    begins: '/src/store/engines/sqlite-check.ts',
    named: 'new URL(import.meta.url)',
    program: 'store/engines/sqlite-check.js',
  },
];

/**
 * Has what runs in a test's own process begin threads from the bundle of the same sources, as in a package: from the
 * sources each loads up to hundreds of files, which takes three times the processor time.
 */
export const threadOfBundle: Plugin = {
  name: 'thread-of-bundle',
  enforce: 'pre',
  transform: (code, id) => {
    const program = process.env['TESTED_PROGRAM'];
    const thread = THREADS.find(({ begins }) => id.endsWith(begins));
    if (program === undefined || thread === undefined) return null;
    if (!code.includes(thread.named)) throw new Error(`${thread.begins} no longer has ${thread.named}`);
    const url = JSON.stringify(new URL(thread.program, pathToFileURL(program)).href);
    return code.replace(thread.named, thread.named.startsWith('new URL') ? `new URL(${url})` : url);
  },
};
