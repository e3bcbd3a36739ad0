import { hash } from 'node:crypto';
import { outboxOf, type OutboxRecipient, type OutboxRecord } from '../../../directory/outbox.ts';
import { isObject } from '../../../lib/json-equal.ts';
import type { Route } from '../../dialect.ts';
import { DIALECT } from '../auth/caller.ts';
import { isMemberFlooded, isOverMessageLimit, OVER_LIMIT } from '../auth/rate-limits.ts';
import { mediaWith } from '../media/kept-media.ts';
import { addressedIn, mediaNamed, MESSAGE_TYPES, messageIn, refuseAgent, type Message } from '../messages/message.ts';
import { everyoneInRange, recipientsOf, type Recipients } from '../messages/recipients.ts';
import { appSettings } from '../model/app-settings.ts';
import { errcodes } from '../protocol/codes.ts';
import { refusalOf } from '../protocol/errors.ts';
import type { FieldKinds } from '../protocol/lenient.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import { posted, type Answer, type PostedRequest } from './operation.ts';

const FIELDS: FieldKinds = {
  touser: 'text',
  toparty: 'text',
  totag: 'text',
  agentid: 'number',
  msgtype: 'text',
  safe: 'number',
  enable_id_trans: 'number',
  enable_duplicate_check: 'number',
  duplicate_check_interval: 'number',
  ...Object.fromEntries(MESSAGE_TYPES.map((type) => [type, 'object'] as const)),
};

const DAY_MS = 86_400_000;
/** Seconds within which the same is a duplicate. [public: 90236] */
const DUPLICATE_SECONDS = 1_800;
const MAX_DUPLICATE_SECONDS = 4 * 3_600;

/** 发送应用消息 into the outbox, and 撤回应用消息. (wecom-more 8.2) */
export const messageRoutes: readonly Route[] = [
  ...posted({
    operation: 'message.send',
    path: '/cgi-bin/message/send',
    permission: 'app',
    fields: FIELDS,
    needsField: true,
    isCounted: false,
    answer: send,
  }),
  ...posted({
    operation: 'message.recall',
    path: '/cgi-bin/message/recall',
    permission: 'app',
    fields: { msgid: 'text' },
    needsField: true,
    answer: (request) => Promise.resolve(recall(request)),
  }),
];

/** https://developer.work.weixin.qq.com/document/path/90236 */
async function send(request: PostedRequest): Promise<Answer> {
  const { members, unreadable, caller, context, at } = request;
  const { agentid } = members;
  const named = typeof agentid === 'number' ? String(agentid) : unreadable.has('agentid') ? 'none' : null;
  const refused = refuseAgent(caller, named);
  if (refused !== null) return { refusal: refused };
  const message = messageIn(members);
  if ('problem' in message) return { refusal: message };
  const media = mediaNamed(message);
  if (media !== null && (await context.store.read(() => mediaWith(caller.tenant.number, media, at))) === null)
    return { refusal: invalidValue('media_id', errcodes.invalidMediaId) };
  const addressed = addressedIn(members);
  if (addressed !== '@all' && 'problem' in addressed) return { refusal: addressed };
  const { store, rateLimiter } = context;
  const found: Recipients =
    addressed === '@all'
      ? { recipients: await everyoneInRange(caller, store), invaliduser: [], invalidparty: [], invalidtag: [] }
      : await recipientsOf(caller, addressed, store);
  const invalid = invalidOf(found);
  if (addressed !== '@all' && isAllBad(addressed, found))
    return {
      refusal: {
        problem: { kind: 'unknown', subject: 'touser', value: '' },
        returned: errcodes.allRecipientsInvalid,
      },
      members: invalid,
    };
  const digest = hash('sha256', JSON.stringify([addressed, message]), 'base64url');
  const before = duplicateOf(request, digest);
  if (before !== undefined) {
    before.duplicates++;
    return { done: 'ok', body: { ...invalid, msgid: before.msgid } };
  }
  const { tenant, app } = caller;
  if (isOverMessageLimit(tenant, app, found.recipients.length, rateLimiter, at))
    return { refusal: refusalOf(OVER_LIMIT) };
  const dropped: OutboxRecipient[] = [];
  const reached: OutboxRecipient[] = [];
  for (const one of found.recipients)
    (isMemberFlooded(tenant, app, one.employee, rateLimiter, at) ? dropped : reached).push(one);
  const msgid = context.ids.hex(32);
  outboxOf(store).add(tenant.number, recordOf(request, message, { reached, dropped, msgid, digest }));
  const response = hasButtons(message) ? { response_code: context.ids.hex(32) } : {};
  return { done: 'ok', body: { ...invalid, msgid, ...response } };
}

function recordOf(
  { call, caller, members, at }: PostedRequest,
  { msgtype, body }: Message,
  sent: {
    readonly reached: readonly OutboxRecipient[];
    readonly dropped: readonly OutboxRecipient[];
    readonly msgid: string;
    readonly digest: string;
  },
) {
  const { safe, enable_id_trans } = members;
  return {
    at,
    platform: DIALECT,
    kind: 'message' as const,
    operation: 'message.send',
    app: appSettings(caller.app).agentid,
    request: call.requestId,
    recipients: sent.reached,
    channel: null,
    address: null,
    msgid: sent.msgid,
    msgtype,
    body,
    ...(safe === undefined ? {} : { safe }),
    ...(enable_id_trans === undefined ? {} : { enable_id_trans }),
    digest: sent.digest,
    dropped: sent.dropped,
  };
}

/** The invalid keys that are not empty, joined by `|`. [live] */
function invalidOf({ invaliduser, invalidparty, invalidtag }: Recipients) {
  return Object.fromEntries(
    Object.entries({ invaliduser, invalidparty, invalidtag }).flatMap(([key, list]) =>
      list.length === 0 ? [] : [[key, list.join('|')]],
    ),
  );
}

function isAllBad(
  {
    users,
    parties,
    tags,
  }: { readonly users: readonly string[]; readonly parties: readonly string[]; readonly tags: readonly string[] },
  { invaliduser, invalidparty, invalidtag }: Recipients,
): boolean {
  return invaliduser.length + invalidparty.length + invalidtag.length === users.length + parties.length + tags.length;
}

/** What the app sent to the same within the time that counts, where it asks for that. */
function duplicateOf({ members, caller, context, at }: PostedRequest, digest: string): OutboxRecord | undefined {
  if (members['enable_duplicate_check'] !== 1) return undefined;
  const { duplicate_check_interval: asked = DUPLICATE_SECONDS } = members;
  const seconds = Math.min(Math.max(Number(asked), 0), MAX_DUPLICATE_SECONDS);
  return ownMessages(caller, context).find((record) => record.digest === digest && record.at > at - seconds * 1000);
}

function ownMessages(
  { tenant, app }: PostedRequest['caller'],
  { store }: PostedRequest['context'],
): readonly OutboxRecord[] {
  const { agentid } = appSettings(app);
  return outboxOf(store)
    .list(tenant.number)
    .filter((one) => one.platform === DIALECT && one.kind === 'message' && one.app === agentid);
}

function hasButtons({ msgtype, body }: Message): boolean {
  const { button_list: buttons } = body;
  return msgtype === 'template_card' && Array.isArray(buttons) && buttons.some(isObject);
}

/** https://developer.work.weixin.qq.com/document/path/94867: within 24 hours. */
function recall({ members, caller, context, at }: PostedRequest): Answer {
  const { msgid } = members;
  const record =
    typeof msgid === 'string' ? ownMessages(caller, context).find((one) => one.msgid === msgid) : undefined;
  if (record === undefined) return { refusal: invalidValue('msgid', errcodes.invalidParameter) };
  if (at - record.at > DAY_MS) return { refusal: invalidValue('msgid', errcodes.recallTooLate) };
  record.recalledAt ??= at;
  return { done: 'ok' };
}
