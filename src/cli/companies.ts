import { companyFiles } from '../company/company-files.ts';
import { dialects } from '../dialects/registry.ts';
import { systemClock } from '../lib/clock.ts';
import { randomIds } from '../lib/ids.ts';
import type { AdminPorts } from './admin-ports.ts';
import { withStoreAt, withTarget, type TargetOptions } from './target.ts';

/** Opens the companies of a store, here or on a running server, for as long as the work takes. */
export function withCompanies<Result>(
  options: TargetOptions,
  work: (companies: AdminPorts['companies']) => Promise<Result>,
): Promise<Result> {
  return withTarget(options, {
    local: (url) => withStoreAt(url, (store) => work(companyFiles(store, dialects, systemClock, randomIds))),
    remote: ({ companies }) => work(companies),
  });
}
