import { startMingce, type Mingce, type StartOptions } from '../app.ts';
import type { CompanyOf } from '../company-handles.ts';
import type { RequestEntry } from '../sandbox/library/contract.ts';

/** How tests share one directory. */
export interface TestOptions extends StartOptions {
  /**
   * `fork` (the default): each test has a copy of the company of its own. `reset`: all have the same company, which is as
   * its file made it when a test begins.
   */
  readonly isolation?: 'fork' | 'reset';
}

/** What a test does with its company. */
export interface TestCompany extends CompanyOf {
  /** The base URL to give to a client. */
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
  /** Returns the newest call to this company that a search finds, with what became of each member. */
  request(search?: string): RequestEntry;
}

/** A company for each test, of one directory in memory. */
export class TestCompanies {
  readonly #options: TestOptions;
  #mingce: Promise<Mingce> | null = null;

  constructor(options: TestOptions) {
    this.#options = options;
  }

  /** Starts the directory, once. */
  start(): Promise<Mingce> {
    const { isolation: _isolation, ...options } = this.#options;
    return (this.#mingce ??= startMingce(options));
  }

  /** Makes the company of one test; `end` is for when the test is over. */
  async next(): Promise<{ readonly company: TestCompany; readonly end: () => Promise<void> }> {
    const mingce = await this.start();
    if (this.#options.isolation === 'reset') {
      await mingce.reset();
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
}

function inTest(mingce: Mingce, company: CompanyOf): TestCompany {
  return {
    ...company,
    url: mingce.url,
    fetch: mingce.fetch,
    request: (search = '') => {
      if (mingce.requests === null) throw new Error('The calls are kept only while the sandbox is on.');
      return mingce.requests.last(`company:${company.key} ${search}`);
    },
  };
}
