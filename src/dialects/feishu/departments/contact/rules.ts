import { isInService } from '../../../../directory/employees/employee.ts';
import type { Department } from '../../../../directory/departments/department.ts';
import type { Problem } from '../../../../directory/errors.ts';
import { firstRefusal, type Rule } from '../../../rule.ts';
import { isDepartmentInScope } from '../../auth/data-scope.ts';
import { orderTextOf } from '../../model/department-extension.ts';
import { employeeTypesOf } from '../../model/employee-types.ts';
import { withIds, type Code } from '../../protocol/codes.ts';
import { CONTACT_DEPARTMENT_CODES as D } from '../../protocol/contact-department-codes.ts';
import { answerTo, type EmployeeProblem } from '../../protocol/errors.ts';
import { departmentRules as shared, siblingsOf, type DepartmentRule } from '../rules.ts';
import { unknownDepartments } from './errors.ts';
import { changesOrder, DIGITS, type ContactFacts } from './facts.ts';
import { haveSameLeaders, leadersFault } from './leaders.ts';

/*
 * The order in which the contact API judges a department that is made or changed: contract feishu-contact.md 9.2, after the
 * id in the path. What holds of every department is judged by the directory's own rules, answered with the contact API's
 * codes. [contract feishu-contact.md 3.3]
 */

/** Why a department is not written. */
export interface ContactRefusal {
  readonly code: Code;
  readonly problem: Problem;
  readonly field: string;
}

type ContactRule = Rule<ContactFacts, ContactRefusal>;

function refuse(code: Code, field: string, problem: Problem): ContactRefusal {
  return { code, field, problem };
}

/** A rule of the directory, answered with a code of the contact API. */
function as(rule: DepartmentRule, code: Code, field: string): ContactRule {
  return (facts) => {
    const refusal = rule(facts);
    return refusal === null ? null : refuse(code, field, refusal.problem);
  };
}

/** 40016, with another status and sentence on create. */
const nameGiven: ContactRule = ({ contact: { write, given } }) => {
  if (write === 'patch' || given.name !== undefined) return null;
  return refuse(write === 'create' ? D.nameMissing : D.nameMissingInUpdate, 'name', {
    kind: 'missing',
    subject: 'name',
  });
};

/** 44101, 40017 */
const parentGiven: ContactRule = ({ contact: { write, given } }) => {
  if (write === 'patch' || given.parent_department_id !== undefined) return null;
  const code = write === 'create' ? D.parentMissing : D.parentMissingInUpdate;
  return refuse(code, 'parent_department_id', { kind: 'missing', subject: 'parent' });
};

/** 43008. `1` is no custom id either. [public: c3/department/create] */
const idWellFormed: ContactRule = (facts) =>
  facts.given.custom_department_id === '1' || shared.idWellFormed(facts) !== null
    ? refuse(D.idInvalid, 'department_id', { kind: 'invalid', subject: 'custom_department_id' })
    : null;

const GREATEST_ORDER = 2n ** 63n - 1n;

/** 40018 */
const orderWellFormed: ContactRule = ({ contact: { given } }) =>
  given.order === undefined || (DIGITS.test(given.order) && BigInt(given.order) <= GREATEST_ORDER)
    ? null
    : refuse(D.invalid, 'order', { kind: 'invalid', subject: 'order' });

/** 43016 of a list of patch in which somebody repeats, else 40018. */
const leadersWellFormed: ContactRule = ({ contact: { write, given }, blank, after }) => {
  const fault = leadersFault(given, blank, after);
  if (fault === null) return null;
  const code = fault === 'repeated' && write === 'patch' ? D.leadersRepeated : D.invalid;
  return refuse(code, 'leaders', { kind: 'invalid', subject: 'leaders' });
};

/** 43004: there are no units here. Patch has no such code. */
const unitsEmpty: ContactRule = ({ contact: { write, given } }) =>
  write !== 'patch' && (given.unit_ids ?? []).length > 0
    ? refuse(D.unitsInvalid, 'unit_ids', { kind: 'invalid', subject: 'units' })
    : null;

/** 43026 */
const employeeTypesKnown: ContactRule = ({ contact: { given }, tenant }) =>
  (given.group_chat_employee_types ?? []).every((number) => employeeTypesOf(tenant).has(number))
    ? null
    : refuse(D.employeeTypeInvalid, 'group_chat_employee_types', { kind: 'invalid', subject: 'employeeTypes' });

/** The id codes of every API. [proposed, contract feishu-contact.md 3.3] */
const parentKnown: ContactRule = ({ parent, given: { parent_department_id: id = '' }, departmentKind }) =>
  parent === undefined
    ? refuse(unknownDepartments(departmentKind, [id]), 'parent_department_id', {
        kind: 'unknown',
        subject: 'parent',
        value: id,
      })
    : null;

/** 41012 on create; put and patch, whose pages have no code, answer with the id codes. [contract feishu-contact.md 9.1] */
const leadersKnown: ContactRule = ({ contact: { write }, unknownLeaders }) => {
  if (unknownLeaders === null) return null;
  const { refusal, ids } = unknownLeaders;
  return refuse(write === 'create' ? D.leaderUnknown : codeOfUnknown(refusal.problem, ids), 'leaders', refusal.problem);
};

function codeOfUnknown(problem: EmployeeProblem, ids: readonly string[]): Code {
  const code = answerTo(problem);
  if (problem.kind !== 'unknown') return code;
  const sentence = code.msg.slice(0, code.msg.lastIndexOf('['));
  return withIds({ ...code, msg: sentence }, ids);
}

/** 43028 */
const hrbpsKnown: ContactRule = ({ contact: { given }, people }) => {
  const unknown = given.department_hrbps?.find((id) => !people.has(id));
  return unknown === undefined
    ? null
    : refuse(D.hrbpsInvalid, 'department_hrbps', { kind: 'unknown', subject: 'hrbps', value: unknown });
};

/** 42006: unchanged leaders and unchanged business partners are not judged again. */
const peopleInService: ContactRule = ({ contact: { given }, people, blank, after }) => {
  const led = haveSameLeaders(blank, after) ? [] : after.leaders.map(({ employee }) => employee);
  const named = new Set([...led, ...(given.department_hrbps ?? []).flatMap((id) => people.get(id)?.id ?? [])]);
  const isGone = [...people.values()].some((employee) => named.has(employee.id) && !isInService(employee));
  return isGone ? refuse(D.personResigned, 'leaders', { kind: 'left', subject: 'leaders' }) : null;
};

/** 43025, where the company asks for it. */
const leaderJoined: ContactRule = ({ settings, people, blank, after }) => {
  if (!settings.contact_leader_must_have_joined || haveSameLeaders(blank, after)) return null;
  const led = new Set(after.leaders.map(({ employee }) => employee));
  return [...people.values()].some(({ id, activation }) => led.has(id) && activation === 'not-joined')
    ? refuse(D.leaderNotJoined, 'leaders', { kind: 'locked', subject: 'leaders' })
    : null;
};

/** 40014: the parent that is named, and both where the department moves. [public: c3/rule, contract feishu-contact.md 1.5] */
const parentsInScope: ContactRule = ({ caller, before, after, given }) => {
  const isNamed = given.parent_department_id !== undefined;
  const concerned = [isNamed ? after.parent : null, before?.parent === after.parent ? null : (before?.parent ?? null)];
  return concerned.every((id) => id === null || isDepartmentInScope(caller, id))
    ? null
    : refuse(D.parentForbidden, 'parent_department_id', { kind: 'forbidden', subject: 'dependent' });
};

function isPlacedAnew({ before, after }: ContactFacts): boolean {
  return before === null || before.parent !== after.parent;
}

/** 43018: of the translations that are written here, or wherever the department comes to lie. */
const translationsUnique: ContactRule = (facts) => {
  const { after, before } = facts;
  const siblings: readonly Department[] = siblingsOf(facts);
  const isTaken = Object.entries(after.name.i18n).some(
    ([tag, name]) =>
      (isPlacedAnew(facts) || before?.name.i18n[tag] !== name) && siblings.some((one) => one.name.i18n[tag] === name),
  );
  return isTaken ? refuse(D.translationTaken, 'i18n_name', { kind: 'taken', subject: 'name.i18n' }) : null;
};

/** 43005: only the writing of an order that a sibling has; one that is held already is no new one. [contract feishu-contact.md 3.3] */
const orderUnique: ContactRule = (facts) => {
  const { contact, after } = facts;
  if (contact.given.order === undefined || !(changesOrder(facts) || isPlacedAnew(facts))) return null;
  return siblingsOf(facts).some((one) => orderTextOf(one) === orderTextOf(after))
    ? refuse(D.orderTaken, 'order', { kind: 'taken', subject: 'order' })
    : null;
};

/** [public: c3/department/create] */
const MAX_DEPARTMENTS = 30_000;

/** 40018, as no code is published for it. [proposed] */
const tenantRoomy: ContactRule = ({ before, tenant, settings: { department_count_limit } }) => {
  const limit = department_count_limit ?? MAX_DEPARTMENTS;
  return before === null && tenant.departments.all.length - 1 >= limit
    ? refuse(D.invalid, 'name', { kind: 'too-long', subject: 'departments', limit })
    : null;
};

const RULES: readonly ContactRule[] = [
  nameGiven,
  parentGiven,
  idWellFormed,
  as(shared.nameUnslashed, D.nameSlashed, 'name'),
  as(shared.nameShort, D.invalid, 'name'),
  orderWellFormed,
  leadersWellFormed,
  unitsEmpty,
  employeeTypesKnown,
  parentKnown,
  leadersKnown,
  hrbpsKnown,
  peopleInService,
  leaderJoined,
  parentsInScope,
  as(shared.idUnique, D.idTaken, 'department_id'),
  as(shared.nameUnique, D.nameTaken, 'name'),
  translationsUnique,
  orderUnique,
  as(shared.shallow, D.tooDeep, 'parent_department_id'),
  as(shared.parentRoomy, D.childrenTooMany, 'parent_department_id'),
  as(shared.aboveItself, D.invalid, 'parent_department_id'),
  // No code is published for one below a disabled department. [proposed]
  as(shared.parentEnabled, D.invalid, 'parent_department_id'),
  tenantRoomy,
];

/** The first demand that is not met. */
export function firstContactRefusal(facts: ContactFacts): ContactRefusal | null {
  return firstRefusal(facts, RULES);
}
