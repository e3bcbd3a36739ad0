import type { Static, TObject, TSchema } from 'typebox';
import type { Call, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import {
  contactIdKindsOf,
  idKindsOf,
  refusalReply,
  validationErrorReply,
  type IdKinds,
  type OperationContext,
} from '../auth/guarded-route.ts';
import { checkOperationAllowed } from '../auth/operation-permission.ts';
import { createBodyReader, type BodyRead } from '../protocol/body-validation.ts';
import type { FieldViolation } from '../protocol/envelope.ts';
import { answerTo } from '../protocol/errors.ts';
import type { Operation } from '../protocol/operations.ts';
import { authenticated } from './lifecycle/authenticated.ts';

/** An operation whose caller is known and whose kinds of ids and body were read before it answers. */
export interface OperationRoute<Schema extends TSchema> {
  readonly operation: Operation;
  readonly method: Route['method'];
  readonly path: string;
  /** Absent where no body is read. */
  readonly body?: Schema;
  /** Whether the body may be left out: an empty one means `{}`. */
  readonly isBodyOptional?: true;
  /** What is wrong with the request beside its kinds of ids and its body; answered after these. */
  readonly violationsIn?: (call: Call) => readonly FieldViolation[];
  readonly answer: (operation: OperationContext, kinds: IdKinds, body: Static<Schema>) => Promise<Reply>;
}

type KindReader = (query: URLSearchParams, caller: Caller) => IdKinds;

/** Makes a route of the directory API, which names employees by `employee_id_type`. */
export function directoryRoute<Schema extends TSchema = TObject<{}>>(route: OperationRoute<Schema>): Route {
  return routeReading(idKindsOf, route);
}

/** Makes a route that reads over the directory API: whether the operation is allowed is checked first (S6). */
export function directoryRead<Schema extends TSchema = TObject<{}>>(route: OperationRoute<Schema>): Route {
  return directoryRoute<Schema>({
    ...route,
    answer: async (operation, kinds, body) => {
      const refusal = checkOperationAllowed(operation.caller, operation.name);
      return refusal === null
        ? route.answer(operation, kinds, body)
        : refusalReply(operation.exchange, refusal, answerTo(refusal.problem));
    },
  });
}

/** Makes a route of the contact API, which names employees by `user_id_type`. */
export function contactRoute<Schema extends TSchema = TObject<{}>>(route: OperationRoute<Schema>): Route {
  return routeReading(contactIdKindsOf, route);
}

function routeReading<Schema extends TSchema>(readKinds: KindReader, route: OperationRoute<Schema>): Route {
  const { operation: name, method, path, body: schema, violationsIn } = route;
  const readBody = schema === undefined ? noBody<Schema> : createBodyReader(schema);
  const isBodyOptional = route.isBodyOptional === true;
  return {
    operation: name,
    method,
    path,
    ...(schema === undefined ? {} : { body: schema }),
    answer: authenticated(name, async (operation) => {
      const { call, caller, exchange } = operation;
      const kinds = readKinds(call.query, caller);
      const read = readBody(isBodyOptional && call.body.length === 0 ? EMPTY_OBJECT : call.body);
      const violations = violationsIn === undefined ? kinds.violations : [...kinds.violations, ...violationsIn(call)];
      if ('violations' in read) return validationErrorReply(exchange, read.violations, violations);
      if (violations.length > 0) return validationErrorReply(exchange, [], violations);
      return route.answer(operation, kinds, read.body);
    }),
  };
}

const EMPTY_OBJECT = new TextEncoder().encode('{}');

/** What a route that reads no body is given: its schema is the default one, of no members. */
function noBody<Schema extends TSchema>(): BodyRead<Static<Schema>> {
  return { body: {} as Static<Schema> };
}
