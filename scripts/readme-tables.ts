// The tables of a dialect's README, made from what the code and the fixtures say.

import type { Coverage, Dialect } from '../src/dialects/dialect.ts';
import { fixturesOf, type NamedFixture } from '../test/support/fixtures.ts';
import * as feishu from './feishu-tables.ts';
import * as hose from './hose-tables.ts';
import { tableOf } from './table.ts';
import * as wecom from './wecom-tables.ts';

/** Text between `<!-- table: NAME -->` and `<!-- end of table -->`. */
const PLACE = /(<!-- table: ([\w -]+) -->\n).*?(<!-- end of table -->)/gs;

/** Tables that need more than coverage, routes and fixtures. */
const OWN: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  feishu: { codes: feishu.codesTable, fields: feishu.fieldsTable },
  wecom: { codes: wecom.codesTable, results: wecom.resultsTable, fields: wecom.fieldsTable },
  hose: { fields: hose.fieldsTable, failures: hose.failuresTable },
};

/** The README as it should be: every table made again, everything else unchanged. */
export function withTables(dialect: Dialect, readme: string): string {
  const tables = tablesOf(dialect);
  const placed = new Set<string>();
  const made = readme.replaceAll(PLACE, (_all, start: string, name: string, end: string) => {
    const table = tables[name];
    if (table === undefined) throw new Error(`${dialect.name}: nothing makes the table "${name}"`);
    placed.add(name);
    // The formatter would pad every cell to the longest note.
    return `${start}<!-- prettier-ignore-start -->\n\n${table()}\n\n<!-- prettier-ignore-end -->\n${end}`;
  });
  const missing = Object.keys(tables).filter((name) => !placed.has(name));
  if (missing.length > 0) throw new Error(`${dialect.name}: the README has no place for ${missing.join(', ')}`);
  return made;
}

function tablesOf(dialect: Dialect): Readonly<Record<string, () => string>> {
  const fixtures = fixturesOf(dialect.name);
  const shown = new Set(fixtures.flatMap(([, { shows = {} }]) => Object.keys(shows)));
  return {
    operations: () => operationsTable(dialect, fixtures),
    ...OWN[dialect.name],
    ...Object.fromEntries([...shown].map((name) => [name, () => shownTable(name, fixtures)])),
  };
}

function operationsTable({ coverage, operationTitles, routes }: Dialect, fixtures: readonly NamedFixture[]): string {
  const served = coverage.filter(({ status }) => status !== 'absent');
  const absent = coverage.filter(({ status }) => status === 'absent');
  const rows = [...served, ...absent].map((operation) => {
    const calls = new Set(
      [operation, ...routes.filter((route) => route.operation === operation.operation)].map(methodAndPath),
    );
    return [
      operation.operation,
      operationTitles[operation.operation]?.zh ?? '',
      [...calls].map((call) => `\`${call}\``).join(', '),
      operation.status,
      operation.note ?? '',
      linkTo(operation.source),
      String(fixtures.filter(([, { request }]) => isOf(operation, request)).length || ''),
    ];
  });
  return tableOf(['operation', 'title', 'call', 'how far', 'what is missing or different', 'source', 'fixtures'], rows);
}

function methodAndPath({ method, path }: Pick<Coverage, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

function linkTo(source: string): string {
  return /^https:\S+$/.test(source) ? `[page](${source})` : source;
}

/** Whether a request is one for the operation. */
function isOf(operation: Coverage, { method, path }: { readonly method: string; readonly path: string }): boolean {
  const wanted = operation.path.split('/');
  const given = (path.split('?', 1)[0] ?? '').split('/');
  return (
    method === operation.method &&
    wanted.length === given.length &&
    wanted.every((segment, index) => segment.startsWith(':') || segment === given[index])
  );
}

/** One row for each thing that fixtures show under this name, and the fixtures that show it. */
function shownTable(name: string, fixtures: readonly NamedFixture[]): string {
  const rows = new Map<string, NamedFixture[]>();
  for (const fixture of fixtures) {
    for (const row of [fixture[1].shows?.[name] ?? []].flat()) rows.set(row, [...(rows.get(row) ?? []), fixture]);
  }
  const order = new Intl.Collator('en', { numeric: true });
  return tableOf(
    [name, 'shown by', 'source'],
    [...rows]
      .toSorted(([a], [b]) => order.compare(a, b))
      .map(([row, shown]) => [
        row,
        shown.map(([file, { name: title }]) => `[${title}](fixtures/${file})`).join('; '),
        [...new Set(shown.map(([, { source }]) => source))].join('; '),
      ]),
  );
}
