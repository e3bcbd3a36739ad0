import { randomBytes, randomInt } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { WAL_CHECKPOINT_PAGES } from '../../src/store/engines/sqlite-open.ts';
import { openStore } from '../../src/store/open.ts';
import { startServer } from '../support/running-server.ts';
import { Writers } from './writers.ts';

/** What copying came to. */
export interface CopyReport {
  readonly copies: number;
  readonly cuts: number;
  readonly acknowledged: number;
  readonly faults: readonly string[];
}

type LogLine = Readonly<Record<string, SQLOutputValue>>;

/** A copy of the data as it was at one moment, and how many writes had been acknowledged by then. */
interface Copy {
  readonly file: string;
  readonly acknowledged: number;
}

const WAL_HEADER = 32;
const WAL_FRAME = 24 + 4_096;

/**
 * Starts the program on a folder, writes over three wires, and at random moments holds it still and copies its database
 * and log; then cuts each copy's log at random bytes. Whatever is left must open, be whole, and be a beginning of the
 * history: all of what had been acknowledged where nothing was cut.
 */
export async function copyRounds(
  folder: string,
  rounds: number,
  cutsEach: number,
  onRound: (round: number) => void = () => {},
): Promise<CopyReport> {
  const data = join(folder, 'data');
  const server = await startServer(['--data', data]);
  const writers = new Writers();
  const { ended } = await writers.begin([server.url]);
  const copies: Copy[] = [];
  const faults: string[] = [];
  let cuts = 0;
  for (let round = 1; round <= rounds; round++) {
    await writers.moment(round, 300);
    const acknowledged = writers.acknowledged;
    server.process.kill('SIGSTOP');
    const file = copyOf(data, join(folder, `copy-${String(round)}`));
    server.process.kill('SIGCONT');
    copies.push({ file, acknowledged });
    onRound(round);
  }
  writers.stop();
  await ended;
  await server.stop();

  const history = logOf(join(data, 'mingce.db'));
  // The changes that made the records come first.
  const made = history.filter(({ operation, kind }) => operation === 'apply' && kind === null).length;
  for (const { file, acknowledged } of copies) {
    for (let cut = 0; cut < cutsEach && canBeCut(file); cut++) {
      const torn = copyOf(join(file, '..'), `${join(file, '..')}-cut-${String(cut)}`);
      const where = cutLog(torn, cut % 2 === 0);
      faults.push(...(await judge(torn, history, 0)).map((fault) => `${torn}, log cut ${where}: ${fault}`));
      cuts++;
    }
    faults.push(...(await judge(file, history, made + acknowledged)).map((fault) => `${file}: ${fault}`));
  }
  return { copies: rounds, cuts, acknowledged: writers.acknowledged, faults };
}

/** Copies database and log into another folder; answers the database's path there. */
function copyOf(from: string, to: string): string {
  mkdirSync(to);
  for (const name of ['mingce.db', 'mingce.db-wal']) copyFileSync(join(from, name), join(to, name));
  return join(to, 'mingce.db');
}

/**
 * Whether a crash could leave less of the log. Once it is being moved into the database it is on the disk, and SQLite
 * counts on that; that begins when it holds WAL_CHECKPOINT_PAGES, in a thread, and ends when the log starts again with another salt.
 */
function canBeCut(file: string): boolean {
  const log = readFileSync(`${file}-wal`);
  const salt = log.subarray(16, 24);
  let frames = 0;
  for (let at = WAL_HEADER; at + WAL_FRAME <= log.length; at += WAL_FRAME) {
    if (!log.subarray(at + 8, at + 16).equals(salt)) break;
    frames++;
  }
  return frames > 0 && frames < WAL_CHECKPOINT_PAGES;
}

/** Ends the log at a random byte, or fills it up from there with anything, as half a write may. */
function cutLog(file: string, fillsUp: boolean): string {
  const path = `${file}-wal`;
  const log = readFileSync(path);
  const at = randomInt(log.length);
  if (fillsUp) writeFileSync(path, Buffer.concat([log.subarray(0, at), randomBytes(log.length - at)]));
  else truncateSync(path, at);
  return `${fillsUp ? 'and filled up ' : ''}at ${String(at)} of ${String(log.length)}`;
}

function logOf(file: string): readonly LogLine[] {
  const db = new DatabaseSync(file);
  const rows = db.prepare('SELECT * FROM change ORDER BY number').all();
  db.close();
  return rows;
}

async function judge(file: string, history: readonly LogLine[], atLeast: number): Promise<readonly string[]> {
  // As the program would: it must start on what is left.
  await (await openStore(`sqlite:${file}`)).close();
  const faults: string[] = [];
  const db = new DatabaseSync(file);
  for (const row of db.prepare('PRAGMA integrity_check').all()) {
    if (row['integrity_check'] !== 'ok') faults.push(String(row['integrity_check']));
  }
  const log = db.prepare('SELECT * FROM change ORDER BY number').all();
  // A change that has a kind is of a department, a login or the like.
  const ofEmployees = log.filter(({ kind }) => kind === null);
  const there = ofEmployees.length;
  if (there < atLeast) faults.push(`${String(atLeast)} writes were acknowledged, ${String(there)} are there`);
  const isBeginning = log.every((line, index) => JSON.stringify(line) === JSON.stringify(history[index]));
  if (!isBeginning) faults.push('its changes are no beginning of the history');
  const newest = new Map(
    ofEmployees.map(({ tenant, employee, number }) => [`${String(tenant)} ${String(employee)}`, number]),
  );
  const numbers = new Map<unknown, unknown>();
  for (const { tenant, id, change, seq, record } of db.prepare('SELECT * FROM employee').all()) {
    if (newest.get(`${String(tenant)} ${String(id)}`) !== change)
      faults.push(`${String(id)} is not as its last change left it`);
    newest.delete(`${String(tenant)} ${String(id)}`);
    numbers.set(seq, (JSON.parse(String(record)) as { readonly jobNumber?: string }).jobNumber);
    const fields = JSON.parse(String(log.find(({ number }) => number === change)?.['fields'] ?? '{}')) as Readonly<
      Record<string, readonly [unknown, unknown]>
    >;
    if (fields['jobNumber'] !== undefined && fields['jobNumber'][1] !== numbers.get(seq))
      faults.push(`${String(id)} has another number than its last change gave it`);
  }
  if (newest.size > 0) faults.push('a change speaks of nobody');
  for (const { employee, value } of db.prepare("SELECT * FROM lookup WHERE space = 'job-number'").all()) {
    if (numbers.get(employee) !== value) faults.push(`${String(value)} finds someone who has it no longer`);
  }
  db.close();
  return faults;
}
