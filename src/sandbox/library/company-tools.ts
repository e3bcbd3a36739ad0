import type { CompanyClocks } from '../clock/company-clocks.ts';
import type { SandboxMode } from '../snapshots/contract.ts';
import { clockOf } from './clock.ts';
import type { CompanyTools } from './contract.ts';

/** What the tools of companies are made of. */
export interface CompanyToolsOptions {
  readonly clocks: CompanyClocks;
  readonly companies: { keys(): Promise<readonly string[]> };
  readonly sandbox: SandboxMode;
}

/** Makes the tools of a company; of the only one where no key is given. */
export function companyTools(given: string | null, { clocks, companies, sandbox }: CompanyToolsOptions): CompanyTools {
  const company = async (): Promise<string> => {
    if (given !== null) return given;
    const keys = await companies.keys();
    const [only] = keys;
    if (keys.length === 1 && only !== undefined) return only;
    throw new Error(`There are ${String(keys.length)} companies; name one: mingce.company("key").`);
  };
  const changing = (): Promise<string> => {
    if (sandbox === 'on') return company();
    return Promise.reject(new Error(`This needs the sandbox to be on; it is ${sandbox}.`));
  };
  return { clock: clockOf(clocks, company, changing) };
}
