import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { CompanyDraft } from './draft.ts';
import { builtDraft } from './reading/built-files.ts';
import { foundRight, keepFoundRight } from './reading/known-files.ts';
import { readDocument } from './reading/parse-document.ts';
import { buildDraft } from './build-draft.ts';
import { FileErrorCollector, type MeantNames } from './mistakes/file-errors.ts';
import { checkReferences } from './check-references.ts';
import { addSchemaErrors } from './mistakes/schema-errors.ts';
import { warnOfAuthority, warnOfContacts } from './mistakes/warnings.ts';
import { companyFileSchema, type CompanyInFile, type Platform } from './schema.ts';
import type { SectionFault } from '../dialects/company-section.ts';

/** What a reader of company files is: text in, the company it describes out. */
export type CompanyReader = (text: string) => CompanyDraft;

/** Readers by their dialects: to compile the schema takes longer than to read a small file. */
const readers = new WeakMap<readonly Platform[], CompanyReader>();

/** Returns the reader for these dialects, whose schema is compiled once, when the first file needs it. Reading throws `CompanyFileError`. */
export function companyReader(dialects: readonly Platform[]): CompanyReader {
  const known = readers.get(dialects);
  if (known !== undefined) return known;
  const reader = makeReader(dialects);
  readers.set(dialects, reader);
  return reader;
}

function makeReader(dialects: readonly Platform[]): CompanyReader {
  const platforms = dialects.map(({ name }) => name);
  let compiled: CompiledSchema | undefined;
  return (text) => {
    const built = builtDraft(text, platforms);
    if (built !== null) return built;
    const document = readDocument(text);
    const faults = new FileErrorCollector(document);
    // What was right is right again: to compile the schema takes a fifth of a start.
    const right = foundRight(text, platforms);
    if (right === null) {
      const { whole, schema } = (compiled ??= compiledSchema(dialects));
      if (!schema.Check(document.value)) {
        addSchemaErrors(faults, whole, schema.Errors(document.value));
        faults.throwIfAny();
      }
    }
    // The schema was checked; it describes at least these members.
    const draft = draftOf(document.value as CompanyInFile, dialects, faults);
    faults.throwIfAny();
    if (right !== null) return { ...draft, warnings: right };
    checkReferences(draft, faults);
    const employees = new Set(draft.employees.map(({ id }) => id));
    for (const { name, company } of dialects) {
      for (const fault of company.check(partsForCheck(draft), employees))
        faults.add(fault.path[0] === undefined ? [name] : fault.path, fault.message, meantBy(fault));
    }
    faults.throwIfAny();
    for (const { company } of dialects) {
      for (const fault of company.suspect?.(partsForCheck(draft), draft.employees) ?? [])
        faults.warn(fault.path, fault.message, meantBy(fault));
    }
    warnOfContacts(draft, faults);
    warnOfAuthority(draft, faults);
    const { warnings } = faults;
    keepFoundRight(text, platforms, warnings);
    return { ...draft, warnings };
  };
}

/** The schema as a document, and as a program. */
interface CompiledSchema {
  readonly whole: TSchema;
  readonly schema: Validator;
}

function compiledSchema(dialects: readonly Platform[]): CompiledSchema {
  const whole = companyFileSchema(dialects);
  return { whole, schema: Compile(whole) };
}

function meantBy({ among }: SectionFault): MeantNames | undefined {
  return among === undefined ? undefined : { among: () => among };
}

/** What a section may look at; times do not matter to it. */
function partsForCheck(draft: CompanyDraft): Parameters<Platform['company']['check']>[0] {
  return {
    ...draft.company,
    createdAt: 0,
    updatedAt: 0,
    departments: draft.departments.map((department) => ({ ...department, createdAt: 0, updatedAt: 0 })),
    catalogs: draft.catalogs.map((entry) => ({ ...entry, createdAt: 0, updatedAt: 0 })),
    customFields: draft.customFields,
    apps: draft.apps.map((app) => ({ ...app, secret: '' })),
  };
}

function draftOf(file: CompanyInFile, dialects: readonly Platform[], faults: FileErrorCollector): CompanyDraft {
  const { company, employee, account } = buildDraft(file, dialects, faults);
  const people = file.employees ?? [];
  const accounts = people.flatMap((inFile) => {
    const given = account(inFile);
    return given === undefined ? [] : [[inFile.id, given] as const];
  });
  return { ...company, employees: people.map(employee), accounts: new Map(accounts), warnings: [] };
}
