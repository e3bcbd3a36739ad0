import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openDatabase } from '../src/store/engines/sqlite-open.ts';

/* The limit of the design: bare `node:http` and the two statements of an update, with one sync for all that wait, and no
   rule, token or cache. Runs on a copy of a company's file, which is of no use afterwards: `node bench/limit.ts FILE`. */

interface Kept {
  readonly seq: number;
  readonly tenant: number;
  readonly id: string;
  readonly record: string;
}

interface Waiting {
  readonly update: Kept;
  readonly value: number;
  readonly response: ServerResponse;
}

const answer = '{"code":0,"msg":"success","data":{}}';
const SUM = '"~crc":"00000000"}';

const db = openDatabase(process.argv[2] ?? '');
const people = db.prepare('SELECT seq, tenant, id, record FROM employee').all() as unknown as readonly Kept[];
const begin = db.prepare('BEGIN IMMEDIATE');
const commit = db.prepare('COMMIT');
const change = db.prepare(
  'INSERT INTO change (tenant, employee, previous, at, dialect, operation, app, request, fields) VALUES (?1, ?2, coalesce((SELECT change FROM employee WHERE seq = ?3), 0), ?4, ?5, ?6, ?7, ?8, ?9)',
);
const update = db.prepare(
  'UPDATE employee SET updated_at = ?1, record = ?2, change = last_insert_rowid() WHERE seq = ?3',
);
let waiting: Waiting[] = [];
let serial = Date.now();

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString());
    const chosen = people[Math.floor(Math.random() * people.length)];
    if (chosen === undefined) throw new Error('the file has no employees');
    waiting.push({ update: chosen, value: serial++, response });
    if (waiting.length === 1) setImmediate(commitGroup);
  });
});

/** Everything that waits when the event loop turns shares one transaction, as in the store's engine. */
function commitGroup(): void {
  const group = waiting;
  waiting = [];
  begin.get();
  for (const { update: one, value } of group) write(one, value);
  commit.get();
  for (const { response } of group) {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': answer.length });
    response.end(answer);
  }
}

/** Writes what an update of one attribute does, in texts of the same length. */
function write({ seq, tenant, id, record }: Kept, value: number): void {
  const at = Date.now();
  const fresh = `"n${String(value)}"`;
  const request = `00000000-0000-0000-0000-${fresh.slice(-13, -1)}`;
  change.get(
    tenant,
    id,
    seq,
    at,
    'feishu',
    'employee.patch',
    'cli_bench',
    request,
    `{"alias":[${fresh},${fresh}],${SUM}`,
  );
  update.get(at, `${record.slice(0, -SUM.length)}"alias":${fresh},${SUM}`, seq);
}

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening on http://127.0.0.1:${String((server.address() as AddressInfo).port)}\n`);
});
process.on('SIGTERM', () => process.exit(0));
