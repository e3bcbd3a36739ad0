import Type, { type Static } from 'typebox';
import type { AppInFile, CompanySection, SectionFault } from '../../company-section.ts';
import { chinese } from './chinese.ts';
import { descriptions } from './descriptions.ts';
import { renamed } from './renamed.ts';
import { EmployeePart, readEmployee, writeEmployee } from './employee-section.ts';
import { checkRoles, readRoles, RoleGroupsPart, RolesPart, writeRoles } from './role-section.ts';
import { isFormFieldType } from '../model/form-fields.ts';
import { spaces } from '../model/ids.ts';
import { defaultSettings, MAX_PAGE_LIMIT, type AppSettings, type HoseSettings } from '../model/settings.ts';

const closed = { additionalProperties: false } as const;
const Flag = Type.Optional(Type.Boolean());
/** A name by which the company or one of its apps is found, among those of all companies. */
const NAME = { minLength: 1, maxLength: 128, pattern: '^\\S+$' } as const;
const PageLimit = Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_LIMIT }));
const OptionalId = Type.Optional(Type.String({ minLength: 1 }));

const Settings = Type.Object(
  {
    corporation_id: Type.Optional(Type.String({ ...NAME, description: 'The company’s key when absent.' })),
    licences: Type.Optional(
      Type.Array(
        Type.Object(
          {
            code: Type.String({ description: '219904 开放接口(新), 219903 通讯录接口.' }),
            expires: Type.Optional(
              Type.String({ format: 'date', description: 'The last day in China on which it counts; none: no end.' }),
            ),
          },
          closed,
        ),
        { description: 'Both without an end when absent.' },
      ),
    ),
    seats: Type.Optional(Type.Integer({ minimum: 0, description: 'Paid seats bought; not counted when absent.' })),
    environment: Type.Optional(Type.Enum(['native', 'dingtalk', 'wecom', 'yunzhijia', 'feishu'])),
    sync_rules: Type.Optional(
      Type.Object(
        {
          hand_add_departments: Type.Optional(Type.Boolean({ description: '可手动增加子部门' })),
          hand_add_staffs: Type.Optional(Type.Boolean({ description: '可手动增加员工' })),
          hand_edit_staffs: Type.Optional(Type.Boolean({ description: '可手动修改API维护的员工信息' })),
          skip_edited_staffs: Type.Optional(
            Type.Boolean({ description: '当API同步数据时，「所有」被修改员工不参与同步' }),
          ),
        },
        { ...closed, description: '「API同步规则」; all off when absent.' },
      ),
    ),
    built_in_fields: Type.Optional(
      Type.Object(
        { rankType: Flag, postType: Flag, base: Flag },
        { ...closed, description: 'Which of 职级, 岗位, 常驻地 are switched on; all when absent.' },
      ),
    ),
    dimensions: Type.Optional(
      Type.Array(
        Type.Object(
          { name: Type.String({ pattern: '^.{1,300}$' }), code: Type.Optional(Type.String()), active: Flag },
          closed,
        ),
        { description: 'Archives that have a code, are switched off, or have no items.' },
      ),
    ),
    strict_cities: Type.Optional(
      Type.Boolean({ description: '常驻地 may name only cities of China and of this file.' }),
    ),
    rate_limit: Type.Optional(Type.Integer({ minimum: 1, description: 'Requests per second and key.' })),
    time_zone: Type.Optional(
      Type.String({ pattern: '^[+-][0-9]{2}:[0-9]{2}$', description: 'Distance from UTC; +08:00 when absent.' }),
    ),
    secret_msg: Type.Optional(
      Type.String({ minLength: 1, maxLength: 1_000, description: 'secretMsg of …/phone; refused always when absent.' }),
    ),
    role_groups: Type.Optional(RoleGroupsPart),
    roles: Type.Optional(RolesPart),
    page_limits: Type.Optional(
      Type.Object(
        { v1: PageLimit, 'v1.1': PageLimit, v2: PageLimit },
        { ...closed, description: 'Things on one page by version, v2 for all above; 1000, 100 and 1000 when absent.' },
      ),
    ),
  },
  closed,
);

const AppPart = Type.Object(
  {
    id: Type.Optional(Type.String(NAME)),
    app_key: Type.String({ ...NAME, description: '接入账号' }),
    app_security: Type.Optional(Type.String({ minLength: 1, description: '接入密码' })),
    secret_hash: Type.Optional(Type.String({ description: 'In place of app_security, as an export writes it.' })),
    enabled: Flag,
    kind: Type.Optional(
      Type.Enum(['corporation', 'app'], { description: 'app for the key of a 自建应用; corporation when absent.' }),
    ),
    token_seconds: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Life of a token that the key asks for; 7200 when absent.' }),
    ),
  },
  closed,
);

const DepartmentPart = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        minLength: 1,
        description: '<corporation id>:<id> when absent, with :external behind it for an external one.',
      }),
    ),
    form: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'costCenter, legalEntity and u_….' }),
    ),
  },
  closed,
);
const EntryPart = Type.Object(
  {
    id: OptionalId,
    visibility: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    version: Type.Optional(Type.Integer({ minimum: 1 })),
    channel: Type.Optional(Type.Enum(['MANUAL', 'API'])),
  },
  closed,
);
const FieldPart = Type.Object(
  {
    name: Type.Optional(Type.String({ pattern: '^u_.', description: 'u_<id> when absent.' })),
    can_as_dimension: Flag,
    scale: Type.Optional(Type.Integer({ minimum: 0, maximum: 8 })),
    unit: Type.Optional(Type.String()),
  },
  closed,
);
function readSettings(input: Static<typeof Settings>, tenantKey: string): HoseSettings {
  const { sync_rules: rules, built_in_fields: fields } = input;
  const defaults = defaultSettings(input.corporation_id ?? tenantKey);
  return {
    ...defaults,
    licences: input.licences?.map(({ code, expires }) => ({ code, expires: expires ?? null })) ?? defaults.licences,
    seats: input.seats ?? null,
    environment: (input.environment ?? 'native') as HoseSettings['environment'],
    syncRules: {
      handAddDepartments: rules?.hand_add_departments ?? false,
      handAddStaffs: rules?.hand_add_staffs ?? false,
      handEditStaffs: rules?.hand_edit_staffs ?? false,
      skipEditedStaffs: rules?.skip_edited_staffs ?? false,
    },
    builtInFields: {
      rankType: fields?.rankType ?? true,
      postType: fields?.postType ?? true,
      base: fields?.base ?? true,
    },
    ...(input.dimensions === undefined
      ? {}
      : {
          dimensions: input.dimensions.map(({ name, code, active }) => ({
            name,
            code: code ?? '',
            active: active ?? true,
          })),
        }),
    strictCities: input.strict_cities ?? false,
    rateLimit: input.rate_limit ?? null,
    timeZone: input.time_zone ?? defaults.timeZone,
    ...(input.page_limits === undefined ? {} : { pageLimits: input.page_limits }),
    ...(input.secret_msg === undefined ? {} : { secretMsg: input.secret_msg }),
    ...(input.role_groups === undefined ? {} : { roleGroups: input.role_groups }),
    ...(input.roles === undefined ? {} : { roles: readRoles(input.roles) }),
  };
}

function writeSettings(settings: HoseSettings): Static<typeof Settings> {
  const { syncRules, builtInFields } = settings;
  return {
    corporation_id: settings.corporationId,
    licences: settings.licences.map(({ code, expires }) => (expires === null ? { code } : { code, expires })),
    ...(settings.seats === null ? {} : { seats: settings.seats }),
    environment: settings.environment,
    sync_rules: {
      hand_add_departments: syncRules.handAddDepartments,
      hand_add_staffs: syncRules.handAddStaffs,
      hand_edit_staffs: syncRules.handEditStaffs,
      skip_edited_staffs: syncRules.skipEditedStaffs,
    },
    built_in_fields: { ...builtInFields },
    ...(settings.dimensions === undefined ? {} : { dimensions: settings.dimensions.map((one) => ({ ...one })) }),
    strict_cities: settings.strictCities,
    ...(settings.rateLimit === null ? {} : { rate_limit: settings.rateLimit }),
    time_zone: settings.timeZone,
    ...(settings.pageLimits === undefined ? {} : { page_limits: { ...settings.pageLimits } }),
    ...(settings.secretMsg === undefined ? {} : { secret_msg: settings.secretMsg }),
    ...(settings.roleGroups === undefined ? {} : { role_groups: settings.roleGroups.map((one) => ({ ...one })) }),
    ...(settings.roles === undefined ? {} : { roles: writeRoles(settings.roles) }),
  };
}

function readApp(input: Static<typeof AppPart>): AppInFile {
  return {
    id: input.id ?? `hose:${input.app_key}`,
    key: input.app_key,
    ...(input.app_security === undefined ? {} : { secret: input.app_security }),
    ...(input.secret_hash === undefined ? {} : { secretHash: input.secret_hash }),
    enabled: input.enabled ?? true,
    settings: settingsOfApp(input),
  };
}

/** What differs from the usual; null where nothing does. */
function settingsOfApp({ kind, token_seconds }: Static<typeof AppPart>): Partial<AppSettings> | null {
  if (kind === undefined && token_seconds === undefined) return null;
  return {
    ...(kind === undefined ? {} : { kind: kind as AppSettings['kind'] }),
    ...(token_seconds === undefined ? {} : { token_seconds }),
  };
}

/** What a company file says under `hose`. Input has passed the schema of its place, so it is of that schema's type. */
export const company: CompanySection = {
  descriptions,
  chinese,
  settings: Settings,
  readSettings: (input, tenantKey) => {
    const settings = readSettings(input as Static<typeof Settings>, tenantKey);
    return { settings, names: { [spaces.corporation]: settings.corporationId } };
  },
  writeSettings: (settings) => writeSettings(settings as HoseSettings),
  renamed,

  app: AppPart,
  readApp: (input) => readApp(input as Static<typeof AppPart>),
  writeApp: ({ id, key, secret, enabled, settings }) => ({
    id,
    app_key: key,
    secret_hash: secret,
    ...(enabled ? {} : { enabled }),
    ...(settings as Partial<AppSettings> | null),
  }),

  department: DepartmentPart,
  readDepartment: (input, id, { isRoot, isExternal }, context) => {
    const { corporationId } = context.settings as HoseSettings;
    const { id: given, form } = (input ?? {}) as Static<typeof DepartmentPart>;
    // The root department's id is the corporation's own, others end in `:external` where they are (contract 0.4) [seed: sample].
    const usual = isRoot ? corporationId : `${corporationId}:${id}${isExternal ? ':external' : ''}`;
    return {
      ids: { [spaces.department]: given ?? usual },
      ...(form === undefined ? {} : { extension: { form } }),
    };
  },
  writeDepartment: ({ ids, extensions }) => ({
    id: ids[spaces.department],
    ...(extensions['hose'] as object | undefined),
  }),

  catalogEntry: EntryPart,
  readCatalogEntry: (input, _catalog, id) => {
    const { id: own, ...extension } = (input ?? {}) as Static<typeof EntryPart>;
    const ids = { [spaces.entry]: own ?? id };
    return Object.keys(extension).length === 0 ? { ids } : { ids, extension };
  },
  writeCatalogEntry: ({ ids, extensions }) => ({
    id: ids[spaces.entry],
    ...(extensions['hose'] as object | undefined),
  }),

  customField: FieldPart,
  readCustomField: (input, id) => {
    // A field that says nothing of Hose is not known there.
    if (input === undefined) return { ids: {} };
    const { name, ...extension } = input as Static<typeof FieldPart>;
    const ids = { [spaces.field]: name ?? `u_${id}` };
    return Object.keys(extension).length === 0 ? { ids } : { ids, extension };
  },
  writeCustomField: ({ ids, extensions }) =>
    ids[spaces.field] === undefined
      ? undefined
      : { name: ids[spaces.field], ...(extensions['hose'] as object | undefined) },

  employee: EmployeePart,
  readEmployee: (input, id, { settings }) =>
    readEmployee((input ?? {}) as Static<typeof EmployeePart>, id, (settings as HoseSettings).corporationId),
  writeEmployee,

  check: ({ customFields, departments, catalogs, settings }, employees) => [
    ...checkRoles({ settings: settings['hose'] as HoseSettings, departments, catalogs, employees }),
    ...customFields.flatMap(({ ids, type }, index): readonly SectionFault[] =>
      ids[spaces.field] === undefined || isFormFieldType(type)
        ? []
        : [
            {
              path: ['custom_fields', index, 'hose'],
              message: `Hose has fields of type text, number, money, date and reference only, not ${type}`,
            },
          ],
    ),
  ],
};
