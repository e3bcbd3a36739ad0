import { clearTimeout, setTimeout } from 'node:timers';
import { StoreBusyError } from '../../directory/errors.ts';
import { Semaphore } from '../../lib/semaphore.ts';
import type { CompanyDraft } from '../draft.ts';
import { companyReader, type CompanyReader } from '../read.ts';
import { textOf, type CompanyText } from './company-text.ts';
import { ReadingWorker } from './reading-worker.ts';
import type { Platform } from '../schema.ts';

/** Reads company files without keeping anybody waiting for long. */
export interface CompanyReading {
  /** Rejects with `CompanyFileError`, and with `StoreBusyError` where too many are being read. */
  read(text: CompanyText): Promise<CompanyDraft>;
  /** Breaks off what is being read. */
  stop(): Promise<void>;
}

/**
 * Files up to so many characters are read at once: that takes less time than a thread takes to begin, even where the
 * file is made to be read slowly. Eight times as many can keep everybody waiting for a second.
 */
const SHORT = 4_096;
/**
 * Before the first caller is served only the start waits. To begin a thread, which loads and compiles everything once
 * more, takes it longer than to read a file of some hundred people.
 */
const SHORT_AT_START = 131_072;
/** How many files wait for the one that is read; each may be as large as a file may be. */
const MAX_WAITING = 4;
/** How long a file may take to be read. The parser is not ours, so this is not left to it. */
const MAX_MS = 300_000;
/**
 * A thread takes some hundred milliseconds to begin, so it is kept a while for the next file, as in tests that make a
 * company each. After a file longer than this it is ended, which gives its memory back.
 */
const MAX_KEPT_LENGTH = 1_000_000;
const KEPT_MS = 30_000;

/**
 * Threads that a server left when it stopped, by their programs. The next server of the process takes one over within the time
 * that it would have been kept anyway, as in tests that start a server each.
 */
const left = new Map<string, { readonly worker: ReadingWorker; readonly expiry: NodeJS.Timeout }>();

async function leave(program: string, worker: ReadingWorker): Promise<void> {
  await takeOver(program)?.end();
  const expiry = setTimeout(() => void takeOver(program)?.end(), KEPT_MS).unref();
  left.set(program, { worker, expiry });
}

function takeOver(program: string): ReadingWorker | undefined {
  const found = left.get(program);
  left.delete(program);
  clearTimeout(found?.expiry);
  return found?.worker;
}

/** Reads here and now; for a process that serves no callers. */
export function readingHere(dialects: readonly Platform[]): CompanyReading {
  let reader: CompanyReader | undefined;
  return {
    // The schema is compiled when the first file is read: a start without files need not wait for it.
    read: (text) =>
      new Promise((resolve) => {
        resolve((reader ??= companyReader(dialects))(textOf(text)));
      }),
    stop: () => Promise.resolve(),
  };
}

/**
 * Reads long files in a thread of their own, one at a time; `entry` is its program, see {@link serveReading}. `isServing`
 * says whether callers could be kept waiting yet.
 */
export function readingApart(
  dialects: readonly Platform[],
  entry: URL,
  isServing: () => boolean = () => true,
): CompanyReading {
  const here = readingHere(dialects);
  const semaphore = new Semaphore(1);
  let worker: ReadingWorker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let waiting = 0;
  let isReading = false;
  let isStopped = false;
  const end = async (): Promise<void> => {
    const ending = worker;
    worker = undefined;
    await ending?.end();
  };
  const readApart = async (text: CompanyText): Promise<CompanyDraft> => {
    if (isStopped) throw new StoreBusyError('the server is stopping');
    clearTimeout(idle);
    if (worker?.isAlive !== true) worker = takeOver(entry.href);
    if (worker?.isAlive !== true) worker = new ReadingWorker(entry);
    isReading = true;
    const limit = setTimeout(() => void end(), MAX_MS);
    try {
      return await worker.read(text);
    } catch (error) {
      throw isStopped ? new StoreBusyError('the server is stopping', { cause: error }) : error;
    } finally {
      clearTimeout(limit);
      isReading = false;
      if (text.length > MAX_KEPT_LENGTH) await end();
      worker?.rest();
      idle = setTimeout(() => void end(), KEPT_MS).unref();
    }
  };
  return {
    read: async (text) => {
      if (text.length <= (isServing() ? SHORT : SHORT_AT_START)) return await here.read(text);
      if (waiting > MAX_WAITING) throw new StoreBusyError('other company files are being read');
      waiting++;
      try {
        return await semaphore.pass(() => readApart(text));
      } finally {
        waiting--;
      }
    },
    stop: async () => {
      isStopped = true;
      clearTimeout(idle);
      const idling = isReading ? undefined : worker;
      if (idling?.isAlive !== true) return await end();
      worker = undefined;
      await leave(entry.href, idling);
    },
  };
}
