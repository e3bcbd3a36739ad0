import { createHash } from 'node:crypto';
import { findings as all } from '../findings.ts';
import type { Severity } from '../finding.ts';
import type { Judged } from '../suppressions.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'note' };

/** Writes findings as SARIF 2.1.0: a rule for each thing that is looked for, a result for each client that does it. */
export function sarifOf({ findings }: Judged, version: string): unknown {
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
            locations: [
              { logicalLocations: operations.map((operation) => ({ fullyQualifiedName: `${platform}.${operation}` })) },
            ],
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
