import { startMingce } from '../app.ts';
import type { Mingce, StartOptions } from '../mingce.ts';
import type { CompanyOf } from '../company-handles.ts';
import type { RequestEntry } from '../sandbox/library/contract.ts';
import { answerOf } from '../sandbox/library/requests.ts';

/** How tests share one directory. */
export interface TestOptions extends StartOptions {
  /**
   * `fork` (the default): each test has a copy of the company of its own. `reset`: all have the same company, which is as
   * its file made it when a test begins. `instance`: each test has a Mingce of its own.
   */
  readonly isolation?: 'fork' | 'reset' | 'instance';
}

/** What a test does with its company. */
export interface TestCompany extends CompanyOf {
  /** The base URL to give to a client. */
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
  /** Returns the newest call to this company that a search finds, with what became of each member. */
  request(search?: string): RequestEntry;
  /** Returns the calls to this company that a search finds, newest first. */
  calls(search?: string): readonly RequestEntry[];
}

/** A company for each test, of one directory in memory. */
export class TestCompanies {
  readonly #options: TestOptions;
  #mingce: Promise<Mingce> | null = null;

  constructor(options: TestOptions) {
    const { isolation = 'fork' } = options;
    if (!['fork', 'reset', 'instance'].includes(isolation))
      throw new TypeError(`isolation is 'fork', 'reset' or 'instance', not ${JSON.stringify(isolation)}.`);
    this.#options = options;
  }

  /** Starts the directory, once. */
  async start(): Promise<void> {
    // Where each test has its own there is nothing to start for all.
    if (this.#options.isolation !== 'instance') await this.#shared();
  }

  /** Makes the company of one test; `end` is for when the test is over. */
  async next(): Promise<{ readonly company: TestCompany; readonly end: () => Promise<void> }> {
    if (this.#options.isolation === 'instance') {
      const own = await this.#startOne();
      return { company: inTest(own, own), end: () => own.close() };
    }
    const mingce = await this.#shared();
    if (this.#options.isolation === 'reset') {
      await mingce.reset();
      // What a test asks for are its own calls.
      mingce.requests?.clear();
      return { company: inTest(mingce, mingce), end: () => Promise.resolve() };
    }
    const copy = await mingce.fork();
    return { company: inTest(mingce, copy), end: async () => await copy[Symbol.asyncDispose]() };
  }

  /** Closes the directory. */
  async stop(): Promise<void> {
    const mingce = await this.#mingce;
    this.#mingce = null;
    await mingce?.close();
  }

  #shared(): Promise<Mingce> {
    return (this.#mingce ??= this.#startOne());
  }

  #startOne(): Promise<Mingce> {
    const { isolation: _isolation, ...options } = this.#options;
    return startMingce(options);
  }
}

function inTest(mingce: Mingce, company: CompanyOf): TestCompany {
  const requests = (): NonNullable<Mingce['requests']> => {
    if (mingce.requests === null) throw new Error('The calls are kept only while the sandbox is on.');
    return mingce.requests;
  };
  const ofCompany = (search: string): string =>
    search === '' ? `company:${company.key}` : `company:${company.key} (${search})`;
  const calls = (search = ''): readonly RequestEntry[] => requests().list(ofCompany(search));
  return {
    ...company,
    url: mingce.url,
    fetch: mingce.fetch,
    request: (search = '') => {
      const [newest] = calls(search);
      if (newest !== undefined) return newest;
      throw new Error(`${missing(search)} ${insteadOf(calls(), requests().list())}`);
    },
    calls,
  };
}

function missing(search: string): string {
  return search === ''
    ? "No call to this test's company was answered."
    : `No call to this test's company was answered that "${search}" finds.`;
}

/**
 * Says which call came instead. Calls of other tests are passed over: they look like the one that is missing. One that has no
 * company came with a token or secret that no app has, which is why it is not found.
 */
function insteadOf([own]: readonly RequestEntry[], [last]: readonly RequestEntry[]): string {
  if (last !== undefined && last.company === null)
    return `The newest is of no company, as its token or secret is of no app: ${answerOf(last)}.`;
  return own === undefined ? 'None came at all.' : `The newest is ${answerOf(own)}.`;
}
