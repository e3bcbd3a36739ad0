import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import type { EmployeePatch } from '../../../directory/employees/employee-update.ts';
import { PRIVATE_FILE } from '../../../lib/private-files.ts';
import type { ImportRow, RowState } from '../contract.ts';

/** A checked row as it is kept. */
export interface KeptRow extends Omit<ImportRow, 'state'> {
  readonly cells: readonly string[];
  readonly patch: EmployeePatch | null;
  /** When the record was last changed; null: it is added. */
  readonly seen: number | null;
}

const STATES = ['ready', 'same', 'refused', 'applied', 'failed'] as const satisfies readonly RowState[];
const OFFSET = 8;
/** So much is put together before it is written. */
const WRITTEN_AT_ONCE = 262_144;

/** The checked rows of an import: lines of JSON, with their places and their states beside them, found by position. */
export class RowFile {
  readonly #lines: number;
  readonly #places: number;
  readonly #states: number;
  #size: number;
  #count: number;
  #text = '';
  #pending: { readonly place: number; readonly state: number }[] = [];

  private constructor(path: string, flags: 'w+' | 'r+') {
    this.#lines = openSync(`${path}.jsonl`, flags, PRIVATE_FILE);
    this.#places = openSync(`${path}.places`, flags, PRIVATE_FILE);
    this.#states = openSync(`${path}.states`, flags, PRIVATE_FILE);
    this.#size = fstatSync(this.#lines).size;
    this.#count = fstatSync(this.#states).size;
  }

  static create(path: string): RowFile {
    rmSync(`${path}.reasons`, { force: true });
    return new RowFile(path, 'w+');
  }

  static open(path: string): RowFile {
    return new RowFile(path, 'r+');
  }

  get count(): number {
    return this.#count;
  }

  add(row: KeptRow, state: RowState): void {
    const line = `${JSON.stringify(row)}\n`;
    this.#pending.push({ place: this.#size, state: STATES.indexOf(state) });
    this.#size += Buffer.byteLength(line);
    this.#count++;
    this.#text += line;
    if (this.#text.length > WRITTEN_AT_ONCE) this.flush();
  }

  flush(): void {
    if (this.#pending.length === 0) return;
    writeSync(this.#lines, this.#text);
    const places = Buffer.alloc(this.#pending.length * OFFSET);
    this.#pending.forEach(({ place }, index) => {
      places.writeDoubleLE(place, index * OFFSET);
    });
    writeSync(this.#places, places);
    writeSync(
      this.#states,
      Uint8Array.from(this.#pending, ({ state }) => state),
    );
    this.#text = '';
    this.#pending = [];
  }

  /** The states of the rows from one position up to another; of all where none is given. */
  states(from = 0, to = this.#count): readonly RowState[] {
    const bytes = Buffer.alloc(Math.max(Math.min(to, this.#count) - from, 0));
    readSync(this.#states, bytes, 0, bytes.length, from);
    return Array.from(bytes, (state) => STATES[state] ?? 'refused');
  }

  /** Writes the states of the rows that begin at a position, all at once. */
  setStates(from: number, states: readonly RowState[]): void {
    const bytes = Uint8Array.from(states, (state) => STATES.indexOf(state));
    writeSync(this.#states, bytes, 0, bytes.length, from);
  }

  /** The rows from one position up to another. */
  slice(from: number, to: number): readonly KeptRow[] {
    const end = Math.min(to, this.#count);
    if (end <= from) return [];
    const start = this.#placeOf(from);
    const bytes = Buffer.alloc((end === this.#count ? this.#size : this.#placeOf(end)) - start);
    readSync(this.#lines, bytes, 0, bytes.length, start);
    return bytes
      .toString('utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as KeptRow);
  }

  #placeOf(position: number): number {
    const bytes = Buffer.alloc(OFFSET);
    readSync(this.#places, bytes, 0, OFFSET, position * OFFSET);
    return bytes.readDoubleLE();
  }

  close(): void {
    this.flush();
    for (const file of [this.#lines, this.#places, this.#states]) closeSync(file);
  }
}

/** Why rows that passed the check were not written after all, by position. */
type FailureReasons = ReadonlyMap<number, { readonly en: string; readonly zh: string }>;

/** Keeps why a row failed. */
export function noteFailure(path: string, position: number, why: { readonly en: string; readonly zh: string }): void {
  const file = openSync(`${path}.reasons`, 'a', PRIVATE_FILE);
  writeSync(file, `${JSON.stringify([position, why])}\n`);
  closeSync(file);
}

/** Reads why rows failed. */
export function failuresOf(path: string): FailureReasons {
  if (!existsSync(`${path}.reasons`)) return new Map();
  const lines = readFileSync(`${path}.reasons`, 'utf8').split('\n').slice(0, -1);
  return new Map(lines.map((line) => JSON.parse(line) as [number, { en: string; zh: string }]));
}
