import Type from 'typebox';
import { verifySecret } from '../../../../directory/auth/secret.ts';
import type { Call, DialectContext, Reply, Route } from '../../../dialect.ts';
import { CLIENT_CONFIG, CONNECTION_PATH, MAX_CONNECTIONS } from '../../events/connection.ts';
import { issueTicket } from '../../events/ticket.ts';
import { appSettingsOf, DIALECT } from '../../model/settings.ts';
import { createBodyReader } from '../../protocol/body-validation.ts';
import type { Code } from '../../protocol/codes.ts';
import { CONNECTION_CODES } from '../../events/connection-codes.ts';
import { exchangeAt, flatReply, responseContext, type ResponseContext } from '../../protocol/envelope.ts';

const EndpointBody = Type.Object({ AppID: Type.String(), AppSecret: Type.String() });
const readBody = createBodyReader(EndpointBody);

/** Tells a client of the vendor where it opens its long connection. [public: node, go, contract feishu-contact.md 6.6] */
export const longConnection: Route = {
  operation: 'event.long-connection',
  method: 'POST',
  path: '/callback/ws/endpoint',
  body: EndpointBody,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Reply> {
  const opened = responseContext(call, context.now(null));
  const { body } = readBody(call.body);
  if (body === null || body.AppID === '' || body.AppSecret === '')
    return fail(opened, CONNECTION_CODES.credentialsMissing);
  const tenant = await context.store.tenantByApp(DIALECT, body.AppID);
  const app = tenant?.appByKey(DIALECT, body.AppID);
  if (tenant === null || app === undefined) return fail(opened, CONNECTION_CODES.authFailed);
  const exchange = exchangeAt(opened, context.now(tenant));
  if (!verifySecret(body.AppSecret, app.secret)) return fail(exchange, CONNECTION_CODES.authFailed);
  await context.identified?.(call, { tenant, app, token: null });
  if (!app.enabled || !appSettingsOf(app).installed) return fail(exchange, CONNECTION_CODES.forbidden);
  const { connections, ids } = context;
  if (connections?.isServed !== true) return fail(exchange, CONNECTION_CODES.busy);
  if (connections.countOf(tenant.number, app.id) >= MAX_CONNECTIONS) return fail(exchange, CONNECTION_CODES.tooMany);
  const query = new URLSearchParams({
    // Clients read the whole address as a query, so that the first parameter is lost to them. [public: node]
    fpid: '1',
    device_id: digits(ids.hex(12)),
    service_id: digits(ids.hex(6)),
    ticket: issueTicket(app, context.now(null), ids),
  });
  const URL = `${call.origin.replace(/^http/, 'ws')}${CONNECTION_PATH}?${query.toString()}`;
  return flatReply(exchange, CONNECTION_CODES.ok, { data: { URL, ClientConfig: CLIENT_CONFIG } });
}

function digits(hex: string): string {
  return String(Number.parseInt(hex, 16));
}

/** Without `data` the vendor's client fails on reading a member of it, and tries again for ever. [public: node] */
function fail(exchange: ResponseContext, code: Code): Reply {
  return flatReply(exchange, code, { data: {} });
}
