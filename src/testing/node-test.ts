import { AssertionError } from 'node:assert';
import { after } from 'node:test';
import { judges, type Judgement } from './judge.ts';
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
type Assertion<Judge> = Judge extends (...args: infer Args) => infer Said
  ? (...args: Args) => Said extends Promise<Judgement> ? Promise<void> : void
  : never;

/** The matchers as functions that throw: `assertThat.toHaveApplied(entry, 'mobile')`. */
export const assertThat = Object.fromEntries(
  Object.entries<(...args: never[]) => Judgement | Promise<Judgement>>(judges).map(([name, judge]) => [
    name,
    (...args: readonly unknown[]): Promise<void> | void => {
      const judgement = judge(...(args as never[]));
      return judgement instanceof Promise ? judgement.then(demand) : demand(judgement);
    },
  ]),
) as unknown as { readonly [Name in keyof Judges]: Assertion<Judges[Name]> };

function demand({ pass, message }: Judgement): void {
  if (!pass) throw new AssertionError({ message: message() });
}
