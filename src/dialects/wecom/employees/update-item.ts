import { firstRefusal } from '../../rule.ts';
import { deepEqual } from '../../../lib/json-equal.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { Problem } from '../../../directory/errors.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { FieldResult } from '../../../directory/verdict.ts';
import { rosterToCustom, customToRoster } from '../model/custom-fields.ts';
import { dropOwnPosition, keep, setMembers, withEntry, type Draft } from './draft.ts';
import { ATTRIBUTES, isProblem, type AttributeContext, type AttributeWrite } from './attributes.ts';
import type { PlacedField, Roster } from '../roster/roster.ts';
import { locationRules, valueRules, type Holders, type ItemRefusal } from './rules.ts';
import { ignoredKeys, readValue, type Reading } from '../roster/values.ts';
import type { FieldContent, Instance, RosterValue } from '../protocol/wire.ts';

/** Everything that decides what an update does. */
export interface Facts {
  readonly tenant: Tenant;
  readonly roster: Roster;
  readonly employee: Employee;
  readonly holders: Holders;
  readonly lockMobileWhenActive: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Positions that the request removes, by group type. */
export type RemovedPositions = ReadonlyMap<string, ReadonlySet<number>>;

/** What became of an item: the verdicts, or the refusal. */
export type ItemOutcome = readonly FieldResult[] | ItemRefusal;

/** Whether an item was refused. */
export function isItemRefusal(outcome: ItemOutcome): outcome is ItemRefusal {
  return 'rule' in outcome;
}

/** One value on its way into one field. */
interface Writing {
  readonly field: PlacedField;
  readonly reading: Reading;
  /** Null: the field is emptied. */
  readonly value: RosterValue | null;
  /** The item's name in verdicts. */
  readonly named: string;
}

/** Carries one update item out on the draft, unless a rule refuses it. */
export function updateOne(
  facts: Facts,
  draft: Draft,
  { fieldid, subIdx, members }: FieldContent,
  named: string,
  removed: RemovedPositions,
): ItemOutcome {
  const { roster } = facts;
  const field = roster.field(fieldid);
  const type = field?.group.group_type == null ? null : String(field.group.group_type);
  const position = subIdx - roster.indexBase;
  const instance = type === null ? undefined : draft.groups[type]?.[position];
  const hasPlace = type === null ? subIdx === 0 : instance !== undefined;
  const reading: Reading = field === undefined ? { kind: 'empty' } : readValue(field, members);
  const refusal = firstRefusal({ fieldid, subIdx, field, hasPlace, reading }, locationRules);
  if (refusal !== null) return refusal;
  if (field === undefined) return []; // the rules have refused it
  const value = reading.kind === 'value' ? reading.value : null;
  const writing: Writing = { field, reading, value, named };
  const outcome =
    type === null || instance === undefined
      ? writeSingle(facts, draft, writing)
      : writeInstance(draft, { type, position, instance, removed }, writing);
  return isItemRefusal(outcome) ? outcome : [...outcome, ...ignoredIn(field, members, named)];
}

/** 除了对应的字段外，在其他字段填写的内容将被忽略 [seed]. */
export function ignoredIn(field: PlacedField, members: FieldContent['members'], named: string): readonly FieldResult[] {
  return ignoredKeys(field, members).map((key) => ({
    field: `${named}.${key}`,
    verdict: 'ignored',
    reason: 'not the value key of the field’s type',
  }));
}

interface ItemLocation {
  readonly type: string;
  readonly position: number;
  readonly instance: Instance;
  readonly removed: RemovedPositions;
}

function writeInstance(draft: Draft, place: ItemLocation, writing: Writing): ItemOutcome {
  const { type, position, instance, removed } = place;
  const { field, value, named } = writing;
  draft.groups[type] = (draft.groups[type] ?? []).with(position, withEntry(instance, field.key, value));
  if (removed.get(type)?.has(position) === true)
    return [{ field: named, verdict: 'ignored', reason: 'the same request removes the instance' }];
  return [verdictOn(writing, instance[field.key] ?? null, value)];
}

function writeSingle(facts: Facts, draft: Draft, writing: Writing): ItemOutcome {
  const { field, value } = writing;
  if (field.custom !== null) return writeCustom(facts, draft, writing, field.custom);
  if (field.canonical !== null) return writeAttribute(facts, draft, writing, ATTRIBUTES[field.canonical]);
  const was = draft.values[field.key] ?? null;
  keep(draft.values, field.key, value);
  return [verdictOn(writing, was, value)];
}

function writeAttribute(
  facts: Facts,
  draft: Draft,
  writing: Writing,
  attribute: (typeof ATTRIBUTES)[keyof typeof ATTRIBUTES],
): ItemOutcome {
  const { key } = writing.field;
  const context = (): AttributeContext => ({ employee: draft.employee, tenant: facts.tenant, kept: draft.values[key] });
  const was = attribute.read(context());
  const written = attribute.write(context(), writing.value);
  const refusal = refusalOfRecord(facts, draft, written);
  if (refusal !== null) return refusal;
  if (!isProblem(written)) {
    if (written.members !== undefined) setMembers(draft, written.members);
    if (written.kept !== undefined) keep(draft.values, key, written.kept);
    if (writing.field.canonical === 'position') dropOwnPosition(draft);
  }
  return [verdictOn(writing, was, attribute.read(context()))];
}

function writeCustom(
  facts: Facts,
  draft: Draft,
  writing: Writing,
  custom: NonNullable<PlacedField['custom']>,
): ItemOutcome {
  const { value } = writing;
  const { id } = custom;
  const was = (Object.hasOwn(draft.custom, id) ? draft.custom[id] : draft.employee.custom[id]) ?? undefined;
  const kept = value === null ? { value: null } : rosterToCustom(custom, was, value);
  const refusal = refusalOfRecord(facts, draft, 'kind' in kept ? kept : {});
  if (refusal !== null) return refusal;
  if (!('kind' in kept)) draft.custom[id] = kept.value;
  return [verdictOn(writing, customToRoster(custom, was), value)];
}

function refusalOfRecord(
  { holders, lockMobileWhenActive }: Facts,
  draft: Draft,
  written: AttributeWrite | Problem,
): ItemRefusal | null {
  return firstRefusal({ before: draft.employee, written, holders, lockMobileWhenActive }, valueRules);
}

function verdictOn({ named, reading }: Writing, was: RosterValue | null, now: RosterValue | null): FieldResult {
  if (deepEqual(was === '' ? null : was, now === '' ? null : now)) return { field: named, verdict: 'unchanged' };
  if (reading.kind === 'value' && reading.normalised !== undefined)
    return { field: named, verdict: 'normalised', ...reading.normalised };
  return { field: named, verdict: reading.kind === 'empty' ? 'cleared' : 'applied' };
}
