import type { Route } from '../../dialect.ts';
import { markInvited } from '../members/mark-invited.ts';
import { invite } from '../messages/invitation.ts';
import { recipientsOf } from '../messages/recipients.ts';
import { foldUserid } from '../model/ids.ts';
import { errcodes, type Errcode } from '../protocol/codes.ts';
import type { Refusal } from '../protocol/errors.ts';
import { originOf, posted, type Answer, type PostedRequest } from './operation.ts';

const MAX_USERS = 1_000;
const MAX_OTHERS = 100;
/** So many members are written together. */
const BATCH_SIZE = 50;

/** 邀请成员, into the outbox. (wecom-more 5) */
export const invitationRoutes: readonly Route[] = [
  ...posted({
    operation: 'batch.invite',
    path: '/cgi-bin/batch/invite',
    permission: 'any',
    fields: { user: 'texts', party: 'numbers', tag: 'numbers' },
    needsField: true,
    answer: inviteMembers,
  }),
];

/** https://developer.work.weixin.qq.com/document/path/90975: who is unknown, or out of range, is reported, and the others invited. */
async function inviteMembers(request: PostedRequest): Promise<Answer> {
  const { caller, context, members } = request;
  const {
    user = [],
    party = [],
    tag = [],
  } = members as {
    readonly user?: readonly string[];
    readonly party?: readonly number[];
    readonly tag?: readonly number[];
  };
  const refusal = refuseLists(user.length, party.length, tag.length);
  if (refusal !== null) return { refusal };
  const named = {
    users: [...new Set(user)],
    parties: [...new Set(party.map(String))],
    tags: [...new Set(tag.map(String))],
  };
  const { recipients, ...invalid } = await recipientsOf(caller, named, context.store);
  const ids = recipients.map(({ employee }) => employee);
  const origin = originOf(request, 'batch.invite');
  for (let from = 0; from < ids.length; from += BATCH_SIZE) {
    const piece = ids.slice(from, from + BATCH_SIZE);
    const invited = await context.store.write(() => markInvited(caller.tenant.number, piece, origin));
    for (const member of invited) invite(caller, member, context, origin);
  }
  const bad = new Set(invalid.invaliduser);
  return {
    done: 'ok',
    body: {
      invaliduser: named.users.filter((userid) => bad.has(foldUserid(userid))),
      invalidparty: invalid.invalidparty.map(Number),
      invalidtag: invalid.invalidtag.map(Number),
    },
  };
}

function refuseLists(users: number, parties: number, tags: number): Refusal | null {
  if (users + parties + tags === 0)
    return { problem: { kind: 'missing', subject: 'user' }, returned: errcodes.nothingNamed };
  if (users > MAX_USERS) return tooMany('user', MAX_USERS, errcodes.tooManyUserids);
  if (parties > MAX_OTHERS) return tooMany('party', MAX_OTHERS, errcodes.invalidPartyList);
  if (tags > MAX_OTHERS) return tooMany('tag', MAX_OTHERS, errcodes.invalidTag);
  return null;
}

function tooMany(subject: string, limit: number, returned: Errcode): Refusal {
  return { problem: { kind: 'too-long', subject, limit }, returned };
}
