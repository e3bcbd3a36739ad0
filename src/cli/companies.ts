import type { AdminPorts } from './admin-ports.ts';
import { withStoreAt, withTarget, type StorePurpose, type TargetOptions } from './target.ts';

/** Opens the companies of a store, here or on a running server, for as long as the work takes. */
export function withCompanies<Result>(
  options: TargetOptions,
  work: (companies: AdminPorts['companies']) => Promise<Result>,
  purpose: StorePurpose = { makes: false },
): Promise<Result> {
  return withTarget(options, {
    local: (url) =>
      withStoreAt(
        url,
        async (store) => {
          // With the dialects, which a command that calls a server need not load.
          const { localCompanies } = await import('./local-companies.ts');
          return await work(localCompanies(store));
        },
        purpose,
      ),
    remote: ({ companies }) => work(companies),
  });
}
