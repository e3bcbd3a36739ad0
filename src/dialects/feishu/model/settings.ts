import Type, { type Static } from 'typebox';
import type { App } from '../../../directory/auth/app.ts';
import type { Tenant, TenantData } from '../../../directory/tenant.ts';
import { deepEqual } from '../../../lib/json-equal.ts';
import { administratorInFile } from './administrators.ts';
import type { EventSettings } from './event-settings.ts';

/** The dialect's name: its folder, its key in a company file, and in every map keyed by dialect. */
export const DIALECT = 'feishu';

const closed = { additionalProperties: false } as const;
const limit = (description: string) => Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { description });

/** Editions of a company, the smallest first. */
const PLANS = ['basic', 'business_standard', 'business_professional', 'business_flagship', 'enterprise'] as const;
type Plan = (typeof PLANS)[number];

const Instant = Type.String({ format: 'date-time' });

/** Settings of the whole company, each under the name the contract gives it. */
export const settingsSchema = Type.Object(
  {
    plan: Type.Optional(
      Type.Enum([...PLANS], { description: 'The edition; one below directory_api_min_plan answers 2224001.' }),
    ),
    directory_api_min_plan: Type.Optional(Type.Enum([...PLANS])),
    certified: Type.Optional(Type.Boolean({ description: 'Whether foreign mobiles may be added (2221175, 2221176).' })),
    certified_seat_limit: Type.Optional(
      limit('Employees of a company that is not certified; any number when null (2221111).'),
    ),
    billing_seat_limit: Type.Optional(limit('Paid seats; any number when null (2221112).')),
    tenant_member_limit: Type.Optional(limit('Members of the company; any number when null (2221272).')),
    contact_seat_limit: Type.Optional(limit('Seats of the contacts; any number when null (2221274).')),
    mobile_required: Type.Optional(
      Type.Boolean({ description: 'A mainland company: a mobile may not be cleared (2221114).' }),
    ),
    mail_service_enabled: Type.Optional(
      Type.Boolean({ description: 'Whether the company has the mail service; work mail needs it (2221126).' }),
    ),
    mail_domains: Type.Optional(
      Type.Array(Type.Object({ domain: Type.String(), enabled: Type.Optional(Type.Boolean()) }, closed)),
    ),
    mail_recycle_bin: Type.Optional(Type.Array(Type.Object({ address: Type.String(), since: Instant }, closed))),
    mail_recycle_days: Type.Optional(Type.Integer({ minimum: 0 })),
    department_member_limit: Type.Optional(
      Type.Integer({ minimum: 0, description: 'People in one department (2221125).' }),
    ),
    department_count_limit: Type.Optional(limit('Departments of the company; any number when null (2221307).')),
    multi_department_enabled: Type.Optional(
      Type.Boolean({ description: 'Whether an employee may be in several departments (2221141).' }),
    ),
    custom_fields_api_enabled: Type.Optional(
      Type.Boolean({ description: 'Whether custom fields may be written over the API (2221242).' }),
    ),
    multi_geo_enabled: Type.Optional(
      Type.Boolean({ description: 'Whether the company has several data locations (2221263).' }),
    ),
    geos: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z0-9_-]+$', description: 'Lower case (2221264).' }))),
    license_mode: Type.Optional(Type.Enum(['single', 'hybrid'])),
    subscriptions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            subscription_id: Type.String({ minLength: 1, maxLength: 255 }),
            license_plan_key: Type.Optional(Type.String()),
            product_name: Type.Optional(Type.String()),
            i18n_name: Type.Optional(Type.Record(Type.String(), Type.String())),
            total_seats: Type.Optional(Type.Integer({ minimum: 0 })),
            start_time: Type.Optional(Instant),
            end_time: Type.Optional(Instant),
          },
          closed,
        ),
      ),
    ),
    sensitive_words: Type.Optional(
      Type.Array(Type.String({ minLength: 1, description: 'Not to stand in a name (2221109).' })),
    ),
    founder: Type.Optional(
      Type.Union([Type.String({ minLength: 1 }), Type.Null()], {
        description: 'Id of the employee who cannot be frozen (2221182); the first employee when null.',
      }),
    ),
    administrators: Type.Optional(
      Type.Array(administratorInFile, {
        description:
          'The permissions and ranges of user tokens; the founder and super administrators may do everything.',
      }),
    ),
    hr_mode_enabled: Type.Optional(
      Type.Boolean({
        description:
          'Whether there is a personnel management mode: without it no user token can do to_be_resigned or regular (2224001).',
      }),
    ),
    external_source_locked: Type.Optional(
      Type.Boolean({ description: 'Employees fed by another system (data_source 2, 3) cannot be edited (2224002).' }),
    ),
    resurrect_allowed: Type.Optional(Type.Boolean()),
    resurrect_days: Type.Optional(Type.Integer({ minimum: 0 })),
    min_minutes_between_resurrect_and_delete: Type.Optional(Type.Integer({ minimum: 0 })),
    resign_processing_minutes: Type.Optional(Type.Integer({ minimum: 0 })),
    create_burst_limit: Type.Optional(limit('Employees made in one minute; any number when null (2221163).')),
    exit_to_resign_days: Type.Optional(limit('Days after which someone who left the workspace has resigned.')),
    contact_strict_patch_rate: Type.Optional(
      Type.Boolean({ description: 'Departments and freezing change once a second (contact v3: 44025).' }),
    ),
    contact_unjoined_readonly: Type.Optional(
      Type.Boolean({ description: 'Contact v3 changes no employee who has not joined (44010).' }),
    ),
    account_conflicts: Type.Optional(
      Type.Array(Type.Object({ mobile: Type.String(), email: Type.String() }, closed), {
        description: 'Mobiles and work mails that belong to two accounts of the platform (contact v3: 41003).',
      }),
    ),
    user_id_update_limit: Type.Optional(limit('Changes of one user_id (contact v3: 41013).')),
    delete_by_life_cycle_only: Type.Optional(Type.Boolean({ description: 'Contact v3 deletes no employee (44062).' })),
    monthly_call_quota: Type.Optional(limit('Calls of all apps in a month (99991403).')),
    lenient_id_types: Type.Optional(
      Type.Boolean({ description: 'Whether employee_id_type=user_id is taken for employee_id (99992402).' }),
    ),
    brand: Type.Optional(
      Type.Enum(['feishu', 'lark'], { description: 'Lark is Feishu outside China: other hosts, English sentences.' }),
    ),
    tenant_tag: Type.Optional(
      Type.Enum([0, 2], { description: 'What tenant/v2/tenant/query tells: 0 standard, 2 team.' }),
    ),
    tenant_display_id: Type.Optional(Type.String({ minLength: 1, description: 'From the key when absent.' })),
    tenant_domain: Type.Optional(Type.String()),
    contact_leader_must_have_joined: Type.Optional(
      Type.Boolean({ description: 'Whether the contact API refuses a leader who has not joined yet (43025).' }),
    ),
    department_id_update_limit: Type.Optional(
      limit('How often the contact API may change the department_id of one department (43009).'),
    ),
    strict_image_keys: Type.Optional(Type.Boolean({ description: 'Image keys must be known here (2220001).' })),
    rate_limit_enabled: Type.Optional(
      Type.Boolean({ description: 'Whether requests are counted: too many at a time answer HTTP 429, 99991400.' }),
    ),
  },
  closed,
);

type SettingsInFile = Static<typeof settingsSchema>;

/** Settings of the whole company with their defaults filled in. */
export type Settings = { readonly [Name in keyof SettingsInFile]-?: Exclude<SettingsInFile[Name], undefined> };

/** What holds where a company file is silent. [derived] */
const DEFAULTS: Settings = {
  plan: 'business_flagship',
  directory_api_min_plan: 'business_professional',
  certified: false,
  certified_seat_limit: 100,
  billing_seat_limit: null,
  tenant_member_limit: null,
  contact_seat_limit: null,
  mobile_required: true,
  mail_service_enabled: false,
  mail_domains: [],
  mail_recycle_bin: [],
  mail_recycle_days: 30,
  department_member_limit: 10_000,
  department_count_limit: null,
  multi_department_enabled: true,
  custom_fields_api_enabled: true,
  multi_geo_enabled: false,
  geos: [],
  license_mode: 'single',
  subscriptions: [],
  sensitive_words: [],
  founder: null,
  administrators: [],
  hr_mode_enabled: true,
  external_source_locked: false,
  resurrect_allowed: true,
  resurrect_days: 30,
  min_minutes_between_resurrect_and_delete: 60,
  resign_processing_minutes: 0,
  create_burst_limit: null,
  exit_to_resign_days: null,
  contact_strict_patch_rate: false,
  contact_unjoined_readonly: false,
  account_conflicts: [],
  user_id_update_limit: null,
  delete_by_life_cycle_only: false,
  monthly_call_quota: null,
  lenient_id_types: true,
  brand: 'feishu',
  tenant_tag: 0,
  tenant_display_id: '',
  tenant_domain: '',
  contact_leader_must_have_joined: false,
  department_id_update_limit: null,
  strict_image_keys: false,
  rate_limit_enabled: true,
};

/** An uncertified company may have 100 people, a certified one any number. [public: contact/user/create] */
function defaultsFor(certified: boolean): Settings {
  return certified ? { ...DEFAULTS, certified_seat_limit: null } : DEFAULTS;
}

/** The settings of a file's section, defaults filled in. The input has passed {@link settingsSchema}. */
export function readSettings(input: unknown): Settings {
  const inFile = (input ?? {}) as SettingsInFile;
  return { ...defaultsFor(inFile.certified === true), ...inFile };
}

/** The settings that differ from their defaults. */
export function writeSettings(settings: Settings): object {
  const defaults = defaultsFor(settings.certified);
  const written = Object.entries(settings).filter(([name, value]) =>
    name === 'certified' ? value === true : !deepEqual(value, defaults[name as keyof Settings]),
  );
  return Object.fromEntries(written);
}

const SETTINGS = Symbol('feishu settings');

/** The platform's settings of a tenant. */
export function settingsOf(tenant: Tenant): Settings {
  return tenant.derived(SETTINGS, settingsIn);
}

/** The same, of a company that is being read or looked through. */
export function settingsIn({ settings }: Pick<TenantData, 'settings'>): Settings {
  // An earlier release kept fewer settings: what it did not know has its default.
  return readSettings(settings[DIALECT]);
}

/** Whether an edition is at least another one. */
export function isPlanAtLeast(plan: string, least: string): boolean {
  return PLANS.indexOf(plan as Plan) >= PLANS.indexOf(least as Plan);
}

/** The contact scope of an app: all, or these departments with everything below, and these employees. */
export type ContactScope = 'all' | { readonly departments: readonly string[]; readonly employees: readonly string[] };

/** Settings of one app. */
export interface AppSettings {
  readonly installed: boolean;
  /** API permissions, e.g. `directory:employee:write`. */
  readonly scopes: 'all' | readonly string[];
  readonly contact_scope: ContactScope;
  /** Addresses and CIDR ranges; empty: any. */
  readonly ip_allow_list: readonly string[];
  /** The publisher of the app: apps of one developer share their union_ids. */
  readonly developer: string;
  /** Where a user who agreed may be sent; absent: to any http or https address. */
  readonly redirect_urls?: readonly string[];
  /** Its name and picture as people see them; absent: the app_id, and none. */
  readonly name?: string;
  readonly avatar_url?: string;
  /** How long what the app is given lives, in seconds; absent: as long as the platform lets it. */
  readonly token_seconds?: number;
  readonly refresh_token_seconds?: number;
  readonly code_seconds?: number;
  /** Absent: the app receives no events. */
  readonly events?: EventSettings;
}

/** The platform's settings of an app. */
export function appSettingsOf(app: App): AppSettings {
  // Whatever is kept for an app of this dialect was read by this dialect's company section.
  return app.settings as AppSettings;
}

/** The longest life of a token: two hours, for apps and users alike. [public: tat, tokens] */
export const MAX_TOKEN_SECONDS = 7_200;
/** Of a refresh token: a week, as in the page's example. [public: uat] */
export const MAX_REFRESH_SECONDS = 604_800;
/** Of a code: five minutes. [public: oauthcode] */
export const MAX_CODE_SECONDS = 300;

/** How long what an app is given lives, in milliseconds. */
export function livesOf(app: App): { readonly tokenMs: number; readonly refreshMs: number; readonly codeMs: number } {
  const {
    token_seconds = MAX_TOKEN_SECONDS,
    refresh_token_seconds = MAX_REFRESH_SECONDS,
    code_seconds = MAX_CODE_SECONDS,
  } = appSettingsOf(app);
  return { tokenMs: token_seconds * 1_000, refreshMs: refresh_token_seconds * 1_000, codeMs: code_seconds * 1_000 };
}

/** Of a refresh token of the older log-in calls: a month. [public: au/oidc-access_token/create] */
const LONG_REFRESH_SECONDS = 2_592_000;

/** How long a refresh token of the older log-in calls lives, in milliseconds; the app's own setting comes first. */
export function longRefreshMsOf(app: App): number {
  return (appSettingsOf(app).refresh_token_seconds ?? LONG_REFRESH_SECONDS) * 1_000;
}
