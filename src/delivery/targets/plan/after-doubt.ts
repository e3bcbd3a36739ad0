import type { ConnectorWrites } from '../../../connectors/writing.ts';
import { PASSED_ON } from '../match.ts';
import { keyOf, look, type Looked, type Performer } from './perform.ts';
import type { ItemResult, PlanStep } from './plan.ts';

/** What looking needs: the calls of a step, and those that find what was made under an id that is not known. */
export type DoubtPerformer = Performer & { readonly writes: Pick<ConnectorWrites, 'find' | 'readTree'> };

/** What became of a request whose answer was lost; `mixed`: it cannot be seen. */
export type AfterDoubt = { readonly made: ReadonlyMap<string, string> } | 'undone' | 'mixed';

/** How long something in doubt may take to settle. */
const DOUBT_WAIT_MS = 30_000;
/** What could not be read is read again after these waits: a look that fails says nothing. */
const UNREAD_WAITS = [2_000, 5_000, 15_000];

/** Waits until a request that may be on its way has arrived or is gone, and looks. */
export async function afterDoubt(
  step: PlanStep,
  performer: DoubtPerformer,
  sleep: (ms: number) => Promise<void>,
): Promise<AfterDoubt> {
  await sleep(DOUBT_WAIT_MS);
  for (const wait of [...UNREAD_WAITS, null]) {
    const found = await lookOnce(step, performer);
    if (found !== null) return found;
    if (wait !== null) await sleep(wait);
  }
  return 'mixed';
}

/** Looks once; null where something could not be read. */
async function lookOnce(step: PlanStep, performer: DoubtPerformer): Promise<AfterDoubt | null> {
  if (step.operation === 'department-create') return await findDepartment(step, performer);
  // Who was made in an earlier step has an id by now: this one only adds to that person.
  const madeBefore = madeIds(step, performer);
  const chosen = new Map([...madeBefore, ...expectedIds(step)]);
  const isMaking = step.operation === 'create' && madeBefore.size === 0;
  const subjects = new Set(step.subjects.map(({ subject }) => subject));
  const looked = await look(step, subjects, chosen, performer);
  if (looked.isUnread) return null;
  const judged = judgedBy(step, looked, isMaking);
  if (judged === 'done') return { made: chosen };
  if (!isMaking || step.isRefused || judged !== 'undone') return judged;
  // The platform may have given another id than it gave on the copy.
  return await findPerson(step, performer);
}

function judgedBy(step: PlanStep, { seen }: Looked, isMaking: boolean): 'done' | 'undone' | 'mixed' {
  const { operation, predicted, request } = step;
  const isBeforeKnown = step.subjects.every(({ changes }) =>
    Object.values(changes).every(({ from }) => from !== undefined),
  );
  // Whatever is made, returns or goes is there or not; of others each field says it.
  const isWhole = isMaking || /return|leave|remove/.test(operation);
  const all = [...seen].filter(([key]) => key.endsWith('\n') === isWhole);
  if (all.length === 0) return 'undone';
  // What was not expected to be seen, such as a mobile that is ignored, tells nothing.
  const expected = new Set(
    predicted.flatMap((one) => (one.shown === 'as-sent' ? [keyOf(one.subject, one.field)] : [])),
  );
  const telling = all.filter(
    ([key, shown]) => shown !== 'unreadable' && (isWhole || operation === 'freeze' || expected.has(key)),
  );
  const shown = new Set(telling.map(([, one]) => one));
  if (shown.size === 1 && shown.has('as-sent')) return 'done';
  if (shown.size === 1 && shown.has('dropped')) return 'undone';
  // Where the value before is not known, whatever is there is not what was sent.
  if (!isBeforeKnown && shown.size > 0 && !shown.has('as-sent')) return 'undone';
  // What does no more the second time is sent again, but not over what somebody else wrote.
  return request.isRepeatable && !shown.has('other') ? 'undone' : 'mixed';
}

/** Finds who was made: someone who has all of the values that were sent, and is none of ours yet. */
async function findPerson({ subjects }: PlanStep, performer: DoubtPerformer): Promise<AfterDoubt | null> {
  const { wire, writes, target, setup, links } = performer;
  const made = new Map<string, string>();
  for (const { subject, changes, expectedId } of subjects) {
    const answers: string[] = [];
    for (const key of PASSED_ON) {
      const value = changes[key]?.to;
      if (typeof value !== 'string') continue;
      const { matches, problems } = await wire.run(writes.find(key, [value], target, setup));
      if (problems.some(({ verdict }) => verdict.kind !== 'refused')) return null;
      for (const ids of matches.values()) answers.push(ids.join(' '));
    }
    const [id, ...others] = new Set(answers);
    // Where the platform does not let people be found, the id that was chosen tells.
    if (id === undefined && expectedId !== undefined) continue;
    if (id === undefined || others.length > 0 || id.includes(' ') || links.people.has(id)) return 'mixed';
    if (id !== '') made.set(subject, id);
  }
  if (made.size === 0) return 'undone';
  return made.size === subjects.length ? { made } : 'mixed';
}

/** Finds the department that was made: no platform has a call that finds one by its name, so all are read. */
async function findDepartment({ subjects }: PlanStep, performer: DoubtPerformer): Promise<AfterDoubt | null> {
  const { wire, writes, target, links, root } = performer;
  const { departments, problems } = await wire.run(writes.readTree(target));
  if (problems.length > 0) return null;
  const [one, ...others] = subjects;
  if (one === undefined || others.length > 0) return 'mixed';
  const { name, parent } = one.changes;
  if (name === undefined || parent === undefined) return 'mixed';
  const rootId = departments.find(({ parent: above }) => above === null)?.id ?? null;
  // What is linked was there before.
  const those = departments.filter((there) => {
    const above = there.parent === rootId ? null : (links.departments.get(there.parent ?? '') ?? there.parent);
    return there.name === name.to && (above === root ? null : above) === parent.to && !links.departments.has(there.id);
  });
  const [found, ...more] = those;
  if (more.length > 0) return 'mixed';
  return found === undefined ? 'undone' : { made: new Map([[one.subject, found.id]]) };
}

/** What a step comes to that is seen to be done, though its answer was lost. */
export function asWritten({ predicted }: PlanStep): readonly ItemResult[] {
  return predicted.map((item) => ({
    ...item,
    fate: 'written',
    code: null,
    message: '',
    shown: item.shown ?? 'as-sent',
  }));
}

function madeIds({ subjects }: PlanStep, { links }: DoubtPerformer): ReadonlyMap<string, string> {
  const unnamed = new Set(
    subjects.flatMap(({ subject, liveId, expectedId }) => ((liveId ?? expectedId ?? null) === null ? [subject] : [])),
  );
  return new Map([...links.people].flatMap(([liveId, subject]) => (unnamed.has(subject) ? [[subject, liveId]] : [])));
}

function expectedIds({ subjects }: PlanStep): ReadonlyMap<string, string> {
  return new Map(
    subjects.flatMap(({ subject, expectedId }) => (expectedId === undefined ? [] : [[subject, expectedId]])),
  );
}
