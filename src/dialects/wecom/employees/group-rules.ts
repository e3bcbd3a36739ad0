import { result } from '../protocol/codes.ts';
import { isWritable, type PlacedField, type PlacedGroup } from '../roster/roster.ts';
import { itemRule, type ItemRule } from './rules.ts';
import type { Reading } from '../roster/values.ts';

/** What is asked of a remove item. */
export interface RemoveFacts {
  readonly groupType: number;
  readonly group: PlacedGroup | undefined;
  readonly subIdx: number;
  readonly hasInstance: boolean;
  /** Whether an earlier item of the request named the same instance. */
  readonly isNamed: boolean;
}

const groupKnown = itemRule<{ readonly groupType: number; readonly group: PlacedGroup | undefined }>({
  name: 'groupKnown',
  result: result.notFound,
  refuses: ({ groupType, group }) =>
    group === undefined ? { kind: 'unknown', subject: 'group_type', value: String(groupType) } : null,
  reason: 'no such repeatable group in the roster',
});

const instanceThere = itemRule<RemoveFacts>({
  name: 'instanceThere',
  result: result.notFound,
  refuses: ({ subIdx, hasInstance, isNamed }) =>
    hasInstance && !isNamed ? null : { kind: 'unknown', subject: 'sub_idx', value: String(subIdx) },
  reason: 'no instance at that sub_idx, or it was removed by an earlier item',
});

/** The contract's table 2.7 for remove items. */
export const removeRules: readonly ItemRule<RemoveFacts>[] = [groupKnown, instanceThere];

/** What is asked of an insert item. */
export interface InsertFacts {
  readonly groupType: number;
  readonly group: PlacedGroup | undefined;
  /** The contents that are fields of the group, as the last of the same field says. */
  readonly readings: ReadonlyMap<PlacedField, Reading>;
  /** Instances that the group has by now. */
  readonly count: number;
}

const contentsUpdatable = itemRule<InsertFacts>({
  name: 'contentsUpdatable',
  result: result.notUpdatable,
  refuses: ({ readings }) => {
    for (const field of readings.keys()) if (!isWritable(field)) return { kind: 'forbidden', subject: field.key };
    return null;
  },
  reason: 'a field of it holds files or is not updatable',
});

const mustFieldsFilled = itemRule<InsertFacts>({
  name: 'mustFieldsFilled',
  result: result.mustBeFilled,
  refuses: ({ group, readings }) => {
    const empty = group?.fields.find((field) => field.is_must && (readings.get(field)?.kind ?? 'empty') === 'empty');
    return empty === undefined ? null : { kind: 'missing', subject: empty.key };
  },
  reason: 'a must field of the group is not filled in',
});

const contentsWellFormed = itemRule<InsertFacts>({
  name: 'contentsWellFormed',
  result: result.failure,
  refuses: ({ readings }) => {
    for (const reading of readings.values()) if (reading.kind === 'bad') return reading.problem;
    return null;
  },
  reason: 'a value is of the wrong type, out of range, too long, or no option',
});

/** Judged after the removals of the same request. [proposed] */
const roomLeft = itemRule<InsertFacts>({
  name: 'roomLeft',
  result: result.failure,
  refuses: ({ group, count }) =>
    group !== undefined && count >= group.group.max_instances
      ? { kind: 'too-long', subject: String(group.group.group_id), limit: group.group.max_instances }
      : null,
  reason: 'the group has as many instances as it may have',
});

/** The contract's table 2.7 for insert items. */
export const insertRules: readonly ItemRule<InsertFacts>[] = [
  groupKnown,
  contentsUpdatable,
  mustFieldsFilled,
  contentsWellFormed,
  roomLeft,
];
