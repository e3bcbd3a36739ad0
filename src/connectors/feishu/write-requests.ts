import type { OutboundRequest } from '../connector.ts';
import type { Known, Operation, RequestPart, WriteRequest } from '../writing.ts';

const HEADERS = { authorization: 'Bearer {token:app_secret}', 'content-type': 'application/json; charset=utf-8' };

/** What a request needs to be said. */
export interface WriteSpec {
  readonly operation: Operation;
  readonly call: string;
  readonly method: OutboundRequest['method'];
  readonly path: string;
  readonly body: object | null;
  readonly part: RequestPart;
}

/**
 * Composes a request that writes. Each may be repeated: an update carries whole values, and whatever is made has an id
 * that is chosen here, which a second one would be refused for.
 */
export function write({ operation, call, method, path, body, part }: WriteSpec, known: Known): WriteRequest {
  return {
    operation,
    call,
    method,
    path: `/open-apis${path}`,
    query: call.startsWith('contact.')
      ? [['user_id_type', known.setup.personId === 'open_id' ? 'open_id' : 'user_id']]
      : [
          ['employee_id_type', known.setup.personId ?? 'employee_id'],
          ['department_id_type', 'open_department_id'],
        ],
    headers: HEADERS,
    body: body === null ? null : JSON.stringify(body),
    parts: [part],
    isRepeatable: true,
  };
}
