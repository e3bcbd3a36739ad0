// The tables that only Hose's README has: the members of an update, and every failure and how to get it.

import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { TARGETS } from '../src/dialects/hose/employees/verdicts.ts';
import { StaffBody } from '../src/dialects/hose/protocol/wire.ts';
import { fixtureFolder } from '../test/support/fixtures.ts';
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
  return `${String(rows.length)} failures; [failures.test.ts](../../../test/dialects/hose/failures.test.ts) and [failures-of-structure.test.ts](../../../test/dialects/hose/departments/structure-failures.test.ts) get each of them, and what mends it.\n\n${table}`;
}

/** A member of the body as far as the table tells it. */
interface Shape {
  readonly type?: string;
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
}

/** Every member of the body of an update, and where in the record it lands. */
export function fieldsTable(): string {
  const { properties = {} } = JSON.parse(JSON.stringify(StaffBody)) as Shape;
  const rows = Object.entries(properties).map(([name, shape]) => [
    `\`${name}\``,
    (shape.anyOf ?? [shape]).map(({ type = '' }) => type).join(' or '),
    TARGETS.has(name) ? `\`${TARGETS.get(name) ?? ''}\`` : (ELSEWHERE[name] ?? ''),
  ]);
  return tableOf(['member', 'type', 'in the record'], rows);
}

/** The subject of a member without a place of its own. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  enName: "`name.i18n` of the company's second locale",
  modifyAccountPhone: 'the mobile of the login goes with it',
  modifyAccountEmail: 'the mail of the login goes with it',
  staffCustomForm: '`jobTitle`, `jobLevel`, `custom` and `extensions.hose.form`, field by field',
};
