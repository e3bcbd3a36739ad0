import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { StoreBusyError } from '../directory/errors.ts';
import type { Employee } from '../directory/employees/employee.ts';
import { CompanyFileError, type FileError } from '../http/admin/contract.ts';
import { Semaphore } from '../lib/semaphore.ts';
import type { AccountDraft, CompanyDraft, Draft } from './draft.ts';
import { companyReader, type CompanyReader } from './read.ts';
import type { Platform } from './schema.ts';

/** Reads company files without keeping anybody waiting for long. */
export interface CompanyReading {
  /** Rejects with `CompanyFileError`, and with `StoreBusyError` where too many are being read. */
  read(text: string): Promise<CompanyDraft>;
  /** Breaks off whatever is being read. */
  stop(): Promise<void>;
}

/**
 * Files up to so many characters are read at once: that takes less time than a thread takes to begin, even where the
 * file is made to be read slowly. Eight times as many can keep everybody waiting for a second.
 */
const SHORT = 4_096;
/** How many files wait for the one that is read; each may be as large as a file may be. */
const MAX_WAITING = 4;
/** How long a file may take to be read, and how much memory. The parser is not ours, so neither is left to it. */
const MAX_MS = 300_000;
const MAX_MEGABYTES = 1_024;

/** What the thread says: the company, its people a piece at a time, each when it is asked for, or what is wrong. */
export type Told =
  | { readonly faults: readonly FileError[] }
  | { readonly company: Omit<CompanyDraft, 'employees' | 'accounts'> }
  | { readonly employees: readonly Draft<Employee>[]; readonly accounts: readonly (readonly [string, AccountDraft])[] }
  | { readonly end: true };

/** Reads here and now; for a process that serves nobody. */
export function readingHere(dialects: readonly Platform[]): CompanyReading {
  let reader: CompanyReader | undefined;
  return {
    // The schema is compiled when the first file is read: a start without files need not wait for it.
    read: (text) =>
      new Promise((resolve) => {
        resolve((reader ??= companyReader(dialects))(text));
      }),
    stop: () => Promise.resolve(),
  };
}

/** Reads long files in a thread of their own, one at a time; `entry` is its program, see {@link serveReading}. */
export function readingApart(dialects: readonly Platform[], entry: URL): CompanyReading {
  const here = readingHere(dialects);
  const turnstile = new Semaphore(1);
  const threads = new Set<Worker>();
  let waiting = 0;
  let isStopped = false;
  const readApart = async (text: string): Promise<CompanyDraft> => {
    if (isStopped) throw new StoreBusyError('the server is stopping');
    const thread = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: MAX_MEGABYTES } });
    threads.add(thread);
    const timeout = setTimeout(() => void thread.terminate(), MAX_MS);
    try {
      return await draftFrom(thread, text);
    } catch (error) {
      throw isStopped ? new StoreBusyError('the server is stopping', { cause: error }) : error;
    } finally {
      clearTimeout(timeout);
      threads.delete(thread);
      await thread.terminate();
    }
  };
  return {
    read: async (text) => {
      if (text.length <= SHORT) return await here.read(text);
      if (waiting > MAX_WAITING) throw new StoreBusyError('other company files are being read');
      waiting++;
      try {
        return await turnstile.pass(() => readApart(text));
      } finally {
        waiting--;
      }
    },
    stop: async () => {
      isStopped = true;
      await Promise.all([...threads].map((thread) => thread.terminate()));
    },
  };
}

async function draftFrom(thread: Worker, text: string): Promise<CompanyDraft> {
  const failure = failureOf(thread);
  let company: Omit<CompanyDraft, 'employees' | 'accounts'> | undefined;
  const employees: Draft<Employee>[] = [];
  const accounts = new Map<string, AccountDraft>();
  for (let asked: string | null = text; ; asked = null) {
    const told = await Promise.race([answerOf(thread, asked), failure]);
    if ('faults' in told) throw new CompanyFileError(told.faults);
    if ('company' in told) company = told.company;
    else if ('employees' in told) {
      employees.push(...told.employees);
      for (const [employee, account] of told.accounts) accounts.set(employee, account);
    } else if (company !== undefined) return { ...company, employees, accounts };
    // Each piece is taken in between others' requests.
    await setImmediate();
  }
}

/** Asks for the next thing the thread has to say. */
function answerOf(thread: Worker, text: string | null): Promise<Told> {
  return new Promise((resolve) => {
    thread.once('message', resolve);
    thread.postMessage(text);
  });
}

/** Rejects when the thread ends, also while nothing is asked of it: who asks later would wait for ever. */
function failureOf(thread: Worker): Promise<never> {
  const failure = new Promise<never>((_resolve, reject) => {
    thread.on('error', (error: unknown) => {
      reject(isOutOfMemory(error) ? unreadable('takes more memory to read than there is for it') : asError(error));
    });
    thread.once('exit', () => {
      reject(unreadable('took too long to read'));
    });
  });
  // It also ends when all is told.
  failure.catch(() => undefined);
  return failure;
}

function unreadable(message: string): CompanyFileError {
  return new CompanyFileError([{ path: '', message }]);
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('a company file could not be read', { cause: error });
}
