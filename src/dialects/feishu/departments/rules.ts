import { isInService } from '../../../directory/employees/employee.ts';
import type { Department, DepartmentTree } from '../../../directory/departments/department.ts';
import type { DepartmentProblem } from './errors.ts';
import type { DepartmentFacts } from './facts.ts';
import { deepEqual } from '../../../lib/json-equal.ts';
import { idsWithin } from './member-counts.ts';
import { firstRefusal, type Rule } from '../../rule.ts';
import { refuseUnder, type Refusal } from '../protocol/errors.ts';
import { SPACE } from '../model/ids.ts';
import { isInScope, isDepartmentInScope } from '../auth/data-scope.ts';
import { lengthOf } from '../protocol/localized-text.ts';

/*
 * The order in which a department that is made or changed is judged; the first refusal is the answer. No page tells it.
 * [derived, as contract 2.8] Before these: token, limits, permissions of the API, shape (99992402), edition (2224001),
 * the id in the path (99992380, 99992357), the root (2221305), and whether the app reaches the department (2224002).
 * Each code is of [public: dir/department/create, dir/department/patch].
 */

/** One demand on a department that is made or changed. */
export type DepartmentRule = Rule<DepartmentFacts, Refusal<DepartmentProblem>>;

const refuse = refuseUnder<DepartmentProblem>('department.');

/** As long as the page of create says in one of its places; in another it says 64. */
const NAME_LIMIT = 100;
const DESCRIPTION_LIMIT = 100;
/** Levels of departments below the root. */
const DEEPEST = 25;
const MAX_CHILDREN = 1_000;
const DEPARTMENT_ID = /^(?!od-)[a-zA-Z0-9][a-zA-Z0-9_\-@.]{0,63}$/;
const WEIGHT = /^[0-9]{1,9}$/;

/** 2221313 */
const idWellFormed: DepartmentRule = ({ given: { custom_department_id: id } }) =>
  id === undefined || (DEPARTMENT_ID.test(id) && id !== '0')
    ? null
    : refuse('custom_department_id', { kind: 'invalid', subject: 'custom_department_id' });

/** A new one needs a name, none may lose it. 2221305 [derived] */
const nameGiven: DepartmentRule = ({ after }) =>
  after.name.value === '' ? refuse('name', { kind: 'missing', subject: 'name' }) : null;

/** 2221305 */
const nameShort: DepartmentRule = ({ given, after: { name } }) =>
  given.name === undefined || [name.value, ...Object.values(name.i18n)].every((one) => lengthOf(one) <= NAME_LIMIT)
    ? null
    : refuse('name', { kind: 'too-long', subject: 'name', limit: NAME_LIMIT });

/** 2221333 */
const nameUnslashed: DepartmentRule = ({ given, after: { name } }) =>
  given.name === undefined || ![name.value, ...Object.values(name.i18n)].some((one) => one.includes('/'))
    ? null
    : refuse('name', { kind: 'invalid', subject: 'name' });

/** A number of at most nine digits. 2221305 [derived, as contract 2.3.3] */
const weightWellFormed: DepartmentRule = ({ given: { order_weight: weight } }) =>
  weight === undefined || weight === '' || WEIGHT.test(weight)
    ? null
    : refuse('order_weight', { kind: 'invalid', subject: 'order_weight' });

/** 2221328 */
const descriptionShort: DepartmentRule = ({ given: { description = '' } }) =>
  lengthOf(description) <= DESCRIPTION_LIMIT
    ? null
    : refuse('description', { kind: 'too-long', subject: 'description', limit: DESCRIPTION_LIMIT });

/** 2221309 */
const parentKnown: DepartmentRule = ({ parent, given }) =>
  parent === undefined
    ? refuse('parent_department_id', { kind: 'unknown', subject: 'parent', value: given.parent_department_id ?? '' })
    : null;

/** The codes of ids in general. 99992351, 99992364, 99992360 [derived, contract 1.7] */
const leadersKnown: DepartmentRule = ({ given, people, idKind }) => {
  const unknown = given.leaders?.find(({ leader_id }) => !people.has(leader_id));
  return unknown === undefined
    ? null
    : refuse('leaders[*].leader_id', { kind: 'unknown', subject: idKind, value: unknown.leader_id });
};

/** 2221305 [derived] */
const leadersHere: DepartmentRule = ({ given, people }) =>
  (given.leaders ?? []).every(({ leader_id }) => {
    const leader = people.get(leader_id);
    return leader === undefined || isInService(leader);
  })
    ? null
    : refuse('leaders[*].leader_id', { kind: 'left', subject: 'leaders' });

/** 2221331 */
const customFieldsValid: DepartmentRule = ({ fields, settings }) =>
  fields.length === 0 || (settings.custom_fields_api_enabled && fields.every(({ value }) => value !== undefined))
    ? null
    : refuse('custom_field_values', { kind: 'invalid', subject: 'custom' });

/** The app needs the parent, both parents where the department moves; for the root it needs everyone. 2224003 */
const parentsReached: DepartmentRule = ({ caller, before, after }) => {
  if (before?.parent === after.parent) return null;
  const parents = [before?.parent, after.parent].filter((id) => typeof id === 'string');
  return parents.every((id) => isDepartmentInScope(caller, id))
    ? null
    : refuse('parent_department_id', { kind: 'forbidden', subject: 'dependent' });
};

/** The app needs those who come to lead and those who lead no more. 2224003 */
const leadersReached: DepartmentRule = ({ caller, before, after, people, leadersGone, given }) => {
  if (given.leaders === undefined) return null;
  const led = new Set(before?.leaders.map(({ employee }) => employee));
  const coming = new Set(after.leaders.map(({ employee }) => employee).filter((id) => !led.has(id)));
  const concerned = [...[...people.values()].filter(({ id }) => coming.has(id)), ...leadersGone];
  return concerned.every((employee) => isInScope(caller, employee))
    ? null
    : refuse('leaders[*].leader_id', { kind: 'forbidden', subject: 'dependent' });
};

/** 2221305 [derived] */
const aboveItself: DepartmentRule = ({ before, after, tenant }) =>
  before !== null && after.parent !== null && tenant.departments.isWithin(after.parent, new Set([before.id]))
    ? refuse('parent_department_id', { kind: 'loop', subject: 'parent' })
    : null;

/** 2221352: made below, or moved below, one that is disabled; 2221351: enabled there. */
const parentEnabled: DepartmentRule = ({ before, after, parent }) => {
  if (parent === undefined || parent === null || parent.enabled) return null;
  if (before === null || before.parent !== after.parent)
    return refuse('parent_department_id', { kind: 'disabled', subject: 'parent', value: parent.id });
  return !before.enabled && after.enabled
    ? refuse('enabled_status', { kind: 'disabled', subject: 'parent.enabling', value: parent.id })
    : null;
};

/** 2221349, 2221350 */
const emptyWhenDisabled: DepartmentRule = ({ before, after, hasMembers, tenant }) => {
  if (before === null || !before.enabled || after.enabled) return null;
  if (hasMembers) return refuse('enabled_status', { kind: 'locked', subject: 'enabled.members' });
  return tenant.departments.childrenOf(before.id).length > 0
    ? refuse('enabled_status', { kind: 'locked', subject: 'enabled.children' })
    : null;
};

/** 2221312 */
const shallow: DepartmentRule = ({ before, after, tenant }) => {
  if (after.parent === null || before?.parent === after.parent) return null;
  const height = before === null ? 1 : heightOf(tenant.departments, before);
  // The path begins with the root, which is no level of its own. [derived]
  return tenant.departments.pathTo(after.parent).length - 1 + height > DEEPEST
    ? refuse('parent_department_id', { kind: 'too-long', subject: 'level', limit: DEEPEST })
    : null;
};

function heightOf(tree: DepartmentTree, top: Department): number {
  const above = tree.pathTo(top.id).length;
  return Math.max(...idsWithin(tree, top.id).map((id) => tree.pathTo(id).length - above + 1));
}

/** 2221317 */
const parentRoomy: DepartmentRule = ({ before, after, tenant }) =>
  after.parent !== null &&
  before?.parent !== after.parent &&
  tenant.departments.childrenOf(after.parent).length >= MAX_CHILDREN
    ? refuse('parent_department_id', { kind: 'too-long', subject: 'children', limit: MAX_CHILDREN })
    : null;

/** The root is not counted. 2221307 */
const tenantRoomy: DepartmentRule = ({ before, settings: { department_count_limit: limit }, tenant }) =>
  before === null && limit !== null && tenant.departments.all.length - 1 >= limit
    ? refuse('name', { kind: 'too-long', subject: 'departments', limit })
    : null;

/** 2221306 */
const idUnique: DepartmentRule = ({ given: { custom_department_id: id }, after, tenant }) => {
  const holder = id === undefined ? undefined : tenant.departments.by(SPACE.department, id);
  return holder === undefined || holder.id === after.id
    ? null
    : refuse('custom_department_id', { kind: 'taken', subject: 'custom_department_id' });
};

/** The departments beside this one, where it is after the request. */
export function siblingsOf({ after, tenant }: DepartmentFacts): readonly Department[] {
  return after.parent === null ? [] : tenant.departments.childrenOf(after.parent).filter(({ id }) => id !== after.id);
}

/** Whether the name, or the place where it must be unique, changes. */
function isNamedAnew({ before, after }: DepartmentFacts): boolean {
  return before === null || before.parent !== after.parent || !deepEqual(before.name, after.name);
}

/** 2221319 */
const nameUnique: DepartmentRule = (facts) =>
  isNamedAnew(facts) && siblingsOf(facts).some(({ name }) => name.value === facts.after.name.value)
    ? refuse('name.default_value', { kind: 'taken', subject: 'name' })
    : null;

/** 2221311, in the two languages it names. */
const translationsUnique: DepartmentRule = (facts) =>
  isNamedAnew(facts) &&
  ['en-US', 'ja-JP'].some((tag) => {
    const translation = facts.after.name.i18n[tag];
    return translation !== undefined && siblingsOf(facts).some(({ name }) => name.i18n[tag] === translation);
  })
    ? refuse('name.i18n_value', { kind: 'taken', subject: 'name.i18n' })
    : null;

/** Rules that hold whichever of the platform's APIs writes a department. */
export const departmentRules = {
  idWellFormed,
  nameShort,
  nameUnslashed,
  aboveItself,
  parentEnabled,
  shallow,
  parentRoomy,
  idUnique,
  nameUnique,
} as const;

const RULES: readonly DepartmentRule[] = [
  // form
  idWellFormed,
  nameGiven,
  nameShort,
  nameUnslashed,
  weightWellFormed,
  descriptionShort,
  // what is referred to
  parentKnown,
  leadersKnown,
  leadersHere,
  customFieldsValid,
  // whether the app may
  parentsReached,
  leadersReached,
  // the tree
  aboveItself,
  parentEnabled,
  emptyWhenDisabled,
  shallow,
  parentRoomy,
  tenantRoomy,
  // uniqueness
  idUnique,
  nameUnique,
  translationsUnique,
];

/** The first demand that is not met. */
export function firstDepartmentRefusal(facts: DepartmentFacts): Refusal<DepartmentProblem> | null {
  return firstRefusal(facts, RULES);
}
