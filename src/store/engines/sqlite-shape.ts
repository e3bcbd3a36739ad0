import { DatabaseSync } from 'node:sqlite';
import { versionTable } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';
import { tables } from '../schema.ts';
import { sqliteFlavor } from './sqlite-flavor.ts';

/** What is not as Mingce makes it. */
export interface Oddity {
  /** Whether it is no directory of Mingce's at all. */
  readonly isForeign: boolean;
  /** The first thing that is otherwise, in words without a name that somebody else gave. */
  readonly what: string;
}

/** One table, index, view or trigger. */
interface Made {
  readonly type: string;
  readonly name: string;
  /** The statement that made it, in one form; empty for the index of a constraint. */
  readonly sql: string;
}

/** No format has as many objects, and what somebody made up may have any number. */
const MAX_OBJECTS = 500;
const NOT_OURS: Oddity = { isForeign: true, what: 'it is not a directory of Mingce’s' };

/**
 * The first thing in which a database is made otherwise than a Mingce of its format makes one: tables, columns, indexes,
 * and nothing besides; null where all is as it is made, or where a newer Mingce made it, of which nothing is known.
 */
export function oddityIn(db: DatabaseSync): Oddity | null {
  // The content of the file must not run because it is read.
  db.exec('PRAGMA trusted_schema = OFF');
  const there = objectsOf(db);
  const version = formatIn(db, there);
  if (version === null) return NOT_OURS;
  if (version > migrations.length) return null;
  const wanted = objectsOfFormat(version);
  const what = lack(wanted, there) ?? surplus(wanted, there) ?? oddSetting(db);
  return what === null ? null : { isForeign: false, what };
}

/** The table or index that a database lacks, or has otherwise than its format has it; null also where it has no format yet. */
export function lackIn(db: DatabaseSync): string | null {
  const there = objectsOf(db);
  const version = formatIn(db, there);
  return version === null || version > migrations.length ? null : lack(objectsOfFormat(version), there);
}

/** Of which format a database says to be; null where it does not say so as Mingce does. */
function formatIn(db: DatabaseSync, there: ReadonlyMap<string, Made>): number | null {
  const own = there.get('mingce_schema');
  if (own?.type !== 'table' || own.sql !== inOneForm(versionTable.replace('IF NOT EXISTS ', ''))) return null;
  const rows = db.prepare('SELECT version, typeof(version) AS type FROM mingce_schema LIMIT 2').all();
  const version = Number(rows[0]?.['version']);
  return rows.length !== 1 || rows[0]?.['type'] !== 'integer' || version < 1 ? null : version;
}

function lack(wanted: ReadonlyMap<string, Made>, there: ReadonlyMap<string, Made>): string | null {
  for (const [name, { type, sql }] of wanted) {
    const found = there.get(name);
    if (found === undefined) return `the ${type} ${name} is missing`;
    if (found.type !== type || found.sql !== sql) return `the ${type} ${name} is another`;
  }
  return null;
}

function surplus(wanted: ReadonlyMap<string, Made>, there: ReadonlyMap<string, Made>): string | null {
  for (const [name, { type }] of there) if (!wanted.has(name)) return `it has ${ANOTHER[type] ?? 'something else'}`;
  return null;
}

const ANOTHER: Readonly<Record<string, string>> = {
  table: 'another table',
  index: 'another index',
  view: 'a view',
  trigger: 'a trigger',
};

/** Settings that are kept in the file. */
function oddSetting(db: DatabaseSync): string | null {
  if (db.prepare('PRAGMA encoding').get()?.['encoding'] !== 'UTF-8') return 'its texts are not in UTF-8';
  if (db.prepare('PRAGMA auto_vacuum').get()?.['auto_vacuum'] !== 0) return 'it shrinks by itself';
  if (db.prepare('PRAGMA foreign_key_check').get() !== undefined) return 'it has parts of a company that is not there';
  return null;
}

function objectsOf(db: DatabaseSync): ReadonlyMap<string, Made> {
  const rows = db.prepare(`SELECT type, name, coalesce(sql, '') AS sql FROM sqlite_master LIMIT ?`).all(MAX_OBJECTS);
  return new Map(
    rows
      .map(({ type, name, sql }) => ({ type: String(type), name: String(name), sql: inOneForm(String(sql)) }))
      // What the database's own ANALYZE keeps says nothing about anybody.
      .filter(({ name }) => !/^sqlite_stat[134]$/.test(name))
      .map((made) => [made.name, made]),
  );
}

const formats = new Map<number, ReadonlyMap<string, Made>>();

function objectsOfFormat(version: number): ReadonlyMap<string, Made> {
  const known = formats.get(version);
  if (known !== undefined) return known;
  const db = new DatabaseSync(':memory:');
  try {
    db.exec(versionTable);
    // As they are made today they take half the time, and each start waits for it.
    const steps = version === migrations.length ? [tables] : migrations.slice(0, version);
    for (const step of steps) for (const text of step(sqliteFlavor)) db.exec(text);
    const objects = objectsOf(db);
    formats.set(version, objects);
    return objects;
  } finally {
    db.close();
  }
}

/**
 * Normalizes white space: a column that was added later has other white space around it in the statement. Each run of it is
 * gone through once, however long somebody made it.
 */
function inOneForm(sql: string): string {
  return sql.replaceAll(/(?<!\s)\s+(?=[,)])|(?<=[(,])\s+/g, '');
}
