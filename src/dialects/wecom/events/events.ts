import { createHash } from 'node:crypto';
import { isObject } from '../../../lib/json-equal.ts';
import type { App } from '../../../directory/auth/app.ts';
import type { StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type {
  ChangeWithRecord,
  DialectEvents,
  EventRequest,
  Noise,
  NotSent,
  RenderedEvent,
  Subscription,
} from '../../events.ts';
import { DIALECT } from '../auth/caller.ts';
import { seesDepartment, seesEmployee, visibleRange } from '../auth/visible-range.ts';
import { importWith } from '../imports/job.ts';
import { DEPARTMENT_ID, foldUserid } from '../model/ids.ts';
import { membersNamed } from '../tags/tag.ts';
import { appSettings, type AppSettings } from '../model/app-settings.ts';
import { decryptMessage, encryptMessage, signatureOf } from './cipher.ts';
import { departmentEvent } from './department-events.ts';
import { corpidOf, eventXml } from './envelope.ts';
import { memberEvent, type ContactEvent } from './member-events.ts';
import { tagEvents, tagItems } from './tag-events.ts';
import { xmlOf, type XmlElement } from './xml.ts';

/** Where an event goes, and what it is signed and encrypted with. */
type Receiver = Pick<NonNullable<AppSettings['receive']>, 'url' | 'token' | 'encodingaeskey'>;

/** Addresses saved from that day on get the new style. (wecom-more 10.5) */
const NEW_STYLE_FROM = Date.parse('2022-08-15T00:00:00+08:00');

/** WeCom's callbacks. (wecom-more 10) */
export const events: DialectEvents = {
  subscriptions,
  render,
  encode: (event, to, tenant, noise) => post(event.body, receiverOf(to, event.address), to.app, tenant, noise),
  check,
  // HTTP 200, with an empty body, `success` or a passive reply, which has no effect. (wecom-more 10.3)
  judge: ({ status }) =>
    status === 200
      ? { isTaken: true, reason: null }
      : { isTaken: false, reason: `The status is ${String(status)}, not 200.` },
  // Three tries in all; how long is waited between them is not published. [proposed]
  tries: { timeoutMs: 5_000, connectMs: 2_000, waitsMs: [5_000, 10_000] },
  order: 'app',
};

/** Apps with an address; and the assistant without one, as an import can name an address of its own. (wecom-more 10.6) */
function subscriptions({ parts }: Tenant): readonly Subscription[] {
  return parts.apps.flatMap((app): readonly Subscription[] => {
    if (app.dialect !== DIALECT || !app.enabled) return [];
    const { receive, kind } = appSettings(app);
    if (receive === undefined) {
      const none = { app, via: 'address', url: null, digest: '', needsCheck: false, kinds: ['job'] } as const;
      return kind === 'contact_sync' ? [none] : [];
    }
    const { url, token, encodingaeskey, verify } = receive;
    const digest = createHash('sha256')
      .update(JSON.stringify([url, token, encodingaeskey]))
      .digest('hex');
    const to = { app, via: 'address', url, digest, needsCheck: verify !== false } as const;
    // Of self-built apps no page promises more than the results of their own jobs. (wecom-more 10.1)
    return [getsContactEvents(kind) ? to : { ...to, kinds: ['job'] }];
  });
}

/** Whether an app is called back for changes of the contacts: the assistant, and one that a provider made. (wecom-more 10.1) */
function getsContactEvents(kind: AppSettings['kind']): boolean {
  return kind === 'contact_sync' || kind === 'provider';
}

function* render(about: ChangeWithRecord, to: Subscription): StoreTask<readonly RenderedEvent[] | NotSent> {
  const { tenant, change } = about;
  if (change.kind === 'job') return yield* jobEvents(about, to);
  const { receive, kind } = appSettings(to.app);
  if (receive === undefined || !getsContactEvents(kind)) return { notSent: 'not-promised' };
  // Changes that an app, as the assistant, made through the API do not call it back. (wecom-more 10.1)
  if (change.origin.dialect === DIALECT && change.origin.app === to.app.id) return { notSent: 'own-write' };
  const found = yield* contactEvents(about, to.app, styleOf(receive));
  if (found.length === 0) return { notSent: 'not-in-event' };
  return found.map(({ changeType, content }) => ({
    type: changeType,
    body: eventXml(tenant, change.origin.at, 'change_contact', [['ChangeType', changeType], ...content]),
  }));
}

function* contactEvents(
  { tenant, change, thing }: ChangeWithRecord,
  app: App,
  style: 'old' | 'new',
): StoreTask<readonly ContactEvent[]> {
  switch (thing.kind) {
    case 'employee':
      return listed(yield* memberEvent(tenant, app, thing.before, thing.after, style));
    case 'department':
      return listed(departmentEvent(tenant, app, thing.before, thing.after, style));
    case 'company':
      return tagEvents(change, yield* itemsSeen(tenant, app, tagItems(change)));
    default:
      return [];
  }
}

/** Which members and departments of tags an app may know of. */
function* itemsSeen(
  tenant: Tenant,
  app: App,
  items: ReadonlySet<string | number>,
): StoreTask<(item: string | number) => boolean> {
  const range = visibleRange(tenant, app);
  if (range.isWhole) return () => true;
  const userids = [...items].filter((item) => typeof item === 'string');
  const members = yield* membersNamed({ tenant, app }, userids);
  return (item) => {
    if (typeof item === 'string') {
      const member = members.get(foldUserid(item));
      return member !== undefined && seesEmployee(range, member);
    }
    const department = tenant.departments.by(DEPARTMENT_ID, String(item));
    return department !== undefined && seesDepartment(range, department.id);
  };
}

/** The result of an import or an export: to the address that an import named, else to that of the app that began it. (wecom-more 10.6) */
function* jobEvents(
  { tenant, change }: ChangeWithRecord,
  to: Subscription,
): StoreTask<readonly RenderedEvent[] | NotSent> {
  if (change.origin.dialect !== DIALECT || change.origin.app !== to.app.id) return { notSent: 'job-of-another' };
  const job = yield* importWith(tenant.number, change.employee);
  const callback = job?.callback;
  if (callback === undefined && to.url === null) return { notSent: 'no-address' };
  const [, type] = change.fields['type'] ?? [null, ''];
  const content: readonly XmlElement[] = [
    [
      'BatchJob',
      [
        ['JobId', change.employee],
        ['JobType', String(type)],
        ['ErrCode', 0],
        ['ErrMsg', 'ok'],
      ],
    ],
  ];
  const body = eventXml(tenant, change.origin.at, 'batch_job_result', content);
  return [{ type: 'batch_job_result', body, ...(callback === undefined ? {} : { address: callback }) }];
}

function styleOf({ saved_at }: NonNullable<AppSettings['receive']>): 'old' | 'new' {
  return saved_at !== undefined && Date.parse(saved_at) < NEW_STYLE_FROM ? 'old' : 'new';
}

function listed(event: ContactEvent | null): readonly ContactEvent[] {
  return event === null ? [] : [event];
}

/** The address of one event, or that of its app. */
function receiverOf({ app }: Subscription, address?: unknown): Receiver {
  // Written by `jobEvents` from the callback of an import.
  if (isObject(address)) return address as unknown as Receiver;
  const { receive } = appSettings(app);
  if (receive === undefined) throw new Error('an event without an address');
  return receive;
}

function post(message: string, receiver: Receiver, app: App, tenant: Tenant, noise: Noise): EventRequest {
  const corpid = corpidOf(tenant);
  const encrypted = encryptMessage(message, corpid, receiver.encodingaeskey, noise.bytes);
  const { agentid, kind } = appSettings(app);
  const elements: readonly XmlElement[] = [
    ['ToUserName', corpid],
    // The assistant has none. (wecom-more 10.3)
    ...(kind === 'contact_sync' ? [] : [['AgentID', agentid] as const]),
    ['Encrypt', encrypted],
  ];
  return {
    method: 'POST',
    url: signedUrl(receiver, noise, encrypted),
    headers: { 'content-type': 'text/xml' },
    body: `<xml>${xmlOf(elements)}</xml>`,
  };
}

/** The check of an address: it must send back in clear what comes encrypted, within a second. (wecom-more 10.2) */
function check(to: Subscription, tenant: Tenant, noise: Noise): ReturnType<DialectEvents['check']> {
  const receiver = receiverOf(to);
  const echo = Buffer.from(noise.bytes).readBigUInt64BE().toString();
  const encrypted = encryptMessage(echo, corpidOf(tenant), receiver.encodingaeskey, noise.bytes);
  const url = `${signedUrl(receiver, noise, encrypted)}&echostr=${encodeURIComponent(encrypted)}`;
  return {
    request: { method: 'GET', url, headers: {}, body: '' },
    timeoutMs: 1_000,
    // Exactly: no quotes, no mark of the byte order, no line feed.
    passes: ({ status, body }) => status === 200 && body === decryptMessage(encrypted, receiver.encodingaeskey).message,
  };
}

function signedUrl({ url, token }: Receiver, { at, nonce }: Noise, encrypted: string): string {
  const timestamp = String(Math.floor(at / 1000));
  const signature = signatureOf(token, timestamp, nonce, encrypted);
  const [address = '', query] = url.split('#', 1)[0]?.split(/\?(.*)/s) ?? [];
  const signed = `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`;
  return `${address}?${query === undefined || query === '' ? '' : `${query}&`}${signed}`;
}
