import { readdirSync, readFileSync } from 'node:fs';

/** One exchange as the platform documents it or was seen to hold it: a JSON file under a dialect's `fixtures/`. */
export interface Fixture {
  readonly name: string;
  /** The page, and where on it. */
  readonly source: string;
  readonly kind: 'documented' | 'recorded';
  readonly note?: string;
  /** Key of the company it is sent to. */
  readonly company: string;
  /** What it is an example of: rows of the README's tables, by table (`{ "result": "4" }`). */
  readonly shows?: Readonly<Record<string, string | readonly string[]>>;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: object | string;
  };
  readonly response: { readonly status: number; readonly body: unknown };
}

/** A fixture and its file's name under `fixtures/`. */
export type NamedFixture = readonly [file: string, fixture: Fixture];

/** The folder of a dialect's fixtures. */
export function fixtureFolder(dialect: string): URL {
  return new URL(`../../src/dialects/${dialect}/fixtures/`, import.meta.url);
}

/** All exchanges kept for a dialect, by the names of their files. */
export function fixturesOf(dialect: string): readonly NamedFixture[] {
  const folder = fixtureFolder(dialect);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  return files
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Fixture]);
}
