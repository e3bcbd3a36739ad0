import type { LiveRead } from '../../../connectors/connector.ts';
import type { DriftLine, DriftRemedy, DriftValue } from '../../../directory/targets/drift-run.ts';
import type { DriftChoice, DriftLeft } from '../../../directory/targets/drift-view.ts';
import { TargetError } from '../../../directory/targets/target-view.ts';
import type { TargetSettings } from '../../../directory/targets/target.ts';
import { deepEqual } from '../../../lib/json-equal.ts';
import type { Difference } from '../drift.ts';
import { maskedValue } from '../mask.ts';
import type { OwnCompany } from '../own-people.ts';

/** The differences that are meant, and those that were named and are left as they are. */
export interface Chosen {
  readonly chosen: readonly Difference[];
  readonly left: readonly DriftLeft[];
}

/**
 * Chooses the differences that something is done about. What is named is meant whatever authority says; with `all` authority
 * decides each. `seen` are the lines that the operator looked at: what is no longer so is left. Throws {@link TargetError}.
 */
export function chosenOf(
  differences: readonly Difference[],
  choice: DriftChoice,
  remedy: Exclude<DriftRemedy, 'decide'>,
  seen: readonly DriftLine[] | null = null,
): Chosen {
  const { employees, fields, all } = choice;
  if (employees === undefined && fields === undefined && all !== true) {
    throw new TargetError('refused', 'Name employees or fields, or say all.');
  }
  const left: DriftLeft[] = [];
  const chosen = differences.filter((one) => {
    const { employee, field } = one;
    if (employees?.includes(employee) === false || fields?.includes(field) === false) return false;
    const why = whyLeft(one, all === true, remedy, seen);
    if (why !== null) left.push({ employee, field, why });
    return why === null;
  });
  return { chosen, left };
}

/** Returns those who were named and are none of ours: nothing can be done about a difference of theirs. */
export function notOurs(
  { own, live }: { readonly own: OwnCompany; readonly live: LiveRead },
  { employees = [] }: DriftChoice,
): readonly DriftLeft[] {
  const ours = new Set(own.employees.map(({ id }) => id));
  const theirs = new Set(live.people.map(({ id }) => id));
  return employees.flatMap((employee) =>
    ours.has(employee) ? [] : [{ employee, field: null, why: theirs.has(employee) ? 'only-there' : 'no-one' }],
  );
}

function whyLeft(
  one: Difference,
  isAll: boolean,
  remedy: DriftRemedy,
  seen: readonly DriftLine[] | null,
): DriftLeft['why'] | null {
  if (one.field === 'status') {
    if (remedy === 'accept') return 'no-field';
  } else if (isAll && one.remedy !== remedy) return 'not-ours-to-decide';
  return seen === null || isAsSeen(seen, one) ? null : 'moved';
}

function isAsSeen(lines: readonly DriftLine[], { employee, field, ours, theirs }: Difference): boolean {
  const shown = (value: DriftValue): DriftValue => maskedValue(field, value);
  return lines.some(
    (line) =>
      line.subject === employee &&
      line.field === field &&
      deepEqual(line.ours, shown(ours)) &&
      deepEqual(line.theirs, shown(theirs)),
  );
}

/** A plan for some people and fields only. */
export interface NarrowedPlan {
  readonly only: ReadonlySet<string>;
  readonly settings: TargetSettings;
}

/** Returns the settings of a plan that writes our values of what was chosen, and nothing else. */
export function narrowed(settings: TargetSettings, chosen: readonly Difference[], { all }: DriftChoice): NarrowedPlan {
  const fields = new Set(chosen.map(({ field }) => (field.startsWith('custom.') ? 'custom' : field)));
  const isStatus = fields.delete('status');
  const given = settings.authority ?? {};
  const authority = Object.fromEntries(
    [...fields].map((field) => [field, all === true ? (given[field] ?? 'hands-off') : 'ours'] as const),
  );
  const people = isStatus
    ? { ...settings.people, create: 'no' as const }
    : { create: 'no' as const, leave: 'no' as const, return: 'no' as const };
  return { only: new Set(chosen.map(({ employee }) => employee)), settings: { ...settings, authority, people } };
}
