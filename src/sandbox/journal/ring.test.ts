import { expect, test } from 'vitest';
import { NO_NAMES, partOf, type JournalEntry } from './entry.ts';
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
    names: NO_NAMES,
  };
}

/** An entry with texts of its own in every place that is kept as bytes. */
function wholeEntry(seq: number): JournalEntry {
  const own = String(seq).repeat(40);
  return {
    ...entry(seq, 'a'),
    id: `id ${own}`,
    target: `/员工/${own}?a=%20`,
    client: { userAgent: 'agent', address: '127.0.0.1' },
    request: partOf({ host: `h${own}` }, 7, Buffer.from(`{"name":"张三","own":"${own}"}`)),
    response: partOf({ 'X-Own': own, Same: 'x' }, 9, seq % 2 === 0 ? null : own),
    outcome: { records: [{ employee: own, verdicts: [{ field: 'a', verdict: 'normalised', from: own, to: null }] }] },
    code: '0',
    user: { employee: own, scopes: null },
  };
}

const seqsOf = (ring: JournalRing): readonly number[] => [...ring.newest()].map(({ seq }) => seq);

test('the oldest goes where there are too many, of the company that holds more than half first', () => {
  const ring = new JournalRing({ entries: 4, bytes: 1e9, ageMs: 1e9 });
  ring.add(entry(1, 'quiet'));
  for (const seq of [2, 3, 4, 5, 6]) ring.add(entry(seq, 'busy'));
  expect(seqsOf(ring)).toEqual([6, 5, 4, 1]);
});

test('a number of which there is no entry moves no other', () => {
  const ring = new JournalRing({ entries: 2, bytes: 1e9, ageMs: 1e9 });
  for (const seq of [1, 3, 4]) ring.add(entry(seq, 'a'));
  expect(seqsOf(ring)).toEqual([4, 3]);
  expect(ring.size).toBe(2);
  for (const seq of [7, 8]) ring.add(entry(seq, 'a'));
  expect(seqsOf(ring)).toEqual([8, 7]);
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

test('an entry is the same when it is looked at, whatever took its place in memory before and after', () => {
  const ring = new JournalRing({ entries: 3, bytes: 1e9, ageMs: 1e9 });
  for (let seq = 1; seq <= 20; seq++) {
    ring.add(wholeEntry(seq));
    const given = wholeEntry(seq);
    const kept = ring.last();
    expect(kept).toEqual({
      ...given,
      request: { ...given.request, body: String(given.request.body), held: expect.any(Number) },
    });
    expect(ring.find(given.id)).toBe(kept);
  }
  const looked = [...ring.newest()];
  for (let seq = 21; seq <= 40; seq++) ring.add(wholeEntry(seq));
  expect(looked.map(({ id }) => id)).toEqual([20, 19, 18].map((seq) => wholeEntry(seq).id));
  expect(looked.map(({ target }) => target)).toEqual([20, 19, 18].map((seq) => wholeEntry(seq).target));
});

test('a reader between whose steps entries go gets each entry once, and none that came since', () => {
  const ring = new JournalRing({ entries: 4, bytes: 1e9, ageMs: 1e9 });
  for (let seq = 1; seq <= 4; seq++) ring.add(wholeEntry(seq));
  const seen: number[] = [];
  for (const { seq } of ring.newest()) {
    seen.push(seq);
    if (seq === 4) for (let next = 5; next <= 6; next++) ring.add(wholeEntry(next));
  }
  expect(seen).toEqual([4, 3]);
});

test('what an entry takes once somebody has looked counts, too', () => {
  const ring = new JournalRing({ entries: 100, bytes: 60_000, ageMs: 1e9 });
  for (let seq = 1; seq <= 20; seq++) ring.add(wholeEntry(seq));
  const { bytes } = ring;
  expect([...ring.newest()].length).toBe(ring.size);
  expect(ring.bytes).toBeGreaterThan(bytes);
  ring.add(wholeEntry(21));
  expect(ring.bytes).toBeLessThanOrEqual(60_000);
});

test('a verdict on a whole number that JSON cannot say is kept as it is', () => {
  const ring = new JournalRing({ entries: 3, bytes: 1e9, ageMs: 1e9 });
  const verdicts = [{ field: 'a', verdict: 'normalised', from: 2n ** 60n, to: '1' }] as const;
  ring.add({ ...wholeEntry(1), outcome: { records: [{ verdicts }] } });
  ring.add(wholeEntry(2));
  const [second, first] = [...ring.newest()];
  expect(first?.outcome).toEqual({ records: [{ verdicts }] });
  expect(first?.response.headers).toEqual(wholeEntry(1).response.headers);
  expect(second?.outcome).toEqual(wholeEntry(2).outcome);
});
