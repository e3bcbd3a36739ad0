import Type, { type Static, type TSchema } from 'typebox';
import type { CatalogName } from '../directory/catalog.ts';
import { faultShape, MAX_FAULTS } from '../directory/faults/fault-shape.ts';
import type { FaultRule } from '../directory/faults/fault.ts';
import type { CompanySection } from '../dialects/company-section.ts';
import { bounded } from './bounds.ts';
import type { CompanySandbox } from '../directory/tenant.ts';
import type { Targets } from '../directory/targets/target.ts';
import { described } from './described.ts';
import { FAULT_SENTENCES } from './fault-sentences.ts';
import { targetsSchema } from './targets-schema.ts';

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

const LISTS: Readonly<Record<keyof typeof CATALOG_LISTS, string>> = {
  job_titles: 'Job titles (职务).',
  job_levels: 'Job levels (职级).',
  job_families: 'Job families (序列).',
  work_places: 'Places of work.',
  countries: 'Countries and regions; those of ISO 3166-1, by two letters, when absent.',
  employee_types: 'Types of employees besides the built-in ones.',
  cities: 'Cities, as Hose has them.',
};

const Id = Type.String({
  minLength: 1,
  maxLength: 64,
  // Records are objects with ids for members, and one name is no member's.
  pattern: '^(?!__proto__$)\\S+$',
  description: 'Own stable id, without white space.',
});
const Instant = Type.String({ format: 'date-time', description: 'An instant in UTC, e.g. 2026-01-31T08:00:00.000Z.' });
/** What a list of the company's own may be called, as a pattern. */
export const OWN_LIST_NAME = '.{1,300}';

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
  code: Type.Optional(Type.String({ default: '', description: 'Code of the department; may repeat.' })),
  enabled: Type.Optional(Type.Boolean({ default: true, description: 'Whether the department is in use.' })),
  external: Type.Optional(Type.Boolean({ default: false, description: 'For people from outside the company.' })),
  order: Type.Optional(Type.Integer({ default: 0, description: 'Place among its siblings; the smallest first.' })),
  leaders: Type.Optional(
    Type.Array(
      Type.Object(
        {
          employee: Type.String({ description: 'Id of the employee.' }),
          deputy: Type.Optional(Type.Boolean({ default: false, description: 'Whether only as deputy.' })),
        },
        { additionalProperties: false },
      ),
      { description: 'Who leads the department.' },
    ),
  ),
  ...Times,
};

const entryMembers = {
  id: Id,
  name: Text,
  code: Type.Optional(Type.String({ default: '', description: 'Code of the entry.' })),
  enabled: Type.Optional(Type.Boolean({ default: true, description: 'Whether the entry may be given to employees.' })),
  parent: Type.Optional(Type.String({ description: 'Id of the entry above it in the same list.' })),
  order: Type.Optional(Type.Integer({ default: 0, description: 'Place in the list; the smallest first.' })),
  ...Times,
};

const fieldMembers = {
  id: Id,
  name: Text,
  type: Type.Enum(
    ['text', 'number', 'money', 'date', 'link', 'choice', 'choices', 'person', 'people', 'phone', 'reference', 'file'],
    { description: 'Kind of its values.' },
  ),
  enabled: Type.Optional(Type.Boolean({ default: true, description: 'Whether the field is in use.' })),
  catalog: Type.Optional(
    Type.String({ description: 'For reference: a list of this file, e.g. job_titles, or dimension:NAME.' }),
  ),
  options: Type.Optional(
    Type.Array(
      Type.Object(
        {
          id: Id,
          name: Text,
          enabled: Type.Optional(Type.Boolean({ default: true, description: 'Whether the option may be chosen.' })),
          picture: Type.Optional(Type.Boolean({ default: false, description: 'Whether it is a picture.' })),
        },
        { additionalProperties: false },
      ),
      { description: 'For choice and choices: what may be chosen.' },
    ),
  ),
};

const employeeMembers = {
  id: Id,
  name: Text,
  alias: Type.Optional(Type.String({ description: 'Another name (别名, 昵称).' })),
  gender: Type.Optional(
    Type.Enum(['unknown', 'male', 'female', 'other'], { default: 'unknown', description: 'Gender.' }),
  ),
  mobile: Type.Optional(
    Type.String({
      // Each alternative has one way to match: what may split at any digit takes the square of the length to fail.
      pattern: '^(\\+[0-9]{2,64}|\\+[0-9]{1,32} [0-9]{1,32}|1[0-9]{10})$',
      description: 'Mobile: +8613800000000, or "+852 61234567" with a space after the country calling code.',
    }),
  ),
  email: Type.Optional(Type.String({ description: 'Personal mail address; "" where it was cleared.' })),
  enterprise_email: Type.Optional(Type.String({ minLength: 1, description: 'Work mail address.' })),
  enterprise_email_aliases: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), { description: 'Further addresses of the same mailbox.' }),
  ),
  telephone: Type.Optional(Type.String({ description: 'Landline.' })),
  extension_number: Type.Optional(Type.String({ minLength: 1, description: 'Extension of the landline.' })),
  departments: Type.Optional(
    Type.Array(
      Type.Union([
        Type.String(),
        Type.Object(
          {
            id: Type.String({ description: 'Id of the department.' }),
            rank: Type.Optional(Type.Integer({ description: 'Place of the employee in the department.' })),
            rank_among_own: Type.Optional(
              Type.Integer({ description: 'Place of the department among the employee’s.' }),
            ),
          },
          { additionalProperties: false },
        ),
      ]),
      { description: 'Department ids, or each with places; the root when absent, none for a resigned employee.' },
    ),
  ),
  main_department: Type.Optional(Type.String({ description: 'One of the departments; the first when absent.' })),
  leader: Type.Optional(Type.String({ description: 'Id of the employee this one reports to.' })),
  dotted_leaders: Type.Optional(Type.Array(Type.String(), { description: 'Ids of dotted-line leaders (虚线上级).' })),
  job_number: Type.Optional(Type.String({ description: 'Employee number (工号).' })),
  job_title: Type.Optional(Type.String({ description: 'Id of an entry of job_titles.' })),
  job_level: Type.Optional(Type.String({ description: 'Id of an entry of job_levels.' })),
  job_family: Type.Optional(Type.String({ description: 'Id of an entry of job_families.' })),
  work_place: Type.Optional(Type.String({ description: 'Id of an entry of work_places.' })),
  work_country: Type.Optional(Type.String({ description: 'Id of an entry of countries.' })),
  work_station: Type.Optional(Text),
  employment_type: Type.Optional(
    Type.Integer({ minimum: 0, default: 0, description: 'Number of the type of employee; 0 is none.' }),
  ),
  join_date: Type.Optional(Date),
  note: Type.Optional(Type.String({ description: 'A remark.' })),
  status: Type.Optional(
    Type.Enum(['pre-hire', 'pre-hire-cancelled', 'probation', 'regular', 'pre-resigned', 'resigned'], {
      default: 'regular',
      description: 'Where the employee is between hire and resignation.',
    }),
  ),
  left_on: Type.Optional(Date),
  activation: Type.Optional(
    Type.Enum(['not-joined', 'not-activated', 'active', 'exited'], {
      default: 'active',
      description: 'Whether the employee has joined the workspace.',
    }),
  ),
  frozen: Type.Optional(Type.Boolean({ default: false, description: 'Whether the account is suspended.' })),
  seated: Type.Optional(
    Type.Boolean({ description: 'Whether the employee has a paid seat; true when absent, false for a resigned one.' }),
  ),
  external: Type.Optional(Type.Boolean({ default: false, description: 'Whether from outside the company.' })),
  account: Type.Optional(
    Type.Object(
      {
        id: Type.Optional(Id),
        mobile: Type.Optional(
          Type.String({ pattern: '^\\+[0-9]{1,32}$', description: 'Login mobile, +8613800000000.' }),
        ),
        email: Type.Optional(Type.String({ minLength: 3, maxLength: 254, description: 'Login mail address.' })),
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
  name: Type.String({ minLength: 1, description: 'The company’s name.' }),
  state: Type.Optional(
    Type.Enum(['in_use', 'dissolved'], {
      default: 'in_use',
      description: 'A dissolved company is kept, but no longer holds the logins of its people.',
    }),
  ),
  second_locale: Type.Optional(
    Type.String({ default: 'en-US', description: 'Language of the second name that some platforms keep.' }),
  ),
  login_realm: Type.Optional(
    Type.String({
      pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
      description: 'Companies of one realm share the logins of their people; those that name none share theirs.',
    }),
  ),
  sandbox: Type.Optional(
    Type.Object(
      {
        personal_data: Type.Optional(
          Type.Enum(['mask', 'show'], {
            default: 'mask',
            description:
              'Whether the journal masks mobiles, mail addresses, names and numbers of people; show where they do not exist.',
          }),
        ),
      },
      { additionalProperties: false, description: 'How the workbench shows the company.' },
    ),
  ),
  targets: Type.Optional(targetsSchema),
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
/** A rule as a file gives it: its preset and its name may be left to be filled in. */
export type FaultInFile = Partial<FaultRule>;
/** A text as a file gives it. */
export type TextInFile = Static<typeof Text>;

/** A whole file that passed its schema, apart from the platforms' parts. */
export interface CompanyInFile {
  readonly mingce: 1;
  readonly key: string;
  readonly name: string;
  readonly state?: 'in_use' | 'dissolved';
  readonly second_locale?: string;
  readonly login_realm?: string;
  readonly sandbox?: CompanySandbox;
  readonly targets?: Targets;
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly departments?: readonly DepartmentInFile[];
  readonly dimensions?: Readonly<Record<string, readonly EntryInFile[]>>;
  readonly custom_fields?: readonly FieldInFile[];
  readonly faults?: readonly FaultInFile[];
  readonly employees?: readonly EmployeeInFile[];
}

/**
 * The JSON Schema of a company file with every dialect's part in its place: what the server reads by, and what editors
 * complete and check by.
 */
export function companyFileSchema(dialects: readonly Platform[]): TSchema {
  const parts = (of: (section: CompanySection) => TSchema, kind: string): Record<string, TSchema> =>
    Object.fromEntries(
      dialects.map(({ name, company }) => [
        name,
        Type.Optional(described(of(company), kind, company.descriptions ?? {})),
      ]),
    );
  const entry = Type.Object(
    { ...entryMembers, ...parts((section) => section.catalogEntry, 'entry') },
    { additionalProperties: false },
  );
  const lists = Object.fromEntries(
    Object.keys(CATALOG_LISTS).map((list) => {
      return [list, Type.Optional(Type.Array(entry, { description: LISTS[list as keyof typeof LISTS] }))];
    }),
  );
  const whole = Type.Object(
    {
      ...companyMembers,
      ...Object.fromEntries(dialects.map(({ name, company }) => [name, Type.Optional(withApps(company))])),
      departments: Type.Optional(
        Type.Array(
          Type.Object(
            { ...departmentMembers, ...parts((section) => section.department, 'department') },
            { additionalProperties: false },
          ),
          { description: 'Departments; one root with the company’s name when absent.' },
        ),
      ),
      ...lists,
      dimensions: Type.Optional(
        Type.Record(Type.String({ pattern: `^${OWN_LIST_NAME}$` }), Type.Array(entry), {
          description: 'Lists of the company’s own, by name; Hose’s archives (自定义档案).',
        }),
      ),
      custom_fields: Type.Optional(
        Type.Array(
          Type.Object(
            { ...fieldMembers, ...parts((section) => section.customField, 'field') },
            { additionalProperties: false },
          ),
          { description: 'Fields of the company’s own.' },
        ),
      ),
      faults: Type.Optional(
        Type.Array(described(faultShape, 'faults', FAULT_SENTENCES), {
          maxItems: MAX_FAULTS,
          description: 'Rules that make calls fail, for tests; docs/faults.md says what they may be.',
        }),
      ),
      employees: Type.Optional(
        Type.Array(
          Type.Object(
            { ...employeeMembers, ...parts((section) => section.employee, 'employee') },
            { additionalProperties: false },
          ),
          { description: 'Employees.' },
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
  const sentences = section.descriptions ?? {};
  const settings = described(section.settings, 'settings', sentences) as unknown as {
    description?: string;
    properties?: Record<string, TSchema>;
    required?: string[];
  };
  const { properties, required } = settings;
  const app = described(section.app, 'app', sentences);
  return Type.Unsafe({
    type: 'object',
    description: settings.description,
    properties: { ...properties, apps: Type.Array(app, { description: 'Apps that may call, each with its secret.' }) },
    ...(required === undefined ? {} : { required }),
    additionalProperties: false,
  });
}
