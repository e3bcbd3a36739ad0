import type { Department } from '../../../directory/departments/department.ts';
import { isInService, type Employee } from '../../../directory/employees/employee.ts';
import type { StoreTask } from '../../../directory/store.ts';
import { isObject, deepEqual } from '../../../lib/json-equal.ts';
import { holdsAny, type Caller } from '../auth/caller.ts';
import { serializeDepartmentView } from '../departments/view.ts';
import { loadForDepartments, loadForEmployees, viewOf } from '../employees/read/view-data.ts';
import { serializeEmployeeView, type EmployeeView } from '../employees/read/view.ts';
import type { EventType } from '../model/event-types.ts';
import { settingsOf } from '../model/settings.ts';
import { ABNORMAL, ABNORMAL_IN_EVENT } from '../protocol/codes.ts';
import { HOST } from '../protocol/envelope.ts';
import { DEPARTMENT_MEMBERS, select, type Selection } from '../protocol/required-fields.ts';
import type { EventContent } from './envelope.ts';

const KINDS = { idKind: 'open_id', departmentKind: 'open_department_id' } as const;
const EVERYTHING = ['base_info.*', 'work_info.*'];

/** Returns the events of the directory API about an employee. [contract feishu-contact.md 6.2] */
export function* directoryEmployeeEvents(
  caller: Caller,
  before: Employee | null,
  after: Employee | null,
): StoreTask<readonly EventContent[]> {
  const type = typeOf(before, after);
  if (type === null) return [];
  const selection = select(EVERYTHING, (scopes) => holdsAny(caller, scopes));
  // Whether something changed is judged by all that the platform has, not by what this app may see.
  const all = select(EVERYTHING, () => true);
  const states = [before, after].flatMap((state) => state ?? []);
  // Both states have the same id, so each is loaded for itself.
  const shown: { readonly part: object; readonly whole: object }[] = [];
  for (const state of states) {
    const view = viewOf(
      caller,
      yield* loadForEmployees(caller, [state], all),
      KINDS,
      HOST[settingsOf(caller.tenant).brand],
    );
    shown.push({ part: show(state, selection, view), whole: show(state, all, view) });
  }
  const prev = before === null ? undefined : shown[0];
  const curr = after === null ? undefined : shown.at(-1);
  const changed_properties = changedProperties(prev?.whole, curr?.whole);
  if (type === 'directory.employee.updated_v1' && changed_properties.length === 0) return [];
  const event = {
    changed_properties,
    ...(curr === undefined ? {} : { employee_curr: curr.part }),
    ...(prev === undefined ? {} : { employee_prev: prev.part }),
    abnormal: abnormal(selection.forbidden.map((selector) => `employee_curr.${selector}`)),
  };
  return [{ type, event }];
}

function typeOf(before: Employee | null, after: Employee | null): EventType | null {
  const was = before !== null && isInService(before);
  const is = after !== null && isInService(after);
  if (!was && !is) return null;
  if (!is) return 'directory.employee.resigned_v1';
  if (!was) return before?.status === 'resigned' ? 'directory.employee.resurrect_v1' : 'directory.employee.created_v1';
  if (before.status !== 'pre-resigned' && after.status === 'pre-resigned')
    return 'directory.employee.to_be_resigned_v1';
  if (before.status === 'pre-resigned' && after.status !== 'pre-resigned') return 'directory.employee.regular_v1';
  return 'directory.employee.updated_v1';
}

function show(employee: Employee, selection: Selection, view: EmployeeView): object {
  return serializeEmployeeView(employee, selection, view);
}

/** Paths like `base_info.email`; of someone who is new or gone, every member that is there. */
function changedProperties(prev: object | undefined, curr: object | undefined): readonly string[] {
  const old = membersOf(prev);
  const fresh = membersOf(curr);
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((path) => !deepEqual(old.get(path), fresh.get(path)));
}

function membersOf(shown: object | undefined): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(shown ?? {}).flatMap(([section, members]) =>
      isObject(members) ? Object.entries(members).map(([name, value]) => [`${section}.${name}`, value] as const) : [],
    ),
  );
}

/** What the app may not see. [contract feishu-contact.md 6.2] */
function abnormal(forbidden: readonly string[]): object {
  const field_errors = Object.fromEntries(forbidden.map((selector) => [selector, ABNORMAL_IN_EVENT]));
  return { row_error: ABNORMAL.ok, field_errors };
}

/** Returns the event of the directory API about a department. [contract feishu-contact.md 6.2] */
export function* directoryDepartmentEvents(
  caller: Caller,
  before: Department | null,
  after: Department | null,
): StoreTask<readonly EventContent[]> {
  const state = after ?? before;
  if (state === null) return [];
  const members = new Set(Object.keys(DEPARTMENT_MEMBERS).filter((name) => !NOT_TOLD.has(name)));
  const visible = new Set([...members].filter((name) => holdsAny(caller, DEPARTMENT_MEMBERS[name] ?? [])));
  const states = before === null || after === null ? [state] : [before, after];
  const loaded = yield* loadForDepartments(caller, states, members);
  const view = viewOf(caller, loaded, KINDS, HOST[settingsOf(caller.tenant).brand]);
  const [old, fresh] = states.map((one) => serializeDepartmentView(one, members, view));
  if (fresh !== undefined && deepEqual(old, fresh)) return [];
  const forbidden = [...members].filter((name) => !visible.has(name)).map((name) => `department.${name}`);
  const event = { department: serializeDepartmentView(state, visible, view), abnormal: abnormal(forbidden) };
  const done = before === null ? 'created' : after === null ? 'deleted' : 'updated';
  return [{ type: `directory.department.${done}_v1`, event }];
}

/** Counts follow from other records; by the time of the event they say nothing of this change. */
const NOT_TOLD: ReadonlySet<string> = new Set(['department_count', 'has_child']);
