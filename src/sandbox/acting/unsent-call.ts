import type { Call } from '../../dialects/dialect.ts';
import { parseJson } from '../../lib/json.ts';
import type { WholeRequestView } from '../journal/contract.ts';

/** What the journal keeps in the place of a token, which programs fill in. */
const KEPT_TOKEN = '[secret 00000000]';

/** Shows a call that was not sent as the journal would show it, to be written as a program. */
export function unsentCall(
  call: Call,
  about: { readonly platform: string; readonly app: string; readonly operation: string; readonly token: string },
): WholeRequestView {
  const { platform, app, operation, token } = about;
  const search = call.query.toString();
  const target = search === '' ? call.path : `${call.path}?${search}`;
  const headers = Object.entries(call.headers).flatMap(([name, value]) =>
    value === undefined || (name === 'content-type' && call.body.length === 0)
      ? []
      : [[name, value.replaceAll(token, KEPT_TOKEN)] as const],
  );
  return {
    id: call.requestId,
    at: '',
    direction: 'in',
    company: null,
    platform,
    app,
    employee: null,
    operation,
    method: call.method,
    path: target.replaceAll(token, KEPT_TOKEN),
    status: null,
    code: null,
    outcome: 'ok',
    duration_ms: 0,
    client: { user_agent: '', address: '' },
    fields: [],
    ended: 'sent',
    injected: null,
    request: { headers: Object.fromEntries(headers), bytes: call.body.length, body: bodyOf(call.body) },
    response: { headers: {}, bytes: 0, body: null },
  };
}

function bodyOf(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return null;
  const parsed = parseJson(bytes);
  return parsed.ok ? parsed.value : new TextDecoder().decode(bytes);
}
