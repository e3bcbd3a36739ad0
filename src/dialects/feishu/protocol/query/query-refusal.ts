import type { Reply } from '../../../dialect.ts';
import type { QueryError } from './query-conditions.ts';
import { errorReply, type ResponseContext } from '../envelope.ts';

/** The answer to a request for a list that cannot be shown. */
export function queryErrorReply(exchange: ResponseContext, { code, field }: QueryError): Reply {
  return errorReply(exchange, code, { field_violations: [{ field, value: '', description: code.msg }] });
}
