import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { CatalogueEntry, ClientFile, Fragment } from './entry.ts';
import { hasMessage, messagesOf } from './messages.ts';

/** What is kept of one platform. */
export interface PlatformCatalogue {
  readonly client: ClientFile;
  /** The companies that a case begins with, by the names of their files; those whose name begins with `company` by default. */
  readonly companies: Readonly<Record<string, Fragment>>;
  readonly entries: readonly CatalogueEntry[];
}

/** Every code of every platform; files are read when they are first asked for. */
export interface Catalogue {
  platforms(): readonly string[];
  /** Returns null where there is no such platform. */
  platform(name: string): PlatformCatalogue | null;
  /** Returns the entries of all platforms that have this id, or whose title contains the text. */
  find(text: string): readonly CatalogueEntry[];
  entry(platform: string, id: string): CatalogueEntry | null;
}

/** Opens the catalogue in the sources, or the file that a build makes of it. */
export function openCatalogue(options: {
  readonly dialects: readonly string[];
  /** The folder of the dialects. */
  readonly folder: URL;
  /** The file of a build; the folder is read where it does not exist. */
  readonly built: URL;
}): Catalogue {
  const read = new Map<string, PlatformCatalogue>();
  let built: Readonly<Record<string, PlatformCatalogue>> | undefined;
  const readBuilt = (): Readonly<Record<string, PlatformCatalogue>> =>
    (built ??= existsSync(options.built)
      ? (JSON.parse(readFileSync(options.built, 'utf8')) as Readonly<Record<string, PlatformCatalogue>>)
      : {});
  const platform = (name: string): PlatformCatalogue | null => {
    if (!options.dialects.includes(name)) return null;
    const known =
      read.get(name) ?? readBuilt()[name] ?? readPlatform(name, new URL(`${name}/fixtures/`, options.folder));
    read.set(name, known);
    return known;
  };
  const entries = (): readonly CatalogueEntry[] => options.dialects.flatMap((name) => platform(name)?.entries ?? []);
  return {
    platforms: () => options.dialects,
    platform,
    entry: (name, id) => platform(name)?.entries.find((entry) => entry.id === id) ?? null,
    find: (text) => {
      const exact = entries().filter((entry) => entry.id === text || hasMessage(entry, text));
      if (exact.length > 0) return exact;
      const wanted = text.toLowerCase();
      return entries().filter((entry) => textsOf(entry).some((known) => known.toLowerCase().includes(wanted)));
    },
  };
}

/** What the files of a folder contain, by their paths, each with the digest of the file that it was read from. */
export type CompiledFiles = Readonly<Record<string, { readonly sha256: string; readonly value: unknown }>>;

/** The file beside a folder of fixtures with that, which `scripts/compile-catalogue.ts` writes. */
export const COMPILED = '../catalogue.json';

/**
 * Reads what the folder of a platform’s fixtures has of the catalogue. A file that changed since it was compiled is read
 * as YAML, which takes a hundred times as long.
 */
export function readPlatform(
  name: string,
  fixtures: URL,
  parsed: (path: string, text: string) => unknown = compiledIn(fixtures),
): PlatformCatalogue {
  const yaml = (path: string): unknown => parsed(path, readFileSync(new URL(path, fixtures), 'utf8'));
  const files = (folder: string): readonly string[] => {
    const url = new URL(folder, fixtures);
    return existsSync(url) ? readdirSync(url).filter((file) => file.endsWith('.yaml')) : [];
  };
  const companies = [
    ...files('./').filter((file) => file.startsWith('company')),
    ...files('companies/').map((file) => `companies/${file}`),
  ].map((file) => [file.replace(/^companies\//, '').replace('.yaml', ''), yaml(file) as Fragment] as const);
  const order = new Intl.Collator('en', { numeric: true });
  return {
    client: yaml('client.yaml') as ClientFile,
    companies: Object.fromEntries(companies),
    entries: files('codes/')
      .toSorted((a, b) => order.compare(a, b))
      .map((file) => ({ platform: name, ...(yaml(`codes/${file}`) as Omit<CatalogueEntry, 'platform'>) })),
  };
}

/** Returns what a file contains: what it was compiled to, or where it changed since what the given function reads in it. */
export function compiledIn(
  fixtures: URL,
  readYaml: (text: string) => unknown = parse,
): (path: string, text: string) => unknown {
  const url = new URL(COMPILED, fixtures);
  const compiled = existsSync(url) ? (JSON.parse(readFileSync(url, 'utf8')) as CompiledFiles) : {};
  return (path, text) => {
    const file = compiled[path];
    return file?.sha256 === hash('sha256', text) ? file.value : readYaml(text);
  };
}

function textsOf(entry: CatalogueEntry): readonly string[] {
  const { id, title, meaning } = entry;
  return [id, title.zh, title.en, meaning.zh, meaning.en, ...messagesOf(entry)];
}
