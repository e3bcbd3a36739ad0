import type {
  FieldName,
  FieldRow,
  LiveDepartment,
  LivePerson,
  LiveTarget,
  LiveValue,
  Problem,
} from '../../../connectors/connector.ts';
import type {
  ConnectorWrites,
  Fate,
  ItemVerdict,
  LiveSetup,
  SendOutcome,
  WriteRequest,
} from '../../../connectors/writing.ts';
import { deepEqual } from '../../../lib/json-equal.ts';
import { linked } from '../drift.ts';
import type { Wire } from '../wire.ts';
import type { LiveLinks } from './people.ts';
import type { ItemResult, PlanStep, Shown, StepSubject } from './plan.ts';

/** What doing a step needs of the connector and the tenant. */
export interface Performer {
  readonly writes: Pick<ConnectorWrites, 'judge' | 'assumptionOf' | 'readPeople' | 'readDepartments'>;
  readonly rows: readonly FieldRow[];
  readonly target: LiveTarget;
  readonly setup: LiveSetup;
  readonly wire: Wire;
  /** Our ids by theirs; grows with what steps make. */
  readonly links: LiveLinks;
  /** Our id of the root: a department below it has no parent in a request. */
  readonly root: string | null;
}

/** A request with the subjects that it is about. */
export interface Performed {
  readonly operation: WriteRequest['operation'];
  readonly subjects: readonly StepSubject[];
  readonly request: WriteRequest;
}

/** What a step came to. */
export interface StepResult {
  readonly items: readonly ItemResult[];
  /** Ids of what was made, by our ids. */
  readonly made: ReadonlyMap<string, string>;
  /** How long the platform asks to wait before it is sent again. */
  readonly waitMs: number | null;
}

/** When a value that was written is looked for again. */
export interface LookAgain {
  readonly waits: readonly number[];
  /** Whether the old value is waited out: not where it is expected to stay. */
  readonly untilSeen: boolean;
}

/** A copy has at once what was written to it. */
export const ONCE: LookAgain = { waits: [], untilSeen: false };

/** What was looked at once. */
export interface Looked {
  /** What is to be seen of each field, by {@link keyOf}. */
  readonly seen: ReadonlyMap<string, Shown>;
  /** Whether something was not answered, so that nothing follows from what is missing. */
  readonly isUnread: boolean;
}

/**
 * Judges what a request came to, and reads back whatever it wrote. Waits between reads where a value is not there yet, or
 * could not be read.
 */
export async function resultOf(
  step: Performed,
  outcome: SendOutcome,
  performer: Performer,
  again: LookAgain,
  sleep: (ms: number) => Promise<void>,
): Promise<StepResult> {
  const verdicts = performer.writes.judge(step.request, outcome);
  const made = new Map(
    verdicts.flatMap(({ subject, liveId }) => (liveId === undefined ? [] : [[subject, liveId] as const])),
  );
  const waitMs = verdicts.reduce<number | null>(
    (most, { waitMs: ms }) => (ms === undefined ? most : Math.max(most ?? 0, ms)),
    null,
  );
  const written = new Set(verdicts.flatMap(({ subject, fate }) => (fate === 'written' ? [subject] : [])));
  let looked = await look(step, written, made, performer);
  for (const wait of again.waits) {
    const isThere = !again.untilSeen || ![...looked.seen.values()].includes('dropped');
    if (isThere && !looked.isUnread) break;
    await sleep(wait);
    looked = await look(step, written, made, performer);
  }
  return { items: verdicts.map((verdict) => itemOf(verdict, looked.seen)), made, waitMs };
}

function itemOf(verdict: ItemVerdict, shown: ReadonlyMap<string, Shown>): ItemResult {
  const { subject, field, fate, code, message, remedy } = verdict;
  const seen = fate === 'written' ? (shown.get(keyOf(subject, field)) ?? 'unreadable') : null;
  return { subject, field, fate, code, message, ...(remedy === undefined ? {} : { remedy }), shown: seen };
}

/** The key of what is seen of a field; of null, of the subject as a whole. */
export const keyOf = (subject: string, field: string | null): string => `${subject}\n${field ?? ''}`;

/** Whether something may be answered the next time: a refusal stays one. */
function isPassing({ verdict }: Problem): boolean {
  return verdict.kind !== 'refused';
}

/** Reads the subjects of a step and returns what is to be seen of each field. */
export async function look(
  step: Performed,
  subjects: ReadonlySet<string>,
  made: ReadonlyMap<string, string>,
  performer: Performer,
): Promise<Looked> {
  const ids = new Map(
    step.subjects.flatMap(({ subject, liveId }) => {
      const id = made.get(subject) ?? liveId;
      return subjects.has(subject) && id !== null ? [[subject, id] as const] : [];
    }),
  );
  if (ids.size === 0) return { seen: new Map(), isUnread: false };
  const { wire, writes, target, setup } = performer;
  if (step.operation.startsWith('department-')) {
    const { found, problems } = await wire.run(writes.readDepartments([...ids.values()], target));
    return { seen: seenDepartments(step, ids, found, performer), isUnread: problems.some(isPassing) };
  }
  const { found, problems } = await wire.run(writes.readPeople([...ids.values()], target, setup));
  const seen = step.subjects.flatMap((one) => {
    const live = found.get(ids.get(one.subject) ?? '');
    return live === undefined ? [] : seenPerson(step, one, live, performer);
  });
  return { seen: new Map(seen), isUnread: problems.some(isPassing) };
}

/** Returns what is to be seen of each field that a request sent for one employee. */
export function seenPerson(
  { operation }: Performed,
  { subject, changes }: StepSubject,
  live: LivePerson | 'absent',
  { rows, links }: Pick<Performer, 'rows' | 'links'>,
): readonly (readonly [string, Shown])[] {
  const isThere = live !== 'absent' && live.isInService;
  if (operation === 'leave') return [[keyOf(subject, null), isThere ? 'dropped' : 'as-sent']];
  const whole = [keyOf(subject, null), isThere ? 'as-sent' : 'dropped'] as const;
  if (live === 'absent') return [whole];
  const fields = Object.entries(changes).map(([field, { from, to }]) => {
    const row = rows.find((one) => one.field === field);
    const theirs = valueOf(live, field, row, links);
    return [keyOf(subject, field), shownOf(theirs, from, to)] as const;
  });
  const ofFields = fields.map(([, shown]) => shown);
  // A freeze has no field in its request: what it did is said of the person.
  const whose = operation === 'freeze' ? ([keyOf(subject, null), ofFields[0] ?? 'unreadable'] as const) : whole;
  return [whose, ...fields];
}

function shownOf(theirs: LiveValue | undefined, from: LiveValue | undefined, to: LiveValue): Shown {
  if (theirs === undefined) return 'unreadable';
  if (deepEqual(theirs, to)) return 'as-sent';
  return from !== undefined && deepEqual(theirs, from) ? 'dropped' : 'other';
}

/** Returns a value there in the form that is compared; undefined where it was not read. */
export function valueOf(
  live: LivePerson,
  field: string,
  row: FieldRow | undefined,
  links: LiveLinks,
): LiveValue | undefined {
  if (field.startsWith('custom:')) return live.custom === undefined ? undefined : (live.custom[field.slice(7)] ?? null);
  const value = live.values[field as FieldName];
  if (value === undefined) return undefined;
  const ours = linked(field as FieldName, value, links.departments, links.people);
  return row?.same === undefined ? ours : row.same(ours);
}

function seenDepartments(
  { subjects, operation }: Performed,
  ids: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, LiveDepartment | 'absent'>,
  { links: { departments }, root }: Performer,
): ReadonlyMap<string, Shown> {
  return new Map(
    subjects.flatMap(({ subject, changes }): readonly (readonly [string, Shown])[] => {
      const live = found.get(ids.get(subject) ?? '');
      if (live === undefined) return [];
      const isGone = live === 'absent';
      if (operation === 'department-remove') return [[keyOf(subject, null), isGone ? 'as-sent' : 'dropped']];
      if (isGone) return [[keyOf(subject, null), 'dropped']];
      const above = live.parent === null ? null : (departments.get(live.parent) ?? live.parent);
      const theirs: Readonly<Record<string, LiveValue>> = {
        name: live.name,
        parent: above === root ? null : above,
        code: live.code,
      };
      const fields = Object.entries(changes).map(
        ([field, { from, to }]) => [keyOf(subject, field), shownOf(theirs[field], from, to)] as const,
      );
      return [[keyOf(subject, null), 'as-sent'], ...fields];
    }),
  );
}

/** The fates after which a step may be sent again without looking, as nothing was done. */
export const UNDONE: ReadonlySet<Fate> = new Set<Fate>(['limit', 'wait', 'token', 'not-sent']);

const MAKES: ReadonlySet<string> = new Set(['create', 'return', 'department-create']);

/**
 * Returns the subjects that a step was to make and the platform refused: nothing is there that later steps could be about, so each
 * of them would only be refused in its turn.
 */
export function notMadeBy(step: Pick<PlanStep, 'operation' | 'subjects'>, items: readonly ItemResult[]): string[] {
  if (!MAKES.has(step.operation)) return [];
  return step.subjects.flatMap(({ subject }) => {
    const own = items.filter((item) => item.subject === subject);
    return own.length > 0 && own.every(({ fate }) => fate === 'refused') ? [subject] : [];
  });
}

/** Whether a step is predicted to be done and is only about those that were not made; of a batch the others go on. */
export function isAboutNone(
  { subjects, isRefused }: Pick<PlanStep, 'subjects' | 'isRefused'>,
  notMade: ReadonlySet<string>,
): boolean {
  return !isRefused && subjects.every(({ subject }) => notMade.has(subject));
}
