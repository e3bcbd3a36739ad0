// The table that only Hose's README has: every failure, and how to get it.

import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { fixtureFolder } from '../test/dialects/fixture.ts';
import { tableOf } from './table.ts';

/** As much of a file of failures as the table tells. */
interface Failures {
  readonly source: string;
  readonly request?: Request;
  readonly response?: Response;
  readonly cases: readonly { readonly when: string; readonly request?: Request; readonly response?: Response }[];
}

interface Request {
  readonly method: string;
  readonly path: string;
}

interface Response {
  readonly status: number;
  readonly message: string;
}

/** One row for each file: the answer, the state, where it is documented. */
export function failuresTable(): string {
  const rows = ['failures', 'failures-of-structure'].flatMap((name) => {
    const folder = new URL(`${name}/`, fixtureFolder('hose'));
    return readdirSync(folder)
      .toSorted()
      .map((file) => {
        const { source, request, response, cases } = parse(readFileSync(new URL(file, folder), 'utf8')) as Failures;
        const [first] = cases;
        const answer = response ?? first?.response;
        const call = request ?? first?.request;
        return [
          `[${file.replace('.yaml', '')}](fixtures/${name}/${file})`,
          answer === undefined ? '' : `${String(answer.status)} \`${answer.message}\``,
          call === undefined ? '' : `\`${call.method} ${call.path}\``,
          cases.map(({ when }) => when).join('; '),
          source,
        ];
      });
  });
  const table = tableOf(['failure', 'answer', 'call', 'when', 'source'], rows);
  return `${String(rows.length)} failures; [failures.test.ts](../../../test/dialects/hose/failures.test.ts) and [failures-of-structure.test.ts](../../../test/dialects/hose/failures-of-structure.test.ts) get each of them, and what mends it.\n\n${table}`;
}
