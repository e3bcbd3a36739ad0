import type { CompanyClocks } from '../clock/company-clocks.ts';
import type { CompanyFaults } from '../faults/company-faults.ts';
import type { CompanyStates, SandboxMode } from '../snapshots/contract.ts';
import { appTools, type AppToolsOptions } from './apps.ts';
import type { CompanyHistory } from '../history/company-history.ts';
import { clockOf } from './clock.ts';
import { historyTools } from './history.ts';
import type { CompanyTools } from './contract.ts';
import { faultsOf } from './faults.ts';
import { stateTools } from './states.ts';

/** What the tools of companies are made of. */
export interface CompanyToolsOptions extends Pick<AppToolsOptions, 'profiles' | 'known' | 'url' | 'fetch'> {
  readonly clocks: CompanyClocks;
  readonly states: CompanyStates;
  readonly faults: CompanyFaults;
  readonly companies: { keys(): Promise<readonly string[]> };
  readonly history: CompanyHistory;
  readonly sandbox: SandboxMode;
  /** The company that it was started with; null where that were none or several. */
  readonly first: string | null;
  /** A name that is not used yet. */
  readonly freshName: () => string;
}

/** Makes the tools of a company; of the one that it was started with, or the only one, where no key is given. */
export function companyTools<Platform extends string>(
  given: string | null,
  { clocks, faults, states, history, companies, sandbox, first, freshName, ...apps }: CompanyToolsOptions,
): CompanyTools<Platform> {
  const known = given ?? first;
  const company = async (): Promise<string> => {
    if (known !== null) return known;
    const keys = await companies.keys();
    const [only] = keys;
    if (keys.length === 1 && only !== undefined) return only;
    throw new Error(`There are ${String(keys.length)} companies; name one: mingce.company("key").`);
  };
  const changing = (): Promise<string> => {
    if (sandbox === 'on') return company();
    return Promise.reject(new Error(`This needs the sandbox to be on; it is ${sandbox}.`));
  };
  return {
    clock: clockOf(clocks, company, changing),
    faults: faultsOf(faults, company, changing),
    ...stateTools({ states, company, freshName }),
    ...historyTools({ history, company, changing, freshName }),
    ...appTools<Platform>({ ...apps, company, given: () => known }),
  };
}
