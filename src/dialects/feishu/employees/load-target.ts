import type { Employee } from '../../../directory/employees/employee.ts';
import type { StoreTask } from '../../../directory/store.ts';
import type { Caller } from '../auth/caller.ts';
import type { Refusal } from '../protocol/errors.ts';
import { feishuOf, type FeishuEmployee } from '../model/employee-extension.ts';
import { unknownEmployee } from './load-facts.ts';
import { employeesNamed, type EmployeeIdKind } from '../model/ids.ts';
import { isInScope } from '../auth/data-scope.ts';
import { settingsOf } from '../model/settings.ts';

/** The employee of an operation. */
export interface Target {
  readonly before: Employee;
  readonly extensionBefore: FeishuEmployee;
  /** All employees that the request names, by the id as sent. */
  readonly people: ReadonlyMap<string, Employee>;
}

/** Loads the employee in the path and the other employees named, or returns the refusal of the id (S7). */
export function* loadTarget(
  caller: Caller,
  kind: EmployeeIdKind,
  id: string,
  others: readonly string[] = [],
): StoreTask<Target | { readonly refusal: Refusal }> {
  const people = yield* employeesNamed(caller.tenant, kind, caller.ids, [...new Set([id, ...others])]);
  const before = people.get(id);
  if (before === undefined) return { refusal: yield* unknownEmployee(caller, kind, id) };
  return { before, extensionBefore: feishuOf(before), people };
}

const RECORD: Refusal = { problem: { kind: 'forbidden', subject: 'employee' }, fields: [] };

/** The employee may be touched: in scope, and not fed by another system that alone may do so. 2224002 [seed, ruling 8] */
export function recordRefusal(caller: Caller, { before, extensionBefore }: Target): Refusal | null {
  const isLocked = settingsOf(caller.tenant).external_source_locked && extensionBefore.dataSource !== 1;
  return isInScope(caller, before) && !isLocked ? null : RECORD;
}
