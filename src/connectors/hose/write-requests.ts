import type { OutboundRequest } from '../connector.ts';
import type { Operation, RequestPart, WriteRequest } from '../writing.ts';

/**
 * Composes a request that writes. Each may be repeated: updates carry whole values, and a second creation is refused by
 * its mobile, mail or id (contract 5.3), or by its name among siblings (contract 5.6).
 */
export function write(
  operation: Operation,
  call: string,
  method: 'POST' | 'PUT',
  path: string,
  body: object,
  parts: readonly RequestPart[],
  query: OutboundRequest['query'] = [],
): WriteRequest {
  return {
    operation,
    call,
    method,
    path: `/api/openapi${path}`,
    query: [['accessToken', '{token:app_security}'], ...query],
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    parts,
    isRepeatable: true,
  };
}
