import Type, { type Static } from 'typebox';
import type { Tenant, TenantData } from '../../../directory/tenant.ts';
import { groupInFile, groupOf, optionInFile, type RosterGroup, type RosterOption } from './roster-fields.ts';
import { corpidFor } from './ids.ts';
import { range, type ScopeMembers } from './scope-members.ts';

/** A company has no more tags. [public: 90210] */
export const MAX_TAGS = 3_000;

/** Ids are unsigned 32 bit (wecom-more 4). */
export const MAX_ID = 0xffff_ffff;

const Count = (description: string) => Type.Optional(Type.Integer({ minimum: 0, description }));
/** What a company file says of a company under `wecom`. */
export const settingsInFile = Type.Object({
  corpid: Type.Optional(
    Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$', description: 'ww and 16 hex characters.' }),
  ),
  state: Type.Optional(Type.Enum(['usable', 'dissolved'])),
  token_seconds: Type.Optional(Type.Integer({ minimum: 1, description: 'How long an access_token lives; 7200.' })),
  lock_mobile_when_active: Type.Optional(
    Type.Boolean({ description: 'Whether 手机号 of an activated member may not be written: result 2. Off.' }),
  ),
  limits: Type.Optional(
    Type.Object(
      {
        enforced: Type.Optional(Type.Boolean({ description: 'Whether calls are counted at all; not unless true.' })),
        corp_per_minute: Count('Calls of one API by one company; 10000. 0: no limit.'),
        corp_per_hour: Count('The same in an hour; 150000.'),
        ip_per_minute: Count('Calls of one API from one address; 20000.'),
        ip_per_hour: Count('The same in an hour; 600000.'),
        bad_secret_threshold: Count('Wrong secrets after which an address is blocked for an hour; 0: never.'),
        debug_per_minute: Count('Calls with debug=1 of one API; 5.'),
        accounts_per_month: Count('Members made in 30 days; member_limit × 3, none without it. 0: no limit.'),
        messages_per_day: Count('Person-times of messages of an app; member_limit × 200, none without it.'),
        messages_per_member_minute: Count('Messages of an app to one member; 30. More are dropped in silence.'),
        messages_per_member_hour: Count('1000.'),
        getuserid_misses_per_day: Count('Failed look-ups in a day; 20 % of member_limit, none without it.'),
      },
      { additionalProperties: false },
    ),
  ),
  member_limit: Type.Optional(
    Type.Integer({ minimum: 1, description: 'How many members the company may have: 45024. Absent: any number.' }),
  ),
  pending_department: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MAX_ID,
      description: 'The department 其他（待设置部门）; absent: made when it is needed.',
    }),
  ),
  biz_mail_domain: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+$',
      description: 'The company’s own mail domain: a new member gets a mailbox there. Absent: no enterprise mail.',
    }),
  ),
  biz_mail_by_api: Type.Optional(
    Type.Boolean({ description: 'Whether user/update may change a company mailbox; else 60144. Off.' }),
  ),
  withheld_gender: Type.Optional(
    Type.Enum(['omit', 'zero'], { description: 'How an app that is not given gender sees it: not, or "0". omit.' }),
  ),
  reply_limit_members: Count('Members that one user/list or user/simplelist may answer: 45029. 0: any number.'),
  trusted_ip_delay_seconds: Count('How long after it was added an address of trusted_ips takes effect; 0: at once.'),
  batch_seconds: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 86_400,
      description: 'How long an import shows itself as begun and running, and lets no other begin (302008); 0: not.',
    }),
  ),
  creator: Type.Optional(Type.String({ minLength: 1, description: 'userid of the creator, who stays: 301005.' })),
  ip_list: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
      description: 'What get_api_domain_ip and getcallbackip answer; the address of this server.',
    }),
  ),
  active_counts: Type.Optional(
    Type.Record(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }), Type.Integer({ minimum: 0 }), {
      description: 'What user/get_active_stat answers for a day, instead of what was counted.',
    }),
  ),
  two_step: Type.Optional(
    Type.Object(
      {
        url: Type.String({ pattern: '^https?://', maxLength: 2_048 }),
        ...range,
        tag_ids: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }))),
      },
      { additionalProperties: false, description: 'The page of 二次验证, and its members; absent lists: everybody.' },
    ),
  ),
  tags: Type.Optional(
    Type.Array(
      Type.Object(
        {
          tag_id: Type.Integer({ minimum: 1, maximum: MAX_ID }),
          name: Type.Optional(Type.String()),
          ...range,
          made_by: Type.Optional(
            Type.Union([Type.Integer({ minimum: 1 }), Type.String()], {
              description: 'agentid of the app that made it and alone may change it; absent: the administration.',
            }),
          ),
        },
        { additionalProperties: false, description: 'A tag brings its departments and members into a visible range.' },
      ),
      { maxItems: MAX_TAGS },
    ),
  ),
  roster: Type.Optional(
    Type.Object(
      {
        index_base: Type.Optional(Type.Enum([0, 1], { description: 'What the first instance of a group is called.' })),
        timezone: Type.Optional(Type.Literal('Asia/Shanghai')),
        emit_insert_results_alias: Type.Optional(
          Type.Boolean({ description: 'Whether insert_result is repeated as insert_results. Off.' }),
        ),
        groups: Type.Optional(
          Type.Array(groupInFile, { description: 'All fields of the roster; the usual ones when absent.' }),
        ),
        positions: Type.Optional(
          Type.Array(optionInFile, {
            description: 'Options of 职位 (12010) besides those of its field, in a company without job_titles.',
          }),
        ),
      },
      { additionalProperties: false },
    ),
  ),
});

/** Limits that older companies do not keep. */
const LATER_LIMITS = [
  'accounts_per_month',
  'getuserid_misses_per_day',
  'messages_per_day',
  'messages_per_member_minute',
  'messages_per_member_hour',
] as const;

const KEPT_AS_GIVEN = [
  'member_limit',
  'pending_department',
  'biz_mail_domain',
  'biz_mail_by_api',
  'withheld_gender',
  'reply_limit_members',
  'trusted_ip_delay_seconds',
  'batch_seconds',
  'creator',
  'active_counts',
  'two_step',
  'ip_list',
] as const;

/** A company's settings; each name is the contract's. What may be absent has the default that its schema names. */
export interface WecomSettings extends Pick<Static<typeof settingsInFile>, (typeof KEPT_AS_GIVEN)[number]> {
  readonly corpid: string;
  readonly state: 'usable' | 'dissolved';
  readonly token_seconds: number;
  readonly lock_mobile_when_active: boolean;
  readonly limits: {
    /** Absent: no call is counted; so are the companies kept and exported before there was a switch. */
    readonly enforced?: true;
    readonly corp_per_minute: number;
    readonly corp_per_hour: number;
    readonly ip_per_minute: number;
    readonly ip_per_hour: number;
    readonly bad_secret_threshold: number;
    readonly debug_per_minute: number;
    readonly accounts_per_month?: number;
    readonly getuserid_misses_per_day?: number;
    readonly messages_per_day?: number;
    readonly messages_per_member_minute?: number;
    readonly messages_per_member_hour?: number;
  };
  readonly tags: readonly Tag[];
  readonly roster: {
    readonly index_base: 0 | 1;
    readonly timezone: 'Asia/Shanghai';
    readonly emit_insert_results_alias: boolean;
    /** Null: the default data. */
    readonly groups: readonly RosterGroup[] | null;
    /** Options of 职位 that the contacts brought, besides those of its field; absent: none. */
    readonly positions?: readonly RosterOption[];
  };
}

/** A tag of the company. */
export interface Tag extends ScopeMembers {
  readonly tag_id: number;
  readonly name: string;
  /** The agentid of the app that made it; absent: the administration did. */
  readonly made_by?: string | number;
}

/** The settings that a company file's part means. */
export function settingsOf(input: Static<typeof settingsInFile>, tenantKey: string): WecomSettings {
  const { limits = {}, roster = {} } = input;
  const given = Object.fromEntries(
    KEPT_AS_GIVEN.flatMap((key) => (input[key] === undefined ? [] : [[key, input[key]]])),
  );
  return {
    ...given,
    corpid: input.corpid ?? corpidFor(tenantKey),
    state: input.state ?? 'usable',
    token_seconds: input.token_seconds ?? 7200,
    lock_mobile_when_active: input.lock_mobile_when_active ?? false,
    limits: {
      // Limits apply only where the file enables them, as most directories of this kind are used in tests. [proposed]
      ...(limits.enforced === true ? { enforced: true } : {}),
      corp_per_minute: limits.corp_per_minute ?? 10_000,
      corp_per_hour: limits.corp_per_hour ?? 150_000,
      ip_per_minute: limits.ip_per_minute ?? 20_000,
      ip_per_hour: limits.ip_per_hour ?? 600_000,
      bad_secret_threshold: limits.bad_secret_threshold ?? 0,
      debug_per_minute: limits.debug_per_minute ?? 5,
      ...Object.fromEntries(LATER_LIMITS.flatMap((key) => (limits[key] === undefined ? [] : [[key, limits[key]]]))),
    },
    tags: (input.tags ?? []).map(({ tag_id, name, userids, department_ids, made_by }) => ({
      tag_id,
      name: name ?? '',
      userids: userids ?? [],
      department_ids: department_ids ?? [],
      ...(made_by === undefined ? {} : { made_by }),
    })),
    roster: {
      index_base: roster.index_base ?? 0,
      timezone: roster.timezone ?? 'Asia/Shanghai',
      emit_insert_results_alias: roster.emit_insert_results_alias ?? false,
      groups: roster.groups === undefined ? null : roster.groups.map(groupOf),
      ...(roster.positions === undefined ? {} : { positions: roster.positions }),
    },
  };
}

const SETTINGS = Symbol('wecom settings');

/** A company's settings; those of one whose file never named this platform are the defaults. */
export function settingsIn(tenant: Tenant): WecomSettings {
  return tenant.derived(SETTINGS, wecomSettings);
}

/** The same, of a company that is being read or looked through. */
export function wecomSettings(parts: Pick<TenantData, 'key' | 'settings'>): WecomSettings {
  // Written by `settingsOf`.
  return (parts.settings['wecom'] as WecomSettings | undefined) ?? settingsOf({}, parts.key);
}
