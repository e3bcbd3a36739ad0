import type { Problem } from '../../../directory/errors.ts';
import { DEPARTMENT_CODES as D, GENERIC_CODES as G, withIds, type Code } from '../protocol/codes.ts';
import { answerTo } from '../protocol/errors.ts';

/** By kind and subject; what is not listed is answered as it is for employees. */
const ANSWERS: Readonly<Record<string, Code>> = {
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
};

/** How the operations on departments say it. */
export function answerToDepartment(problem: Problem): Code {
  const known = ANSWERS[`${problem.kind} ${problem.subject}`];
  if (known !== undefined) return known;
  if (problem.kind === 'unknown') {
    if (problem.subject === 'department_id') return withIds(G.departmentIdUnknown, [problem.value]);
    if (problem.subject === 'open_department_id') return withIds(G.openDepartmentIdUnknown, [problem.value]);
  }
  return answerTo(problem);
}
