import Type, { type Static } from 'typebox';
import type { App } from '../../../directory/auth/app.ts';
import type { Tenant, TenantData } from '../../../directory/tenant.ts';
import { groupInFile, groupOf, optionInFile, type RosterGroup, type RosterOption } from './roster-fields.ts';
import { corpidFor, ROOT_DEPARTMENT } from './ids.ts';

const Count = (description: string) => Type.Optional(Type.Integer({ minimum: 0, description }));
const range = {
  userids: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
  department_ids: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }))),
};

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
        corp_per_hour: Count('150000.'),
        ip_per_minute: Count('Calls of one API from one address; 20000.'),
        ip_per_hour: Count('600000.'),
        bad_secret_threshold: Count('Wrong secrets after which an address is blocked for an hour; 0: never.'),
        debug_per_minute: Count('Calls with debug=1 of one API; 5.'),
      },
      { additionalProperties: false },
    ),
  ),
  tags: Type.Optional(
    Type.Array(
      Type.Object(
        { tag_id: Type.Integer({ minimum: 1 }), name: Type.Optional(Type.String()), ...range },
        { additionalProperties: false, description: 'A tag brings its departments and members into a visible range.' },
      ),
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

/** What a company file says of one app. */
export const appInFile = Type.Object(
  {
    agentid: Type.Union([Type.Integer({ minimum: 1 }), Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })]),
    secret: Type.Optional(Type.String({ minLength: 1 })),
    secret_hash: Type.Optional(Type.String({ pattern: '^sha256:[0-9a-f]*:[0-9a-f]{64}$' })),
    enabled: Type.Optional(Type.Boolean()),
    kind: Type.Optional(Type.Enum(['self_built', 'contact_sync', 'provider', 'third_party'])),
    hr_callable: Type.Optional(
      Type.Boolean({ description: 'Listed in 人事助手 - 可调用接口的应用; so unless false.' }),
    ),
    visible_range: Type.Optional(
      Type.Object(
        { ...range, tag_ids: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }))) },
        { additionalProperties: false, description: 'The whole company when absent.' },
      ),
    ),
    trusted_ips: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), { description: 'Empty: calls from anywhere.' }),
    ),
    sensitive_fields: Type.Optional(
      Type.Boolean({ description: 'Whether user/get shows mobile, email, gender …; so unless false.' }),
    ),
  },
  { additionalProperties: false },
);

/** Who belongs to something: members and whole departments. */
export interface ScopeMembers {
  readonly userids: readonly string[];
  readonly department_ids: readonly number[];
}

/** A company's settings with every default filled in; each name is the contract's. */
export interface WecomSettings {
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
  };
  readonly tags: readonly (ScopeMembers & { readonly tag_id: number; readonly name: string })[];
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

/** An app's settings with every default filled in. */
export interface AppSettings {
  readonly agentid: string;
  readonly kind: 'self_built' | 'contact_sync' | 'provider' | 'third_party';
  readonly hr_callable: boolean;
  readonly visible_range: ScopeMembers & { readonly tag_ids: readonly number[] };
  readonly trusted_ips: readonly string[];
  readonly sensitive_fields: boolean;
}

/** The settings that a company file's part means. */
export function settingsOf(input: Static<typeof settingsInFile>, tenantKey: string): WecomSettings {
  const { limits = {}, roster = {} } = input;
  return {
    corpid: input.corpid ?? corpidFor(tenantKey),
    state: input.state ?? 'usable',
    token_seconds: input.token_seconds ?? 7200,
    lock_mobile_when_active: input.lock_mobile_when_active ?? false,
    limits: {
      // Nobody is throttled who did not ask for it: most who run a directory of this kind test against it. [proposed]
      ...(limits.enforced === true ? { enforced: true } : {}),
      corp_per_minute: limits.corp_per_minute ?? 10_000,
      corp_per_hour: limits.corp_per_hour ?? 150_000,
      ip_per_minute: limits.ip_per_minute ?? 20_000,
      ip_per_hour: limits.ip_per_hour ?? 600_000,
      bad_secret_threshold: limits.bad_secret_threshold ?? 0,
      debug_per_minute: limits.debug_per_minute ?? 5,
    },
    tags: (input.tags ?? []).map(({ tag_id, name, userids, department_ids }) => ({
      tag_id,
      name: name ?? '',
      userids: userids ?? [],
      department_ids: department_ids ?? [],
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

/** The settings of an app that a company file's part means. */
export function appSettingsOf(input: Static<typeof appInFile>): AppSettings {
  const whole = { department_ids: [Number(ROOT_DEPARTMENT)] };
  const { userids, department_ids, tag_ids } = { ...(input.visible_range ?? whole) } as Partial<
    AppSettings['visible_range']
  >;
  return {
    agentid: String(input.agentid),
    kind: input.kind ?? 'self_built',
    hr_callable: input.hr_callable ?? true,
    visible_range: { userids: userids ?? [], department_ids: department_ids ?? [], tag_ids: tag_ids ?? [] },
    trusted_ips: input.trusted_ips ?? [],
    sensitive_fields: input.sensitive_fields ?? true,
  };
}

const SETTINGS = Symbol('wecom settings');

/** A company's settings; those of one whose file never named this platform are the defaults. */
export function settingsIn(tenant: Tenant): WecomSettings {
  return tenant.derived(SETTINGS, wecomSettings);
}

/** The same, of a company that is being read or looked through. */
export function wecomSettings(parts: Pick<TenantData, 'key' | 'settings'>): WecomSettings {
  // Written by `settingsOf`, whoever kept it in between.
  return (parts.settings['wecom'] as WecomSettings | undefined) ?? settingsOf({}, parts.key);
}

/** An app's settings. */
export function appSettings(app: App): AppSettings {
  // Written by `appSettingsOf`.
  return app.settings as AppSettings;
}
