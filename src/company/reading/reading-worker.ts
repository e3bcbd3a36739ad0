import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Employee } from '../../directory/employees/employee.ts';
import type { CompanyText } from './company-text.ts';
import { CompanyFileError, type FileError } from '../contract.ts';
import type { AccountDraft, CompanyDraft, Draft } from '../draft.ts';

/** How much memory a file may take to be read. The parser is not ours, so this is not left to it. */
const MAX_MEGABYTES = 1_024;

/** What the thread answers: the company, its employees a piece at a time, each when asked for, or what is wrong. */
export type ReadingAnswer =
  | { readonly faults: readonly FileError[] }
  | { readonly company: Omit<CompanyDraft, 'employees' | 'accounts'> }
  | { readonly employees: readonly Draft<Employee>[]; readonly accounts: readonly (readonly [string, AccountDraft])[] }
  | { readonly end: true };

/** A thread that reads company files, one after the other. */
export class ReadingWorker {
  readonly #worker: Worker;
  /** Rejects when the thread ends, also while nothing is asked of it: a later question would wait for ever. */
  readonly #failure: Promise<never>;
  #isAlive = true;

  constructor(entry: URL) {
    const worker = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: MAX_MEGABYTES } });
    this.#worker = worker;
    this.#failure = new Promise<never>((_resolve, reject) => {
      worker.on('error', (error: unknown) => {
        reject(isOutOfMemory(error) ? unreadable('takes more memory to read than there is for it') : asError(error));
      });
      worker.once('exit', () => {
        this.#isAlive = false;
        reject(unreadable('took too long to read'));
      });
    });
    // The thread also ends when it is no longer needed.
    this.#failure.catch(() => undefined);
  }

  /** Whether the thread can read another file. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Reads one file. Rejects with `CompanyFileError`, also where the thread ends meanwhile. */
  async read(text: CompanyText): Promise<CompanyDraft> {
    this.#worker.ref();
    let company: Omit<CompanyDraft, 'employees' | 'accounts'> | undefined;
    const employees: Draft<Employee>[] = [];
    const accounts = new Map<string, AccountDraft>();
    const own = typeof text === 'string' ? text : await copied(text);
    for (let asked: CompanyText | null = own; ; asked = null) {
      const answer = await Promise.race([this.#ask(asked), this.#failure]);
      if ('faults' in answer) throw new CompanyFileError(answer.faults);
      if ('company' in answer) company = answer.company;
      else if ('employees' in answer) {
        employees.push(...answer.employees);
        for (const [employee, account] of answer.accounts) accounts.set(employee, account);
      } else if (company !== undefined) return { ...company, employees, accounts };
      // Each piece is taken in between others' requests.
      await setImmediate();
    }
  }

  /** Lets the process end although the thread waits for another file. */
  rest(): void {
    this.#worker.unref();
  }

  /** Ends the thread, and what it reads with it. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask(text: CompanyText | null): Promise<ReadingAnswer> {
    return new Promise((resolve) => {
      this.#worker.once('message', resolve);
      this.#worker.postMessage(text, text instanceof Uint8Array ? [text.buffer as ArrayBuffer] : []);
    });
  }
}

/** Bytes copied before others have their turn. */
const COPIED = 1_048_576;

/**
 * Copies bytes a piece at a time into a buffer of their own, which can be handed to the thread. Sent as they are, the whole
 * buffer behind them would be copied at once: 50 ms for the file of 50,000 people.
 */
async function copied(bytes: Uint8Array): Promise<Uint8Array> {
  const own = new Uint8Array(bytes.byteLength);
  for (let from = 0; from < bytes.byteLength; from += COPIED) {
    own.set(bytes.subarray(from, from + COPIED), from);
    await setImmediate();
  }
  return own;
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
