import type { Dialect, Reply } from '../../dialects/dialect.ts';
import type { MadeCall } from '../acting/app-call.ts';
import type { JournalEntry } from '../journal/entry.ts';

/** Makes an entry of a call that was only tried, to be looked at as those of the journal are. Its token is not in it. */
export function unsentEntry(
  { route, call, token }: Pick<MadeCall, 'route' | 'call' | 'token'>,
  { status, code, outcome, headers }: Reply,
  { dialect, company, app }: { readonly dialect: Dialect; readonly company: string; readonly app: string },
): JournalEntry {
  const query = new URLSearchParams([...call.query].filter(([, value]) => value !== token)).toString();
  const kept = Object.entries(call.headers).filter(([, value]) => value?.includes(token) !== true);
  return {
    seq: 0,
    id: call.requestId,
    at: call.receivedAt,
    durationMs: 0,
    company,
    platform: dialect.name,
    operation: route.operation,
    app,
    client: { userAgent: '', address: call.peer },
    method: call.method,
    target: query === '' ? call.path : `${call.path}?${query}`,
    status,
    ended: 'sent',
    injected: null,
    companyAt: null,
    code: code === undefined ? null : String(code),
    request: { headers: Object.fromEntries(kept), bytes: call.body.length, body: Buffer.from(call.body), held: 0 },
    response: { headers: { ...headers }, bytes: 0, body: null, held: 0 },
    outcome,
    schema: route.body,
    names: dialect.memberNames,
  };
}
