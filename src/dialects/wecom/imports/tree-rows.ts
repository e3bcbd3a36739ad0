import { withoutDepartment, isRefused } from '../../../directory/departments/department-edit.ts';
import type { Department } from '../../../directory/departments/department.ts';
import { plainText } from '../../../directory/text.ts';
import { load, type Decision, type Effect, type StoreTask } from '../../../directory/store.ts';
import { Tenant } from '../../../directory/tenant.ts';
import type { DialectContext } from '../../dialect.ts';
import { planCreation } from '../departments/create.ts';
import { checkNames, depthOf, numbered, planUpdate } from '../departments/write.ts';
import { departmentIdOf, DEPARTMENT_ID } from '../model/ids.ts';
import { errcodes } from '../protocol/codes.ts';
import type { DepartmentRow } from './department-file.ts';
import { rowErrorOf, type RowResult } from './job.ts';

/** What a department underwent, in bits. [public: 90983] */
const ACTION = { made: 1, renamed: 2, moved: 4, reordered: 8 } as const;

/** A tree that is written, and where it was gone through. */
export interface TreeRows {
  /** Parents in front. */
  readonly rows: readonly DepartmentRow[];
  readonly from: number;
  readonly to: number;
  readonly recordFactory: DialectContext['recordFactory'];
  /** Own ids for departments that are made, one for each row. */
  readonly ids: readonly string[];
  readonly at: number;
}

/** Makes, renames, moves and reorders departments as rows say; each row succeeds or fails alone. (wecom-more 6.4) */
export function writeTreeRows(tenant: Tenant, tree: TreeRows): Decision<readonly RowResult[]> {
  const { rows, from, to, recordFactory, ids, at } = tree;
  // A sibling that a later row renames or moves does not conflict with this one.
  const unsettled = new Set(
    rows.slice(from).flatMap(({ id, name }) => (isNamedWell(name) ? (numbered(tenant, id)?.id ?? []) : [])),
  );
  let now = tenant;
  const results: RowResult[] = [];
  for (const [index, row] of rows.slice(from, to).entries()) {
    const before = numbered(now, row.id);
    if (before !== undefined) unsettled.delete(before.id);
    const request = { ...row, unreadable: NOTHING_UNREADABLE };
    const { answer, effects } =
      before === undefined
        ? planCreation(
            now,
            request,
            (company, parent) => recordFactory.department(company, ids[index] ?? '', plainText(''), parent, at),
            at,
            unsettled,
          )
        : planUpdate(now, request, at, unsettled);
    now = withEffects(now, effects);
    const action = 'refusal' in answer ? 0 : actionOf(before, numbered(now, row.id));
    const said = 'refusal' in answer ? answer.refusal.returned : errcodes.ok;
    results.push({ action, partyid: row.id, ...rowErrorOf(said) });
  }
  return { answer: results, effects: treeEffects(tenant, now) };
}

const NOTHING_UNREADABLE: ReadonlyMap<string, unknown> = new Map();

function isNamedWell(name: string): boolean {
  return checkNames({ name, unreadable: NOTHING_UNREADABLE }) === null;
}

function actionOf(before: Department | undefined, after: Department | undefined): number {
  if (before === undefined) return ACTION.made;
  if (after === undefined) return 0;
  return (
    (before.name.value === after.name.value ? 0 : ACTION.renamed) +
    (before.parent === after.parent ? 0 : ACTION.moved) +
    (before.order === after.order ? 0 : ACTION.reordered)
  );
}

/** What became of departments that no row names. */
interface Pruned {
  /** How many of those looked at stay. */
  readonly stay: number;
  readonly isOver: boolean;
}

/**
 * Removes departments that no row names, the lowest first; one with people, or with a department that stays, stays until a
 * later import. `passed` of them were looked at and stay. (wecom-more 6.4)
 */
export function* pruneTree(
  tenant: Tenant,
  named: ReadonlySet<number>,
  passed: number,
  limit: number,
  at: number,
): StoreTask<Decision<Pruned>> {
  const others = tenant.departments.all.filter(
    (department) => department.parent !== null && !named.has(departmentIdOf(department)),
  );
  const depths = new Map(others.map((department) => [department.id, depthOf(tenant, department)]));
  const lowestFirst = others.toSorted(
    (one, other) =>
      (depths.get(other.id) ?? 0) - (depths.get(one.id) ?? 0) ||
      Number(one.ids[DEPARTMENT_ID]) - Number(other.ids[DEPARTMENT_ID]),
  );
  const looked = lowestFirst.slice(passed, passed + limit);
  let now = tenant;
  let stay = 0;
  for (const { id } of looked) {
    const isFree = now.departments.childrenOf(id).length === 0 && (yield* isEmpty(tenant.number, id));
    const edit = isFree ? withoutDepartment(now.parts, id, at) : null;
    if (edit === null || isRefused(edit)) stay++;
    else now = new Tenant(edit);
  }
  return {
    answer: { stay: passed + stay, isOver: passed + looked.length >= lowestFirst.length },
    effects: treeEffects(tenant, now),
  };
}

/** Whether neither members nor people who are still to come are in a department. */
function* isEmpty(tenant: number, id: string): StoreTask<boolean> {
  if ((yield* load('members-in', { tenant, departments: [id] })) > 0) return false;
  const expected = { tenant, space: 'expected-department' as const, value: id, upTo: 1 };
  return (yield* load('count-by', expected)) === 0;
}

/** The company as a plan leaves it. */
function withEffects(tenant: Tenant, effects: readonly Effect[]): Tenant {
  const [effect] = effects;
  return effect?.write === 'tenant' ? new Tenant({ ...effect.parts, number: tenant.number }) : tenant;
}

function treeEffects(before: Tenant, after: Tenant): readonly Effect[] {
  return after === before ? [] : [{ write: 'tenant', now: before, parts: after.parts }];
}
