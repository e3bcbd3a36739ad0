import type { Reply } from '../../dialect.ts';
import type { Wrong } from './query-conditions.ts';
import { refuse, type Exchange } from './envelope.ts';

/** The answer to a request for a list that cannot be shown. */
export function refuseWrong(exchange: Exchange, { code, field }: Wrong): Reply {
  return refuse(exchange, code, { field_violations: [{ field, value: '', description: code.msg }] });
}
