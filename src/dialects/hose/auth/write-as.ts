import { attributed } from '../../../directory/history/attributed.ts';
import type { Decision, StoreTask } from '../../../directory/store.ts';
import type { Call, DialectContext } from '../../dialect.ts';
import type { Caller } from './caller.ts';

/** Runs a work that writes the company itself; the history says who asked for it, by which operation. */
export function writeAs<Answer>(
  operation: string,
  { app }: Caller,
  { requestId: request }: Call,
  { store }: Pick<DialectContext, 'store'>,
  at: number,
  work: () => StoreTask<Decision<Answer>>,
): Promise<Answer> {
  const origin = { dialect: 'hose', operation, app: app.id, request, at };
  return store.write(() => attributed(origin, work()));
}
