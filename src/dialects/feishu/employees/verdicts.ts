import { e164 } from '../../../directory/employees/phone.ts';
import { fieldResults, type RequestField } from '../../../directory/verdict.ts';
import type { Outcome } from '../../dialect.ts';
import type { Facts } from './facts.ts';
import { SPACE } from '../model/ids.ts';
import type { ActivationReset } from './reset-activation.ts';
import { DIALECT } from '../model/settings.ts';
import type { PatchInput } from '../protocol/wire.ts';

/** Each field of the request and its place in the record. */
export const FIELD_TARGETS: readonly (readonly [given: keyof PatchInput, field: string, target: string])[] = [
  ['name', 'employee.name.name', 'name'],
  ['alias', 'employee.name.another_name', 'alias'],
  ['mobile', 'employee.mobile', 'mobile'],
  ['employeeId', 'employee.custom_employee_id', `ids.${SPACE.employee}`],
  ['avatarKey', 'employee.avatar_key', `extensions.${DIALECT}.avatarKey`],
  ['email', 'employee.email', 'email'],
  ['enterpriseEmail', 'employee.enterprise_email', 'enterpriseEmail'],
  ['gender', 'employee.gender', 'gender'],
  ['departments', 'employee.employee_order_in_departments', 'departments'],
  ['backgroundImageKey', 'employee.background_image_key', `extensions.${DIALECT}.backgroundImageKey`],
  ['description', 'employee.description', `extensions.${DIALECT}.description`],
  ['leader', 'employee.leader_id', 'leader'],
  ['dottedLeaders', 'employee.dotted_line_leader_ids', 'dottedLeaders'],
  ['workCountry', 'employee.work_country_or_region', 'workCountry'],
  ['workPlace', 'employee.work_place_id', 'workPlace'],
  ['workStation', 'employee.work_station', 'workStation'],
  ['jobNumber', 'employee.job_number', 'jobNumber'],
  ['extensionNumber', 'employee.extension_number', 'extensionNumber'],
  ['joinDate', 'employee.join_date', 'joinDate'],
  ['employmentType', 'employee.employment_type', 'employmentType'],
  ['jobTitle', 'employee.job_title_id', 'jobTitle'],
  ['jobLevel', 'employee.job_level_id', 'jobLevel'],
  ['jobFamily', 'employee.job_family_id', 'jobFamily'],
  ['resignDate', 'employee.resign_date', `extensions.${DIALECT}.resignDate`],
  ['resignReason', 'employee.resign_reason', `extensions.${DIALECT}.resignReason`],
  ['resignRemark', 'employee.resign_remark', `extensions.${DIALECT}.resignRemark`],
  ['resignType', 'employee.resign_type', `extensions.${DIALECT}.resignType`],
  ['frozen', 'employee.is_frozen', 'frozen'],
  ['geoName', 'options.geo_name', `extensions.${DIALECT}.geoName`],
  ['subscriptionIds', 'options.subscription_ids', `extensions.${DIALECT}.subscriptionIds`],
];

/** The same, each with the entry of a field that is kept as it was sent. */
const PLAIN_FIELDS = FIELD_TARGETS.map(([name, field, target]) => ({ name, plain: { field, target } }));

function givenFields({ given, customFields }: Facts): readonly RequestField[] {
  const fields: RequestField[] = [];
  for (const { name, plain } of PLAIN_FIELDS) {
    if (given[name] === undefined) continue;
    if (name === 'mobile' && given.mobile?.phone) {
      const { raw, phone } = given.mobile;
      const to = e164(phone);
      fields.push(raw === to ? plain : { ...plain, normalised: { from: raw, to } });
    } else fields.push(plain);
  }
  for (const { given: entry, field } of customFields) {
    if (field !== undefined)
      fields.push({ field: `employee.custom_field_values[${entry.key}]`, target: `custom.${field.id}` });
  }
  for (const field of given.ignored) fields.push({ field });
  return fields;
}

/** Returns the outcome of an accepted update, and of the activation reset it caused. */
export function acceptedOutcome(facts: Facts, rejoining: ActivationReset | null): Outcome {
  const verdicts = fieldResults(givenFields(facts), facts.before, facts.after);
  const all = rejoining === null ? verdicts : [...verdicts, ...rejoining.verdicts];
  return { records: [{ employee: facts.before.id, verdicts: all }] };
}
