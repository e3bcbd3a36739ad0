import { isObject } from '../../../lib/json-equal.ts';
import type { Caller } from '../auth/caller.ts';
import { appSettings } from '../model/app-settings.ts';
import { DIALECT } from '../auth/caller.ts';
import { errcodes } from '../protocol/codes.ts';
import type { Refusal } from '../protocol/errors.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import type { JsonObject } from '../protocol/wire.ts';
import type { Addressed } from './recipients.ts';

/** Every `msgtype`, each with an object of its own name. [public: 90236] */
export const MESSAGE_TYPES = [
  'text',
  'image',
  'voice',
  'video',
  'file',
  'textcard',
  'news',
  'mpnews',
  'markdown',
  'miniprogram_notice',
  'template_card',
  'interactive_taskcard',
] as const;

const WITH_MEDIA: ReadonlySet<string> = new Set(['image', 'voice', 'video', 'file']);
const MAX_TEXT_BYTES = 2_048;
const MAX_USERS = 1_000;
const MAX_OTHERS = 100;

/** A message as it would be delivered. */
export interface Message {
  readonly msgtype: string;
  readonly body: JsonObject;
}

/** Why the token's app may not act for the agentid: absent, unknown, or another app's. (wecom-more 8.1) */
export function refuseAgent({ tenant, app }: Caller, agentid: string | null): Refusal | null {
  if (agentid === null || agentid === '')
    return { problem: { kind: 'missing', subject: 'agentid' }, returned: errcodes.agentidMissing };
  if (agentid === appSettings(app).agentid) return null;
  const isKnown = tenant.parts.apps.some((one) => one.dialect === DIALECT && appSettings(one).agentid === agentid);
  return isKnown
    ? { problem: { kind: 'forbidden', subject: 'agentid' }, returned: errcodes.foreignAgent }
    : invalidValue('agentid', errcodes.invalidAgentid);
}

/** What a request would deliver; a text beyond 2048 bytes is cut. (wecom-more 8.2) */
export function messageIn(members: JsonObject): Message | Refusal {
  const { msgtype } = members;
  const body = typeof msgtype === 'string' ? members[msgtype] : undefined;
  if (typeof msgtype !== 'string' || !isObject(body) || !MESSAGE_TYPES.some((type) => type === msgtype))
    return invalidValue('msgtype', errcodes.invalidMessageType);
  if (msgtype !== 'text') return { msgtype, body };
  const { content } = body;
  if (typeof content !== 'string' || content === '')
    return { problem: { kind: 'missing', subject: 'text.content' }, returned: errcodes.emptyContent };
  return { msgtype, body: { ...body, content: cut(content) } };
}

/** The media_id of a message that carries a file; null where it carries none. (wecom-more 8.2) */
export function mediaNamed({ msgtype, body }: Message): string | null {
  if (!WITH_MEDIA.has(msgtype)) return null;
  const { media_id: id } = body;
  return typeof id === 'string' ? id : '';
}

/** Reads the recipients: `@all`, or lists joined by `|`. (wecom-more 8.2) */
export function addressedIn(members: JsonObject): '@all' | Addressed | Refusal {
  const users = listIn(members['touser']);
  if (users.includes('@all')) return '@all';
  const parties = listIn(members['toparty']);
  const tags = listIn(members['totag']);
  if (users.length + parties.length + tags.length === 0)
    return { problem: { kind: 'missing', subject: 'touser' }, returned: errcodes.nobodyAddressed };
  if (users.length > MAX_USERS) return tooMany('touser', MAX_USERS, errcodes.tooManyUserids);
  if (parties.length > MAX_OTHERS) return tooMany('toparty', MAX_OTHERS, errcodes.tooManyParties);
  if (tags.length > MAX_OTHERS) return tooMany('totag', MAX_OTHERS, errcodes.tooManyTagsAddressed);
  return { users, parties, tags };
}

function tooMany(subject: string, limit: number, returned: Refusal['returned']): Refusal {
  return { problem: { kind: 'too-long', subject, limit }, returned };
}

function listIn(value: unknown): readonly string[] {
  return typeof value === 'string' ? [...new Set(value.split('|').filter((one) => one !== ''))] : [];
}

/** At most so many bytes, without half a character at the end. */
function cut(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= MAX_TEXT_BYTES) return text;
  let end = MAX_TEXT_BYTES;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}
