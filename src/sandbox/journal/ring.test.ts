import { expect, test } from 'vitest';
import type { JournalEntry } from './entry.ts';
import { JournalRing } from './ring.ts';

function entry(
  seq: number,
  company: string,
  more: { readonly at?: number; readonly bytes?: number } = {},
): JournalEntry {
  const part = { headers: {}, bytes: 0, body: Buffer.alloc(more.bytes ?? 0), held: more.bytes ?? 0 };
  return {
    seq,
    id: String(seq),
    at: more.at ?? 0,
    durationMs: 0,
    company,
    platform: 'p',
    operation: null,
    app: null,
    client: { userAgent: '', address: '' },
    method: 'GET',
    target: '',
    status: 200,
    ended: 'sent',
    injected: null,
    companyAt: null,
    code: null,
    request: part,
    response: { ...part, body: null, held: 0 },
    outcome: undefined,
    schema: undefined,
    selectors: [],
    query: { every: [], operations: {} },
    reasons: {},
  };
}

const seqsOf = (ring: JournalRing): readonly number[] => [...ring.newest()].map(({ seq }) => seq);

test('the oldest goes where there are too many, of the company that holds more than half first', () => {
  const ring = new JournalRing({ entries: 4, bytes: 1e9, ageMs: 1e9 });
  ring.add(entry(1, 'quiet'));
  for (const seq of [2, 3, 4, 5, 6]) ring.add(entry(seq, 'busy'));
  expect(seqsOf(ring)).toEqual([6, 5, 4, 1]);
});

test('bytes and age are bounded as well', () => {
  const ring = new JournalRing({ entries: 1_000, bytes: 100_000, ageMs: 1_000 });
  for (let seq = 1; seq <= 100; seq++) ring.add(entry(seq, 'a', { bytes: 10_000, at: seq }));
  expect(ring.bytes).toBeLessThanOrEqual(100_000);
  expect(ring.size).toBe(8);
  ring.expire(1_099);
  expect(seqsOf(ring)).toEqual([100, 99]);
  ring.clear();
  expect([ring.size, ring.bytes]).toEqual([0, 0]);
});

test('what is removed leaves nothing behind: as many bytes as before', () => {
  const ring = new JournalRing({ entries: 3, bytes: 1e9, ageMs: 1e9 });
  for (let seq = 1; seq <= 3; seq++) ring.add(entry(seq, `c${String(seq)}`, { bytes: 10 }));
  const { bytes } = ring;
  for (let seq = 4; seq <= 1_000; seq++) ring.add(entry(seq, `c${String(seq)}`, { bytes: 10 }));
  expect(ring.bytes).toBe(bytes);
});
