import { hash } from 'node:crypto';
import { hashToken } from '../../../directory/auth/secret.ts';
import type { Token } from '../../../directory/auth/token.ts';
import { load, type Effect, type StoreTask } from '../../../directory/store.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { parseJson } from '../../../lib/json.ts';
import type { Call } from '../../dialect.ts';
import { DIALECT } from '../model/settings.ts';
import type { Operation } from '../protocol/operations.ts';
import type { Caller } from './caller.ts';
import { TOKEN_KIND } from './token-grants.ts';

/*
 * `client_token` makes a request to create something good for once: the same token with equal parameters gets the first
 * answer again, and with others 40021. A request that was refused binds nothing. [contract feishu-contact.md 2.6, 9.1] What
 * was answered is kept among the tokens of the app, sealed as they are, so that every node and a restarted server know it.
 */

/** For so long a first answer is kept. [proposed, contract feishu-contact.md 2.6] */
const KEPT_MS = 86_400_000;

/** A `client_token` as sent, and a digest of everything else in the request. */
export interface ClientToken {
  readonly hash: string;
  readonly parameters: string;
}

/** What is kept of the first request. */
interface FirstAnswer {
  readonly parameters: string;
  readonly data: object;
}

/** Reads `client_token`; null where none was sent. One name space for each app and operation. */
export function clientTokenOf(
  { query, body }: Call,
  { tenant, app }: Caller,
  operation: Operation,
): ClientToken | null {
  const sent = query.get('client_token') ?? '';
  if (sent === '') return null;
  const others = [...query]
    .filter(([name]) => name !== 'client_token')
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  const parsed = parseJson(body);
  const parameters = hash('sha256', JSON.stringify([others, inOrder(parsed.ok ? parsed.value : null)]), 'base64url');
  return { hash: hashToken(JSON.stringify(['client_token', tenant.number, app.id, operation, sent])), parameters };
}

/** The value with the members of each object in one order: parameters are equal whatever order they were sent in. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => [name, inOrder(member)]);
}

/** The first answer to the token: null where there is none, `other` where it answered another request. */
export function* firstAnswerTo(token: ClientToken, at: number): StoreTask<object | 'other' | null> {
  const kept = yield* load('token', { hash: token.hash });
  if (kept === null || kept.kind !== TOKEN_KIND.client || kept.expiresAt <= at) return null;
  // Only `keepFirstAnswer` keeps tokens of this kind.
  const { parameters, data } = kept.detail as FirstAnswer;
  return parameters === token.parameters ? data : 'other';
}

/** Keeps what was answered, in the place of an answer that is too old. */
export function keepFirstAnswer(
  { hash: name, parameters }: ClientToken,
  { tenant, app }: Caller,
  data: object,
  at: number,
): readonly Effect[] {
  const detail: FirstAnswer = { parameters, data };
  const token: Token = {
    hash: name,
    dialect: DIALECT,
    kind: TOKEN_KIND.client,
    tenant: tenant.number,
    app: app.id,
    nonce: null,
    pairedHash: null,
    detail,
    issuedAt: at,
    expiresAt: at + KEPT_MS,
  };
  return [
    { write: 'token-end', hash: name },
    { write: 'token', token },
  ];
}
