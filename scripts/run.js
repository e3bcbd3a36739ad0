// Runs a command of this repository so that it, and all it starts, finds the pinned Node first, whichever Node is
// outside:  node scripts/run.js vitest run

import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, pinnedNode, start } from '../bin/pinned-node.js';
import nodeVersion from '../entry/node-version.cjs';

const [command, ...args] = process.argv.slice(2);
if (command === undefined) fail('a command is missing');

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pinned = pinnedNode();
const usable = pinned !== undefined && (pinned === process.execPath || spawnSync(pinned, ['--version']).status === 0);
if (!usable && !nodeVersion.isNewEnough())
  fail(`no Node for this machine came from npm. ${nodeVersion.needsNewerNode()}`);

const windows = process.platform === 'win32';
const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
const folders = [dirname(usable ? pinned : process.execPath), join(root, 'node_modules', '.bin'), process.env[name]];
const env = {
  ...process.env,
  [name]: folders.filter((folder) => folder !== undefined).join(delimiter),
  // Tests start dozens of processes and threads, each of which would strip and compile the same files.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'compile'),
};

start(command, args, { stdio: 'inherit', env, shell: windows }, (error) => fail(`${command}: ${error.message}`));
