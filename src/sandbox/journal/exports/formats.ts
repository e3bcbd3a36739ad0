import type { CodeLanguage, MemberNames } from '../../../dialects/dialect.ts';
import type { WholeRequestView } from '../contract.ts';
import { NO_NAMES } from '../entry.ts';
import { curlOf } from './curl.ts';
import { fixtureOf } from './fixture.ts';
import { goOf } from './go.ts';
import { harOf } from './har.ts';
import { javaOf } from './java.ts';
import { nodeOf } from './node.ts';
import { programOf, type ClientProfiles, type Program } from './program.ts';
import { pythonOf } from './python.ts';

/** Forms that make a call again. */
export const PROGRAM_FORMATS = ['curl', 'node', 'go', 'python', 'java'] as const;

/** Forms in which entries can be taken elsewhere. */
export const EXPORT_FORMATS = [...PROGRAM_FORMATS, 'har', 'fixture'] as const;

/** One of the forms in which entries can be taken elsewhere. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What exports need to know besides the entries. */
export interface ExportOptions {
  /** Where the calls are sent. */
  readonly origin: string;
  readonly version: string;
  readonly profiles: ClientProfiles;
  /** What the names of members mean, by platform. */
  readonly memberNames: ReadonlyMap<string, MemberNames>;
  /** Whether it is one entry that was asked for, and no list. */
  readonly isOne: boolean;
}

const WRITERS: Readonly<Record<CodeLanguage, (program: Program) => string>> = {
  node: nodeOf,
  go: goOf,
  python: pythonOf,
  java: javaOf,
};

/** Whether there is such a form. */
export function isExportFormat(name: string): name is ExportFormat {
  return (EXPORT_FORMATS as readonly string[]).includes(name);
}

/** Whether it is a form that makes a call again. */
export function isProgramFormat(name: string): name is (typeof PROGRAM_FORMATS)[number] {
  return (PROGRAM_FORMATS as readonly string[]).includes(name);
}

/** Writes entries in a form, the oldest first: text, or what is to be sent as JSON. */
export function exported(
  entries: readonly WholeRequestView[],
  format: ExportFormat,
  { origin, version, profiles, memberNames, isOne }: ExportOptions,
): { readonly text: string } | { readonly json: unknown } {
  switch (format) {
    case 'curl':
      return { text: curlOf(entries, origin) };
    case 'har':
      return { json: harOf(entries, origin, version) };
    case 'fixture': {
      const fixtures = entries.map((entry) => fixtureOf(entry, memberNames.get(entry.platform) ?? NO_NAMES, origin));
      return { json: isOne ? fixtures[0] : { fixtures } };
    }
    default:
      return { text: WRITERS[format](programOf(entries, profiles, origin, format)) };
  }
}
