import type { Call, House, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { editions, type Edition } from './api-version.ts';
import { gated, notFound, type Module } from '../auth/guarded-route.ts';
import { withoutDollar } from '../model/ids.ts';

/** A path without its `$` is no path of Hose's, whatever else is wrong with the call [proposed]. */
export function addressed(
  module: Module,
  answerFor: (staff: string, caller: Caller, call: Call, house: House) => Promise<Reply>,
): Route['answer'] {
  const admitted = gated(module, (caller, call, house) =>
    answerFor(withoutDollar(call.params['staffId'] ?? '') ?? '', caller, call, house),
  );
  return (call, house) =>
    withoutDollar(call.params['staffId'] ?? '') === null ? Promise.resolve(notFound()) : admitted(call, house);
}

/** What `type` says: `id` where it is absent or empty; null for anything but `id` and `code` [proposed]. */
export function editionOf(call: Call): Edition | null {
  switch (call.query.get('type') ?? '') {
    case '':
    case 'id':
      return editions.byId;
    case 'code':
      return editions.byCode;
    default:
      return null;
  }
}
