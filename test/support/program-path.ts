import { fileURLToPath } from 'node:url';

/** The program that tests start: the bundle of its sources as they are, as a package has it; outside of tests the sources. */
export const PROGRAM = process.env['TESTED_PROGRAM'] ?? fileURLToPath(new URL('../../src/main.ts', import.meta.url));
