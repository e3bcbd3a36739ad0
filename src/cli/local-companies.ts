import { companyFiles } from '../company/company-files.ts';
import { dialects } from '../dialects/registry.ts';
import type { Store } from '../directory/store.ts';
import { readFileFaults } from '../file-faults.ts';
import { systemClock } from '../lib/time/clock.ts';
import { randomIds } from '../lib/ids.ts';
import type { AdminPorts } from './admin-ports.ts';

/** Returns the companies of a store that is open here. */
export function localCompanies(store: Store): AdminPorts['companies'] {
  return companyFiles(store, dialects, systemClock, randomIds, { readFaults: readFileFaults });
}
