import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Call, Dialect, Reply } from '../../dialects/dialect.ts';
import { joinValues } from '../../lib/joined-values.ts';
import { silentLog } from '../../lib/log.ts';
import { NO_NAMES, type JournalEntry } from './entry.ts';
import { Journal } from './journal.ts';

const dialects = [{ name: 'p', memberNames: { ...NO_NAMES, secrets: ['secret'] } }] as unknown as readonly Dialect[];

function journalOf(entries: number, bytes = 1e9): Journal {
  return new Journal({
    dialects,
    limits: { entries, bytes, ageMs: 1e9 },
    clock: { now: () => 0 },
    log: silentLog,
  });
}

function keep(
  journal: Journal,
  body: Uint8Array,
  reply: Reply['body'] = '',
  headers: Record<string, string> = {},
): void {
  const call: Call = {
    method: 'POST',
    path: '/x',
    params: {},
    query: new URLSearchParams(),
    headers,
    body,
    peer: '127.0.0.1',
    receivedAt: 0,
    requestId: 'r',
    origin: 'http://127.0.0.1',
  };
  const answer: Reply = { status: 200, headers: {}, body: reply };
  journal.replied({ group: 'p', call, target: '/x', route: undefined, reply: answer, durationMs: 1 });
}

/** How much memory an entry keeps alive with a body. */
function heldBy(body: JournalEntry['request']['body']): number {
  return typeof body === 'string' ? body.length : (body?.buffer.byteLength ?? 0);
}

test('an entry keeps no more memory than what is kept of its bodies', () => {
  const journal = journalOf(10);
  keep(journal, Buffer.alloc(1_000_000, 0x61), Buffer.alloc(10_000_000, 0x62));
  // As the body of a request lies among others in what came over a socket.
  keep(journal, Buffer.alloc(65_536, 0x61).subarray(100, 400));
  const [small, large] = [...journal.entries()];
  expect(heldBy(large?.request.body ?? null)).toBeLessThan(70_000);
  expect(heldBy(large?.response.body ?? null)).toBeLessThan(70_000);
  expect(heldBy(small?.request.body ?? null)).toBeLessThan(10_000);
  expect([large?.request.bytes, large?.response.bytes, small?.request.bytes]).toEqual([1_000_000, 10_000_000, 300]);
});

test('a short body is kept as the text that it is, and bytes that are no text as they are', () => {
  const journal = journalOf(10);
  const text = '{"name":"张三"}';
  const broken = Buffer.from([0x7b, 0xff, 0xfe]);
  keep(journal, Buffer.from(`....${text}`).subarray(4));
  keep(journal, broken);
  const [second, first] = [...journal.entries()];
  expect(first?.request).toMatchObject({ body: text, bytes: Buffer.byteLength(text) });
  expect(first?.request.held).toBe(text.length * 2);
  expect(second?.request).toMatchObject({ body: broken, bytes: 3 });
});

test('a keeper gets a call that is larger than all that memory may take, and a reader gets it, too', async () => {
  const journal = journalOf(10, 65_536);
  const kept: JournalEntry[] = [];
  journal.keepIn({ added: (entry) => kept.push(entry), cleared: () => Promise.resolve() });
  const live = journal.follow(new AbortController().signal);
  keep(journal, Buffer.from('{"a":1}'));
  keep(journal, Buffer.alloc(65_536, 0x61));
  const read = [await live?.next(), await live?.next()].map((step) => step?.value?.request.bytes);
  expect([...journal.entries()]).toEqual([]);
  expect(kept.map(({ request }) => request.bytes)).toEqual([7, 65_536]);
  expect(read).toEqual([7, 65_536]);
});

test('calls are entries when their turn is over, and at once when many wait', async () => {
  const journal = journalOf(1_000);
  const kept: JournalEntry[] = [];
  journal.keepIn({ added: (entry) => kept.push(entry), cleared: () => Promise.resolve() });
  for (let turn = 0; turn < 300; turn++) keep(journal, Buffer.from(String(turn)));
  const atOnce = kept.length;
  await setImmediate();
  expect([atOnce, kept.length]).toEqual([256, 300]);
  expect(kept.map(({ request }) => String(request.body))).toEqual(Array.from({ length: 300 }, (_, n) => String(n)));
});

test('a call that goes out comes after those that were answered before it', () => {
  const journal = journalOf(10);
  keep(journal, Buffer.from('1'));
  journal.sent({
    company: 'c',
    platform: 'p',
    call: 'update',
    host: 'live.example',
    at: 0,
    durationMs: 1,
    method: 'POST',
    path: '/live',
    headers: {},
    body: '2',
    answer: null,
    code: null,
  });
  keep(journal, Buffer.from('3'));
  expect([...journal.both()].map(({ request }) => request.body)).toEqual(['3', '2', '1']);
});

test('headers count as well', () => {
  const journal = journalOf(1_000, 500_000);
  for (let turn = 0; turn < 100; turn++) keep(journal, new Uint8Array(0), '', { 'x-long': 'x'.repeat(10_000) });
  expect([...journal.entries()].length).toBeLessThan(50);
});

test('a secret in a body that was joined from values is replaced, whatever became of the body before it was sent', () => {
  const journal = journalOf(10);
  const values = [Buffer.from(',{"name":"x"}'), Buffer.from(',{"secret":"swordfish"}')];
  keep(journal, new Uint8Array(0), joinValues('[', values, ']'));
  const clean = joinValues('[', values.slice(0, 1), ']');
  keep(journal, new Uint8Array(0), Buffer.concat([clean, Buffer.from('{"secret":"swordfish"}')]));
  const bodies = [...journal.entries()].map(({ response }) => String(response.body));
  expect(bodies).toHaveLength(2);
  for (const body of bodies) expect(body).toMatch(/^\[\{"name":"x"\}.*"secret":"\[secret [0-9a-f]{8}\]"/);
});
