import Type, { type Static } from 'typebox';
import type { CatalogName } from '../../../directory/catalog.ts';
import type { AppInFile, CompanySection, PlatformPart, SectionContext } from '../../company-section.ts';
import { chinese } from './chinese.ts';
import { descriptions } from './descriptions.ts';
import { checkCompany, unknownPeople } from './check.ts';
import { ownDeveloperOf, renamed } from './renamed.ts';
import { feishuDepartmentOf, keptOfDepartment, type FeishuDepartment } from '../model/department-extension.ts';
import { enumValueOf, FIRST_OWN_TYPE, isTypeDeleted, type FeishuEmployeeType } from '../model/employee-types.ts';
import { employeeInFile, readEmployee, writeEmployee } from './employee-section.ts';
import { eventsInFile } from '../model/event-settings.ts';
import { isListed, jobEntryOf, type JobEntryExtension } from '../model/job-entry-extension.ts';
import { openDepartmentIdOf, publisherOf, ROOT, SPACE } from '../model/ids.ts';
import {
  appSettingsOf,
  DIALECT,
  MAX_CODE_SECONDS,
  MAX_REFRESH_SECONDS,
  MAX_TOKEN_SECONDS,
  readSettings,
  settingsSchema,
  writeSettings,
  type AppSettings,
  type Settings,
} from '../model/settings.ts';

const closed = { additionalProperties: false } as const;

const contactScope = Type.Union(
  [
    Type.Literal('all'),
    Type.Object(
      { departments: Type.Optional(Type.Array(Type.String())), employees: Type.Optional(Type.Array(Type.String())) },
      closed,
    ),
  ],
  {
    description:
      'The contact scope of the app: all, or own ids of departments (with all below) and employees (2224002).',
  },
);

const appInFile = Type.Object(
  {
    app_id: Type.String({ minLength: 1, maxLength: 128, pattern: '^\\S+$' }),
    app_secret: Type.Optional(Type.String({ minLength: 1 })),
    secret_hash: Type.Optional(Type.String({ minLength: 1, description: 'As an export writes it.' })),
    status: Type.Optional(Type.Enum(['enabled', 'disabled'])),
    installed: Type.Optional(Type.Boolean({ description: 'Whether the company has installed it (99991673).' })),
    scopes: Type.Optional(
      Type.Union([Type.Literal('all'), Type.Array(Type.String())], {
        description: 'API permissions; all directory scopes when absent (99991672).',
      }),
    ),
    contact_scope: Type.Optional(contactScope),
    ip_allow_list: Type.Optional(
      Type.Array(Type.String(), { description: 'Addresses and CIDR ranges; any when empty (99991401).' }),
    ),
    redirect_urls: Type.Optional(
      Type.Array(Type.String({ pattern: '^https?://' }), {
        description: 'Where users who agreed may be sent (20029); any http or https address when absent.',
      }),
    ),
    name: Type.Optional(
      Type.String({ maxLength: 255, description: 'As bot/v3/info tells it; the app_id when absent.' }),
    ),
    avatar_url: Type.Optional(Type.String({ maxLength: 2_048 })),
    token_seconds: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_TOKEN_SECONDS,
        description: 'How long tokens of the app and of its users live; 7200 (99991663, 99991677).',
      }),
    ),
    refresh_token_seconds: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_REFRESH_SECONDS,
        description: 'How long a refresh token lives; 604800 (20037).',
      }),
    ),
    code_seconds: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_CODE_SECONDS,
        description: 'How long an authorization code lives; 300 (20004).',
      }),
    ),
    events: Type.Optional(eventsInFile),
    developer: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Apps of one developer share their union_ids; one per company when absent.',
      }),
    ),
  },
  closed,
);

const departmentInFile = Type.Object(
  {
    department_id: Type.Optional(
      Type.String({ pattern: '^(?!od-)[a-zA-Z0-9][a-zA-Z0-9_\\-@.]{0,63}$', description: 'The own id when absent.' }),
    ),
    open_department_id: Type.Optional(Type.String({ pattern: '^od-[0-9a-f]{32}$' })),
    custom: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'Values of custom fields by field id, as kept.' }),
    ),
    group_chat_employee_types: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 500, description: 'Numbers of employee types (43026).' }),
    ),
    department_hrbps: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), { maxItems: 500, description: 'Own ids of employees.' }),
    ),
    department_id_changes: Type.Optional(
      Type.Integer({ minimum: 0, description: 'How often the contact API changed department_id (43009).' }),
    ),
    order: Type.Optional(
      Type.String({ pattern: '^[0-9]{16,19}$', description: 'The order in digits, where a number does not hold it.' }),
    ),
  },
  closed,
);

const localText = Type.Object(
  { value: Type.String({ maxLength: 5_000 }), i18n: Type.Record(Type.String(), Type.String({ maxLength: 5_000 })) },
  { ...closed, description: 'For a job level or a job family: what it is.' },
);

const entryInFile = Type.Object(
  {
    id: Type.Optional(
      Type.String({ minLength: 1, description: 'The own id when absent; for a country its MDM code.' }),
    ),
    enum_value: Type.Optional(
      Type.Integer({ minimum: 1, description: 'For an employee type: its number; 1 to 5 change a built-in one.' }),
    ),
    description: Type.Optional(localText),
    deleted: Type.Optional(
      Type.Boolean({
        description: 'For a job level, job family or employee type: deleted, though employees may still have it.',
      }),
    ),
  },
  closed,
);

const customFieldInFile = Type.Object(
  {
    field_key: Type.String({
      minLength: 1,
      description: 'E.g. C-1000001. Without it the platform does not know the field.',
    }),
  },
  closed,
);

/** The section `feishu` of a company file. */
export const company: CompanySection = {
  descriptions,
  chinese,
  settings: settingsSchema,
  readSettings: (input) => ({ settings: readSettings(input), names: {} }),
  writeSettings: (settings) => writeSettings(settings as Settings),

  app: appInFile,
  readApp: (input, context) => readApp(input as Static<typeof appInFile>, context),
  writeApp: (app) => {
    const { scopes, contact_scope, ip_allow_list, ...settings } = appSettingsOf(app);
    return {
      app_id: app.key,
      secret_hash: app.secret,
      ...(app.enabled ? {} : { status: 'disabled' }),
      ...settings,
      ...(scopes === 'all' ? {} : { scopes }),
      ...(contact_scope === 'all' ? {} : { contact_scope }),
      ...(ip_allow_list.length === 0 ? {} : { ip_allow_list }),
    };
  },

  department: departmentInFile,
  readDepartment: (input, id, { isRoot }, { tenantKey }) => {
    const given = (input ?? {}) as Static<typeof departmentInFile>;
    if (isRoot) return { ids: { [SPACE.department]: ROOT, [SPACE.openDepartment]: ROOT } };
    const ids = {
      [SPACE.department]: given.department_id ?? id,
      [SPACE.openDepartment]: given.open_department_id ?? openDepartmentIdOf(tenantKey, id),
    };
    const extension = keptOfDepartment({
      // Whether the values fit their fields is checked by `check`.
      custom: (given.custom ?? {}) as FeishuDepartment['custom'],
      groupChatEmployeeTypes: given.group_chat_employee_types ?? [],
      hrbps: given.department_hrbps ?? [],
      idChanges: given.department_id_changes ?? 0,
      order: given.order ?? '',
    });
    return extension === undefined ? { ids } : { ids, extension };
  },
  writeDepartment: (department) => {
    const { id, parent, ids } = department;
    if (parent === null) return undefined;
    const departmentId = ids[SPACE.department];
    const { custom, groupChatEmployeeTypes, hrbps, idChanges, order } = feishuDepartmentOf(department);
    return {
      ...(Object.keys(custom).length === 0 ? {} : { custom }),
      ...(groupChatEmployeeTypes.length === 0 ? {} : { group_chat_employee_types: groupChatEmployeeTypes }),
      ...(hrbps.length === 0 ? {} : { department_hrbps: hrbps }),
      ...(idChanges === 0 ? {} : { department_id_changes: idChanges }),
      ...(order === '' ? {} : { order }),
      ...(departmentId === id ? {} : { department_id: departmentId }),
      open_department_id: ids[SPACE.openDepartment],
    };
  },

  catalogEntry: entryInFile,
  readCatalogEntry: (input, catalog, id, number) =>
    readEntry((input ?? {}) as Static<typeof entryInFile>, catalog, id, number),
  writeCatalogEntry: (entry) => {
    const id = entry.ids[SPACE.entry];
    const enumValue = enumValueOf(entry);
    const isDescribed = entry.catalog === 'job-level' || entry.catalog === 'job-family';
    const description = isDescribed ? jobEntryOf(entry).description : undefined;
    const isDeleted = isDescribed ? !isListed(entry) : isTypeDeleted(entry);
    const part = {
      ...(description === undefined ? {} : { description }),
      ...(isDeleted ? { deleted: true } : {}),
      ...(id === undefined || id === entry.id ? {} : { id }),
      ...(enumValue === undefined ? {} : { enum_value: enumValue }),
    };
    return Object.keys(part).length === 0 ? undefined : part;
  },
  employmentTypeOf: enumValueOf,

  customField: customFieldInFile,
  readCustomField: (input) => {
    const part = input as Static<typeof customFieldInFile> | undefined;
    return { ids: part === undefined ? {} : { [SPACE.field]: part.field_key } };
  },
  writeCustomField: ({ ids }) => (ids[SPACE.field] === undefined ? undefined : { field_key: ids[SPACE.field] }),

  employee: employeeInFile,
  readEmployee: (input, id, { tenantKey }) =>
    readEmployee((input ?? {}) as Static<typeof employeeInFile>, id, tenantKey),
  writeEmployee,

  renamed,

  check: checkCompany,
  suspect: unknownPeople,
};

function readApp(app: Static<typeof appInFile>, { tenantKey }: SectionContext): AppInFile {
  const scope = app.contact_scope ?? 'all';
  const ownDeveloper = ownDeveloperOf(tenantKey);
  const settings: AppSettings = {
    installed: app.installed ?? true,
    scopes: app.scopes ?? 'all',
    contact_scope: scope === 'all' ? 'all' : { departments: scope.departments ?? [], employees: scope.employees ?? [] },
    ip_allow_list: app.ip_allow_list ?? [],
    developer: app.developer ?? ownDeveloper,
    ...(app.redirect_urls === undefined ? {} : { redirect_urls: app.redirect_urls }),
    ...(app.name === undefined ? {} : { name: app.name }),
    ...(app.avatar_url === undefined ? {} : { avatar_url: app.avatar_url }),
    ...(app.token_seconds === undefined ? {} : { token_seconds: app.token_seconds }),
    ...(app.refresh_token_seconds === undefined ? {} : { refresh_token_seconds: app.refresh_token_seconds }),
    ...(app.code_seconds === undefined ? {} : { code_seconds: app.code_seconds }),
    ...(app.events === undefined ? {} : { events: app.events }),
  };
  return {
    id: `${DIALECT}-${app.app_id}`,
    key: app.app_id,
    ...(app.app_secret === undefined ? {} : { secret: app.app_secret }),
    ...(app.secret_hash === undefined ? {} : { secretHash: app.secret_hash }),
    enabled: app.status !== 'disabled',
    // A developer of this company alone need not be found in others.
    ...(settings.developer === ownDeveloper ? {} : { publisher: publisherOf(settings.developer) }),
    settings,
  };
}

/** Lists that the platform has a name for. */
const KNOWN: ReadonlySet<CatalogName> = new Set([
  'job-title',
  'job-level',
  'job-family',
  'work-place',
  'country',
  'employee-type',
]);

function readEntry(given: Static<typeof entryInFile>, catalog: CatalogName, id: string, number: number): PlatformPart {
  if (!KNOWN.has(catalog)) return { ids: {} };
  const ids = { [SPACE.entry]: given.id ?? id };
  if (catalog === 'job-level' || catalog === 'job-family') {
    const level: JobEntryExtension = {
      ...(given.description === undefined ? {} : { description: given.description }),
      ...(given.deleted === true ? { isDeleted: true } : {}),
    };
    return Object.keys(level).length === 0 ? { ids } : { ids, extension: level };
  }
  if (catalog !== 'employee-type') return { ids };
  const extension: FeishuEmployeeType = {
    enumValue: given.enum_value ?? FIRST_OWN_TYPE + number - 1,
    ...(given.deleted === true ? { isDeleted: true } : {}),
  };
  return { ids, extension };
}
