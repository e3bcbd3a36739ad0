import type { Department } from '../../../../directory/departments/department.ts';
import type { Outcome } from '../../../dialect.ts';
import { outcomeOf } from '../verdicts.ts';
import type { ContactDepartmentBody } from './body.ts';
import type { ContactDepartmentRequest } from './facts.ts';
import type { ContactRefusal } from './rules.ts';

/** Each member of the request and its part of the record; there are no units and no chats. */
const PLACES = {
  name: 'name',
  i18n_name: 'name',
  parent_department_id: 'parent',
  department_id: 'ids',
  leader_user_id: 'leaders',
  leaders: 'leaders',
  order: 'order',
  unit_ids: null,
  create_group_chat: null,
  group_chat_employee_types: 'extensions',
  department_hrbps: 'extensions',
} as const satisfies Readonly<Record<keyof ContactDepartmentBody, keyof Department | null>>;

/** What became of a request that was accepted. */
export function contactDepartmentOutcome(
  { given }: ContactDepartmentRequest,
  before: Department | null,
  after: Department,
): Outcome {
  return outcomeOf(given, PLACES, before, after, '');
}

/** What became of a request that was refused. */
export function refusedOutcome({ code, field, problem }: ContactRefusal): Outcome {
  return { records: [{ verdicts: [{ field, verdict: 'refused', reason: code.msg }], problem }] };
}
