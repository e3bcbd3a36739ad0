import { isInService, type Employee } from '../../../../directory/employees/employee.ts';
import { e164 } from '../../../../directory/employees/phone.ts';
import { loadAll, type StoreTask } from '../../../../directory/store.ts';
import type { LocalText } from '../../../../directory/text.ts';
import type { Caller } from '../../auth/caller.ts';
import type { QueryPage } from '../../protocol/query/query-conditions.ts';
import { mobileKey } from './filter.ts';
import { scanEmployees } from './scan.ts';
import { MAX_HOLDERS, SPACE } from '../../model/ids.ts';
import type { Cursor } from '../../protocol/query/query-paging.ts';
import { isInScope } from '../../auth/data-scope.ts';

/** What the search is for. */
export interface EmployeeSearch {
  readonly text: string;
  readonly withResigned: boolean;
}

/** Whether a name, in any of its languages, contains the text; both in lower case. */
export function nameContains({ value, i18n }: LocalText, text: string): boolean {
  return value.toLowerCase().includes(text) || Object.values(i18n).some((one) => one.toLowerCase().includes(text));
}

/**
 * Loads a page of matches: first employees with that employee_id or mobile, then those with the text in their name or
 * mail address, in order of creation. The cursor holds how many of the first were returned, and the position among the
 * others.
 */
export function* searchedPage(
  caller: Caller,
  { text, withResigned }: EmployeeSearch,
  { size, after }: QueryPage,
): StoreTask<{ readonly employees: readonly Employee[]; readonly next: Cursor | null }> {
  const { tenant } = caller;
  // Those who are only expected are not yet found. [derived]
  const isShown = (employee: Employee): boolean =>
    (isInService(employee) || (withResigned && employee.status === 'resigned')) && isInScope(caller, employee);
  const exact = (yield* exactly(tenant.number, text)).filter(isShown);
  const [shown = 0, place = 0] = after ?? [];
  const first = exact.slice(Number(shown), Number(shown) + size);
  const known = new Set(exact.map(({ id }) => id));
  const folded = text.toLowerCase();
  const mobile = mobileKey(text);
  // Where more have the id or the mobile than were looked up, the others come like those with a part of it in the name.
  const isNamed = (employee: Employee): boolean =>
    employee.ids[SPACE.employee] === text || (employee.mobile !== null && e164(employee.mobile) === mobile);
  const isMeant = (employee: Employee): boolean =>
    (isFoundIn(employee, folded) || isNamed(employee)) && !known.has(employee.id) && isShown(employee);
  const wanted = size - first.length;
  const quest = { tenant: tenant.number, having: null, isMeant };
  const { employees, next } = yield* scanEmployees(quest, Number(place), wanted);
  return {
    employees: [...first, ...employees],
    next: next === null ? null : [Number(shown) + first.length, next],
  };
}

function isFoundIn({ name, email, enterpriseEmail }: Employee, folded: string): boolean {
  return (
    nameContains(name, folded) ||
    email?.toLowerCase().includes(folded) === true ||
    enterpriseEmail?.toLowerCase().includes(folded) === true
  );
}

/** Loads the employees with the text as employee_id or as mobile. */
function* exactly(tenant: number, text: string): StoreTask<readonly Employee[]> {
  const mobile = mobileKey(text);
  const answers = yield* loadAll('employees-by', [
    { tenant, space: `id:${SPACE.employee}`, values: [text], upTo: MAX_HOLDERS },
    ...(mobile === undefined ? [] : [{ tenant, space: 'mobile' as const, values: [mobile], upTo: MAX_HOLDERS }]),
  ]);
  const found = answers.flatMap((holders) => [...holders.values()].flat());
  return [...new Map(found.map((employee) => [employee.id, employee])).values()];
}
