import { AssertionError } from 'node:assert';
import { after } from 'node:test';
import type { RequestEntry } from '../sandbox/library/contract.ts';
import { judges } from './judge.ts';
import { TestCompanies, type TestCompany, type TestOptions } from './test-companies.ts';

export type { TestCompany, TestOptions } from './test-companies.ts';

/** What of a test is needed: its hook for the end. */
interface Ending {
  after(run: () => Promise<void>): void;
}

/** Starts one directory for a file of tests; the answer makes the company of a test: `await companyFor(t)`. */
export function mingceFor(options: TestOptions): (test: Ending) => Promise<TestCompany> {
  const companies = new TestCompanies(options);
  after(() => companies.stop());
  return async (test) => {
    const { company, end } = await companies.next();
    test.after(end);
    return company;
  };
}

type Judges = typeof judges;

/** The matchers as functions that throw: `assertThat.toHaveApplied(entry, 'mobile')`. */
export const assertThat = Object.fromEntries(
  Object.entries(judges).map(([name, judge]) => [
    name,
    (entry: RequestEntry, ...more: readonly unknown[]) => {
      const { pass, message } = (
        judge as (entry: RequestEntry, ...more: readonly unknown[]) => ReturnType<Judges['toHaveCleared']>
      )(entry, ...more);
      if (!pass) throw new AssertionError({ message: message() });
    },
  ]),
) as { readonly [Name in keyof Judges]: (...args: Parameters<Judges[Name]>) => void };
