import Type, { type Static } from 'typebox';
import type { Employee } from '../../../directory/employees/employee.ts';
import { normalizeEmail } from '../../../directory/lookup.ts';
import type { PlatformPart } from '../../company-section.ts';
import { extensionOf, feishuOf } from '../model/employee-extension.ts';
import { SPACE, uidOf } from '../model/ids.ts';

const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
const Instant = Type.String({ format: 'date-time' });

/** What a company file says of an employee under the platform's name. */
export const employeeInFile = Type.Object(
  {
    employee_id: Type.Optional(Type.String({ pattern: '^\\S{1,64}$', description: 'The own id when absent.' })),
    uid: Type.Optional(
      Type.String({ pattern: '^[0-9a-f]{32}$', description: 'From which open_id and union_id follow.' }),
    ),
    union_id: Type.Optional(Type.String({ pattern: '^on_[0-9a-f]{32}$' })),
    open_ids: Type.Optional(
      Type.Record(Type.String(), Type.String({ pattern: '^ou_[0-9a-f]{32}$' }), { description: 'open_id by app_id.' }),
    ),
    avatar_key: Type.Optional(Type.String({ minLength: 1 })),
    background_image_key: Type.Optional(Type.String({ minLength: 1 })),
    description: Type.Optional(Type.String()),
    mobile_verified: Type.Optional(Type.Boolean({ description: 'The mobile cannot be changed (2221156).' })),
    resign_date: Type.Optional(Day),
    resign_reason: Type.Optional(Type.String({ pattern: '^([0-9]|1[0-9]|2[0-5])$' })),
    resign_remark: Type.Optional(Type.String({ maxLength: 255 })),
    resign_type: Type.Optional(Type.String({ pattern: '^[0-3]$' })),
    data_source: Type.Optional(
      Type.Enum([1, 2, 3], { description: '1 admin console, 2 HR enterprise edition, 3 SCIM.' }),
    ),
    geo_name: Type.Optional(Type.String()),
    subscription_ids: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 255 }))),
    exited_at: Type.Optional(
      Type.String({
        format: 'date-time',
        description:
          'When somebody whose activation is exited left the workspace; the last change of the record when absent.',
      }),
    ),
    join_refused: Type.Optional(Type.Boolean()),
    resurrected_at: Type.Optional(Instant),
    resigned_at: Type.Optional(Instant),
    mailbox_at_resignation: Type.Optional(
      Type.Array(Type.String({ maxLength: 255 }), {
        description: 'Enterprise mail address and aliases given back when the employee returns.',
      }),
    ),
    resource_receivers: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'Own ids of who receives what a resigned employee left behind, by kind.',
      }),
    ),
    departments_at_resignation: Type.Optional(
      Type.Array(Type.String(), { description: 'Own ids of the departments held when the employee left.' }),
    ),
    mobile_visible: Type.Optional(Type.Boolean({ description: 'Whether colleagues see the mobile.' })),
    join_time: Type.Optional(
      Type.Integer({ description: 'Seconds; the beginning of join_date in China when absent, or of another day.' }),
    ),
    country: Type.Optional(Type.String({ description: 'A code as written that no country of the file has.' })),
    visible: Type.Optional(
      Type.Union(
        [
          Type.Literal('all'),
          Type.Object(
            {
              departments: Type.Optional(Type.Array(Type.String())),
              employees: Type.Optional(Type.Array(Type.String())),
            },
            { additionalProperties: false },
          ),
        ],
        { description: 'The employees that a user token of this employee sees over contact v3; all when absent.' },
      ),
    ),
    user_id_changes: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Changes of the employee_id so far (41013).' }),
    ),
    recycled_mail: Type.Optional(
      Type.Array(
        Type.Object({ address: Type.String({ maxLength: 255 }), since: Instant }, { additionalProperties: false }),
      ),
    ),
  },
  { additionalProperties: false },
);

const OPEN_ID_PREFIX = SPACE.openId('');

/** Returns the platform's part of an employee, with generated ids for those not given. */
export function readEmployee(given: Static<typeof employeeInFile>, id: string, tenantKey: string): PlatformPart {
  const ids: Record<string, string> = {
    [SPACE.employee]: given.employee_id ?? id,
    [SPACE.uid]: given.uid ?? uidOf(tenantKey, id),
  };
  if (given.union_id !== undefined) ids[SPACE.unionId] = given.union_id;
  for (const [appId, openId] of Object.entries(given.open_ids ?? {})) ids[SPACE.openId(appId)] = openId;
  const recycledMail = (given.recycled_mail ?? []).map(({ address, since }) => ({
    address: normalizeEmail(address),
    since: Date.parse(since),
  }));
  for (const { address } of recycledMail) ids[SPACE.recycledMail(address)] = address;
  for (const seat of given.subscription_ids ?? []) ids[SPACE.seat(seat)] = seat;
  const extension = extensionOf({
    avatarKey: given.avatar_key ?? null,
    backgroundImageKey: given.background_image_key ?? null,
    description: given.description ?? '',
    mobileVerified: given.mobile_verified ?? false,
    resignDate: given.resign_date ?? null,
    resignReason: given.resign_reason ?? '0',
    resignRemark: given.resign_remark ?? '',
    resignType: given.resign_type ?? '0',
    dataSource: (given.data_source ?? 1) as 1 | 2 | 3,
    geoName: given.geo_name ?? '',
    subscriptionIds: given.subscription_ids ?? [],
    exitedAt: given.exited_at === undefined ? null : Date.parse(given.exited_at),
    joinRefused: given.join_refused ?? false,
    resurrectedAt: given.resurrected_at === undefined ? null : Date.parse(given.resurrected_at),
    resignedAt: given.resigned_at === undefined ? null : Date.parse(given.resigned_at),
    mailboxAtResignation: given.mailbox_at_resignation ?? [],
    resourceReceivers: given.resource_receivers ?? {},
    departmentsAtResignation: given.departments_at_resignation ?? [],
    mobileVisible: given.mobile_visible ?? true,
    joinTime: given.join_time ?? null,
    country: given.country ?? '',
    visible:
      given.visible === undefined || given.visible === 'all'
        ? null
        : { departments: given.visible.departments ?? [], employees: given.visible.employees ?? [] },
    userIdChanges: given.user_id_changes ?? 0,
    recycledMail,
  });
  return { ids, ...(extension === undefined ? {} : { extension }) };
}

/** The part as a file says it; what is not said there follows from the own id. */
export function writeEmployee(employee: Employee): object {
  const part = feishuOf(employee);
  const kept = extensionOf(part);
  const employeeId = employee.ids[SPACE.employee];
  const openIds = Object.entries(employee.ids)
    .filter(([space]) => space.startsWith(OPEN_ID_PREFIX))
    .map(([space, openId]) => [space.slice(OPEN_ID_PREFIX.length), openId]);
  const unionId = employee.ids[SPACE.unionId];
  return {
    ...(employeeId === employee.id ? {} : { employee_id: employeeId }),
    uid: employee.ids[SPACE.uid],
    ...(unionId === undefined ? {} : { union_id: unionId }),
    ...(openIds.length === 0 ? {} : { open_ids: Object.fromEntries(openIds) as Record<string, string> }),
    ...(kept === undefined ? {} : withoutAbsent(kept)),
  };
}

type Kept = NonNullable<ReturnType<typeof extensionOf>>;

function withoutAbsent(kept: Kept): object {
  const all = {
    avatar_key: kept.avatarKey,
    background_image_key: kept.backgroundImageKey,
    description: kept.description,
    mobile_verified: kept.mobileVerified,
    resign_date: kept.resignDate,
    resign_reason: kept.resignReason,
    resign_remark: kept.resignRemark,
    resign_type: kept.resignType,
    data_source: kept.dataSource,
    geo_name: kept.geoName,
    subscription_ids: kept.subscriptionIds,
    exited_at: instantOf(kept.exitedAt),
    join_refused: kept.joinRefused,
    resurrected_at: instantOf(kept.resurrectedAt),
    resigned_at: instantOf(kept.resignedAt),
    mailbox_at_resignation: kept.mailboxAtResignation,
    resource_receivers: kept.resourceReceivers,
    departments_at_resignation: kept.departmentsAtResignation,
    mobile_visible: kept.mobileVisible,
    join_time: kept.joinTime ?? undefined,
    country: kept.country,
    visible: kept.visible ?? undefined,
    user_id_changes: kept.userIdChanges,
    recycled_mail: kept.recycledMail?.map(({ address, since }) => ({ address, since: new Date(since).toISOString() })),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function instantOf(at: number | null | undefined): string | undefined {
  return typeof at === 'number' ? new Date(at).toISOString() : undefined;
}
