import { fileURLToPath, pathToFileURL } from 'node:url';

/** The program that tests start: the bundle of its sources as they are, as a package has it; outside of tests the sources. */
export const PROGRAM = process.env['TESTED_PROGRAM'] ?? fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** The library of that program, as `import()` takes it: a program that is started a hundred times is up in half the time. */
export const LIBRARY =
  process.env['TESTED_PROGRAM'] === undefined
    ? new URL('../../src/index.ts', import.meta.url).href
    : new URL('index.js', pathToFileURL(PROGRAM)).href;
