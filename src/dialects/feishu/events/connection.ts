import type { Store } from '../../../directory/store.ts';
import type {
  Admission,
  AdmissionContext,
  ConnectionProtocol,
  ConnectionRefusal,
  ConnectionSession,
  Received,
} from '../../event-connections.ts';
import { appSettingsOf, DIALECT } from '../model/settings.ts';
import { CONNECTION_CODES } from './connection-codes.ts';
import type { Code } from '../protocol/codes.ts';
import { decodeFrame, encodeFrame, type Frame } from './frames.ts';
import { appNamedIn, UsedTickets } from './ticket.ts';

/** Where the connection is opened, on this server. */
export const CONNECTION_PATH = '/callback/ws';
/** Of one app at a time. [public: node, contract feishu-contact.md 6.6] */
export const MAX_CONNECTIONS = 50;

/**
 * When clients ping and connect again, in seconds: the vendor's clients lose their timers where one of the four is
 * missing. The ping is as seen, the rest are the clients' own defaults. [live, public: node, contract
 * feishu-contact.md 6.6]
 */
export const CLIENT_CONFIG = {
  ReconnectCount: -1,
  ReconnectInterval: 120,
  ReconnectNonce: 30,
  PingInterval: 120,
} as const;

/** The long connection of the vendor's clients. [contract feishu-contact.md 6.6] */
export const connectionProtocol: ConnectionProtocol = {
  path: CONNECTION_PATH,
  admit,
  maxPerApp: MAX_CONNECTIONS,
  full: refusal(514, CONNECTION_CODES.tooMany),
  // A client answers with the frame that it got, without its payload.
  maxMessageBytes: 256 * 1024,
  silenceMs: 3 * CLIENT_CONFIG.PingInterval * 1_000,
};

const used = new WeakMap<Store, UsedTickets>();

async function admit(query: URLSearchParams, context: AdmissionContext): Promise<Admission | ConnectionRefusal> {
  const ticket = query.get('ticket') ?? '';
  const service = Number(query.get('service_id'));
  const key = appNamedIn(ticket);
  const tenant = key === null ? null : await context.store.tenantByApp(DIALECT, key);
  const app = key === null ? undefined : tenant?.appByKey(DIALECT, key);
  if (tenant === null || app === undefined || !Number.isInteger(service))
    return refusal(403, CONNECTION_CODES.forbidden);
  let tickets = used.get(context.store);
  if (tickets === undefined) used.set(context.store, (tickets = new UsedTickets()));
  if (!tickets.redeem(ticket, app, context.now(null))) return refusal(403, CONNECTION_CODES.forbidden);
  if (!app.enabled || !appSettingsOf(app).installed) return refusal(403, CONNECTION_CODES.forbidden);
  return { tenant, app, session: new Session(service) };
}

/** The handshake is refused by headers. [public: go, contract feishu-contact.md 6.6] */
function refusal(status: number, { code, msg }: Code): ConnectionRefusal {
  return {
    // No HTTP status has the number of the refusal.
    status: 403,
    headers: {
      'Handshake-Status': String(status),
      'Handshake-Msg': msg,
      'Handshake-Autherrcode': String(code),
    },
  };
}

/** More of an event is sent in several frames. [proposed] */
const MAX_PAYLOAD = 128 * 1024;
const CONTROL = 0;
const DATA = 1;

/** The frames of one connection. */
class Session implements ConnectionSession {
  readonly #service: number;
  #sent = 0n;

  constructor(service: number) {
    this.#service = service;
  }

  messages(eventId: string, body: string): readonly Uint8Array[] {
    const payload = Buffer.from(body);
    const sum = Math.max(1, Math.ceil(payload.length / MAX_PAYLOAD));
    return Array.from({ length: sum }, (_one, seq) =>
      this.#frame(
        DATA,
        { type: 'event', message_id: eventId, sum: String(sum), seq: String(seq), trace_id: eventId },
        payload.subarray(seq * MAX_PAYLOAD, (seq + 1) * MAX_PAYLOAD),
      ),
    );
  }

  received(message: Uint8Array): Received | null {
    const frame = decodeFrame(message);
    if (frame === null) return null;
    const { type, message_id } = frame.headers;
    if (frame.method === CONTROL) {
      if (type !== 'ping') return null;
      return { reply: this.#frame(CONTROL, { type: 'pong' }, Buffer.from(JSON.stringify(CLIENT_CONFIG))) };
    }
    if (frame.method !== DATA || message_id === undefined) return null;
    const body = Buffer.from(frame.payload).toString();
    return { eventId: message_id, answer: { status: statusIn(body), body } };
  }

  #frame(method: number, headers: Frame['headers'], payload: Uint8Array): Uint8Array {
    this.#sent += 1n;
    return encodeFrame({ seqId: this.#sent, logId: this.#sent, service: this.#service, method, headers, payload });
  }
}

/** The `code` of an answer is its status: 200, or 500 where the handler failed. [public: node] */
function statusIn(body: string): number {
  try {
    const answer: unknown = JSON.parse(body);
    const code = typeof answer === 'object' && answer !== null && 'code' in answer ? answer.code : null;
    return typeof code === 'number' && Number.isInteger(code) ? code : 500;
  } catch {
    return 500;
  }
}
