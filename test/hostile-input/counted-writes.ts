import { DatabaseSync } from 'node:sqlite';
import { vi } from 'vitest';

/** What was opened, and how many rows were written through the database connections that it opened. */
export interface CountedWrites<Opened> {
  readonly opened: Opened;
  /** Returns how many rows were inserted, updated or deleted so far, whether that was committed or not. */
  readonly rows: () => number;
}

/** Opens a store on SQLite and notices its connections, so that SQLite itself says whether anything was written. */
export async function countWrites<Opened>(open: () => Promise<Opened>): Promise<CountedWrites<Opened>> {
  const preparing = vi.spyOn(DatabaseSync.prototype, 'prepare');
  const opened = await open();
  const connections = new Set(preparing.mock.contexts as readonly DatabaseSync[]);
  preparing.mockRestore();
  if (connections.size === 0) throw new Error('no database was opened');
  const counters = Array.from(connections, (connection) => connection.prepare('SELECT total_changes() AS rows'));
  return { opened, rows: () => counters.reduce((sum, counter) => sum + Number(counter.get()?.['rows']), 0) };
}
