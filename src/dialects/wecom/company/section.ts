import Type, { type Static } from 'typebox';
import type { App } from '../../../directory/auth/app.ts';
import type { CompanySection, NamedPerson, PlatformPart, SectionFault } from '../../company-section.ts';
import { chinese } from './chinese.ts';
import { descriptions } from './descriptions.ts';
import { renamed } from './renamed.ts';
import { valueType } from '../protocol/codes.ts';
import {
  CORPID,
  DEPARTMENT_ID,
  FIELD_ID,
  foldUserid,
  OPENID,
  OPTION_ID,
  ROOT_DEPARTMENT,
  USERID,
} from '../model/ids.ts';
import { checkRoster } from '../roster/check.ts';
import { DEFAULT_GROUPS } from '../roster/default-groups.ts';
import {
  appInFile,
  appSettings,
  appSettingsOf,
  INSTANT,
  settledAppSettings,
  type AppSettings,
} from '../model/app-settings.ts';
import { MAX_ID, settingsInFile, settingsOf, wecomSettings, type WecomSettings } from '../model/settings.ts';
import { CONTACT_KEYS, toStoredExtension, wecomOf, type Instance, type RosterValue } from '../protocol/wire.ts';

const Number32 = Type.Integer({ minimum: 0, maximum: 0xffff_ffff });
const closed = { additionalProperties: false } as const;

const valueInFile = Type.Union(
  [
    Type.String(),
    Type.Integer(),
    Type.Object({ value_country_code: Type.String(), value_mobile: Type.String() }, closed),
    Type.Array(Type.String()),
  ],
  { description: 'A text, an option’s id, seconds since 1970 (as text where beyond 2⁵³), a phone, or media ids.' },
);
const cellsInFile = Type.Record(Type.String({ pattern: '^[0-9]{1,10}$' }), valueInFile);

const departmentInFile = Type.Object({ id: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_ID })) }, closed);
const entryInFile = Type.Object({ option: Type.Optional(Number32) }, closed);
const customFieldInFile = Type.Object(
  { fieldid: Type.Integer({ minimum: 100_001, maximum: 0xffff_ffff, description: 'The field’s id in the roster.' }) },
  closed,
);
const employeeInFile = Type.Object(
  {
    userid: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_@.-]{0,63}$' })),
    status: Type.Optional(Type.Enum([1, 2, 4], { description: '1 activated, 2 disabled, 4 not activated.' })),
    roster: Type.Optional(cellsInFile),
    groups: Type.Optional(Type.Record(Type.String({ pattern: '^[1-5]$' }), Type.Array(cellsInFile))),
    openid: Type.Optional(
      Type.String({ pattern: '^o[A-Za-z0-9_-]{27}$', description: 'Absent: not bound to WeChat (43004).' }),
    ),
    userid_generated: Type.Optional(
      Type.Boolean({ description: 'Whether the platform made the userid, so that new_userid may change it once.' }),
    ),
    biz_mail_origin: Type.Optional(
      Type.Enum(['system', 'given', 'changed'], {
        description: 'Where the company mailbox comes from; only one of the system may be changed: 60144. system.',
      }),
    ),
    invited_at: Type.Optional(Type.String({ pattern: INSTANT, description: 'When the member was invited.' })),
    contacts: Type.Optional(
      Type.Record(Type.String({ pattern: `^(?:${CONTACT_KEYS.join('|')})$` }), Type.Unknown(), {
        description: 'What 更新成员 wrote that only the contacts tell, by its name there.',
      }),
    ),
  },
  closed,
);

/** The section `wecom` of a company file. */
export const company: CompanySection = {
  descriptions,
  chinese,
  settings: settingsInFile,
  readSettings: (input, tenantKey) => {
    const settings = settingsOf((input ?? {}) as Static<typeof settingsInFile>, tenantKey);
    return { settings, names: { [CORPID]: settings.corpid } };
  },
  renamed,
  writeSettings: (settings) => {
    const { roster, ...others } = settings as WecomSettings;
    const { groups, ...rest } = roster;
    return { ...others, roster: groups === null ? rest : roster };
  },

  app: appInFile,
  readApp: (input, { settings }) => {
    const app = input as Static<typeof appInFile>;
    const read = appSettingsOf(app);
    const { corpid } = settings as WecomSettings;
    return {
      id: `wecom-${read.agentid}`,
      key: `${corpid}/${read.agentid}`,
      ...(app.secret === undefined ? {} : { secret: app.secret }),
      ...(app.secret_hash === undefined ? {} : { secretHash: app.secret_hash }),
      enabled: app.enabled ?? true,
      settings: read,
    };
  },
  settleApp: (settings, { before, company, at }) =>
    // Made by `readApp` and `readSettings`.
    settledAppSettings(
      settings as AppSettings,
      before as AppSettings | undefined,
      (company as WecomSettings | undefined)?.trusted_ip_delay_seconds ?? 0,
      at,
    ),
  writeApp: (app) => ({ ...writtenAppSettings(app), enabled: app.enabled, secret_hash: app.secret }),

  department: departmentInFile,
  readDepartment: (input, _id, { isRoot, number }) => {
    const { id } = (input ?? {}) as Static<typeof departmentInFile>;
    return { ids: { [DEPARTMENT_ID]: id === undefined ? (isRoot ? ROOT_DEPARTMENT : String(number)) : String(id) } };
  },
  writeDepartment: ({ ids }) => ({ id: Number(ids[DEPARTMENT_ID]) }),

  catalogEntry: entryInFile,
  readCatalogEntry: (input, catalog, _id, number) => {
    const { option } = (input ?? {}) as Static<typeof entryInFile>;
    const optionId = option ?? (catalog === 'job-title' ? number : undefined);
    return { ids: optionId === undefined ? {} : { [OPTION_ID]: String(optionId) } };
  },
  writeCatalogEntry: ({ ids }) => (ids[OPTION_ID] === undefined ? undefined : { option: Number(ids[OPTION_ID]) }),

  customField: customFieldInFile,
  readCustomField: (input) => {
    const part = input as Static<typeof customFieldInFile> | undefined;
    return { ids: part === undefined ? {} : { [FIELD_ID]: String(part.fieldid) } };
  },
  writeCustomField: ({ ids }) => (ids[FIELD_ID] === undefined ? undefined : { fieldid: Number(ids[FIELD_ID]) }),

  employee: employeeInFile,
  readEmployee: (input, id, { settings }) =>
    memberPart((input ?? {}) as Static<typeof employeeInFile>, id, settings as WecomSettings),
  writeEmployee: (employee) => {
    const { userid, status, values, groups, contacts, useridGenerated, bizMailOrigin, invitedAt } = wecomOf(employee);
    return {
      userid: userid ?? employee.ids[USERID],
      openid: employee.ids[OPENID],
      userid_generated: useridGenerated,
      biz_mail_origin: bizMailOrigin,
      invited_at: invitedAt === undefined ? undefined : new Date(invitedAt).toISOString(),
      status,
      roster: Object.keys(values).length === 0 ? undefined : values,
      groups: Object.keys(groups).length === 0 ? undefined : groups,
      contacts,
    };
  },

  check: (parts) => [...checkRoster(parts), ...checkCircles(parts)],
  suspect: unknownMembers,
};

function writtenAppSettings(app: App): object {
  const { trusted_since: _kept, ...settings } = appSettings(app);
  return settings;
}

function memberPart(given: Static<typeof employeeInFile>, id: string, settings: WecomSettings): PlatformPart {
  const { status, roster, groups, contacts, openid, userid_generated, biz_mail_origin: origin, invited_at } = given;
  const userid = given.userid ?? id;
  const folded = foldUserid(userid);
  const extension = toStoredExtension({
    ...(userid === folded ? {} : { userid }),
    ...(status === undefined ? {} : { status: status as 1 | 2 | 4 }),
    values: instanceOf(roster ?? {}, settings),
    groups: Object.fromEntries(
      Object.entries(groups ?? {}).map(([type, instances]) => [
        type,
        instances.map((instance) => instanceOf(instance, settings)),
      ]),
    ),
    ...(contacts === undefined ? {} : { contacts }),
    ...(userid_generated === true ? { useridGenerated: true } : {}),
    ...(origin === 'given' || origin === 'changed' ? { bizMailOrigin: origin } : {}),
    ...(invited_at === undefined ? {} : { invitedAt: Date.parse(invited_at) }),
  });
  return {
    ids: { [USERID]: folded, ...(openid === undefined ? {} : { [OPENID]: openid }) },
    ...(extension === undefined ? {} : { extension }),
  };
}

/** Seconds may stand in a file as a number; they are kept as digits. */
function instanceOf(cells: Static<typeof cellsInFile>, settings: WecomSettings): Instance {
  const times = timeFields(settings);
  return Object.fromEntries(
    Object.entries(cells).map(([fieldid, value]): [string, RosterValue] => [
      fieldid,
      typeof value === 'number' && times.has(fieldid) ? String(value) : value,
    ]),
  );
}

const timeFieldsOf = new WeakMap<WecomSettings, ReadonlySet<string>>();

function timeFields(settings: WecomSettings): ReadonlySet<string> {
  let known = timeFieldsOf.get(settings);
  if (known === undefined) {
    const fields = (settings.roster.groups ?? DEFAULT_GROUPS).flatMap((group) => group.fields);
    const isLong = (type: number): boolean => type === valueType.uint64 || type === valueType.int64;
    known = new Set(fields.filter(({ value_type }) => isLong(value_type)).map(({ fieldid }) => String(fieldid)));
    timeFieldsOf.set(settings, known);
  }
  return known;
}

/** Says which members of ranges and tags are not in the company. */
function unknownMembers(
  parts: Parameters<CompanySection['check']>[0],
  employees: readonly NamedPerson[],
): readonly SectionFault[] {
  const known = new Set(employees.flatMap(({ ids }) => ids[USERID] ?? []));
  const { tags } = wecomSettings(parts);
  const ranges = parts.apps.filter(({ dialect }) => dialect === 'wecom').map((app) => appSettings(app).visible_range);
  const lists = [
    ...tags.map(({ userids }, index) => ({ path: ['tags', index], userids })),
    ...ranges.map(({ userids }, index) => ({ path: ['apps', index, 'visible_range'], userids })),
  ];
  return lists.flatMap(({ path, userids }) =>
    userids.flatMap((userid, position) =>
      known.has(foldUserid(userid))
        ? []
        : [
            {
              path: ['wecom', ...path, 'userids', position],
              message: `no employee has the userid ${userid}`,
              among: known,
            },
          ],
    ),
  );
}

/** Ranges and tags name departments and tags of the company. Members come and go: a missing one is only a warning. */
function checkCircles(parts: Parameters<CompanySection['check']>[0]): readonly SectionFault[] {
  const { tags } = wecomSettings(parts);
  const departments = new Set(parts.departments.map(({ ids }) => ids[DEPARTMENT_ID]));
  const known = new Set(tags.map(({ tag_id }) => tag_id));
  const missingDepartments = (ids: readonly number[], path: SectionFault['path']): SectionFault[] =>
    ids.flatMap((id, position) =>
      departments.has(String(id))
        ? []
        : [{ path: [...path, 'department_ids', position], message: `no department has the id ${String(id)} here` }],
    );
  const ofTags = tags.flatMap(({ department_ids }, index) =>
    missingDepartments(department_ids, ['wecom', 'tags', index]),
  );
  const ofApps = parts.apps
    .filter(({ dialect }) => dialect === 'wecom')
    .flatMap((app, index) => {
      const { visible_range } = appSettings(app);
      const path = ['wecom', 'apps', index, 'visible_range'];
      return [
        ...missingDepartments(visible_range.department_ids, path),
        ...visible_range.tag_ids.flatMap((tag, position) =>
          known.has(tag) ? [] : [{ path: [...path, 'tag_ids', position], message: `no tag has the id ${String(tag)}` }],
        ),
      ];
    });
  return [...ofTags, ...ofApps];
}
