import type { FaultRule } from '../../directory/faults/fault.ts';
import { deepEqual } from '../../lib/json-equal.ts';
import type { PlannedStep } from '../contract.ts';
import type { FaultInFile } from '../schema.ts';

/**
 * Puts the rules of a file in the place of those that an earlier file gave; rules that no file gave stay, after them. A
 * rule that is there already as the file has it stays the same one, also where no file gave it, so that an export is no change.
 */
export function settleFaults(
  inFile: readonly FaultInFile[],
  present: readonly FaultRule[],
  steps: PlannedStep[],
): readonly FaultRule[] {
  const before = new Map(present.map((rule) => [rule.id, rule]));
  const settled = inFile.map((given): FaultRule => {
    // It was read with its preset filled in before anything is planned.
    const after = { ...(given as FaultRule), from_file: true } as const;
    const now = before.get(after.id);
    before.delete(after.id);
    if (now !== undefined && deepEqual({ ...now, from_file: true }, after)) return now;
    steps.push({
      action: now === undefined ? 'add' : 'change',
      kind: 'fault',
      id: after.id,
      fields: differing(now, after),
    });
    return after;
  });
  const others = [...before.values()];
  for (const { id, from_file: isOfFile } of others)
    if (isOfFile === true) steps.push({ action: 'remove', kind: 'fault', id, fields: [] });
  return [...settled, ...others.filter((rule) => rule.from_file !== true)];
}

function differing(now: FaultRule | undefined, after: FaultRule): readonly string[] {
  if (now === undefined) return [];
  const members = new Set([...Object.keys(now), ...Object.keys(after)]) as ReadonlySet<keyof FaultRule>;
  return [...members].filter((name) => name !== 'from_file' && !deepEqual(now[name] ?? null, after[name] ?? null));
}
