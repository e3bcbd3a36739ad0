import { Compile, type Validator } from 'typebox/compile';
import type { TSchema } from 'typebox';
import type { CatalogEntry, CatalogName } from '../../directory/catalog.ts';
import type { CustomField } from '../../directory/custom-field.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { isObject } from '../../lib/json-equal.ts';
import { customFieldOf, entryOf, type Platforms } from '../build-draft.ts';
import type { Draft } from '../draft.ts';
import { withoutAbsent } from '../export/file-parts.ts';
import { FileErrorCollector, withoutLines } from '../mistakes/file-errors.ts';
import { addSchemaErrors } from '../mistakes/schema-errors.ts';
import { companyFileSchema, type EntryInFile, type FieldInFile, type Platform } from '../schema.ts';

/** Reads one thing as a company file has it, by the file's own schema. Throws `CompanyFileError`. */
interface PartSchemas {
  readonly entry: PartSchema;
  readonly field: PartSchema;
}

interface PartSchema {
  readonly schema: TSchema;
  readonly compiled: Validator;
}

/** Schemas by their dialects: to compile one takes longer than to read a part. */
const schemas = new WeakMap<readonly Platform[], PartSchemas>();

/** Returns an entry of a list as given in the form of a company file; `number` is its place, for platforms that count. */
export function readEntry(
  dialects: readonly Platform[],
  tenant: Tenant,
  { catalog, number }: { readonly catalog: CatalogName; readonly number: number },
  given: object,
): Draft<CatalogEntry> {
  const entry = checked(schemasOf(dialects).entry, given) as EntryInFile;
  return entryOf(entry, catalog, number, platformsOf(dialects, tenant));
}

/** Returns a field of the company's own as given in the form of a company file. */
export function readField(dialects: readonly Platform[], tenant: Tenant, given: object): CustomField {
  return customFieldOf(checked(schemasOf(dialects).field, given) as FieldInFile, platformsOf(dialects, tenant));
}

/** Returns a part with some of its members, or of a platform's members of it, given again; null takes one away. */
export function merged(dialects: readonly Platform[], part: unknown, given: object): object {
  const before = withoutAbsent(part) as Readonly<Record<string, unknown>>;
  const platforms = new Set(dialects.map(({ name }) => name));
  const members = Object.entries(given).map(([name, value]: [string, unknown]): [string, unknown] => {
    if (!platforms.has(name) || !isObject(value)) return [name, value];
    const known = before[name];
    return [name, withGiven(isObject(known) ? known : {}, value)];
  });
  return withGiven(before, Object.fromEntries(members));
}

function withGiven(before: object, given: object): object {
  const members = Object.entries({ ...before, ...given });
  return Object.fromEntries(members.filter(([, value]) => value !== null));
}

function checked({ schema, compiled }: PartSchema, value: object): object {
  if (compiled.Check(value)) return value;
  const faults = new FileErrorCollector(withoutLines(value));
  addSchemaErrors(faults, schema, compiled.Errors(value));
  faults.throwIfAny();
  return value;
}

function schemasOf(dialects: readonly Platform[]): PartSchemas {
  const known = schemas.get(dialects);
  if (known !== undefined) return known;
  // The file's schema is a plain object; only what is asked for of it is named here.
  const { properties, $defs } = companyFileSchema(dialects) as unknown as {
    readonly properties: Readonly<Record<'job_titles' | 'custom_fields', { readonly items: TSchema }>>;
    readonly $defs: object;
  };
  const part = ({ items }: { readonly items: TSchema }): PartSchema => {
    const schema = { ...items, $defs };
    return { schema, compiled: Compile(schema) };
  };
  const made = { entry: part(properties.job_titles), field: part(properties.custom_fields) };
  schemas.set(dialects, made);
  return made;
}

function platformsOf(dialects: readonly Platform[], { key, parts }: Tenant): Platforms {
  return dialects.map((owner) => ({
    owner,
    context: { tenantKey: key, settings: parts.settings[owner.name], secondLocale: parts.secondLocale },
  }));
}
