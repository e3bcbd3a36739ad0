import type { LiveRead, LiveTarget, LiveTask, VerdictKind } from '../connectors/connector.ts';
import { describers } from '../connectors/registry.ts';
import type { LiveSetup, WritingConnector } from '../connectors/writing.ts';
import { agreements, basesOf } from '../delivery/targets/agreements.ts';
import { departmentsAgreed } from '../delivery/targets/departments-waiting.ts';
import { withLeft } from '../delivery/targets/left-people.ts';
import { ownPeople, type OwnCompany, type OwnPerson } from '../delivery/targets/own-people.ts';
import type { Counts } from '../delivery/targets/plan/brake.ts';
import { digest } from '../delivery/targets/plan/digests.ts';
import { makePlan } from '../delivery/targets/plan/make-plan.ts';
import type { DoubtPerformer } from '../delivery/targets/plan/after-doubt.ts';
import type { Plan } from '../delivery/targets/plan/plan.ts';
import { ScopeError } from '../delivery/targets/plan/scope.ts';
import type { UndoRequest } from '../delivery/targets/plan/undo/undo.ts';
import { whoIsWho } from '../delivery/targets/who-is-who.ts';
import type { Wire } from '../delivery/targets/wire.ts';
import type { Link, Verified } from '../directory/targets/target-store.ts';
import type { TargetSettings } from '../directory/targets/target.ts';
import { TargetError } from '../directory/targets/target-view.ts';
import { randomIds } from '../lib/ids.ts';
import { openTwin, type StartServer } from './twin.ts';

/** A live tenant, open, with the company that is compared with it. */
export interface PlanningTenant {
  readonly connector: WritingConnector;
  readonly target: LiveTarget;
  readonly company: string;
  readonly baseUrl: string;
  readonly settings: TargetSettings;
  /** The company as it is compared. */
  readonly own: OwnCompany;
  /** Starts the copy on which plans are rehearsed. */
  readonly start: StartServer;
  /** What signs plans for this tenant. */
  readonly planKey: Buffer;
  run<Result>(task: LiveTask<Result>): Promise<Result>;
  write: Wire['write'];
}

/** What a plan is made with, beside the tenant and the company. */
export interface PlanningOptions {
  /** Absent: made here. */
  readonly id?: string;
  readonly links?: readonly Link[];
  /** How often predictions were right, so far. */
  readonly accuracy?: { readonly hits: number; readonly misses: number };
  /** What the brake counted in the 24 hours before. */
  readonly today?: Counts;
  readonly only?: ReadonlySet<string>;
  /** What is taken back; absent: the plan does what authority says. */
  readonly undo?: UndoRequest;
  /** What was read a moment ago; absent: the tenant is read. */
  readonly tenantRead?: TenantRead;
  /** Is given what was read, before the plan is made. */
  readonly onRead?: (read: LiveRead) => Promise<void>;
}

/** A tenant as one read brought it. */
export interface TenantRead {
  readonly at: number;
  readonly read: LiveRead;
  readonly setup: LiveSetup;
}

/** What may be read a moment later: a plan from half a read would make again what is there. */
const PASSING: ReadonlySet<VerdictKind> = new Set(['limit', 'trouble', 'unreachable', 'foreign']);

/** Reads the tenant. Throws `TargetError` where nothing of it can be read, or something only not now. */
export async function readTenant(tenant: PlanningTenant, links: readonly Link[]): Promise<TenantRead> {
  const { connector } = tenant;
  const at = Date.now();
  const [read, setup] = [await readPeople(tenant, links), await readSetup(tenant)];
  const problems = [...read.problems, ...(read.leftProblems ?? []), ...setup.problems];
  const passing = problems.find(({ verdict }) => PASSING.has(verdict.kind));
  if (passing === undefined && (read.people.length > 0 || read.problems.length === 0)) return { at, read, setup };
  const [first] = passing === undefined ? read.problems : [passing];
  throw new TargetError(
    'refused',
    `${connector.platform} could not be read: ${first?.verdict.code ?? ''} ${first?.verdict.message ?? ''}. Run mingce connect.`,
  );
}

/** A setup that could not be read is asked for so often: what it does not name would look unreadable. */
const SETUP_TRIES = 3;

async function readSetup({
  connector,
  target,
  run,
}: Pick<PlanningTenant, 'connector' | 'target' | 'run'>): Promise<LiveSetup> {
  for (let tries = 1; ; tries++) {
    const setup = await run(connector.writes.setup(target));
    const isFinal = setup.problems.every(({ verdict }) => verdict.kind === 'refused');
    if (isFinal || tries >= SETUP_TRIES) return setup;
  }
}

/** Reads everybody there, people who left and are still ours among them. */
export async function readPeople(
  tenant: Pick<PlanningTenant, 'connector' | 'target' | 'own' | 'run'>,
  links: readonly Link[],
): Promise<LiveRead> {
  const { connector, target, own } = tenant;
  const { spaces, writes } = connector;
  const read = await tenant.run(connector.readAll(target));
  const search = { own, spaces, links, left: writes.left, now: Date.now() };
  return await withLeft(read, { ...search, run: (task) => tenant.run(task) });
}

/**
 * Reads the tenant, makes a copy of it, and makes a plan on the copy. Throws `TargetError` where the tenant cannot be read or
 * the scope names a department that is not there.
 */
export async function planFor(live: PlanningTenant, options: PlanningOptions = {}): Promise<Plan> {
  const { connector, target, own, settings } = live;
  const { links = [], accuracy = { hits: 0, misses: 0 }, today = {}, only, undo, onRead } = options;
  const { writes } = connector;
  const describe = describers.get(connector.platform);
  if (describe === undefined) throw new TargetError('refused', `There are no plans for ${connector.platform} yet.`);
  const { at: readAt, read, setup } = options.tenantRead ?? (await readTenant(live, links));
  await onRead?.(read);
  const wanted = ownPeople(own).map(({ values }) => values);
  const described = describe({ target, live: read, setup, wanted });
  const twin = await openTwin(connector, described, readAt, live.start);
  const id = options.id ?? randomIds.fresh('pl_');
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
      ...(undo === undefined ? {} : { undo }),
      // The same for one plan, so that a creation that is sent again is known as the same.
      key: (subject) => digest([id, subject]).slice('sha256:'.length, 'sha256:'.length + 32),
      readAt,
      now: Date.now(),
    });
  } catch (error) {
    if (!(error instanceof ScopeError)) throw error;
    throw new TargetError('refused', `targets.${connector.platform}: ${error.message}.`);
  } finally {
    await twin.close();
  }
}

/** Returns what a read shows to be the same on both sides and the links do not have yet. */
export function agreedIn(
  { connector, own }: Pick<PlanningTenant, 'connector' | 'own'>,
  read: LiveRead,
  links: readonly Link[],
): readonly Verified[] {
  const found = whoIsWho(ownPeople(own), own.departments, read, connector.spaces, links);
  const { matches } = found.people;
  const people = agreements({
    matches,
    fields: connector.fields,
    customFields: own.customFields,
    customSpace: connector.spaces.field,
    departments: found.departments,
    people: new Map(matches.map(({ own: ours, live }) => [live.id, ours.id])),
    links,
  });
  return [...people, ...departmentsAgreed(own.departments, read.departments, found.departments, links)];
}

/** A performer whose links grow with what steps make. */
export type PlanPerformer = DoubtPerformer & {
  readonly links: { readonly departments: Map<string, string>; readonly people: Map<string, string> };
};

/** Returns what doing steps of a plan on the live tenant needs; its setup is read unless it was a moment ago. */
export async function performerOf(live: PlanningTenant, { header }: Plan, known?: LiveSetup): Promise<PlanPerformer> {
  const { connector, target } = live;
  const { writes } = connector;
  const links = {
    departments: new Map(Object.entries(header.links.departments)),
    people: new Map(Object.entries(header.links.people)),
  };
  const setup = known ?? (await readSetup(live));
  return { writes, rows: connector.fields, target, setup, wire: live, links, root: header.links.root };
}

/** Returns our people as they are now, by id. */
export function ourPeopleOf({ own }: Pick<PlanningTenant, 'own'>): ReadonlyMap<string, OwnPerson> {
  return new Map(ownPeople(own).map((one) => [one.id, one]));
}
