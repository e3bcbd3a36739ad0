import Type from 'typebox';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { changeSeats, NAMED_BY } from '../employees/seat-assignment.ts';
import { answer, errorReply } from '../protocol/errors.ts';
import { BAD_JSON, authenticated, readBody } from '../auth/guarded-route.ts';
import { compiledOnUse } from '../protocol/compiled-on-use.ts';

const Names = Type.Optional(Type.Union([Type.Array(Type.String()), Type.Null()]));
const Seats = Type.Object({
  type: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  addStaff: Names,
  delStaff: Names,
});
const seats = compiledOnUse(Seats);

async function authStaff({ tenant, app }: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  if (!seats.Check(body.value)) return errorReply(BAD_JSON);
  const { type, addStaff, delStaff } = body.value;
  const space = NAMED_BY.get(type ?? '');
  if (space === undefined) return errorReply({ kind: 'unknown', subject: 'query-type', value: type ?? '' });
  const at = context.now(tenant);
  const origin = { dialect: 'hose', operation: 'charge.authStaff', app: app.id, request: call.requestId, at };
  // Both lists may be empty [public: contacts/auth-staffs.md], and one that is absent counts as such [proposed].
  const request = { space, add: addStaff ?? [], remove: delStaff ?? [] };
  const { isDone, records } = await context.store.write(() => changeSeats(request, tenant.number, origin));
  return answer({ value: isDone }, { records });
}

/** 授权员工. */
export const staffSeatRoutes: readonly Route[] = [
  {
    operation: 'charge.authStaff',
    method: 'POST',
    path: '/api/openapi/v1/charge/powers/authStaff',
    body: Seats,
    answer: authenticated('contact-sync', authStaff),
  },
];
