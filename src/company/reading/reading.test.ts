import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readingApart, type CompanyReading } from './reading.ts';

/** A thread that says what company it is, and ends before it is asked for the people. */
const ENDS_EARLY = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.once('message', () => {
      parentPort.postMessage({ company: {} });
      process.exit();
    });
  `)}`,
);
const LONG = 'x'.repeat(100_000);

test('a file whose thread ends between two pieces is refused, and the next one is not kept waiting', async () => {
  const reading = readingApart([], ENDS_EARLY);
  for (let file = 0; file < 2; file++) {
    const read = reading.read(LONG);
    read.catch(() => undefined);
    // What was said and the end are taken in at once.
    await setImmediate();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
    await expect(read).rejects.toThrow('took too long to read');
  }
  await reading.stop();
}, 10_000);

/** A thread that gives its own number as the name of the company. */
const NUMBERED = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from 'node:worker_threads';
    parentPort.on('message', (text) => {
      if (text === 'end'.repeat(5_000)) process.exit();
      parentPort.postMessage(text === null ? { end: true } : { company: { company: { key: String(threadId) } } });
    });
  `)}`,
);

test('files that come one after the other are read in one thread, which is not kept after a large one', async () => {
  const reading = readingApart([], NUMBERED);
  const threadOf = async (text: string): Promise<string> => (await reading.read(text)).company.key;
  const first = await threadOf(LONG);
  expect(await threadOf(LONG)).toBe(first);
  expect(await threadOf('x'.repeat(1_000_001))).toBe(first);
  const second = await threadOf(LONG);
  expect(second).not.toBe(first);
  await expect(threadOf('end'.repeat(5_000))).rejects.toThrow('took too long to read');
  expect(await threadOf(LONG)).not.toBe(second);
  await reading.stop();
});

test('a server that stops leaves its idle thread to the next one, and ends one that reads', async () => {
  const threadOf = async (reading: CompanyReading, text = LONG): Promise<string> =>
    (await reading.read(text)).company.key;
  const one = readingApart([], NUMBERED);
  const first = await threadOf(one);
  await one.stop();
  const [two, three] = [readingApart([], NUMBERED), readingApart([], NUMBERED)];
  expect(await threadOf(two)).toBe(first);
  const third = await threadOf(three);
  expect(third).not.toBe(first);
  // Of two that are left the latter is kept.
  await two.stop();
  await three.stop();
  const four = readingApart([], NUMBERED);
  expect(await threadOf(four)).toBe(third);
  const broken = four.read(LONG);
  broken.catch(() => undefined);
  // It is asked in this turn.
  await setImmediate();
  await four.stop();
  await expect(broken).rejects.toThrow('the server is stopping');
  const five = readingApart([], NUMBERED);
  expect(await threadOf(five)).not.toBe(third);
  await five.stop();
});

test('before anybody is served a file of usual size begins no thread, and a large one does', async () => {
  let isServing = false;
  const reading = readingApart([], NUMBERED, () => isServing);
  const file = `mingce: 1\nkey: acme\nname: Acme\ndepartments:\n  - { id: root, name: Acme }\n#${LONG}\n`;
  expect((await reading.read(file)).company.key).toBe('acme');
  expect((await reading.read(file + LONG)).company.key).toMatch(/^[0-9]+$/);
  isServing = true;
  expect((await reading.read(file)).company.key).toMatch(/^[0-9]+$/);
  await reading.stop();
});
