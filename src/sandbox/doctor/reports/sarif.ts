import { createHash } from 'node:crypto';
import { findings as all } from '../findings.ts';
import type { Severity } from '../finding.ts';
import type { Judged } from '../suppressions.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'note' };

/** The file beside the report that has the calls, one a line. */
export const CALLS_FILE = 'mingce-requests.jsonl';
/** So many calls of one result are located. */
const MAX_LOCATED = 10;

/** The calls that a report locates, each once, in the order of their lines. */
export function locatedCalls({ findings }: Judged): readonly string[] {
  return [...new Set(findings.flatMap(([{ requests }]) => requests.slice(0, MAX_LOCATED)))];
}

/**
 * Writes findings as SARIF 2.1.0: a rule for each thing that is looked for, a result for each client that does it. A
 * result is at the lines of its calls, where `lines` says which line of {@link CALLS_FILE} a call is on.
 */
export function sarifOf(
  { findings }: Judged,
  version: string,
  lines: ReadonlyMap<string, number> = new Map(),
): unknown {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'mingce doctor',
            version,
            rules: all.map(({ id, severity, message, remedy }) => ({
              id,
              shortDescription: { text: message.en },
              help: { text: `${remedy.en}. ${remedy.zh}。` },
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        results: findings.map(([finding, reason]) => {
          const { id, severity, message, remedy, operations, requests, about, platform, company, app, client } =
            finding;
          const who = [platform, company ?? '', app ?? '', client].join('/');
          return {
            ruleId: id,
            level: LEVELS[severity],
            message: { text: `${message}: ${about.join(', ')}. ${remedy}.` },
            locations: locationsOf(platform, operations, requests, lines),
            partialFingerprints: {
              'mingce/v1': createHash('sha256')
                .update([id, who, ...operations].join('\n'))
                .digest('hex'),
            },
            properties: { client: who, requests },
            ...(reason === null ? {} : { suppressions: [{ kind: 'external', justification: reason }] }),
          };
        }),
      },
    ],
  };
}

function locationsOf(
  platform: string,
  operations: readonly string[],
  requests: readonly string[],
  lines: ReadonlyMap<string, number>,
): readonly unknown[] {
  const logicalLocations = operations.map((operation) => ({
    fullyQualifiedName: `${platform}.${operation}`,
    kind: 'function',
  }));
  const located = requests.flatMap((id) => lines.get(id) ?? []);
  if (located.length === 0) return [{ logicalLocations }];
  return located.map((startLine) => ({
    physicalLocation: { artifactLocation: { uri: CALLS_FILE }, region: { startLine } },
    logicalLocations,
  }));
}
