import type { AdminPorts } from './admin-ports.ts';
import { didYouMean } from '../lib/did-you-mean.ts';
import { CommandError } from './error-message.ts';
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

/** Returns what is said of a company that is not there: which one may have been meant, or that nothing is kept here at all. */
export async function unknownCompany(
  key: string,
  companies: Pick<AdminPorts['companies'], 'keys'>,
): Promise<CommandError> {
  const keys = await companies.keys();
  const missing = `There is no company "${key}" here`;
  if (keys.length === 0)
    return new CommandError(`${missing}, nor any other; name another place with --data, --store or --server.`);
  const close = didYouMean(key, keys);
  const meant = close.length === 0 ? '' : ` did you mean ${close.join(' or ')}?`;
  return new CommandError(`${missing};${meant} mingce list names those there are.`);
}
