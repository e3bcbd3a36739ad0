#!/usr/bin/env node
// Starts mingce on the Node it was made for, whichever Node started this file.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, startOnNode } from './pinned-node.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// A checkout runs its sources, so that an old build is never started by mistake; a published package has only dist.
const program = ['src/main.ts', 'dist/main.js'].map((path) => join(root, path)).find((path) => existsSync(path));
if (program === undefined) fail('neither src/main.ts nor dist/main.js is here');

startOnNode([program, ...process.argv.slice(2)]);
