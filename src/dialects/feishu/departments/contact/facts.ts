import type { Department } from '../../../../directory/departments/department.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import type { StoreTask } from '../../../../directory/store.ts';
import type { LocalText } from '../../../../directory/text.ts';
import type { Caller } from '../../auth/caller.ts';
import { unknownEmployee } from '../../employees/load-facts.ts';
import { orderTextOf, withFeishuDepartment, type FeishuDepartment } from '../../model/department-extension.ts';
import { departmentNamed, employeesNamed, SPACE, type DepartmentIdKind, type EmployeeIdKind } from '../../model/ids.ts';
import { settingsOf } from '../../model/settings.ts';
import type { Refusal } from '../../protocol/errors.ts';
import { mergedText } from '../../protocol/localized-text.ts';
import type { DepartmentFacts } from '../facts.ts';
import type { ContactDepartmentBody, ContactWrite } from './body.ts';
import { leadersAfter, leadersNamed } from './leaders.ts';

/** A department that is to be made or changed over the contact API, as asked for. */
export interface ContactDepartmentRequest {
  readonly write: ContactWrite;
  readonly idKind: EmployeeIdKind;
  readonly departmentKind: DepartmentIdKind;
  readonly given: ContactDepartmentBody;
}

/** What the rules of the contact API may ask, beside what the directory's own rules ask. */
export interface ContactFacts extends DepartmentFacts {
  readonly contact: ContactDepartmentRequest;
  /** The department as it is, or the new one with nothing given yet. */
  readonly blank: Department;
  /** Why a leader's id is unknown, with all such ids; null where all are known. */
  readonly unknownLeaders: { readonly refusal: Refusal; readonly ids: readonly string[] } | null;
}

/** Finds out everything that the rules may ask. */
export function* loadContactDepartment(
  request: ContactDepartmentRequest,
  caller: Caller,
  before: Department | null,
  blank: Department,
): StoreTask<ContactFacts> {
  const { tenant } = caller;
  const { write, idKind, departmentKind } = request;
  const given = saidBy(request);
  const leaders = leadersNamed(given);
  const hrbps = [...new Set(given.department_hrbps)];
  const people = yield* employeesNamed(tenant, idKind, caller.ids, [...new Set([...leaders, ...hrbps])]);
  const unknown = leaders.filter((id) => !people.has(id));
  const [first] = unknown;
  const parent = parentOf(given.parent_department_id, departmentKind, caller, blank);
  const after: Department = {
    ...blank,
    ids: idsAfter(write, given, blank),
    name: nameAfter(write, given, blank.name),
    parent: parent === undefined ? blank.parent : (parent?.id ?? null),
    leaders: leadersAfter(write, given, blank, people),
    order: given.order === undefined ? orderWithout(before, blank, parent, caller) : Number(given.order),
    extensions: withFeishuDepartment(blank, extensionAfter(write, given, people)),
  };
  return {
    idKind,
    departmentKind,
    // What the directory's own rules read of a request.
    given: {
      ...(given.name === undefined && given.i18n_name === undefined
        ? {}
        : { name: { default_value: after.name.value } }),
      ...(write === 'create' && given.department_id !== undefined ? { custom_department_id: given.department_id } : {}),
      ...(given.parent_department_id === undefined ? {} : { parent_department_id: given.parent_department_id }),
    },
    contact: { ...request, given },
    caller,
    tenant,
    settings: settingsOf(tenant),
    before,
    blank,
    after,
    parent,
    people,
    unknownLeaders:
      first === undefined ? null : { refusal: yield* unknownEmployee(caller, idKind, first), ids: unknown },
    leadersGone: [],
    fields: [],
    hasMembers: false,
  };
}

/** What is said: an empty name, parent or order is as absent. [public: c3/department/patch, contract feishu-contact.md 9.1] */
function saidBy({ given }: ContactDepartmentRequest): ContactDepartmentBody {
  const { name, parent_department_id: parent, order, ...others } = given;
  return {
    ...others,
    ...(name === undefined || name === '' ? {} : { name }),
    ...(parent === undefined || parent === '' ? {} : { parent_department_id: parent }),
    ...(order === undefined || order === '' ? {} : { order }),
  };
}

function parentOf(
  id: string | undefined,
  kind: DepartmentIdKind,
  { tenant }: Caller,
  blank: Department,
): Department | null | undefined {
  if (id !== undefined) return departmentNamed(tenant, kind, id);
  return blank.parent === null ? null : tenant.departments.get(blank.parent);
}

function idsAfter(
  write: ContactWrite,
  { department_id: id }: ContactDepartmentBody,
  blank: Department,
): Department['ids'] {
  // `department_id` stays on patch and put. [contract feishu-contact.md 3.2]
  return write !== 'create' || id === undefined ? blank.ids : { ...blank.ids, [SPACE.department]: id };
}

const TRANSLATED = { zh_cn: '', ja_jp: '', en_us: '' } as const;

function nameAfter(write: ContactWrite, given: ContactDepartmentBody, before: LocalText): LocalText {
  const said = given.i18n_name;
  const i18n_value = write === 'put' ? { ...TRANSLATED, ...said } : said;
  return mergedText(before, {
    default_value: given.name ?? before.value,
    ...(i18n_value === undefined ? {} : { i18n_value }),
  });
}

function extensionAfter(
  write: ContactWrite,
  given: ContactDepartmentBody,
  people: ReadonlyMap<string, Employee>,
): Partial<FeishuDepartment> {
  const isEmptied = write !== 'patch';
  const { group_chat_employee_types: types = isEmptied ? [] : undefined, order } = given;
  const named = given.department_hrbps ?? (isEmptied ? [] : undefined);
  return {
    ...(types === undefined ? {} : { groupChatEmployeeTypes: [...new Set(types)] }),
    ...(named === undefined ? {} : { hrbps: [...new Set(named.flatMap((id) => people.get(id)?.id ?? []))] }),
    ...(order === undefined || !DIGITS.test(order) ? {} : { order: exactOrder(order) }),
  };
}

/** The digits of an order, which is judged by a rule. */
export const DIGITS = /^[0-9]{1,19}$/;

/** What is kept beside the number, where that is not exactly the one that was sent. */
function exactOrder(digits: string): string {
  return Number.isSafeInteger(Number(digits)) ? '' : BigInt(digits).toString();
}

/** A new department comes after its last sibling. [proposed, contract feishu-contact.md 3.1] */
const STEP = 2_000;

function orderWithout(
  before: Department | null,
  blank: Department,
  parent: Department | null | undefined,
  { tenant }: Caller,
): number {
  if (before !== null || parent === null || parent === undefined) return blank.order;
  const greatest = tenant.departments.childrenOf(parent.id).reduce((most, { order }) => Math.max(most, order), 0);
  return Math.min(greatest + STEP, Number.MAX_SAFE_INTEGER);
}

/** Whether the request writes another order than the department has. */
export function changesOrder({ contact: { given }, before, blank, after }: ContactFacts): boolean {
  return given.order !== undefined && (before === null || orderTextOf(after) !== orderTextOf(blank));
}
