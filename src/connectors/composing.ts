import { deepEqual } from '../lib/json-equal.ts';
import type { FieldName, FieldRow, LiveValue, Words } from './connector.ts';
import type {
  ComposeProblem,
  Intent,
  Known,
  Operation,
  PersonCreate,
  PersonReturn,
  PersonUpdate,
  ProblemKind,
  WrittenField,
} from './writing.ts';

/** A field that shall have a value; null clears it. */
export type Wanted = readonly [FieldName, LiveValue];

/** The fields of one person that are worth asking for, and those that are not. */
export interface WantedFields {
  readonly wanted: readonly Wanted[];
  readonly custom: readonly (readonly [string, LiveValue])[];
  readonly problems: readonly ComposeProblem[];
}

/** Returns a problem. */
export function problem(
  subject: string,
  field: WrittenField | null,
  why: ProblemKind,
  words: Words = PROBLEM_WORDS[why],
): ComposeProblem {
  return { subject, field, why, words };
}

/** Why something cannot be asked of a platform. */
export const PROBLEM_WORDS: Readonly<Record<ProblemKind, Words>> = {
  'not-clearable': { en: 'The platform cannot make it empty.', zh: '平台不支持清空该字段。' },
  'not-writable': { en: 'No call of the platform writes it.', zh: '平台没有可写入该字段的接口。' },
  'not-linked': {
    en: 'It names a department or a person that is not linked to one on the platform.',
    zh: '所引用的部门或人员尚未与平台上的对象关联。',
  },
  'no-entry': {
    en: 'The platform has no entry of this name, or several.',
    zh: '平台上没有该名称的条目，或存在多个同名条目。',
  },
  'of-left': {
    en: 'Somebody who left there has it, and making a person with it would bring that record back. The person is made without it; where authority names the field it is written afterwards.',
    zh: '平台上有离职人员使用该值，带上它新增会恢复该离职人员的记录。因此新增时不带该字段；若 authority 指定了该字段，新增之后再写入。',
  },
  'no-right': { en: 'It needs a secret that this target does not have.', zh: '该操作所需的密钥未配置。' },
  incomplete: { en: 'The platform wants another value with it.', zh: '平台要求同时提供其他字段。' },
};

/** Whether a value is none. */
export function isNone(value: LiveValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Picks the changes of an update that differ and that the platform can make. */
export function wantedOf(intent: PersonUpdate, rows: readonly FieldRow[]): WantedFields {
  const byName = new Map(rows.map((row) => [row.field, row]));
  const problems: ComposeProblem[] = [];
  const wanted: Wanted[] = [];
  for (const row of rows) {
    const change = intent.fields[row.field];
    if (change === undefined || isSame(change.from, change.to, row)) continue;
    if (row.write === null) problems.push(problem(intent.subject, row.field, 'not-writable', row.care));
    else if (isNone(change.to) && row.clear === null) {
      problems.push(problem(intent.subject, row.field, 'not-clearable', row.care));
    } else wanted.push([row.field, change.to]);
  }
  for (const [field, change] of Object.entries(intent.fields) as [FieldName, { from?: LiveValue; to: LiveValue }][]) {
    if (!byName.has(field) && !deepEqual(change.from, change.to)) {
      problems.push(problem(intent.subject, field, 'not-writable'));
    }
  }
  const custom = Object.entries(intent.custom ?? {}).flatMap(([name, { from, to }]) =>
    deepEqual(from, to) ? [] : [[name, to] as const],
  );
  return { wanted, custom, problems };
}

/** Picks the values of a new person that the platform can write. */
export function givenValues(
  { subject, values }: PersonCreate,
  rows: readonly FieldRow[],
): Pick<WantedFields, 'wanted' | 'problems'> {
  const writable = new Set(rows.flatMap(({ field, write }) => (write === null ? [] : [field])));
  const given = (Object.entries(values) as [FieldName, LiveValue][]).filter(([, value]) => !isNone(value));
  return {
    wanted: given.filter(([field]) => writable.has(field)),
    // 0 and false are what a new person has anyway.
    problems: given.flatMap(([field, value]) =>
      writable.has(field) || value === 0 || value === false ? [] : [problem(subject, field, 'not-writable')],
    ),
  };
}

/** Returns the update that follows a return: what differs from what was read there. A null of ours clears nothing. */
export function updateOf({ subject, liveId, values }: PersonReturn, known: Known): PersonUpdate {
  const there = known.live.get(subject)?.values ?? {};
  const fields = (Object.entries(values) as [FieldName, LiveValue][]).flatMap(([field, to]) =>
    isNone(to) ? [] : [[field, there[field] === undefined ? { to } : { from: there[field], to }] as const],
  );
  return { operation: 'update', subject, liveId, fields: Object.fromEntries(fields) };
}

function isSame(from: LiveValue | undefined, to: LiveValue, { same = (value) => value }: FieldRow): boolean {
  return from !== undefined && deepEqual(asSet(same(from)), asSet(same(to)));
}

/** A list is a set. */
function asSet(value: LiveValue): LiveValue {
  return typeof value === 'object' && value !== null ? value.toSorted() : value;
}

/** Intents of one operation that follow each other, so that the order of all is kept. */
export function runsOf(intents: readonly Intent[]): readonly IntentRun[] {
  const runs: { operation: Operation; intents: Intent[] }[] = [];
  for (const intent of intents) {
    const last = runs.at(-1);
    if (last?.operation === intent.operation) last.intents.push(intent);
    else runs.push({ operation: intent.operation, intents: [intent] });
  }
  return runs as readonly unknown[] as readonly IntentRun[];
}

/** Intents of one operation. */
export type IntentRun = {
  readonly [Name in Operation]: {
    readonly operation: Name;
    readonly intents: readonly Extract<Intent, { readonly operation: Name }>[];
  };
}[Operation];

/** Cuts a list into pieces of at most `size`. */
export function pieces<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
