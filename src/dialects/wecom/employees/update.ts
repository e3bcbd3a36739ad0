import { firstRefusal } from '../../rule.ts';
import { updateEmployee, type Update } from '../../../directory/employees/employee-update.ts';
import type { FieldResult } from '../../../directory/verdict.ts';
import { result, type Result } from '../protocol/codes.ts';
import { draftOf, patchOf, type Draft } from './draft.ts';
import { insertRules, removeRules } from './group-rules.ts';
import type { PlacedField, Roster } from '../roster/roster.ts';
import type { ItemRefusal } from './rules.ts';
import {
  ignoredIn,
  isItemRefusal,
  updateOne,
  type Facts,
  type ItemOutcome,
  type RemovedPositions,
} from './update-item.ts';
import { readValue, type Reading } from '../roster/values.ts';
import { wecomOf, type FieldContent, type StaffInfoUpdate } from '../protocol/wire.ts';

/** What an update does, item by item. */
export interface UpdateResult {
  readonly update: Update;
  readonly updateResults: readonly { readonly fieldid: number; readonly sub_idx: number; readonly result: Result }[];
  readonly removeResults: readonly { readonly group_type: number; readonly sub_idx: number; readonly result: Result }[];
  readonly insertResults: readonly { readonly group_type: number; readonly idx: number; readonly result: Result }[];
  readonly verdicts: readonly FieldResult[];
}

/**
 * Applies an update in memory. Every `sub_idx` refers to the state before the request; updates first, in order, then
 * removals, then inserts at the end; an item that fails stops no other. [proposed: contract 2.9]
 */
export function applyStaffUpdate(facts: Facts, { updates, removes, inserts }: StaffInfoUpdate): UpdateResult {
  const { employee, roster, at } = facts;
  const draft = draftOf(employee);
  const verdicts: FieldResult[] = [];
  const settle = (outcome: ItemOutcome, field: string): Result => {
    if (!isItemRefusal(outcome)) {
      // One by one: an item may have more members than a call may have arguments.
      for (const verdict of outcome) verdicts.push(verdict);
      return result.success;
    }
    verdicts.push({ field, verdict: 'refused', reason: outcome.reason });
    return outcome.result;
  };
  const removals = removes.length === 0 ? NO_REMOVALS : planRemovals(facts, removes);
  const updateResults = updates.map((item, index) => {
    const named = `update_items[${String(index)}].${String(item.fieldid)}`;
    const outcome = updateOne(facts, draft, item, named, removals.named);
    return { fieldid: item.fieldid, sub_idx: item.subIdx, result: settle(outcome, named) };
  });
  const removeResults = removes.map(({ groupType, subIdx }, index) => {
    const named = `remove_items[${String(index)}]`;
    const outcome: ItemOutcome = removals.refusals[index] ?? [{ field: named, verdict: 'cleared' }];
    return { group_type: groupType, sub_idx: subIdx, result: settle(outcome, named) };
  });
  // What is left closes up, in its order.
  for (const [type, named] of removals.named)
    draft.groups[type] = (draft.groups[type] ?? []).filter((_instance, position) => !named.has(position));
  const insertResults = inserts.map(({ groupType, item }, index) => {
    const named = `insert_items[${String(index)}]`;
    const outcome = insertOne(roster, draft, groupType, item, named);
    // 增加字段组输入时的下标 [seed]: the position in the request, not the new instance's.
    return { group_type: groupType, idx: index + roster.indexBase, result: settle(outcome, named) };
  });
  return {
    update: updateEmployee(employee, patchOf(draft), at),
    updateResults,
    removeResults,
    insertResults,
    verdicts,
  };
}

/** What the remove items come to. */
interface Removals {
  readonly refusals: readonly (ItemRefusal | null)[];
  readonly named: RemovedPositions;
}

const NO_REMOVALS: Removals = { refusals: [], named: new Map() };

/** Which instances the remove items name, judged by the state before the request. */
function planRemovals({ roster, employee }: Facts, removes: StaffInfoUpdate['removes']): Removals {
  const { groups } = wecomOf(employee);
  const named = new Map<string, Set<number>>();
  const refusals = removes.map(({ groupType, subIdx }) => {
    const type = String(groupType);
    const position = subIdx - roster.indexBase;
    const refusal = firstRefusal(
      {
        groupType,
        group: roster.repeatable(groupType),
        subIdx,
        hasInstance: groups[type]?.[position] !== undefined,
        isNamed: named.get(type)?.has(position) ?? false,
      },
      removeRules,
    );
    if (refusal === null) named.set(type, (named.get(type) ?? new Set()).add(position));
    return refusal;
  });
  return { refusals, named };
}

/** Adds one instance at the end of its group, unless a rule refuses it. */
function insertOne(
  roster: Roster,
  draft: Draft,
  groupType: number,
  item: readonly FieldContent[],
  named: string,
): ItemOutcome {
  const group = roster.repeatable(groupType);
  const type = String(groupType);
  const readings = new Map<PlacedField, Reading>();
  const ignored: FieldResult[] = [];
  item.forEach(({ fieldid, members }, index) => {
    const at = `${named}.item[${String(index)}].${String(fieldid)}`;
    const field = group?.fields.find((one) => one.fieldid === fieldid);
    // 没有找到对应字段id的字段内容将被忽略 [seed]; of a field named twice the last counts [proposed].
    if (field === undefined) ignored.push({ field: at, verdict: 'ignored', reason: 'not a field of the group' });
    else {
      readings.set(field, readValue(field, members));
      for (const verdict of ignoredIn(field, members, at)) ignored.push(verdict);
    }
  });
  const instances = draft.groups[type] ?? [];
  const refusal = firstRefusal({ groupType, group, readings, count: instances.length }, insertRules);
  if (refusal !== null) return refusal;
  const filled = [...readings].flatMap(([field, reading]) =>
    reading.kind === 'value' ? [[field.key, reading.value] as const] : [],
  );
  draft.groups[type] = [...instances, Object.fromEntries(filled)];
  return [{ field: named, verdict: 'applied' }, ...ignored];
}
