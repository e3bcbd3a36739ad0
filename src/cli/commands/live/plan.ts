import { supportsColor } from '../../../config.ts';
import { notAllowed, type Braked, type Counts } from '../../../delivery/targets/plan/brake.ts';
import { allowanceLine, planToShow } from '../../../delivery/targets/plan/plan-file.ts';
import type { Plan } from '../../../delivery/targets/plan/plan.ts';
import type { TargetState } from '../../../directory/targets/target-store.ts';
import { CommandError, UsageError } from '../../error-message.ts';
import { countsIn } from '../../live/counts.ts';
import { EXIT } from '../../live/exit-code.ts';
import { agreedIn, planFor } from '../../../live-targets/planning.ts';
import { nextLine } from '../../live/next-command.ts';
import { onlyCompany, withLive, type LiveOptions } from '../../live/open-live.ts';
import { withDesk } from '../../live/target-desk.ts';
import { deliveredLines, doneLines, planTable } from '../../live/plan-lines.ts';
import { withTargets } from '../../live/with-targets.ts';
import { allowPlan, deliveriesOf, keptFile, makePlan } from '../../live/server/kept-plan.ts';
import { withPlanFile } from '../../live/server/plan-file.ts';
import {
  appendLine,
  doneOf,
  erasePlan,
  planOf,
  planText,
  replacePlanText,
  saidTarget,
  writePlan,
  writePlanText,
} from '../../live/plans.ts';

/** The options of `mingce plan`. */
export interface PlanOptions extends LiveOptions {
  readonly out?: string;
  readonly only: readonly string[];
}

/** Makes a plan for a live tenant, or shows, allows or erases one. Returns the exit code. */
export async function plan(what: string, values: readonly string[], options: PlanOptions): Promise<number> {
  switch (what) {
    case 'show':
      return await show(pathIn(values), options);
    case 'allow':
      return await allow(pathIn(values), values.slice(1), options);
    case 'erase':
      erasePlan(pathIn(values));
      return EXIT.done;
    default:
      return await make(what, options);
  }
}

async function make(platform: string, options: PlanOptions): Promise<number> {
  const company = await onlyCompany(options);
  const file = await withTargets<string | null>(options, {
    local: () => Promise.resolve(null),
    remote: (request) => makePlan({ request, company, platform }, options.only),
  });
  if (file === null) return await makeHere(platform, options);
  const { state } = await withDesk(options, (desk) => desk.show(company, platform));
  return keptThere(file, state, options);
}

/** Shows a plan that a server made and keeps, and writes its file where asked. */
function keptThere(text: string, state: TargetState, options: PlanOptions): number {
  const { out, json } = options;
  if (out !== undefined) writePlanText(out, text);
  const made = planToShow(text);
  print(made, {}, options, out);
  if (!json) {
    const kept = `The server keeps it as plan ${made.header.id}. 服务器已保存该计划。`;
    process.stdout.write([kept, ...nextAfter(made, options, state)].map((line) => `${line}\n`).join(''));
  }
  return made.header.brake.length > 0 ? EXIT.differs : EXIT.done;
}

/** Makes a plan where the store is here; it is kept in its file alone. */
async function makeHere(platform: string, options: PlanOptions): Promise<number> {
  const { out, only } = options;
  return await withLive(platform, options, async (live) => {
    const { links, view } = await withDesk(options, async (desk) => ({
      links: await desk.allLinks(live.company, platform),
      view: await desk.show(live.company, platform),
    }));
    const made = await planFor(live, {
      links,
      accuracy: view.accuracy,
      today: view.today,
      onRead: (read) => withDesk(options, (desk) => desk.settle(live.company, platform, agreedIn(live, read, links))),
      ...(only.length === 0 ? {} : { only: new Set(only) }),
    });
    if (out !== undefined) writePlan(out, made, live.planKey);
    print(made, {}, options, out);
    if (!options.json) {
      const kept = out === undefined ? ['Nothing is kept: add --out FILE. 未保存，请加 --out。'] : [];
      process.stdout.write([...kept, ...nextAfter(made, options, view.state)].map((line) => `${line}\n`).join(''));
    }
    return made.header.brake.length > 0 ? EXIT.differs : EXIT.done;
  });
}

/** Returns the commands that send a plan; none where it has no step, is not kept in a file, or waits for approval. */
function nextAfter({ header, steps }: Plan, options: PlanOptions, state: TargetState): readonly string[] {
  const { out } = options;
  if (out === undefined || steps.length === 0 || header.brake.length > 0) return [];
  const enable = state === 'probed' ? [nextLine(['connect', header.target, '--enable'], options)] : [];
  return [...enable, nextLine(['apply-plan', out], options)];
}

async function show(path: string, options: PlanOptions): Promise<number> {
  const text = planText(path);
  const plan = { path, text, ...saidTarget(path, text) };
  return await withPlanFile(options, plan, {
    kept: async (target, file) => {
      const read = planToShow(file);
      const { allowed } = read;
      print(read, allowed, options, path);
      if (!options.json) {
        const lines = deliveredLines(read.steps, await deliveriesOf(target, plan.id), supportsColor(process.stdout));
        process.stdout.write(lines.map((line) => `${line}\n`).join(''));
      }
      return notAllowed(read.header.brake, allowed).length > 0 ? EXIT.differs : EXIT.done;
    },
    file: () => showHere(path, text, options),
  });
}

async function showHere(path: string, text: string, options: PlanOptions): Promise<number> {
  const { platform, company } = saidTarget(path, text);
  return await withLive(platform, { company, ...options }, (live) => {
    const read = planOf(path, text, live.planKey);
    print(read, read.allowed, options, path);
    if (!options.json) {
      const lines = doneLines(read.steps, doneOf(path), supportsColor(process.stdout));
      process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    }
    return Promise.resolve(notAllowed(read.header.brake, read.allowed).length > 0 ? EXIT.differs : EXIT.done);
  });
}

async function allow(path: string, given: readonly string[], options: PlanOptions): Promise<number> {
  const text = planText(path);
  const plan = { path, text, ...saidTarget(path, text) };
  return await withPlanFile(options, plan, {
    kept: async (target, file) => {
      const waited = notAllowed(planToShow(file).header.brake, planToShow(file).allowed).length > 0;
      const allowed = countsIn(given);
      const { brake } = await allowPlan(target, plan.id, allowed as Readonly<Record<string, number>>);
      replacePlanText(path, (await keptFile(target, plan.id)) ?? text);
      return saidAllowed({ allowed, waited, left: brake.filter((one) => !one.allowed) }, options);
    },
    file: () => allowHere(path, text, given, options),
  });
}

async function allowHere(path: string, text: string, given: readonly string[], options: PlanOptions): Promise<number> {
  const { platform, company } = saidTarget(path, text);
  return await withLive(platform, { company, ...options }, (live) => {
    const read = planOf(path, text, live.planKey);
    const allowed = countsIn(given);
    const waiting = notAllowed(read.header.brake, read.allowed);
    for (const [kind, count] of Object.entries(allowed)) {
      // A plan may come over the limit of the day after it was made: any kind that it has may be allowed.
      const has = read.header.brake.find(({ what }) => what === kind)?.count ?? read.header.counts[kind as Braked];
      if (has === undefined) throw new CommandError(`The plan has nothing of ${kind} to allow.`);
      if (has !== count) {
        throw new CommandError(`The plan has ${String(has)} of ${kind}, not ${String(count)}; repeat its number.`);
      }
    }
    appendLine(path, allowanceLine(read.digest, allowed, new Date().toISOString(), live.planKey));
    const left = waiting.filter(({ what, count }) => allowed[what] !== count);
    return Promise.resolve(saidAllowed({ allowed, waited: waiting.length > 0, left }, options));
  });
}

interface Allowed {
  readonly allowed: Counts;
  /** Whether anything waited for approval. */
  readonly waited: boolean;
  readonly left: readonly { readonly what: string; readonly count: number }[];
}

function saidAllowed({ allowed, waited, left }: Allowed, options: PlanOptions): number {
  if (!options.json) {
    const words = left.map(({ what, count }) => `${what}=${String(count)}`).join(' ');
    process.stdout.write(
      left.length === 0
        ? waited
          ? 'Allowed 已确认\n'
          : 'Allowed; nothing waited for approval 已确认；原无待确认项\n'
        : `Allowed; still waits for 仍待确认: ${words}\n`,
    );
  } else process.stdout.write(`${JSON.stringify({ allowed, waiting: left })}\n`);
  return left.length > 0 ? EXIT.differs : EXIT.done;
}

function print(made: Parameters<typeof planTable>[0], allowed: Counts, options: PlanOptions, file?: string): void {
  const { json, unmasked } = options;
  if (json) {
    // The values of people stay in the file, unless they are asked for.
    const steps = made.steps.map((step) =>
      unmasked
        ? step
        : {
            ...step,
            request: { call: step.request.call, method: step.request.method },
            subjects: step.subjects.map(({ subject, name, changes }) => ({
              subject,
              name,
              fields: Object.keys(changes),
            })),
          },
    );
    process.stdout.write(`${JSON.stringify({ ...made.header, allowed, steps }, null, 2)}\n`);
    return;
  }
  const colour = supportsColor(process.stdout);
  process.stdout.write(
    `${planTable(made, allowed, { ...options, ...(file === undefined ? {} : { file }) }, colour).join('\n')}\n`,
  );
}

function pathIn([path]: readonly string[]): string {
  if (path === undefined) throw new UsageError('Name the plan’s file.');
  return path;
}
