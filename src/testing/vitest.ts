import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { companyInHooks } from './current.ts';
import { judges, type MingceMatchers } from './judge.ts';
import type { TestCompany, TestOptions } from './test-companies.ts';

export type { TestCompany, TestOptions } from './test-companies.ts';

/** Gives each test of a file a company of its own, and `expect` matchers for calls. Call it at the top of the file. */
export function withMingce(options: TestOptions): TestCompany {
  expect.extend(judges);
  return companyInHooks({ beforeAll, afterAll, beforeEach, afterEach }, options);
}

declare module 'vitest' {
  // The names and the parameters are Vitest 5's own.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends MingceMatchers<R> {}
}
