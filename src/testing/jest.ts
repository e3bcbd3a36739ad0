import { companyInHooks, type Hooks } from './current.ts';
import { judges, type MingceMatchers } from './judge.ts';
import type { TestCompany, TestOptions } from './test-companies.ts';

export type { TestCompany, TestOptions } from './test-companies.ts';

/** The globals that Jest gives a file of tests. */
interface JestGlobals extends Hooks {
  readonly expect?: { extend(matchers: typeof judges): void };
}

/** Gives each test of a file a company of its own, and `expect` matchers for calls. Call it at the top of the file. */
export function withMingce(options: TestOptions): TestCompany {
  const globals = globalThis as unknown as JestGlobals;
  if (globals.expect === undefined) {
    throw new Error('Jest’s globals are not there: call withMingce in a file of tests, with injectGlobals on.');
  }
  globals.expect.extend(judges);
  return companyInHooks(globals, options);
}

declare global {
  // The names and the parameter are those of `@types/jest`.
  namespace jest {
    interface Matchers<R> extends MingceMatchers<R> {}
  }
}
