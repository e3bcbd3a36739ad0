import type { LiveRead } from '../../../connectors/connector.ts';
import {
  MAX_DRIFT_LINES,
  type ChangedSide,
  type DriftClass,
  type DriftLine,
  type DriftRun,
  type DriftRunWithLines,
} from '../../../directory/targets/drift-run.ts';
import type { Difference, DriftReport } from '../drift.ts';
import { maskedValue } from '../mask.ts';

/** What a run is made of beside the report. */
export interface RunInput {
  readonly id: string;
  readonly readAt: number;
  readonly report: DriftReport;
  readonly problems: LiveRead['problems'];
  /** The last run that read everybody; null: there was none. */
  readonly last: Pick<DriftRun, 'people'> | null;
}

/** A read that brings a smaller share of the people of the last one is not taken for the whole tenant. */
const LEAST_SHARE = 0.9;

/** Returns why a read is not the whole tenant, in a sentence; null: it is. */
function whyIncomplete(
  { people, isComplete }: Pick<DriftReport, 'people' | 'isComplete'>,
  problems: LiveRead['problems'],
  last: RunInput['last'],
): string | null {
  const [first] = problems;
  if (!isComplete || first !== undefined) {
    return `${first?.call ?? 'a call'} was refused: ${[first?.verdict.code, first?.verdict.message].join(' ').trim()}`;
  }
  if (last === null || people.theirs >= last.people.theirs * LEAST_SHARE) return null;
  return `${String(people.theirs)} people were read, ${String(last.people.theirs)} the time before`;
}

/** Makes the run that is kept of a read: every unlike field and every person who is not the same on both sides. */
export function runOf({ id, readAt, report, problems, last }: RunInput): DriftRunWithLines {
  const why = whyIncomplete(report, problems, last);
  const lines = linesOf(report, why === null);
  const people = new Map<DriftClass, number>();
  const fields = new Map<ChangedSide, number>();
  const unlike = new Set<string>();
  for (const { kind, subject, live_id, class: of, changed } of lines) {
    if (changed !== null) fields.set(changed, (fields.get(changed) ?? 0) + 1);
    const key = `${kind} ${subject ?? `there ${live_id ?? ''}`}`;
    if (kind !== 'employee' || unlike.has(key)) continue;
    unlike.add(key);
    people.set(of, (people.get(of) ?? 0) + 1);
  }
  const equal = report.matching.matches.filter(({ own }) => own.isInService && !unlike.has(`employee ${own.id}`));
  return {
    id,
    state: 'done',
    readAt,
    isComplete: why === null,
    why,
    people: report.people,
    counts: {
      people: Object.fromEntries([...people, ...(equal.length === 0 ? [] : [['equal', equal.length] as const])]),
      fields: Object.fromEntries(fields),
    },
    found: lines.length,
    lines: lines.slice(0, MAX_DRIFT_LINES),
  };
}

function linesOf(report: DriftReport, isComplete: boolean): readonly DriftLine[] {
  const { matching, gone, doubled, departments } = report;
  const byPerson = Map.groupBy(report.differences, ({ employee }) => employee);
  return [
    ...gone.map(({ own, candidates }): DriftLine => {
      const of = candidates.length > 0 ? 'moved-id' : isComplete ? 'missing-there' : 'unreadable';
      return { ...whole(of, own.id, own.name, null), ...(candidates.length > 0 ? { candidates } : {}) };
    }),
    ...doubled.map(({ own, live, doubles }): DriftLine => ({
      ...whole('doubled', own.id, own.name, live.id),
      candidates: doubles,
    })),
    ...matching.ambiguous.map(({ own, candidates }): DriftLine => ({
      ...whole('undecided', own.id, own.name, null),
      candidates,
    })),
    ...(isComplete ? matching.missing : []).map(({ id, name }) => whole('missing-there', id, name, null)),
    ...matching.onlyThere.map(({ id, values }) => whole('only-there', null, textOf(values.name), id)),
    ...[...byPerson.values()].flatMap((differences) => {
      const of = classOf(differences);
      return differences.map((one) => lineOf(one, of));
    }),
    ...(isComplete ? departments.missing : []).map((path): DriftLine => ({
      ...whole('missing-there', path, path, null),
      kind: 'department',
    })),
    ...departments.only_there.map((path): DriftLine => ({
      ...whole('only-there', null, path, path),
      kind: 'department',
    })),
  ];
}

/** Returns the class of a person by the fields that are unlike. */
function classOf(differences: readonly Pick<Difference, 'field' | 'changed' | 'theirs'>[]): DriftLine['class'] {
  const status = differences.find(({ field }) => field === 'status');
  if (status !== undefined) return status.theirs === 'left' ? 'left-there' : 'left-here';
  const sides = new Set(differences.map(({ changed }) => changed));
  if (sides.has('both')) return 'conflict';
  if (sides.has('theirs')) return 'drifted-theirs';
  return sides.has('ours') ? 'drifted-ours' : 'unlike';
}

function lineOf(
  { employee, name, live_id, field, base, since, changed, remedy, ours, theirs, authority }: Difference,
  of: DriftLine['class'],
): DriftLine {
  return {
    class: of,
    kind: 'employee',
    subject: employee,
    name,
    live_id,
    field,
    changed,
    ...(base === undefined ? {} : { base: maskedValue(field, base) }),
    ours: maskedValue(field, ours),
    theirs: maskedValue(field, theirs),
    authority,
    remedy,
    since: since === undefined ? null : new Date(since).toISOString(),
  };
}

function whole(of: DriftLine['class'], subject: string | null, name: string, liveId: string | null): DriftLine {
  return {
    class: of,
    kind: 'employee',
    subject,
    name,
    live_id: liveId,
    field: null,
    changed: null,
    ours: null,
    theirs: null,
    authority: null,
    remedy: 'decide',
    since: null,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
