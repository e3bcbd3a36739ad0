import { TestCompanies, type TestCompany, type TestOptions } from './test-companies.ts';

/** What of a test runner is needed: the hooks of a file of tests. */
export interface Hooks {
  beforeAll(run: () => Promise<void>): void;
  afterAll(run: () => Promise<void>): void;
  beforeEach(run: () => Promise<void>): void;
  afterEach(run: () => Promise<void>): void;
}

const AT_ONCE =
  'Tests of this file run at the same time (concurrent), and withMingce has one company at a time: run them one after the other, or use startMingce and fork() in each.';

/** Gives each test of a file a company of its own; the tests run one after the other, and are refused where they do not. */
export function companyInHooks(hooks: Hooks, options: TestOptions): TestCompany {
  const companies = new TestCompanies(options);
  let current: Awaited<ReturnType<TestCompanies['next']>> | null = null;
  hooks.beforeAll(async () => {
    await companies.start();
  });
  let running = 0;
  hooks.beforeEach(async () => {
    // Which of several tests asks is not known: each would get the company of the one that began last.
    if (++running > 1) throw new Error(AT_ONCE);
    current = await companies.next();
  });
  hooks.afterEach(async () => {
    running = Math.max(0, running - 1);
    // One that was refused has none, and leaves that of the other alone.
    if (running > 0) return;
    const over = current;
    current = null;
    await over?.end();
  });
  hooks.afterAll(() => companies.stop());
  const now = (): TestCompany => {
    if (current !== null) return current.company;
    throw new Error(
      'There is a company only while a test runs: ask for it in the test, not beside it, and not in one that is concurrent.',
    );
  };
  // Each member is that of the running test's company.
  return new Proxy({} as TestCompany, { get: (_target, name) => Reflect.get(now(), name) as unknown });
}
