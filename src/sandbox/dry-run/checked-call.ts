import type { Call, MemberNames, Reply, Route } from '../../dialects/dialect.ts';
import { parseJson } from '../../lib/json.ts';
import { completeFields } from '../journal/complete-fields.ts';
import { queryFields } from '../journal/query-fields.ts';
import { isAccepted, saysSuccess } from '../journal/request-view.ts';
import type { CheckedCall } from './contract.ts';

/** Returns what a call came to that was not kept in the journal; `answer` is the body of the reply as it is shown. */
export function checkedCall(
  route: Route,
  call: Call,
  reply: Reply,
  answer: unknown,
  { query, ...names }: Pick<MemberNames, 'selectors' | 'query' | 'reasons'>,
): CheckedCall {
  const { status, outcome } = reply;
  const code = reply.code === undefined ? null : String(reply.code);
  const isSuccess = saysSuccess({ status, code });
  const parsed = parseJson(call.body);
  const body = parsed.ok ? parsed.value : null;
  return {
    status,
    code,
    outcome: !isSuccess ? 'refused' : isAccepted(outcome) ? 'ok' : 'partly',
    body: answer,
    fields: [
      ...completeFields({ body, schema: route.body, outcome, ...names, isSuccess }),
      ...queryFields({ names: call.query.keys(), operation: route.operation, query, isSuccess }),
    ],
  };
}
