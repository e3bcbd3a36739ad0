import { phoneFromE164 } from '../directory/employees/phone.ts';
import type { FieldName, LivePerson, LiveRead, LiveTarget, LiveValue } from './connector.ts';
import type { LiveSetup } from './writing.ts';

/** What a read brought of a live tenant, as far as a copy of it can be made. */
export interface LiveTenant {
  readonly target: LiveTarget;
  readonly live: LiveRead;
  readonly setup: LiveSetup;
  /**
   * Values that may be written: their domains and countries are taken to be allowed, and their names to be in catalogues that
   * cannot be listed. What is refused on the copy is never sent, so a wrong refusal would last.
   */
  readonly wanted?: readonly LivePerson['values'][];
}

/** A live tenant as a company file, and how the copy is reached: with secrets of its own, never those of the tenant. */
export interface DescribedTenant {
  readonly file: Readonly<Record<string, unknown>>;
  readonly target: LiveTarget;
  readonly secrets: ReadonlyMap<string, string>;
  /** What could not be read and was assumed, by the platform's setting. */
  readonly assumed: readonly string[];
}

/** The key of the copy's company. */
const TWIN_KEY = 'twin';

/** A member of a company file. */
export type FileObject = Readonly<Record<string, unknown>>;

/** What a platform adds to the parts of the file. */
export interface PlatformParts {
  /** The platform's settings. */
  readonly section: FileObject;
  /** The id that a thing has in the file, from its live id. */
  readonly ownId: (liveId: string) => string;
  readonly department: (liveId: string) => FileObject;
  readonly person: (person: LivePerson) => FileObject;
  /** The platform's part of a catalogue entry, from its id there. */
  readonly entry: (liveId: string) => FileObject;
  /** Whether a catalogue takes a name that no list of it has. */
  readonly isOpen?: boolean;
  /** The platform's part of a custom field; absent: they are not copied. */
  readonly customField?: (name: string) => FileObject;
}

/** The lists of a company file, by the field whose values they have. */
const LISTS: Readonly<Partial<Record<FieldName, string>>> = {
  jobTitle: 'job_titles',
  jobLevel: 'job_levels',
  workPlace: 'work_places',
};
/** How a person's entry of each list is called. */
const MEMBERS: Readonly<Partial<Record<FieldName, string>>> = {
  jobTitle: 'job_title',
  jobLevel: 'job_level',
  workPlace: 'work_place',
};
const GENDERS = ['unknown', 'male', 'female', 'other'];
/** Types of employees that every company has. */
const BUILT_IN_TYPES = 5;
/** The day on which someone left, where the platform does not tell it. */
const LONG_AGO = '2020-01-01';
/** The root in the file, where the read has none. */
const ROOT = 'twin-root';

/** Returns a company file of one platform that has what was read under the ids that it has there. */
export function describedFile(tenant: LiveTenant, parts: PlatformParts, platform: string): FileObject {
  const { live } = tenant;
  const { ownId } = parts;
  const known = new Set(live.departments.map(({ id }) => id));
  const root = live.departments.find(({ parent }) => parent === null);
  const rootId = root === undefined ? ROOT : ownId(root.id);
  const people = new Set(live.people.map(({ id }) => id));
  const catalogs = new Map(
    Object.keys(LISTS).map((field) => [field, entriesOf(field as FieldName, tenant, parts, platform)]),
  );
  const customNames = [...new Set(live.people.flatMap(({ custom }) => Object.keys(custom ?? {})))];
  const customIds = new Map(customNames.map((name, index) => [name, `custom-${String(index)}`]));
  return {
    mingce: 1,
    key: TWIN_KEY,
    name: textOf(root?.name ?? null) ?? 'twin',
    [platform]: parts.section,
    departments: [
      ...(root === undefined ? [{ id: ROOT, name: 'twin' }] : []),
      ...live.departments.map(({ id, parent, name, code }) => ({
        id: ownId(id),
        name: textOf(name) ?? 'twin',
        ...(id === root?.id ? {} : { parent: parent !== null && known.has(parent) ? ownId(parent) : rootId }),
        code,
        [platform]: parts.department(id),
      })),
    ],
    ...Object.fromEntries([...catalogs].map(([field, { list }]) => [LISTS[field as FieldName] ?? field, list])),
    ...typesOf(live.people),
    ...(parts.customField === undefined
      ? {}
      : {
          custom_fields: customNames.map((name) => ({
            id: customIds.get(name),
            name,
            type: 'text',
            [platform]: parts.customField?.(name),
          })),
        }),
    employees: live.people.map((person) => {
      const { id, isInService, isActivated, leftOn = LONG_AGO, values, custom } = person;
      const departments = listOf(values.department).filter((one) => known.has(one));
      const main = typeof values.mainDepartment === 'string' ? values.mainDepartment : null;
      const leader = typeof values.leader === 'string' && people.has(values.leader) ? values.leader : null;
      const texts = Object.entries(custom ?? {}).flatMap(([name, text]) =>
        text === null ? [] : [[customIds.get(name) ?? name, { value: text, i18n: {} }]],
      );
      return {
        id: ownId(id),
        ...plainValues(values),
        ...Object.fromEntries(
          [...catalogs].flatMap(([field, { idOf }]) => {
            const entry = idOf.get(textOf(values[field as FieldName] ?? null) ?? '');
            return entry === undefined ? [] : [[MEMBERS[field as FieldName] ?? field, entry]];
          }),
        ),
        ...(isInService ? {} : { status: 'resigned', left_on: leftOn }),
        // What a change of the mobile does depends on it.
        ...(isInService && isActivated === false ? { activation: 'not-activated' } : {}),
        ...(isInService && departments.length > 0 ? { departments: mainFirst(departments, main).map(ownId) } : {}),
        ...(isInService && main !== null && departments.includes(main) ? { main_department: ownId(main) } : {}),
        ...(isInService && leader !== null && leader !== id ? { leader: ownId(leader) } : {}),
        ...(parts.customField === undefined || texts.length === 0
          ? {}
          : { custom: Object.fromEntries(texts) as unknown }),
        [platform]: parts.person(person),
      };
    }),
  };
}

/** Returns the members of a person that are the same on every platform; what was not read is left out. */
function plainValues(values: LivePerson['values']): FileObject {
  const english = textOf(values.englishName ?? null);
  const name = textOf(values.name ?? null) ?? '?';
  const texts = {
    alias: values.alias,
    email: values.email,
    enterprise_email: values.enterpriseEmail,
    job_number: values.jobNumber,
    work_station: values.workStation,
    extension_number: values.extensionNumber,
    join_date: values.joinDate,
    note: values.note,
  };
  const mobile = mobileOf(values.mobile ?? null);
  return {
    name: english === null ? name : { value: name, i18n: { 'en-US': english } },
    ...Object.fromEntries(
      Object.entries(texts).flatMap(([key, value]) => {
        const text = textOf(value ?? null);
        return text === null ? [] : [[key, text]];
      }),
    ),
    ...(mobile === null ? {} : { mobile }),
    ...(typeof values.gender === 'number' ? { gender: GENDERS[values.gender] ?? 'other' } : {}),
    ...(typeof values.employmentType === 'number' ? { employment_type: values.employmentType } : {}),
    ...(values.frozen === true ? { frozen: true } : {}),
  };
}

/** Lists what a catalogue has there and what people have of it; the names of the latter may be all that was read. */
function entriesOf(
  field: FieldName,
  { live, setup, wanted = [] }: Pick<LiveTenant, 'live' | 'setup' | 'wanted'>,
  { ownId, entry, isOpen = false }: PlatformParts,
  platform: string,
): { readonly list: readonly FileObject[]; readonly idOf: ReadonlyMap<string, string> } {
  const listed = setup.catalogs[field] ?? new Map<string, string>();
  const unlisted = isOpen || setup.catalogs[field] === undefined ? wanted : [];
  const all = [...live.people.map(({ values }) => values), ...unlisted];
  const seen = new Set(all.flatMap((values) => textOf(values[field] ?? null) ?? []));
  const idOf = new Map<string, string>();
  const list = [...listed].map(([name, liveId]) => {
    idOf.set(name, ownId(liveId));
    return { id: ownId(liveId), name, [platform]: entry(liveId) };
  });
  const others = [...seen].filter((name) => !idOf.has(name));
  return {
    list: [
      ...list,
      ...others.map((name, index) => {
        const id = `${field}-${String(index)}`;
        idOf.set(name, id);
        return { id, name };
      }),
    ],
    idOf,
  };
}

function typesOf(people: readonly LivePerson[]): FileObject {
  const numbers = new Set(
    people.flatMap(({ values: { employmentType } }) =>
      typeof employmentType === 'number' && employmentType > BUILT_IN_TYPES ? [employmentType] : [],
    ),
  );
  if (numbers.size === 0) return {};
  return {
    employee_types: [...numbers].map((number) => ({
      id: `type-${String(number)}`,
      name: `type ${String(number)}`,
      feishu: { enum_value: number },
    })),
  };
}

/** Returns a mobile as a company file has it: with a space after the calling code where that is not China's. */
function mobileOf(value: LiveValue): string | null {
  const phone = typeof value === 'string' ? phoneFromE164(value) : null;
  if (phone === null) return null;
  return phone.country === '86' ? `+86${phone.number}` : `+${phone.country} ${phone.number}`;
}

function mainFirst(departments: readonly string[], main: string | null): readonly string[] {
  if (main === null || !departments.includes(main)) return departments;
  return [main, ...departments.filter((one) => one !== main)];
}

function listOf(value: LiveValue | undefined): readonly string[] {
  return typeof value === 'object' && value !== null ? value : [];
}

function textOf(value: LiveValue): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Returns the values that people have or are about to get. */
export function valuesIn({ live, wanted = [] }: LiveTenant): readonly LivePerson['values'][] {
  return [...live.people.map(({ values }) => values), ...wanted];
}

/** Whether anyone has a mobile of another country. */
export function hasForeignMobile(values: readonly LivePerson['values'][]): boolean {
  return values.some(({ mobile }) => typeof mobile === 'string' && !mobile.startsWith('+86'));
}
