import type { FieldName, FieldRow, LivePerson, LiveValue, Words } from '../../../../connectors/connector.ts';
import type { Changes, Intent, LiveValues } from '../../../../connectors/writing.ts';
import { deepEqual } from '../../../../lib/json-equal.ts';
import { intentOf, joinedChanges, outcomeOf, type KeptIntent } from '../../continuous/kept.ts';
import { isNone } from '../authority.ts';
import type { Braked } from '../brake.ts';
import { countedOf, isTold } from '../counts/counted.ts';
import type { LiveLinks, PersonWork, PlanReport, PlatformFacts } from '../people.ts';
import { valueOf } from '../perform.ts';
import type { Lasting } from '../plan.ts';

/** One subject of a step that was done, with the values before and after. */
export interface DoneStep {
  readonly subject: string;
  readonly operation: string;
  readonly liveId: string | null;
  readonly before: Readonly<Record<string, LiveValue>>;
  readonly sent: Readonly<Record<string, LiveValue>>;
  /** The fields that arrived; of a person as a whole none is named. */
  readonly written: readonly string[];
}

/** What is taken back. */
export interface UndoRequest {
  /** The plan, the delivery, or the employee with a time. */
  readonly of: string;
  /** In the order in which they were done. */
  readonly steps: readonly DoneStep[];
}

/** What taking back goes by. */
export interface UndoBasis {
  readonly facts: PlatformFacts;
  readonly links: LiveLinks;
  /** Everybody there who is one of ours, by our ids. */
  readonly live: ReadonlyMap<string, LivePerson>;
  /** Values that both last agreed on, by our ids. */
  readonly bases: ReadonlyMap<string, LiveValues>;
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Decides how steps are taken back: a field by its value before, unless someone changed it since; a person who was made
 * leaves; one who left returns with the values that were last agreed on.
 */
export function undoing(request: UndoRequest, basis: UndoBasis): PersonWork & { readonly lasting: readonly Lasting[] } {
  const made = new Set(request.steps.flatMap(({ subject, operation }) => (operation === 'create' ? [subject] : [])));
  const works = Array.from(
    Map.groupBy(request.steps, ({ subject }) => subject),
    ([subject, steps]) => undoOne(subject, steps, basis),
  );
  return {
    intents: works.flatMap(({ intents }) => intents),
    counts: works.flatMap(({ counts }) => counts),
    overwrites: [],
    reports: works.flatMap(({ reports }) => reports),
    lasting: request.steps.flatMap((step) => lastingOf(step, made, basis)),
  };
}

const NONE: PersonWork = { intents: [], counts: [], overwrites: [], reports: [] };

function undoOne(subject: string, steps: readonly DoneStep[], basis: UndoBasis): PersonWork {
  const live = basis.live.get(subject);
  const done = new Set(steps.map(({ operation }) => operation));
  const liveId = steps.findLast((step) => step.liveId !== null)?.liveId ?? live?.id ?? null;
  const whole = (intent: Intent, kind: Braked): PersonWork => ({ ...NONE, intents: [intent], counts: [kind] });
  if (done.has('department-update')) return reported(subject, null, 'unknown-before', basis);
  if (done.has('department-create')) {
    return liveId === null
      ? reported(subject, null, 'unknown-before', basis)
      : whole({ operation: 'department-remove', subject, liveId }, 'department-remove');
  }
  // What was done of a person as a whole is taken back by the state before the first of it.
  const first = steps.find(({ operation }) => WHOLE.has(operation))?.operation;
  if (first === 'create' || first === 'return') {
    if (live?.isInService !== true) return reported(subject, null, 'changed-since', basis);
    return whole({ operation: 'leave', subject, liveId: live.id }, 'leave');
  }
  if (first === 'leave' && !(done.has('return') && live?.isInService === true)) {
    if (live?.isInService === true) return reported(subject, null, 'changed-since', basis);
    if (liveId === null) return reported(subject, null, 'unknown-before', basis);
    const before = Object.fromEntries(steps.flatMap((step) => Object.entries(step.before)));
    const values = writable({ ...basis.bases.get(subject), ...before }, basis.facts.fields);
    return whole({ operation: 'return', subject, liveId, values }, 'return');
  }
  return live?.isInService === true
    ? undoFields(
        subject,
        steps.filter(({ operation }) => !WHOLE.has(operation)),
        live,
        basis,
      )
    : reported(subject, null, 'changed-since', basis);
}

function undoFields(subject: string, steps: readonly DoneStep[], live: LivePerson, basis: UndoBasis): PersonWork {
  const { facts, links } = basis;
  const fields: Record<string, { from?: LiveValue; to: LiveValue }> = {};
  const custom: Record<string, { from: LiveValue; to: LiveValue }> = {};
  const counts: Braked[] = [];
  const reports: PlanReport[] = [];
  const names = new Set(steps.flatMap(({ written }) => written));
  for (const field of names) {
    const of = steps.filter(({ written }) => written.includes(field));
    const row = facts.fields.find((one) => one.field === field);
    const [before, sent] = [of[0]?.before[field], of.at(-1)?.sent[field]];
    const now = valueOf(live, field, row, links);
    const report = (why: PlanReport['why']): void => void reports.push(...reported(subject, field, why, basis).reports);
    if (before === undefined || sent === undefined) report('unknown-before');
    else if (now === undefined) report('unreadable');
    else if (!deepEqual(now, sent)) report('changed-since');
    else if (field.startsWith('custom:')) {
      custom[field.slice('custom:'.length)] = { from: now, to: before };
      if (isNone(before)) counts.push('clear');
    } else {
      fields[field] = { from: now, to: before };
      if (row !== undefined) counts.push(...countedOf(row, before, false));
    }
  }
  const { frozen, ...rest } = fields;
  const isApart = facts.operations.freeze !== undefined && frozen !== undefined;
  const shared = (isApart ? rest : fields) as Changes;
  const hasUpdate = Object.keys(shared).length > 0 || Object.keys(custom).length > 0;
  const update = { operation: 'update', subject, liveId: live.id, fields: shared, custom } as const;
  const freeze = { operation: 'freeze', subject, liveId: live.id, frozen: frozen?.to === true } as const;
  return { intents: [...(hasUpdate ? [update] : []), ...(isApart ? [freeze] : [])], counts, overwrites: [], reports };
}

function reported(
  subject: string,
  field: string | null,
  why: PlanReport['why'],
  { names }: Pick<UndoBasis, 'names'>,
): PersonWork {
  return { ...NONE, reports: [{ subject, name: names.get(subject) ?? '', field, why }] };
}

function writable(values: Readonly<Record<string, LiveValue | undefined>>, rows: readonly FieldRow[]): LiveValues {
  return Object.fromEntries(
    rows.flatMap(({ field, write }) => {
      const value = values[field];
      return write === null || value === undefined || isNone(value) || value === false || value === 0
        ? []
        : [[field, value]];
    }),
  );
}

const STAYS_SENT: Words = { en: 'The message stays sent.', zh: '已发出的通知无法撤回。' };
const LOGIN_MOVED: Words = {
  en: 'The login moved; the employee may have to join again.',
  zh: '登录账号已变更，员工可能须重新激活。',
};

function lastingOf(
  { subject, operation, written }: DoneStep,
  made: ReadonlySet<string>,
  { facts, names }: UndoBasis,
): readonly Lasting[] {
  const about = { subject, name: names.get(subject) ?? '' };
  const row = Object.entries(facts.operations).find(([name]) => name === operation)?.[1];
  const effects = facts.fields.filter(({ field }) => written.includes(field)).flatMap((one) => one.effects ?? []);
  // Who was only made had no login before.
  const isChanged = operation === 'update' && !made.has(subject);
  return [
    ...(row?.lasting === undefined ? [] : [{ ...about, why: row.lasting }]),
    ...(isChanged && isTold(effects) ? [{ ...about, why: STAYS_SENT }] : []),
    ...(isChanged && effects.some(({ effect }) => effect === 'login' || effect === 'reset-activation')
      ? [{ ...about, why: LOGIN_MOVED }]
      : []),
  ];
}

/** A delivery as it is kept. */
interface KeptDelivery {
  readonly subject: string;
  readonly operation: string;
  readonly intent: unknown;
  readonly outcome: unknown;
}

/** Returns what a kept delivery did, as far as it can be taken back. */
export function doneStep(delivery: KeptDelivery): DoneStep {
  const followed = intentOf(delivery);
  return followed === null ? plannedStep(delivery) : followedStep(delivery, followed);
}

/** What is done to an employee as a whole: fields beside it are part of it. */
const WHOLE: ReadonlySet<string> = new Set(['create', 'return', 'leave']);
/** What a read back says of a field that arrived. */
const ARRIVED: ReadonlySet<string | undefined> = new Set(['as-sent', 'other', 'unreadable']);

/** Returns what was delivered without a plan. */
function followedStep(delivery: KeptDelivery, intent: KeptIntent): DoneStep {
  const { operation, operations = [], liveId, changes, earlier = {} } = intent;
  const shown = outcomeOf(delivery)?.fields ?? {};
  const fields = Object.entries(joinedChanges(earlier, changes));
  // What was sent before it began again was read back then; whether it is there still is seen when it is taken back.
  const hasArrived = (field: string): boolean =>
    changes[field] === undefined || ARRIVED.has(shown[field] ?? shown['*']);
  return {
    subject: delivery.subject,
    operation: [...operations, operation].find((one) => WHOLE.has(one)) ?? 'update',
    liveId,
    before: Object.fromEntries(fields.flatMap(([field, { from }]) => (from === undefined ? [] : [[field, from]]))),
    sent: Object.fromEntries(fields.map(([field, { to }]) => [field, to])),
    // A freeze has no field in its request: what is said of the employee is said of it.
    written: fields.flatMap(([field]) => (hasArrived(field) ? [field] : [])),
  };
}

function plannedStep(delivery: KeptDelivery): DoneStep {
  // Both were kept by `deliveriesOf` in this form.
  const intent = delivery.intent as {
    readonly live_id?: string | null;
    readonly before?: DoneStep['before'];
    readonly sent?: DoneStep['sent'];
  } | null;
  const outcome = delivery.outcome as {
    readonly items?: readonly {
      readonly field: FieldName | null;
      readonly fate: string;
      readonly shown: string | null;
    }[];
  } | null;
  const sent = intent?.sent ?? {};
  const arrived = (outcome?.items ?? []).filter(({ fate, shown }) => fate === 'written' && shown !== 'dropped');
  const named = arrived.flatMap(({ field }) => field ?? []);
  return {
    subject: delivery.subject,
    operation: delivery.operation,
    liveId: intent?.live_id ?? null,
    before: intent?.before ?? {},
    sent,
    written: delivery.operation === 'freeze' ? Object.keys(sent) : named,
  };
}
