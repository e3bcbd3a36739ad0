import {
  appendFileSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type { Plan } from '../../delivery/targets/plan/plan.ts';
import { PlanFileError, planLines, readPlan, type ReadPlan } from '../../delivery/targets/plan/plan-file.ts';
import { LineJournal } from '../../delivery/targets/plan/run-journal.ts';
import { openPrivateFile, takeFromOthers } from '../../lib/private-files.ts';
import { CommandError } from '../error-message.ts';

/** The largest plan that is read. */
const MAX_BYTES = 512 * 1024 * 1024;

/** Writes a plan that only its owner can read; one that is there is not replaced. */
export function writePlan(path: string, plan: Plan, key: Buffer): void {
  writePlanText(path, planLines(plan, key));
}

/** Writes the file of a plan that a server made; one that is there is not replaced. */
export function writePlanText(path: string, text: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) {
    throw new CommandError(`${path} is there already; name another file, or run mingce plan erase ${path}.`);
  }
  const fd = openPrivateFile(path);
  try {
    writeFileSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Writes the file of a plan in the place of an older one of the same plan. */
export function replacePlanText(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600, flush: true });
}

/** Reads the text of a plan. */
export function planText(path: string): string {
  let size: number;
  try {
    ({ size } = statSync(path));
  } catch {
    throw new CommandError(`There is no plan ${path}.`);
  }
  if (size > MAX_BYTES) throw new CommandError(`${path} is no plan: it is too large.`);
  takeFromOthers(path);
  return readFileSync(path, 'utf8');
}

/** Returns the platform and the company that a plan says it is for, before it is known to be whole. */
export function saidTarget(
  path: string,
  text: string,
): { readonly platform: string; readonly company: string; readonly id: string } {
  try {
    const header = JSON.parse(text.slice(0, text.indexOf('\n'))) as Readonly<Record<string, unknown>>;
    const { mingce_plan: version, target, company, id } = header;
    if (version === 1 && typeof target === 'string' && typeof company === 'string' && typeof id === 'string')
      return { platform: target, company, id };
  } catch {
    // Said below.
  }
  throw new CommandError(`${path} is no plan.`);
}

/** Reads a plan that was made here for this tenant. */
export function planOf(path: string, text: string, key: Buffer): ReadPlan {
  try {
    return readPlan(text, key);
  } catch (error) {
    if (error instanceof PlanFileError) throw new CommandError(`${path}: ${error.message}.`, { cause: error });
    throw error;
  }
}

/** Adds a line to a file and waits until it is on the disk. */
export function appendLine(path: string, line: string): void {
  appendFileSync(path, line, { mode: 0o600, flush: true });
}

/** Opens the journal of a run, which is beside the plan; what was being written when a run was cut off is dropped. */
export function openRun(path: string): { readonly journal: LineJournal; close(): void } {
  const file = runFile(path);
  const text = statSync(file, { throwIfNoEntry: false }) === undefined ? '' : readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) writeFileSync(file, whole, { mode: 0o600, flush: true });
  const fd = openSync(file, 'a', 0o600);
  takeFromOthers(file);
  const journal = new LineJournal(whole, (line) => {
    writeSync(fd, line);
    fsyncSync(fd);
  });
  return {
    journal,
    close: () => {
      closeSync(fd);
    },
  };
}

/** Reads what was done of a plan so far; nothing is written. */
export function doneOf(path: string): Pick<LineJournal, 'entry'> {
  const file = runFile(path);
  const text = statSync(file, { throwIfNoEntry: false }) === undefined ? '' : readFileSync(file, 'utf8');
  return new LineJournal(text, () => undefined);
}

function runFile(path: string): string {
  return `${path}.run`;
}

/** Overwrites and removes a plan and the journal of its run. */
export function erasePlan(path: string): void {
  for (const file of [path, runFile(path)]) {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) continue;
    const fd = openSync(file, 'r+');
    try {
      writeSync(fd, Buffer.alloc(Math.min(found.size, MAX_BYTES)), 0);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    rmSync(file);
  }
}
