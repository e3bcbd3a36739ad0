import { isInService } from '../../../../../directory/employees/employee.ts';
import { holdsAny } from '../../../auth/caller.ts';
import type { Refusal } from '../../../protocol/errors.ts';
import type { UserProblem } from '../errors.ts';
import { SCOPE } from '../../../protocol/operations.ts';
import { departmentsJoined } from '../../capacity.ts';
import { employeeTypeActive, jobFamilyValid, jobLevelValid, seatsGiven, seatsValid } from '../../rules/references.ts';
import { seatsGivenAtFirst } from '../../lifecycle/create-only-rules.ts';
import type { UserFacts, UserRule } from '../facts.ts';

/* What a request points to. What the person has already may be said again. [contract feishu-contact.md 2.7, 9.1, 9.2] */

function refuse(field: string, problem: UserProblem): Refusal<UserProblem> {
  return { problem, fields: [field] };
}

/** Known; enabled where they are joined. 41017 */
export const departmentsUsable: UserRule = (facts) => {
  const { body, departments, tenant } = facts;
  const position = departments.indexOf(undefined);
  if (position !== -1) {
    const value = body.department_ids?.[position] ?? '';
    return refuse('department_ids', { kind: 'unknown', subject: 'departments', value });
  }
  const shut = departmentsJoined(facts).find((id) => tenant.departments.get(id)?.enabled === false);
  return shut === undefined
    ? null
    : refuse('department_ids', { kind: 'disabled', subject: 'departments', value: shut });
};

/** 41030 */
export const leaderNotOneself: UserRule = ({
  body: { leader_user_id: leader = '', user_id },
  before,
  people,
  write,
  idKind,
}) => {
  const isNewcomer = write === 'create' && idKind === 'employee_id' && user_id !== undefined && leader === user_id;
  return leader !== '' && (isNewcomer || people.get(leader)?.id === before.id)
    ? refuse('leader_user_id', { kind: 'loop', subject: 'leader' })
    : null;
};

function leaderRefusal({ people, before }: UserFacts, id: string, field: string): Refusal<UserProblem> | null {
  const leader = people.get(id);
  if (leader === undefined || leader.id === before.id) return refuse(field, { kind: 'invalid', subject: 'leader' });
  return isInService(leader) ? null : refuse(field, { kind: 'left', subject: 'leader' });
}

/** The direct leader, then the dotted ones: known, in service, named once. 44021, 44022 */
export const leadersValid: UserRule = (facts) => {
  const { leader_user_id: leader = '', dotted_line_leader_user_ids: dotted = [] } = facts.body;
  const direct = leader === '' ? null : leaderRefusal(facts, leader, 'leader_user_id');
  if (direct !== null) return direct;
  const field = 'dotted_line_leader_user_ids';
  for (const id of dotted) {
    const refusal = leaderRefusal(facts, id, field);
    if (refusal !== null) return refusal;
  }
  const named = dotted.map((id) => facts.people.get(id)?.id);
  return new Set(named).size === named.length ? null : refuse(field, { kind: 'invalid', subject: 'leader' });
};

/** There is no type 0 here, but for people who have it already: what get tells of them can be sent back. 41059 */
export const employeeTypeNamed: UserRule = ({ before, body: { employee_type: type }, write }) =>
  type === 0 && (write === 'create' || before.employmentType !== 0)
    ? refuse('employee_type', { kind: 'unknown', subject: 'employmentType', value: '0' })
    : null;

/** 41060 */
export const employeeTypeUsable: UserRule = (facts) =>
  'employmentType' in facts.fields ? employeeTypeActive(facts) : null;

/** 44044 */
export const jobLevelUsable: UserRule = (facts) => (isSaidAgain(facts, 'jobLevel') ? null : jobLevelValid(facts));

/** 44045 */
export const jobFamilyUsable: UserRule = (facts) => (isSaidAgain(facts, 'jobFamily') ? null : jobFamilyValid(facts));

/** Whether the entry that a request names is the one that the person has. */
function isSaidAgain({ before, after, given, fields }: UserFacts, field: 'jobLevel' | 'jobFamily'): boolean {
  return (given[field] ?? '') !== '' && before[field] !== null && after[field] === before[field] && !(field in fields);
}

/** 41044 to 41048 */
export const attributesValid: UserRule = ({ attributeProblem }) =>
  attributeProblem === null ? null : refuse('custom_attrs', attributeProblem);

/** 44039 */
export const userGeoWritable: UserRule = ({ body, caller }) =>
  body.geo === undefined || holdsAny(caller, SCOPE.userGeoWrite)
    ? null
    : refuse('geo', { kind: 'forbidden', subject: 'geoName' });

/** 44050 */
export const userSeatsWritable: UserRule = ({ body, caller }) =>
  body.subscription_ids === undefined || holdsAny(caller, SCOPE.userSeatsWrite)
    ? null
    : refuse('subscription_ids', { kind: 'forbidden', subject: 'subscriptionIds' });

/** 44046 */
export const userSeatsGiven: UserRule = (facts) =>
  facts.write === 'create' ? seatsGivenAtFirst(facts) : seatsGiven(facts);

/** 44048 */
export const userSeatsValid: UserRule = (facts) =>
  facts.write !== 'create' && !('extensions.feishu.subscriptionIds' in facts.fields) ? null : seatsValid(facts);
