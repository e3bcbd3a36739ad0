// The tables that only Hose's README has: the members of an update, and every failure and how to get it.

import { catalogue } from '../src/catalogue.ts';
import { TARGETS } from '../src/dialects/hose/employees/verdicts.ts';
import { StaffBody } from '../src/dialects/hose/protocol/wire.ts';
import { messagesOf } from '../src/sandbox/catalogue/messages.ts';
import { tableOf } from './table.ts';

/** One row for each sentence: the answer, the call, the state, where it is documented. */
export function failuresTable(): string {
  const rows = (catalogue.platform('hose')?.entries ?? []).flatMap((entry) => {
    const { id, request, response, cases = [], contract, mark } = entry;
    if (cases.length === 0) return [];
    return [
      [
        `[${id}](fixtures/codes/${id}.yaml)`,
        `${String(response?.status ?? '')} \`${messagesOf(entry)[0] ?? ''}\``,
        `\`${request?.method ?? ''} ${request?.path ?? ''}\``,
        cases.map(({ when }) => when).join('; '),
        `contract ${contract} [${mark}]`,
      ],
    ];
  });
  const table = tableOf(['failure', 'answer', 'call', 'when', 'source'], rows);
  return `${String(rows.length)} failures; [catalogue.test.ts](../../../test/dialects/hose/catalogue.test.ts) gets each of them, and what mends it; \`{}\` is a part that varies.\n\n${table}`;
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
