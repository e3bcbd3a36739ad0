import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/* What the database alone can do: a row updated and a log row appended, so many of them in each durable transaction.
   Prints records a second; `node bench/baselines/raw-store.ts ROWS PER_TRANSACTION SECONDS`. */

const [rows = 10_000, perTransaction = 100, seconds = 3] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'mingce-bench-'));
const db = new DatabaseSync(join(folder, 'raw.db'));
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536');
db.exec(
  'CREATE TABLE record (seq INTEGER PRIMARY KEY, body TEXT); CREATE TABLE log (number INTEGER PRIMARY KEY, body TEXT)',
);
const insert = db.prepare('INSERT INTO record VALUES (?, ?)');
db.exec('BEGIN');
for (let row = 0; row < rows; row++) insert.run(row, 'x'.repeat(300));
db.exec('COMMIT');
const update = db.prepare('UPDATE record SET body = ? WHERE seq = ?');
const append = db.prepare('INSERT INTO log (body) VALUES (?)');
let written = 0;
const started = performance.now();
while (performance.now() - started < seconds * 1_000) {
  db.exec('BEGIN IMMEDIATE');
  for (let one = 0; one < perTransaction; one++) {
    update.run('y'.repeat(290 + (written % 20)), Math.floor(Math.random() * rows));
    append.run('z'.repeat(160));
    written++;
  }
  db.exec('COMMIT');
}
process.stdout.write(`${String(Math.round(written / ((performance.now() - started) / 1_000)))}\n`);
db.close();
rmSync(folder, { recursive: true });
