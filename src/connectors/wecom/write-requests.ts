import type { OutboundRequest, Words } from '../connector.ts';
import type { Operation, PartField, WriteRequest } from '../writing.ts';

/** The secret that writes contacts (contract wecom 1.7). */
export const CONTACT = 'contact';

/** Why contacts cannot be written without it. */
export const NO_CONTACT: Words = {
  en: 'Needs the secret contact: 通讯录同步 with the right to edit.',
  zh: '需要 contact：具有编辑权限的“通讯录同步”。',
};

/** What a request needs to be said. */
export interface WriteSpec {
  readonly operation: Operation;
  readonly call: string;
  readonly secret?: string;
  readonly query?: OutboundRequest['query'];
  /** Null: the call has none, and is a GET. */
  readonly body: object | null;
  readonly subject: string;
  readonly fields: readonly PartField[];
}

/**
 * Composes a request that writes. Each may be repeated: updates carry whole values, and a second creation is refused by its
 * userid (60102), or a department by its name among siblings (60008).
 */
export function write(spec: WriteSpec): WriteRequest {
  const { operation, call, secret = CONTACT, query = [], body, subject, fields } = spec;
  return {
    operation,
    call,
    method: body === null ? 'GET' : 'POST',
    path: `/cgi-bin/${call}`,
    query: [['access_token', `{token:${secret}}`], ...query],
    headers: body === null ? {} : { 'content-type': 'application/json' },
    body: body === null ? null : JSON.stringify(body),
    parts: [{ subject, fields }],
    isRepeatable: true,
  };
}
