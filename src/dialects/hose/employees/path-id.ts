import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { updateVariants, type UpdateVariant } from './api-version.ts';
import { authenticated, notFound, type LicensedModule } from '../auth/guarded-route.ts';
import { withoutDollar } from '../model/ids.ts';

/** A path without its `$` is no path of Hose's, whatever else is wrong with the call [proposed]. */
export function withPathId(
  module: LicensedModule,
  answerFor: (staff: string, caller: Caller, call: Call, context: DialectContext) => Promise<Reply>,
): Route['answer'] {
  const admitted = authenticated(module, (caller, call, context) =>
    answerFor(withoutDollar(call.params['staffId'] ?? '') ?? '', caller, call, context),
  );
  return (call, context) =>
    withoutDollar(call.params['staffId'] ?? '') === null ? Promise.resolve(notFound()) : admitted(call, context);
}

/** What `type` says: `id` where it is absent or empty; null for anything but `id` and `code` [proposed]. */
export function editionOf(call: Call): UpdateVariant | null {
  switch (call.query.get('type') ?? '') {
    case '':
    case 'id':
      return updateVariants.byId;
    case 'code':
      return updateVariants.byCode;
    default:
      return null;
  }
}
