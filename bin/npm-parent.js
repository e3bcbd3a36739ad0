// Notices that the npm which started this process is gone. npm passes signals to the shell in which it runs a command,
// and a shell such as dash ends without passing them on.

import { readFileSync } from 'node:fs';

const POLL_MS = 250;

/** Calls back once the npm that runs `npx mingce` or `npm start` is gone; never where no npm did. */
export function whenNpmIsGone(gone) {
  // On Windows a process keeps the id of its parent.
  if (!isRunByNpm(process.env) || process.platform === 'win32') return;
  const before = npmProcesses();
  const timer = setInterval(() => {
    if (npmProcesses() === before) return;
    clearInterval(timer);
    gone();
  }, POLL_MS);
  timer.unref();
}

/** Whether npm started this very program, and no program between them that npm started. */
function isRunByNpm({ npm_lifecycle_event: event, npm_lifecycle_script: script, npm_package_name: name }) {
  if (event === 'npx') return /^["']?mingce\b/.test(script ?? '');
  return name === 'mingce' && (event === 'start' || event === 'mingce');
}

/** The parent, and where that is the shell of npm, its parent too. */
function npmProcesses() {
  const parent = process.ppid;
  return isShell(parent) ? `${parent} ${parentOf(parent)}` : `${parent}`;
}

function isShell(pid) {
  return read(`/proc/${pid}/cmdline`).split('\0')[1] === '-c';
}

function parentOf(pid) {
  // The program's name is in parentheses and may contain anything.
  return read(`/proc/${pid}/stat`).replace(/^.*\)/s, '').trim().split(' ')[1];
}

/** Only Linux has these files; elsewhere the shells of npm make place for the command they run. */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
