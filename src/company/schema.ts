import Type, { type Static, type TSchema } from 'typebox';
import type { CatalogName } from '../directory/catalog.ts';
import type { CompanySection } from '../dialects/company-section.ts';
import { bounded } from './bounds.ts';

/** What the company file needs to know of a dialect. */
export interface Platform {
  readonly name: string;
  readonly company: CompanySection;
}

/** The lists of a file and the catalogues they fill. */
export const CATALOG_LISTS = {
  job_titles: 'job-title',
  job_levels: 'job-level',
  job_families: 'job-family',
  work_places: 'work-place',
  countries: 'country',
  employee_types: 'employee-type',
  cities: 'city',
} as const satisfies Readonly<Record<string, CatalogName>>;

const Id = Type.String({
  minLength: 1,
  maxLength: 64,
  // Records are objects with ids for members, and one name is no member's.
  pattern: '^(?!__proto__$)\\S+$',
  description: 'Own stable id, without white space.',
});
const Instant = Type.String({ format: 'date-time', description: 'An instant in UTC, e.g. 2026-01-31T08:00:00.000Z.' });
const Date = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description: 'A day, YYYY-MM-DD.' });
const Text = Type.Union(
  [
    Type.String(),
    Type.Object(
      { value: Type.String(), i18n: Type.Record(Type.String(), Type.String()) },
      { additionalProperties: false },
    ),
  ],
  { description: 'A text, or { value, i18n } with translations by language tag such as en-US.' },
);
const Times = { created_at: Type.Optional(Instant), updated_at: Type.Optional(Instant) };

const departmentMembers = {
  id: Id,
  name: Text,
  parent: Type.Optional(Type.String({ description: 'Id of the parent; exactly one department, the root, has none.' })),
  code: Type.Optional(Type.String({ description: 'May repeat.' })),
  enabled: Type.Optional(Type.Boolean()),
  external: Type.Optional(Type.Boolean({ description: 'For people from outside the company.' })),
  order: Type.Optional(Type.Integer()),
  leaders: Type.Optional(
    Type.Array(
      Type.Object({ employee: Type.String(), deputy: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
    ),
  ),
  ...Times,
};

const entryMembers = {
  id: Id,
  name: Text,
  code: Type.Optional(Type.String()),
  enabled: Type.Optional(Type.Boolean()),
  parent: Type.Optional(Type.String()),
  order: Type.Optional(Type.Integer()),
  ...Times,
};

const fieldMembers = {
  id: Id,
  name: Text,
  type: Type.Enum([
    'text',
    'number',
    'money',
    'date',
    'link',
    'choice',
    'choices',
    'person',
    'people',
    'phone',
    'reference',
    'file',
  ]),
  enabled: Type.Optional(Type.Boolean()),
  catalog: Type.Optional(
    Type.String({ description: 'For reference: a list of this file, e.g. job_titles, or dimension:NAME.' }),
  ),
  options: Type.Optional(
    Type.Array(
      Type.Object(
        { id: Id, name: Text, enabled: Type.Optional(Type.Boolean()), picture: Type.Optional(Type.Boolean()) },
        { additionalProperties: false },
      ),
    ),
  ),
};

const employeeMembers = {
  id: Id,
  name: Text,
  alias: Type.Optional(Type.String()),
  gender: Type.Optional(Type.Enum(['unknown', 'male', 'female', 'other'])),
  mobile: Type.Optional(
    Type.String({
      // Each alternative has one way to match: what may split at any digit takes the square of the length to fail.
      pattern: '^(\\+[0-9]{2,64}|\\+[0-9]{1,32} [0-9]{1,32}|1[0-9]{10})$',
      description: '+8613800000000, or "+852 61234567" with a space after the dialling code.',
    }),
  ),
  email: Type.Optional(Type.String({ minLength: 1 })),
  enterprise_email: Type.Optional(Type.String({ minLength: 1 })),
  enterprise_email_aliases: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
  telephone: Type.Optional(Type.String()),
  extension_number: Type.Optional(Type.String({ minLength: 1 })),
  departments: Type.Optional(
    Type.Array(
      Type.Union([
        Type.String(),
        Type.Object(
          { id: Type.String(), rank: Type.Optional(Type.Integer()), rank_among_own: Type.Optional(Type.Integer()) },
          { additionalProperties: false },
        ),
      ]),
      { description: 'Department ids; the root when absent.' },
    ),
  ),
  main_department: Type.Optional(Type.String({ description: 'One of the departments; the first when absent.' })),
  leader: Type.Optional(Type.String()),
  dotted_leaders: Type.Optional(Type.Array(Type.String())),
  job_number: Type.Optional(Type.String()),
  job_title: Type.Optional(Type.String()),
  job_level: Type.Optional(Type.String()),
  job_family: Type.Optional(Type.String()),
  work_place: Type.Optional(Type.String()),
  work_country: Type.Optional(Type.String()),
  work_station: Type.Optional(Text),
  employment_type: Type.Optional(Type.Integer({ minimum: 0 })),
  join_date: Type.Optional(Date),
  note: Type.Optional(Type.String()),
  status: Type.Optional(
    Type.Enum(['pre-hire', 'pre-hire-cancelled', 'probation', 'regular', 'pre-resigned', 'resigned']),
  ),
  left_on: Type.Optional(Date),
  activation: Type.Optional(Type.Enum(['not-joined', 'not-activated', 'active', 'exited'])),
  frozen: Type.Optional(Type.Boolean()),
  seated: Type.Optional(Type.Boolean()),
  external: Type.Optional(Type.Boolean()),
  account: Type.Optional(
    Type.Object(
      {
        id: Type.Optional(Id),
        mobile: Type.Optional(Type.String({ pattern: '^\\+[0-9]{1,32}$' })),
        email: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
      },
      {
        additionalProperties: false,
        description: 'What the person logs in with. The same account id in two companies is one person in both.',
      },
    ),
  ),
  custom: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), { description: 'Values of custom fields by field id.' }),
  ),
  ...Times,
};

const companyMembers = {
  mingce: Type.Literal(1, { description: 'The version of this format.' }),
  key: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$', description: 'Under which the company is kept and found.' }),
  name: Type.String({ minLength: 1 }),
  state: Type.Optional(Type.Enum(['in_use', 'dissolved'])),
  second_locale: Type.Optional(
    Type.String({ description: 'Language of the second name that some platforms keep; en-US when absent.' }),
  ),
  ...Times,
};

const sharedDepartment = Type.Object(departmentMembers);
const sharedEntry = Type.Object(entryMembers);
const sharedField = Type.Object(fieldMembers);
const sharedEmployee = Type.Object(employeeMembers);

/** What a file says of a department, apart from the platforms' parts. */
export type DepartmentInFile = Static<typeof sharedDepartment>;
/** What a file says of a catalogue entry, apart from the platforms' parts. */
export type EntryInFile = Static<typeof sharedEntry>;
/** What a file says of a custom field, apart from the platforms' parts. */
export type FieldInFile = Static<typeof sharedField>;
/** What a file says of an employee, apart from the platforms' parts. */
export type EmployeeInFile = Static<typeof sharedEmployee>;
/** A text as a file gives it. */
export type TextInFile = Static<typeof Text>;

/** A whole file that passed its schema, apart from the platforms' parts. */
export interface CompanyInFile {
  readonly mingce: 1;
  readonly key: string;
  readonly name: string;
  readonly state?: 'in_use' | 'dissolved';
  readonly second_locale?: string;
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly departments?: readonly DepartmentInFile[];
  readonly dimensions?: Readonly<Record<string, readonly EntryInFile[]>>;
  readonly custom_fields?: readonly FieldInFile[];
  readonly employees?: readonly EmployeeInFile[];
}

/**
 * The JSON Schema of a company file with every dialect's part in its place: what the server reads by, and what editors
 * complete and check by.
 */
export function companyFileSchema(dialects: readonly Platform[]): TSchema {
  const parts = (of: (section: CompanySection) => TSchema): Record<string, TSchema> =>
    Object.fromEntries(dialects.map(({ name, company }) => [name, Type.Optional(of(company))]));
  const entry = Type.Object(
    { ...entryMembers, ...parts((section) => section.catalogEntry) },
    { additionalProperties: false },
  );
  const lists = Object.fromEntries(
    Object.keys(CATALOG_LISTS).map((list) => {
      const description = list === 'countries' ? 'Those of ISO 3166-1, by two letters, when absent.' : undefined;
      return [list, Type.Optional(Type.Array(entry, description === undefined ? {} : { description }))];
    }),
  );
  const whole = Type.Object(
    {
      ...companyMembers,
      ...Object.fromEntries(dialects.map(({ name, company }) => [name, Type.Optional(withApps(company))])),
      departments: Type.Optional(
        Type.Array(
          Type.Object(
            { ...departmentMembers, ...parts((section) => section.department) },
            { additionalProperties: false },
          ),
        ),
      ),
      ...lists,
      dimensions: Type.Optional(Type.Record(Type.String({ pattern: '^.{1,300}$' }), Type.Array(entry))),
      custom_fields: Type.Optional(
        Type.Array(
          Type.Object({ ...fieldMembers, ...parts((section) => section.customField) }, { additionalProperties: false }),
        ),
      ),
      employees: Type.Optional(
        Type.Array(
          Type.Object({ ...employeeMembers, ...parts((section) => section.employee) }, { additionalProperties: false }),
        ),
      ),
    },
    {
      additionalProperties: false,
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Mingce company file',
    },
  );
  return bounded(whole);
}

/** A platform's settings of the company, with its apps among them. */
function withApps(section: CompanySection): TSchema {
  const { properties, required } = section.settings as unknown as {
    properties?: Record<string, TSchema>;
    required?: string[];
  };
  return Type.Unsafe({
    type: 'object',
    properties: { ...properties, apps: Type.Array(section.app) },
    ...(required === undefined ? {} : { required }),
    additionalProperties: false,
  });
}
