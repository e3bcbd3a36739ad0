import { companyKeyOf } from './company/company-key.ts';
import { CompanyFileError, type Companies, type FileError } from './company/contract.ts';
import { demoFile, demoKeys } from './demo.ts';
import { StartError } from './config.ts';

/** A company file to apply on starting. */
export interface CompanySource {
  /** What to call it where it has mistakes, e.g. its path. */
  readonly name: string;
  /** YAML or JSON. */
  readonly text: string;
}

/** A start with a company file that has mistakes. */
export class CompanySourceError extends Error {
  readonly source: string;
  readonly faults: readonly FileError[];

  constructor(source: string, cause: CompanyFileError) {
    super(`${source} has mistakes:\n${cause.message}`, { cause });
    this.name = 'CompanySourceError';
    this.source = source;
    this.faults = cause.faults;
  }
}

/** Which companies are loaded on starting, as the options of `startMingce` say. */
export interface LoadOptions {
  readonly company?: string | CompanySource;
  readonly companies?: readonly (string | CompanySource)[];
  readonly keepChanged?: boolean;
  readonly demo?: boolean;
}

/** What was loaded: whether the demo company may be used, and the sources that were not applied. */
export interface Loaded {
  readonly hasDemo: boolean;
  readonly kept: readonly string[];
  /** The companies that were asked for. */
  readonly keys: readonly string[];
}

/** Loads what was asked for. */
export async function loadCompanies(companies: Companies, options: LoadOptions): Promise<Loaded> {
  const files: (CompanySource & { readonly key: string })[] = [];
  for (const source of sourcesOf(options)) {
    const key = await withSourceName(source, () => companyKeyOf(source.text));
    const other = files.find((file) => file.key === key);
    if (other !== undefined)
      throw new StartError(
        `${other.name} and ${source.name} are both of the company ${key}, of which the second would take the place of the first: give one of them another key.`,
      );
    files.push({ ...source, key });
  }
  const wantsDemo = options.demo === true;
  const demo = demoKeys();
  const present = await companies.keys();
  const missing = wantsDemo ? demo.filter((key) => !present.includes(key)) : [];
  const demoFiles = missing.map((key) => ({ key, name: `companies/${key}.yaml`, text: demoFile(key) }));
  const kept: string[] = [];
  for (const file of [...demoFiles, ...files]) {
    const { key, text, name } = file;
    const isKept = options.keepChanged === true && (await companies.isAsApplied(key)) === false;
    const { steps } = await withSourceName(file, () => companies.apply(key, text, { plan: isKept, request: 'start' }));
    if (isKept && steps.length > 0) kept.push(name);
  }
  return { hasDemo: wantsDemo, kept, keys: [...(wantsDemo ? demo : []), ...files.map(({ key }) => key)] };
}

/** The files that were given; one without a name is called as the option is. */
function sourcesOf({ company, companies = [] }: LoadOptions): readonly CompanySource[] {
  const named = (given: string | CompanySource, name: string): CompanySource =>
    typeof given === 'string' ? { name, text: given } : given;
  return [
    ...(company === undefined ? [] : [named(company, 'company')]),
    ...companies.map((given, index) => named(given, `companies[${String(index)}]`)),
  ];
}

/** Does something with a company file; mistakes in it are reported with its name. */
async function withSourceName<Result>(source: CompanySource, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof CompanyFileError ? new CompanySourceError(source.name, error) : error;
  }
}
