import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vitest/config';

/** How `src/app.ts` names the program of the thread that reads company files. */
const NAMED = '`./company-thread${extname(import.meta.url)}`';

/**
 * Has the servers of a test's own process begin that thread from the bundle of the same sources, as in a package: from the
 * sources it loads hundreds of files, for each server, which takes three times the processor time.
 */
export const threadOfBundle: Plugin = {
  name: 'thread-of-bundle',
  enforce: 'pre',
  transform: (code, id) => {
    const program = process.env['TESTED_PROGRAM'];
    if (program === undefined || !id.endsWith('/src/app.ts')) return null;
    if (!code.includes(NAMED)) throw new Error(`src/app.ts no longer has ${NAMED}`);
    return code.replace(NAMED, JSON.stringify(new URL('company-thread.js', pathToFileURL(program)).href));
  },
};
