import { isDay } from '../../../../lib/time/day.ts';
import type { Refusal } from '../../protocol/errors.ts';
import type { FeishuEmployee } from '../../model/employee-extension.ts';
import { typeOfReason } from '../rules/policy.ts';

/** What is said of somebody's resignation. */
export type GivenResignation = Pick<FeishuEmployee, 'resignDate' | 'resignReason' | 'resignRemark' | 'resignType'>;

function invalid(subject: 'resignDate' | 'resignReason' | 'resignType', field: string): Refusal {
  return { problem: { kind: 'invalid', subject }, fields: [`employee.${field}`] };
}

/**
 * A day not before that of joining, a reason and a type, none of them `0`, that go together. 2221213, 2221214, 2221231
 * [public: dir/employee/to_be_resigned]; a mismatch is the reason's, since both are always there. [derived, contract 2.6]
 */
export function resignationRefusal(given: GivenResignation, joinDate: string | null): Refusal | null {
  const { resignDate, resignReason, resignType } = given;
  if (resignDate === null || !isDay(resignDate) || (joinDate !== null && resignDate < joinDate))
    return invalid('resignDate', 'resign_date');
  if (!/^(?:[1-9]|1[0-9]|2[0-5])$/.test(resignReason)) return invalid('resignReason', 'resign_reason');
  if (!/^[1-3]$/.test(resignType)) return invalid('resignType', 'resign_type');
  return typeOfReason(resignReason) === resignType ? null : invalid('resignReason', 'resign_reason');
}
