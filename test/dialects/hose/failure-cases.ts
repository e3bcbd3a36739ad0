import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isObject } from '../../../src/lib/json-equal.ts';
import { fixtureFolder } from '../../support/fixtures.ts';
import { corporationA } from './hose-client.ts';

/* Each failure as data: what state and request produce it, and what mends them. */

/** Part of a company file; what it says goes over what is there. */
type Fragment = Readonly<Record<string, unknown>>;

/** In what a request or what it meets differs. */
export interface Differing {
  readonly company?: Fragment;
  readonly body?: object;
  readonly path?: string;
  /** The state of the other corporation. */
  readonly other?: 'dissolved';
  /** False: with a token that nobody has. */
  readonly token?: boolean;
}

/** One way to get a failure, and what must differ for the request to succeed. */
export interface FailureCase extends Differing {
  readonly when: string;
  readonly mended: Differing;
}

/** Everything kept of one failure. */
export interface FailureFile {
  /** Whose sentence it is, and where the contract has it. */
  readonly source: string;
  readonly request: { readonly method: string; readonly path: string };
  readonly response: { readonly status: number; readonly message: string };
  readonly cases: readonly FailureCase[];
}

const folder = new URL('failures/', fixtureFolder('hose'));

/** The files of all failures, by their names. */
export const failureFiles: readonly (readonly [name: string, contents: FailureFile])[] = readdirSync(folder)
  .toSorted()
  .map((name) => [name.replace('.yaml', ''), parse(readFileSync(new URL(name, folder), 'utf8')) as FailureFile]);

/** The corporation of a case as a company file. */
export function companyOf(...fragments: readonly (Fragment | undefined)[]): string {
  return JSON.stringify(fragments.reduce<unknown>((made, one) => merged(made, one ?? {}), parse(corporationA())));
}

/** What has an id is merged by it, objects by member; anything else is replaced. */
function merged(old: unknown, fresh: unknown): unknown {
  if (Array.isArray(fresh) && Array.isArray(old) && fresh.some((one) => idOf(one) !== undefined)) {
    const things = new Map(old.map((one: unknown) => [idOf(one), one]));
    for (const one of fresh as unknown[]) things.set(idOf(one), merged(things.get(idOf(one)), one));
    return [...things.values()];
  }
  if (!isObject(fresh)) return fresh;
  const members = new Map(Object.entries(isObject(old) ? old : {}));
  for (const [member, value] of Object.entries(fresh)) members.set(member, merged(members.get(member), value));
  return Object.fromEntries(members);
}

function idOf(thing: unknown): unknown {
  return isObject(thing) ? thing['id'] : undefined;
}
