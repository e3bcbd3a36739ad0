import { isIP } from 'node:net';
import type { CompanySection, NamedPerson, SectionFault } from '../../company-section.ts';
import type { EventSettings } from '../model/event-settings.ts';
import { isKnownType, isValueOf } from '../model/custom-fields.ts';
import { feishuDepartmentOf } from '../model/department-extension.ts';
import { enumValueOf } from '../model/employee-types.ts';
import { SPACE } from '../model/ids.ts';
import { appSettingsOf, DIALECT, settingsIn } from '../model/settings.ts';

type Parts = Parameters<CompanySection['check']>[0];

/** What contradicts itself in the platform's part of a company. */
export function checkCompany(parts: Parts): readonly SectionFault[] {
  return [
    ...checkApps(parts),
    ...checkAdministrators(parts),
    ...checkDepartments(parts),
    ...checkCustomFields(parts),
    ...checkEmployeeTypes(parts),
  ];
}

/** Checks departments only: employees come and go, so a scope or a setting may name one who is not in the file. */
function checkApps({ apps, departments }: Parts): readonly SectionFault[] {
  const known = new Set(departments.map(({ id }) => id));
  return apps
    .filter(({ dialect }) => dialect === DIALECT)
    .flatMap((app, index): readonly SectionFault[] => {
      const { contact_scope, ip_allow_list, events } = appSettingsOf(app);
      const path = [DIALECT, 'apps', index];
      const inScope = contact_scope === 'all' ? [] : contact_scope.departments;
      return [
        ...checkEvents(events).map((message) => ({ path: [...path, 'events'], message })),
        ...inScope.flatMap((id, position) =>
          known.has(id)
            ? []
            : [
                {
                  path: [...path, 'contact_scope', 'departments', position],
                  message: `no department has the id ${id}`,
                  among: known,
                },
              ],
        ),
        ...ip_allow_list.flatMap((range, position) =>
          isRange(range)
            ? []
            : [{ path: [...path, 'ip_allow_list', position], message: 'is neither an address nor a CIDR range' }],
        ),
      ];
    });
}

/** Events are received in one way at a time. [contract feishu-contact.md 6.4, 6.6] */
function checkEvents(events: EventSettings | undefined): readonly string[] {
  if (events === undefined || (events.url === undefined) !== (events.long_connection === undefined)) return [];
  return ['needs either url or long_connection'];
}

function checkAdministrators(parts: Parts): readonly SectionFault[] {
  const known = new Set(parts.departments.map(({ id }) => id));
  const { administrators } = settingsIn(parts);
  return administrators.flatMap(({ departments: range = 'all' }, index) =>
    (range === 'all' ? [] : range).flatMap((id, position) =>
      known.has(id)
        ? []
        : [
            {
              path: [DIALECT, 'administrators', index, 'departments', position],
              message: `no department has the id ${id}`,
              among: known,
            },
          ],
    ),
  );
}

/** Says who is named by a setting and is not in the company: such a founder or administrator is not one. */
export function unknownPeople(parts: Parts, employees: readonly NamedPerson[]): readonly SectionFault[] {
  const known = new Set(employees.map(({ id }) => id));
  const { founder, administrators } = settingsIn(parts);
  const apps = parts.apps.filter(({ dialect }) => dialect === DIALECT).map((app) => appSettingsOf(app).contact_scope);
  const named = [
    ...(founder === null ? [] : [{ path: ['founder'], id: founder }]),
    ...administrators.map(({ employee }, index) => ({ path: ['administrators', index, 'employee'], id: employee })),
    ...apps.flatMap((scope, index) =>
      (scope === 'all' ? [] : scope.employees).map((id, position) => ({
        path: ['apps', index, 'contact_scope', 'employees', position],
        id,
      })),
    ),
  ];
  return named.flatMap(({ path, id }) =>
    known.has(id) ? [] : [{ path: [DIALECT, ...path], message: `no employee has the id ${id}`, among: known }],
  );
}

/** The values of a department's custom fields stand in a file as they are kept. */
function checkDepartments({ departments, customFields }: Parts): readonly SectionFault[] {
  const fields = new Map(customFields.map((field) => [field.id, field]));
  return departments.flatMap((department, index) =>
    Object.entries(feishuDepartmentOf(department).custom).flatMap(([id, value]) => {
      const path = ['departments', index, DIALECT, 'custom', id];
      const field = fields.get(id);
      if (field === undefined) return [{ path, message: 'no custom field has this id' }];
      return isValueOf(field.type, value) ? [] : [{ path, message: `is no value of a field of type ${field.type}` }];
    }),
  );
}

function isRange(range: string): boolean {
  const [address = '', prefix, ...rest] = range.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^[0-9]{1,3}$/.test(prefix) && Number(prefix) <= (family === 6 ? 128 : 32));
}

function checkCustomFields({ customFields }: Parts): readonly SectionFault[] {
  return customFields.flatMap(({ ids, type, options }, index) => {
    if (ids[SPACE.field] === undefined) return [];
    const path = ['custom_fields', index];
    if (!isKnownType(type)) {
      return [{ path: [...path, DIALECT], message: `Feishu has no fields of type ${type}` }];
    }
    const pictures = options.filter(({ picture }) => picture).length;
    if (pictures > 0 && (pictures < options.length || type === 'choices')) {
      return [
        { path: [...path, 'options'], message: 'Feishu has pictures as the options of one choice only, all or none' },
      ];
    }
    return [];
  });
}

function checkEmployeeTypes({ catalogs }: Parts): readonly SectionFault[] {
  const seen = new Set<number>();
  return catalogs
    .filter(({ catalog }) => catalog === 'employee-type')
    .flatMap((entry, index) => {
      const number = enumValueOf(entry);
      if (number === undefined) return [];
      if (seen.has(number)) {
        return [
          { path: ['employee_types', index, DIALECT, 'enum_value'], message: `${String(number)} is an earlier type's` },
        ];
      }
      seen.add(number);
      return [];
    });
}
