import { COUNTERS, type SqlSyntax } from '../engine.ts';

/** How SQLite says it. */
export const sqliteFlavor: SqlSyntax = {
  integer: 'INTEGER',
  counter: 'INTEGER PRIMARY KEY',
  clustered: ' WITHOUT ROWID',
  nowMs: "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
  writersOf: () => null,
  lastChange: 'last_insert_rowid()',
  // By itself SQLite gives the number of the last row again once that row is gone. AUTOINCREMENT would not, but cannot
  // be given to a table that is there, and writes one more row for each that is made.
  next: (table) =>
    `(SELECT max(coalesce((SELECT max(${COUNTERS[table]}) FROM ${table}), 0), coalesce((SELECT number FROM highest WHERE name = '${table}'), 0)) + 1)`,
  beforeRemoval: (table) => ({
    text: `INSERT INTO highest (name, number) SELECT '${table}', coalesce(max(${COUNTERS[table]}), 0) FROM ${table} WHERE true ON CONFLICT (name) DO UPDATE SET number = max(number, excluded.number)`,
    params: [],
  }),
  jsonEach: (list, alias) => `json_each(${list}) AS ${alias}`,
  jsonArrayAgg: (column) => `json_group_array(${column})`,
  jsonText: (column, name) => `json_extract(${column}, '$.${name}')`,
  jsonGet: (column, name) => `json_extract(${column}, '$.${name}')`,
  // Unlike LIKE, it minds the case of letters, as the index does.
  prefix: ['GLOB', '*'],
  forUpdate: () => '',
  first: () => '',
  lock: () => null,
  sharedLock: () => null,
  lockTable: () => [],
};
