import { isInService } from '../../../../directory/employees/employee.ts';
import { holdsAny } from '../../auth/caller.ts';
import { employeeTypesOf } from '../../model/employee-types.ts';
import { refuseUnder, type Refusal } from '../../protocol/errors.ts';
import type { Facts, Rule } from '../facts.ts';
import { entryGiven, type EntryField } from '../patch.ts';
import { SCOPE } from '../../protocol/operations.ts';

const DEPARTMENTS = 'employee.employee_order_in_departments';

const refuse = refuseUnder('');

/** No department twice. [derived, contract 2.3.3] 2220001 */
export const departmentsDistinct: Rule = ({ given, departments }) => {
  if (given.departments === undefined) return null;
  const named = given.departments.map(({ id }, position) => departments[position]?.id ?? `unknown ${id ?? ''}`);
  return new Set(named).size === named.length
    ? null
    : refuse(`${DEPARTMENTS}[*].department_id`, { kind: 'invalid', subject: 'departments.repeated' });
};

/** [seed] 2221181 */
export const departmentsKnown: Rule = ({ given, departments }) => {
  const position = departments.indexOf(undefined);
  const value = given.departments?.[position]?.id ?? '';
  return position === -1 ? null : refuse(DEPARTMENTS, { kind: 'unknown', subject: 'departments', value });
};

/**
 * [seed] 2221292. A department that is merely listed again is looked at too (ruling 8), and so are those of someone who
 * is brought back from freezing, where one that is enabled is enough. [derived]
 */
export const departmentsEnabled: Rule = ({ given, departments, before, fields, tenant }) => {
  const disabled = departments.find((department) => department?.enabled === false);
  if (disabled !== undefined)
    return refuse(DEPARTMENTS, { kind: 'disabled', subject: 'departments', value: disabled.id });
  if (given.departments !== undefined || given.frozen !== false || !('frozen' in fields)) return null;
  const own = before.departments.map(({ department }) => tenant.departments.get(department));
  return own.length > 0 && own.every((department) => department?.enabled === false)
    ? refuse('employee.is_frozen', { kind: 'disabled', subject: 'departments', value: own[0]?.id ?? '' })
    : null;
};

/** The codes of ids in general; the page has none for a leader. [derived] 99992351, 99992361, 99992364, 99992360 */
export const leaderKnown: Rule = ({ leaderProblem: strangeLeader }) =>
  strangeLeader === null ? null : refuse('employee.leader_id', strangeLeader);

/** [seed] that the leader must be in service; the code is [derived]. 2220001 */
export const leaderInService: Rule = ({ given, people }) => {
  const leader = people.get(given.leader ?? '');
  return given.leader === undefined || leader === undefined || isInService(leader)
    ? null
    : refuse('employee.leader_id', { kind: 'left', subject: 'leader' });
};

/** Each known, in service, and named once. [seed] 2221222 */
export const dottedLeadersValid: Rule = ({ given, people }) => {
  if (given.dottedLeaders === undefined) return null;
  const leaders = given.dottedLeaders.map((id) => people.get(id));
  const isFine = leaders.every((leader) => leader !== undefined && isInService(leader));
  return isFine && new Set(leaders).size === leaders.length
    ? null
    : refuse('employee.dotted_line_leader_ids', { kind: 'invalid', subject: 'dottedLeaders' });
};

function entryRefusal(facts: Facts, field: EntryField, path: string): Refusal | null {
  const value = facts.given[field];
  if (value === undefined) return null;
  const entry = entryGiven(facts, field);
  if (entry === undefined) return refuse(path, { kind: 'unknown', subject: field, value });
  return entry === null || entry.enabled ? null : refuse(path, { kind: 'disabled', subject: field, value });
}

/** [seed] 2221216 */
export const workCountryValid: Rule = (facts) => entryRefusal(facts, 'workCountry', 'employee.work_country_or_region');

/** The advice names a city: place and city are one list here. [seed] 2221217 */
export const workPlaceValid: Rule = (facts) => entryRefusal(facts, 'workPlace', 'employee.work_place_id');

/** [seed] 2221144 */
export const employeeTypeKnown: Rule = (facts) =>
  (facts.given.employmentType ?? 0) === 0 ? null : employeeTypeKnownAtFirst(facts);

/** Who is created has a type, or none is named; only an update takes 0. [public: dir/employee/create, contract 4.1] 2221144 */
export const employeeTypeKnownAtFirst: Rule = ({ before, given: { employmentType: type }, tenant }) =>
  // Employees keep a type that was deleted, so what a read tells of them can be sent back. [proposed]
  type === undefined || (type !== 0 && type === before.employmentType) || employeeTypesOf(tenant).has(type)
    ? null
    : refuse('employee.employment_type', { kind: 'unknown', subject: 'employmentType', value: String(type) });

/** [seed] 2221145 */
export const employeeTypeActive: Rule = ({ given: { employmentType = 0 }, tenant }) =>
  employmentType === 0 || employeeTypesOf(tenant).get(employmentType) !== false
    ? null
    : refuse('employee.employment_type', {
        kind: 'disabled',
        subject: 'employmentType',
        value: String(employmentType),
      });

/** [seed] 2221223 */
export const jobTitleValid: Rule = (facts) => entryRefusal(facts, 'jobTitle', 'employee.job_title_id');

/** No code of its own. [derived] 2220001 */
export const jobLevelValid: Rule = (facts) => entryRefusal(facts, 'jobLevel', 'employee.job_level_id');

/** No code of its own. [derived] 2220001 */
export const jobFamilyValid: Rule = (facts) => entryRefusal(facts, 'jobFamily', 'employee.job_family_id');

/** A strict company takes a new image only as what it was uploaded for. [public: image]; the code is [derived]. 2220001 */
export const imageKeysKnown: Rule = ({ settings, imageKinds, extensionBefore, extensionAfter }) => {
  if (!settings.strict_image_keys) return null;
  return (
    imageRefusal(
      imageKinds,
      'avatarKey',
      'avatar',
      'employee.avatar_key',
      extensionBefore.avatarKey,
      extensionAfter.avatarKey,
    ) ??
    imageRefusal(
      imageKinds,
      'backgroundImageKey',
      'message',
      'employee.background_image_key',
      extensionBefore.backgroundImageKey,
      extensionAfter.backgroundImageKey,
    )
  );
};

function imageRefusal(
  kinds: Facts['imageKinds'],
  subject: 'avatarKey' | 'backgroundImageKey',
  wanted: 'avatar' | 'message',
  path: string,
  extensionBefore: string | null,
  extensionAfter: string | null,
): Refusal | null {
  if (extensionAfter === null || extensionAfter === extensionBefore) return null;
  const kind = kinds.get(extensionAfter) ?? null;
  if (kind === null) return refuse(path, { kind: 'unknown', subject, value: extensionAfter });
  return kind === wanted ? null : refuse(path, { kind: 'invalid', subject });
}

/** Every entry names a field, fits its definition and has a value for it. [seed]; in detail [derived]. 2221242 */
export const customFieldsValid: Rule = ({ settings, customFields }) => {
  if (customFields.length === 0) return null;
  const isFine = settings.custom_fields_api_enabled && customFields.every(({ value }) => value !== undefined);
  return isFine ? null : refuse('employee.custom_field_values', { kind: 'invalid', subject: 'custom' });
};

/** [seed] 2221265; that `options` is taken at all is [derived, contract 2.3.9]. */
export const geoWritable: Rule = ({ given, caller }) =>
  given.geoName === undefined || holdsAny(caller, SCOPE.geoWrite)
    ? null
    : refuse('options.geo_name', { kind: 'forbidden', subject: 'geoName' });

/** [seed] 2221263 */
export const geoActivated: Rule = ({ given, settings }) =>
  given.geoName === undefined || settings.multi_geo_enabled
    ? null
    : refuse('options.geo_name', { kind: 'disabled', subject: 'geoName', value: given.geoName });

/** Lower case only. [seed] 2221264 */
export const geoKnown: Rule = ({ given: { geoName }, settings }) =>
  geoName === undefined || settings.geos.includes(geoName)
    ? null
    : refuse('options.geo_name', { kind: 'unknown', subject: 'geoName', value: geoName });

/** [seed] 2221266 */
export const seatsWritable: Rule = ({ given, caller }) =>
  given.subscriptionIds === undefined || holdsAny(caller, SCOPE.seatsWrite)
    ? null
    : refuse('options.subscription_ids', { kind: 'forbidden', subject: 'subscriptionIds' });

/** [seed] 2221252 */
export const seatsGiven: Rule = ({ given, settings }) =>
  settings.license_mode === 'hybrid' && given.subscriptionIds?.length === 0
    ? refuse('options.subscription_ids', { kind: 'missing', subject: 'subscriptionIds' })
    : null;

/** The advice column has the text of another code here. [seed] 2221254 */
export const seatsValid: Rule = ({ given: { subscriptionIds }, settings, at }) => {
  if (subscriptionIds === undefined) return null;
  const running = settings.subscriptions
    .filter(({ end_time }) => end_time === undefined || Date.parse(end_time) > at)
    .map(({ subscription_id }) => subscription_id);
  const isFine =
    subscriptionIds.every((id) => running.includes(id)) && new Set(subscriptionIds).size === subscriptionIds.length;
  return isFine ? null : refuse('options.subscription_ids', { kind: 'invalid', subject: 'subscriptionIds' });
};
