import { TestCompanies, type TestCompany, type TestOptions } from './test-companies.ts';

/** What of a test runner is needed: the hooks of a file of tests. */
export interface Hooks {
  beforeAll(run: () => Promise<void>): void;
  afterAll(run: () => Promise<void>): void;
  beforeEach(run: () => Promise<void>): void;
  afterEach(run: () => Promise<void>): void;
}

/** Gives each test of a file a company of its own; the tests run one after the other. */
export function companyInHooks(hooks: Hooks, options: TestOptions): TestCompany {
  const companies = new TestCompanies(options);
  let current: Awaited<ReturnType<TestCompanies['next']>> | null = null;
  hooks.beforeAll(async () => {
    await companies.start();
  });
  hooks.beforeEach(async () => {
    current = await companies.next();
  });
  hooks.afterEach(async () => {
    await current?.end();
    current = null;
  });
  hooks.afterAll(() => companies.stop());
  const now = (): TestCompany => {
    if (current !== null) return current.company;
    throw new Error('There is a company only while a test runs: ask for it in the test, not beside it.');
  };
  // Each member is that of the running test's company.
  return new Proxy({} as TestCompany, { get: (_target, name) => Reflect.get(now(), name) as unknown });
}
