import { DEPARTMENT_CODES as D, GENERIC_CODES as G, withIds, type Code } from '../protocol/codes.ts';
import { keyOf, type Answers, type ProblemIn } from '../../answers.ts';
import { answerTo, type EmployeeProblem } from '../protocol/errors.ts';

/** Problems of departments by kind and subject; others are answered as for employees. */
const ANSWERS = {
  'invalid custom_department_id': D.idInvalid,
  'taken custom_department_id': D.idTaken,
  'invalid name': D.nameSlashed,
  'missing name': D.requestInvalid,
  'too-long name': D.requestInvalid,
  'taken name': D.nameTaken,
  'taken name.i18n': D.translationTaken,
  'invalid order_weight': D.requestInvalid,
  'too-long description': D.descriptionInvalid,
  'unknown parent': D.unknown,
  'loop parent': D.requestInvalid,
  'locked parent': D.requestInvalid,
  'locked department': D.requestInvalid,
  'left leaders': D.requestInvalid,
  'invalid custom': D.customFieldInvalid,
  'disabled custom': D.customFieldInvalid,
  'disabled parent': D.parentDisabled,
  'disabled parent.enabling': D.parentDisabledOnEnable,
  'locked enabled.members': D.membersDisabled,
  'locked enabled.children': D.childrenDisabled,
  'too-long level': D.tooDeep,
  'too-long children': D.childrenTooMany,
  'too-long departments': D.tooMany,
  'locked members': D.hasMembers,
  'locked children': D.hasChildren,
  'unknown department': G.paramInvalid,
  'unknown department_id': G.departmentIdUnknown,
  'unknown open_department_id': G.openDepartmentIdUnknown,
  'taken ids': G.paramInvalid,
} satisfies Answers<Code>;

/** A problem of the operations on departments: one of their own, or one of employees. */
export type DepartmentProblem = ProblemIn<typeof ANSWERS> | EmployeeProblem;

/** Returns the code of an operation on departments for a problem. */
export function answerToDepartment(problem: DepartmentProblem): Code {
  if (!isOwn(problem)) return answerTo(problem);
  const code: Code = ANSWERS[keyOf(problem)];
  return problem.kind === 'unknown' && code.msg.endsWith(': ') ? withIds(code, [problem.value]) : code;
}

function isOwn(problem: DepartmentProblem): problem is ProblemIn<typeof ANSWERS> {
  return Object.hasOwn(ANSWERS, keyOf(problem));
}
