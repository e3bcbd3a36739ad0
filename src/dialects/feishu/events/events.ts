import { hash } from 'node:crypto';
import type { App } from '../../../directory/auth/app.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { DialectEvents, EventAnswer, EventRequest, Noise, Subscription } from '../../events.ts';
import type { EventSettings } from '../model/event-settings.ts';
import { appSettingsOf, DIALECT } from '../model/settings.ts';
import { encryptText, signatureOf } from './cipher.ts';
import { connectionProtocol } from './connection.ts';
import { render } from './render.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Events to apps. [contract feishu-contact.md 6] */
export const events: DialectEvents = {
  subscriptions,
  render,
  encode: ({ body }, to, _tenant, noise) => posted(body, to, noise),
  check: ({ app, ...to }, _tenant, noise) => {
    const { verification_token = '' } = settingsOf(app);
    const challenge = hash('sha256', `challenge\n${noise.nonce}\n${String(noise.at)}`).slice(0, 32);
    const body = JSON.stringify({ challenge, token: verification_token, type: 'url_verification' });
    return {
      request: posted(body, { app, ...to }, noise),
      timeoutMs: SECOND,
      passes: ({ status, body: answer }) => status === 200 && challengeIn(answer) === challenge,
    };
  },
  judge,
  // [public: ev/send, contract feishu-contact.md 6.4]
  tries: { timeoutMs: 3 * SECOND, connectMs: 2 * SECOND, waitsMs: [15 * SECOND, 5 * MINUTE, HOUR, 6 * HOUR] },
  order: 'subject',
  connections: connectionProtocol,
};

function settingsOf(app: App): EventSettings {
  return appSettingsOf(app).events ?? {};
}

/** Apps that are stopped, or not installed, receive nothing. */
function subscriptions({ parts: { apps } }: Tenant): readonly Subscription[] {
  return apps.flatMap((app) => {
    if (app.dialect !== DIALECT || !app.enabled) return [];
    const { installed, events: given } = appSettingsOf(app);
    return installed && given !== undefined ? [subscriptionOf(app, given)] : [];
  });
}

function subscriptionOf(app: App, { url, encrypt_key, verification_token, verify }: EventSettings): Subscription {
  const isPosted = url !== undefined;
  return {
    app,
    via: isPosted ? 'address' : 'connection',
    url: url ?? null,
    digest: hash('sha256', JSON.stringify([url ?? null, encrypt_key ?? null, verification_token ?? null])),
    needsCheck: isPosted && verify !== false,
  };
}

/**
 * A request to the app's address; over a connection the body alone is sent, and in clear. It is compact and has one
 * member where it is encrypted, because clients sign what they parsed and wrote again. [contract feishu-contact.md 6.5]
 */
function posted(clear: string, { app, url, via }: Subscription, { at, nonce, bytes }: Noise): EventRequest {
  const { encrypt_key } = settingsOf(app);
  const headers = { 'content-type': 'application/json;charset=utf-8' };
  const request = { method: 'POST', url: url ?? '', headers, body: clear } as const;
  if (encrypt_key === undefined || via === 'connection') return request;
  const body = JSON.stringify({ encrypt: encryptText(clear, encrypt_key, bytes) });
  const timestamp = String(Math.floor(at / SECOND));
  return {
    ...request,
    body,
    headers: {
      ...headers,
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': signatureOf(body, encrypt_key, { timestamp, nonce }),
    },
  };
}

function challengeIn(body: string): unknown {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null && 'challenge' in answer ? answer.challenge : undefined;
  } catch {
    return undefined;
  }
}

/** HTTP 200 takes the event, whatever the body says. [contract feishu-contact.md 6.4] */
function judge({ status, body }: EventAnswer): ReturnType<DialectEvents['judge']> {
  if (status !== 200) return { isTaken: false, reason: `the status is ${String(status)}` };
  // The official Node SDK answers so where the signature does not fit; the platform takes it all the same. [public: node]
  return { isTaken: true, reason: body === '' ? 'the body is empty: the signature may have been refused' : null };
}
