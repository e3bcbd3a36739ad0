import { expect, test } from 'vitest';
import type { Store } from '../../directory/store.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { silentLog } from '../../lib/log.ts';
import type { JournalEntry } from './entry.ts';
import type { Journal, JournalKeeper } from './journal.ts';
import { maskFor } from './mask.ts';
import { StoredJournal } from './stored-journal.ts';

const BODY = 'x'.repeat(1024 * 1024);

test('what waits to be written is bounded in bytes, and there is room again once it is written', async () => {
  let written = 0;
  let keeper: JournalKeeper | undefined;
  const requests = {
    newest: () => Promise.resolve({ requests: [], oldest: null }),
    add: (_node: string, added: readonly unknown[]) => {
      written += added.length;
      return Promise.resolve();
    },
    trim: () => Promise.resolve(),
  };
  const stored = await StoredJournal.begin({
    // Only what the keeper uses of them.
    journal: { keepIn: (given: JournalKeeper) => void (keeper = given) } as unknown as Journal,
    store: () => ({ requests, isShared: false }) as unknown as Store,
    dialects: [],
    maskOf: () => maskFor({}),
    limits: { entries: 10, bytes: 1, ageMs: 1 },
    clock: systemClock,
    log: silentLog,
  });
  for (let n = 0; n < 100; n++) keeper?.added(entry(n));
  await expect.poll(() => written).toBeGreaterThan(0);
  expect(written).toBeLessThan(17);
  keeper?.added(entry(100));
  const before = written;
  await stored.close();
  expect(written).toBe(before + 1);
});

function entry(seq: number): JournalEntry {
  const part = { headers: {}, bytes: BODY.length, body: BODY, held: BODY.length };
  const response = { headers: {}, bytes: 0, body: null, held: 0 };
  return { seq, id: String(seq), at: 0, target: '/', request: part, response, outcome: undefined } as JournalEntry;
}
