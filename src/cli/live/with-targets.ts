import { readConfig } from '../../config.ts';
import type { CompanyTargets } from '../../delivery/targets/company-targets.ts';
import type { Store } from '../../directory/store.ts';
import { TargetError } from '../../directory/targets/target-view.ts';
import { companyTargets, placeOf } from '../../live-targets/live-targets.ts';
import type { AdminRequest } from '../admin-client.ts';
import { CommandError } from '../error-message.ts';
import { withStoreAt, withTarget, type TargetOptions } from '../target.ts';

/** What a command does with the live tenants that a store here has, and with those of a running server. */
interface TargetsWork<Result> {
  readonly local: (targets: CompanyTargets, store: Store) => Promise<Result>;
  readonly remote: (request: AdminRequest) => Promise<Result>;
}

/** Reaches what is kept of live tenants, here or on a running server, for as long as the work takes. A refusal becomes a sentence. */
export async function withTargets<Result>(
  options: TargetOptions,
  { local, remote }: TargetsWork<Result>,
): Promise<Result> {
  try {
    return await withTarget(options, {
      local: (url) =>
        withStoreAt(url, (store) =>
          local(
            companyTargets(() => store, placeOf(url, readConfig({}).installation)),
            store,
          ),
        ),
      remote: (_, request) => remote(request),
    });
  } catch (error) {
    if (error instanceof TargetError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}
