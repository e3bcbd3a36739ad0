import type { ApplyReport } from '../../delivery/targets/plan/apply.ts';
import type { Counts } from '../../delivery/targets/plan/brake.ts';
import type { Plan } from '../../delivery/targets/plan/plan.ts';
import { allowanceLine, planLines, readPlan, type ReadPlan } from '../../delivery/targets/plan/plan-file.ts';
import { LineJournal, type RunJournal } from '../../delivery/targets/plan/run-journal.ts';
import type { HeldWrite } from '../../delivery/targets/write-hold.ts';
import { groupsOf } from './plan-text.ts';
import { runOf, stopWords, summaryOf } from './plan-views.ts';

/** The plan of one employee while it is written. */
export interface PersonRun {
  readonly plan: ReadPlan;
  readonly journal: RunJournal;
  /** Keeps how the write ended; null: it broke off. */
  end(report: ApplyReport | null): Promise<void>;
}

/**
 * Keeps the plan of one employee with the notes of its run, so that a write that broke off is seen and can be applied to its
 * end like any other plan. Where no store is at hand the notes last as long as the run.
 */
export async function beginPersonRun({ keep }: HeldWrite, plan: Plan, planKey: Buffer): Promise<PersonRun> {
  const written = planLines(plan, planKey);
  const { digest } = readPlan(written, planKey);
  const at = new Date().toISOString();
  const counts = headcountOf(plan);
  const text = Object.keys(counts).length === 0 ? written : written + allowanceLine(digest, counts, at, planKey);
  const read = readPlan(text, planKey);
  if (keep === null) {
    return { plan: read, journal: new LineJournal('', () => undefined), end: () => Promise.resolve() };
  }
  const { id } = plan.header;
  const header = summaryOf(plan.header, plan.steps.length);
  await keep((store, claim) => store.addPlan(claim, { id, digest, header, state: 'making', createdAt: Date.now() }));
  for (const lines of groupsOf(text)) await keep((store, claim) => store.addPlanLines(claim, id, lines));
  const allowed = { counts, who: 'deliver', at };
  await keep((store, claim) => store.changePlan(claim, id, { state: 'running', allowed }));
  return {
    plan: read,
    journal: new LineJournal('', (line) => keep((store, claim) => store.addPlanLines(claim, id, [line.trimEnd()]))),
    end: async (report) => {
      const { stopped = { why: 'doubt' as const, n: null }, stale = [], staged = [], sent = 0 } = report ?? {};
      const why =
        report === null ? BROKE_OFF : stopped === null ? null : stopWords(stopped.why, stopped.n, stale, staged);
      const state = stopped === null ? 'done' : 'stopped';
      await keep((store, claim) =>
        store.changePlan(claim, id, {
          state,
          position: sent,
          header: { ...header, why, ...(report === null ? {} : { run: runOf(report) }) },
        }),
      );
    },
  };
}

const BROKE_OFF = 'it broke off; the log has the reason';

/** Few of ours beside many there says nothing where one employee is meant. */
function headcountOf({ header }: Plan): Counts {
  return Object.fromEntries(header.brake.flatMap(({ what, count }) => (what === 'headcount' ? [[what, count]] : [])));
}
