import { fieldResults, type FieldResult, type RequestField } from '../../../../directory/verdict.ts';
import type { Outcome } from '../../../dialect.ts';
import { SPACE } from '../../model/ids.ts';
import { DIALECT } from '../../model/settings.ts';
import type { UserBody, UserWrite } from '../../protocol/contact/user-body.ts';
import type { Refusal } from '../../protocol/errors.ts';
import { answerToUser, type UserProblem } from './errors.ts';
import type { UserFacts } from './facts.ts';

const extension = (member: string): string => `extensions.${DIALECT}.${member}`;

/** Each member of a request and its place in the record. */
const TARGETS: Readonly<Partial<Record<keyof UserBody, string>>> = {
  user_id: `ids.${SPACE.employee}`,
  name: 'name',
  en_name: 'name',
  nickname: 'alias',
  email: 'email',
  mobile: 'mobile',
  mobile_visible: extension('mobileVisible'),
  gender: 'gender',
  avatar_key: extension('avatarKey'),
  is_frozen: 'frozen',
  department_ids: 'departments',
  orders: 'departments',
  leader_user_id: 'leader',
  dotted_line_leader_user_ids: 'dottedLeaders',
  city: 'workPlace',
  country: 'workCountry',
  work_station: 'workStation',
  join_time: 'joinDate',
  employee_no: 'jobNumber',
  employee_type: 'employmentType',
  job_title: 'jobTitle',
  job_level_id: 'jobLevel',
  job_family_id: 'jobFamily',
  enterprise_email: 'enterpriseEmail',
  geo: extension('geoName'),
  subscription_ids: extension('subscriptionIds'),
};

/** What became of a write that was accepted, what followed from it, and what of it could not be done. */
export function userOutcome(
  { body, customFields, before, after }: Pick<UserFacts, 'body' | 'customFields' | 'before' | 'after'>,
  more: readonly FieldResult[] = [],
): Outcome {
  const decided = new Set(more.map(({ field }) => field));
  const fields = Object.keys(body).flatMap((field): RequestField[] => {
    // A caller may name a member as one that every object inherits.
    const target = Object.hasOwn(TARGETS, field) ? TARGETS[field as keyof UserBody] : undefined;
    return target === undefined || decided.has(field) ? [] : [{ field, target }];
  });
  const custom = customFields.flatMap(({ given, field }): RequestField[] =>
    field === undefined ? [] : [{ field: `custom_attrs[${given.key}]`, target: `custom.${field.id}` }],
  );
  const verdicts = [...fieldResults([...fields, ...custom], before, after), ...more];
  return { records: [{ employee: before.id, verdicts }] };
}

/** What became of a write that was refused. */
export function userRefused({ problem, fields }: Refusal<UserProblem>, write: UserWrite, employee?: string): Outcome {
  const reason = answerToUser(problem, write).msg;
  const verdicts = fields
    .filter((field) => field !== '')
    .map((field): FieldResult => ({ field: field.replace(/^employee\./, ''), verdict: 'refused', reason }));
  return { records: [{ ...(employee === undefined ? {} : { employee }), verdicts, problem }] };
}
