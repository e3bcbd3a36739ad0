import { startOfDayInChina } from '../../../lib/time/day.ts';
import type { App } from '../../../directory/auth/app.ts';
import type { Tenant, TenantData } from '../../../directory/tenant.ts';
import type { RoleGroup, RoleSetting } from './role-settings.ts';
import { isAtLeast, type ApiVersion } from '../protocol/api-paths.ts';

/** 「开放接口(新)」, which every operation needs; contract 6.1 after tools/get-charge-powers.md [public]. */
export const OPEN_API = '219904';
/** 「通讯录接口」, which the contact synchronisation needs besides; contract 6.1 after the same page [public]. */
export const CONTACT_SYNC = '219903';

/** A module the company has bought. */
export interface Licence {
  readonly code: string;
  /** The last day on which it counts, `YYYY-MM-DD` in China; null for one without an end. */
  readonly expires: string | null;
}

/** Where the company's Hose runs: by itself, or inside another platform. */
export type Environment = 'native' | 'dingtalk' | 'wecom' | 'yunzhijia' | 'feishu';

/** The switches of 「API通讯录&手动维护」 and its dialog 「API同步规则」; contract 2.8 after contacts/question-answer.md [public]. */
export interface SyncRules {
  /** 可手动增加子部门 */
  readonly handAddDepartments: boolean;
  /** 可手动增加员工 */
  readonly handAddStaffs: boolean;
  /** 可手动修改API维护的员工信息 */
  readonly handEditStaffs: boolean;
  /** 当API同步数据时，「所有」被修改员工不参与同步 */
  readonly skipEditedStaffs: boolean;
}

/** Which of the built-in fields of the custom form are switched on. */
export interface BuiltInFields {
  readonly rankType: boolean;
  readonly postType: boolean;
  readonly base: boolean;
}

/** One archive. */
export interface DimensionSetting {
  readonly name: string;
  readonly code: string;
  readonly active: boolean;
}

/** The largest page, by the version that is called: `v2` means itself and all above (hose-more 1.3). */
export interface PageLimits {
  readonly v1: number;
  readonly 'v1.1': number;
  readonly v2: number;
}

/** Things on one page of `v1` [live, archived pages] and of `v2` [live]. */
export const MAX_ON_PAGE = 1_000;

/** A company file can set no larger page: an answer has a size that can be known. */
export const MAX_PAGE_LIMIT = 10_000;

const DEFAULT_PAGE_LIMITS: PageLimits = { v1: MAX_ON_PAGE, 'v1.1': 100, v2: MAX_ON_PAGE };

/** What a company set up on Hose. */
export interface HoseSettings {
  readonly corporationId: string;
  readonly licences: readonly Licence[];
  /** Paid seats bought; null where they are not limited. */
  readonly seats: number | null;
  readonly environment: Environment;
  readonly syncRules: SyncRules;
  readonly builtInFields: BuiltInFields;
  /** Archives with what their items do not show: a code, being switched off, or having no items at all. */
  readonly dimensions?: readonly DimensionSetting[];
  /** Whether the keys of `base` must be in the company's list of cities [proposed]. */
  readonly strictCities: boolean;
  /** Requests per second and key; null for no limit [proposed]. */
  readonly rateLimit: number | null;
  /** Distance from UTC of the times returned, e.g. `+08:00` [proposed]. */
  readonly timeZone: string;
  /** What differs from the usual sizes of pages; absent: nothing. */
  readonly pageLimits?: Partial<PageLimits>;
  /** Groups of roles beside the default one, and what renames that. */
  readonly roleGroups?: readonly RoleGroup[];
  /** The word that opens the change of a login phone; absent: nothing does. */
  readonly secretMsg?: string;
  /** Roles beside those of every corporation, and what changes these. */
  readonly roles?: readonly RoleSetting[];
}

/** What holds for a company that says nothing. */
export function defaultSettings(corporationId: string): HoseSettings {
  return {
    corporationId,
    licences: [
      { code: OPEN_API, expires: null },
      { code: CONTACT_SYNC, expires: null },
    ],
    seats: null,
    environment: 'native',
    syncRules: { handAddDepartments: false, handAddStaffs: false, handEditStaffs: false, skipEditedStaffs: false },
    builtInFields: { rankType: true, postType: true, base: true },
    strictCities: false,
    rateLimit: null,
    timeZone: '+08:00',
  };
}

/** Returns the company's settings; a company without any has the defaults. */
export function settingsOf(tenant: Tenant): HoseSettings {
  return tenant.derived(SETTINGS, readSettings);
}

const SETTINGS = Symbol('hose settings');

function readSettings(parts: TenantData): HoseSettings {
  // Written by this dialect's section of the company file only.
  return (parts.settings['hose'] as HoseSettings | undefined) ?? defaultSettings(parts.key);
}

const DAY_MS = 86_400_000;

/** When a licence ends in epoch milliseconds; infinite for one without an end, null for one the company has not. */
export function licenceEnd(settings: HoseSettings, code: string): number | null {
  const licence = settings.licences.find((bought) => bought.code === code);
  if (licence === undefined) return null;
  return licence.expires === null ? Number.POSITIVE_INFINITY : startOfDayInChina(licence.expires) + DAY_MS;
}

/** The largest page of a list under a version. */
export function pageLimit({ pageLimits }: HoseSettings, version: ApiVersion): number {
  const name = isAtLeast(version, 2, 0) ? 'v2' : isAtLeast(version, 1, 1) ? 'v1.1' : 'v1';
  return pageLimits?.[name] ?? DEFAULT_PAGE_LIMITS[name];
}

/** How far the company's clock is from UTC, in milliseconds. */
export function zoneOffset(settings: HoseSettings): number {
  const [, sign, hours, minutes] = /^([+-])([0-9]{2}):([0-9]{2})$/.exec(settings.timeZone) ?? ['', '+', '08', '00'];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** What a key is of: the corporation, or an app of its own (自建应用) (hose-more 2) [proposed]. */
export type AppKind = 'corporation' | 'app';

/** What a company set up for one of its keys. */
export interface AppSettings {
  readonly kind: AppKind;
  /** The life of a token that was asked for with the key, in seconds. */
  readonly token_seconds: number;
}

/** Two hours [public: getting-started/auth.md]. */
const DEFAULT_APP_SETTINGS: AppSettings = { kind: 'corporation', token_seconds: 7_200 };

/** The settings of a key. */
export function appSettingsOf(app: App): AppSettings {
  // Written by this dialect's section of the company file; it kept nothing while there was nothing to be set.
  return { ...DEFAULT_APP_SETTINGS, ...(app.settings as Partial<AppSettings> | null) };
}
