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
import type { LiveRead } from '../../connectors/connector.ts';
import { describers } from '../../connectors/registry.ts';
import { basesOf } from '../../delivery/targets/agreements.ts';
import { ownPeople } from '../../delivery/targets/own-people.ts';
import type { Counts } from '../../delivery/targets/plan/brake.ts';
import { digest } from '../../delivery/targets/plan/digests.ts';
import { makePlan } from '../../delivery/targets/plan/make-plan.ts';
import type { Performer } from '../../delivery/targets/plan/perform.ts';
import type { Plan } from '../../delivery/targets/plan/plan.ts';
import { PlanFileError, planLines, readPlan, type ReadPlan } from '../../delivery/targets/plan/plan-file.ts';
import { LineJournal } from '../../delivery/targets/plan/run-journal.ts';
import { ScopeError } from '../../delivery/targets/plan/scope.ts';
import type { Link } from '../../directory/targets/target-store.ts';
import { randomIds } from '../../lib/ids.ts';
import { openPrivateFile, takeFromOthers } from '../../lib/private-files.ts';
import { openTwin } from '../../live-targets/twin.ts';
import { CommandError } from '../error-message.ts';
import type { Live } from './open-live.ts';

/** The largest plan that is read. */
const MAX_BYTES = 512 * 1024 * 1024;

/** What a plan is made with, beside the tenant and the company. */
export interface PlanningOptions {
  readonly links?: readonly Link[];
  /** How often predictions were right, so far. */
  readonly accuracy?: { readonly hits: number; readonly misses: number };
  /** What the brake counted in the 24 hours before. */
  readonly today?: Counts;
  readonly only?: ReadonlySet<string>;
  /** Is given what was read, before the plan is made. */
  readonly onRead?: (read: LiveRead) => Promise<void>;
}

/** Reads the tenant, makes a copy of it, and makes a plan on the copy. */
export async function planFor(
  live: Live,
  { links = [], accuracy = { hits: 0, misses: 0 }, today = {}, only, onRead }: PlanningOptions = {},
): Promise<Plan> {
  const { connector, target, own, settings } = live;
  const { writes } = connector;
  const describe = describers.get(connector.platform);
  if (describe === undefined) throw new CommandError(`There are no plans for ${connector.platform} yet.`);
  const readAt = Date.now();
  const [read, setup] = [await live.run(connector.readAll(target)), await live.run(writes.setup(target))];
  if (read.people.length === 0 && read.problems.length > 0) {
    const [first] = read.problems;
    throw new CommandError(
      `${connector.platform} could not be read: ${first?.verdict.code ?? ''} ${first?.verdict.message ?? ''}. Run mingce connect.`,
    );
  }
  await onRead?.(read);
  const described = describe({ target, live: read, setup });
  const twin = await openTwin(connector, described, readAt);
  const id = randomIds.fresh('pl_');
  try {
    return await makePlan({
      about: {
        id,
        company: live.company,
        target: connector.platform,
        tenant: { base_url: live.baseUrl, ids: target.ids },
        assumed: described.assumed,
        accuracy,
      },
      own,
      settings,
      facts: { fields: connector.fields, operations: writes.operations, spaces: connector.spaces },
      writes,
      target,
      live: read,
      setup,
      twin,
      links,
      bases: basesOf(links),
      today,
      ...(only === undefined ? {} : { only }),
      // The same for one plan, so that a creation that is sent again is known as the same.
      key: (subject) => digest([id, subject]).slice('sha256:'.length, 'sha256:'.length + 32),
      readAt,
      now: Date.now(),
    });
  } catch (error) {
    if (error instanceof ScopeError)
      throw new CommandError(`targets.${connector.platform}: ${error.message}.`, { cause: error });
    throw error;
  } finally {
    await twin.close();
  }
}

/** Returns what doing steps of a plan on the live tenant needs. */
export async function performerOf(
  live: Live,
  { header }: Plan,
): Promise<
  Performer & { readonly links: { readonly departments: Map<string, string>; readonly people: Map<string, string> } }
> {
  const { connector, target } = live;
  const { writes } = connector;
  const links = {
    departments: new Map(Object.entries(header.links.departments)),
    people: new Map(Object.entries(header.links.people)),
  };
  const setup = await live.run(writes.setup(target));
  return { writes, rows: connector.fields, target, setup, wire: live, links, root: header.links.root };
}

/** Returns our people as they are now, by id. */
export function ourPeopleOf({ own }: Live): ReadonlyMap<string, ReturnType<typeof ownPeople>[number]> {
  return new Map(ownPeople(own).map((one) => [one.id, one]));
}

/** Writes a plan that only its owner can read; one that is there is not replaced. */
export function writePlan(path: string, plan: Plan, key: Buffer): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) {
    throw new CommandError(`${path} is there already; name another file, or run mingce plan erase ${path}.`);
  }
  const fd = openPrivateFile(path);
  try {
    writeFileSync(fd, planLines(plan, key));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
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
export function saidTarget(path: string, text: string): { readonly platform: string; readonly company: string } {
  try {
    const header = JSON.parse(text.slice(0, text.indexOf('\n'))) as Readonly<Record<string, unknown>>;
    const { mingce_plan: version, target, company } = header;
    if (version === 1 && typeof target === 'string' && typeof company === 'string')
      return { platform: target, company };
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
