import type { Route } from '../../dialect.ts';
import { tagRows } from '../exports/rows.ts';
import { settingsIn } from '../model/settings.ts';
import { errcodes } from '../protocol/codes.ts';
import type { Done } from '../protocol/envelope.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import { changeTagUsers } from '../tags/tag-users.ts';
import { createTag, deleteTag, INVALID_TAG, renameTag, tagNumbered, type TagWritten } from '../tags/tag.ts';
import { posted, queried, writeAs, type Answer, type PostedRequest, type Request } from './operation.ts';

const MAX_USERS = 1_000;
const MAX_PARTIES = 100;
const USERS = { tagid: 'number', userlist: 'texts', partylist: 'numbers' } as const;

/** 标签管理. (wecom-more 7) */
export const tagRoutes: readonly Route[] = [
  ...posted({
    operation: 'tag.create',
    path: '/cgi-bin/tag/create',
    permission: 'tag-write',
    fields: { tagname: 'text', tagid: 'number' },
    needsField: true,
    answer: create,
  }),
  ...posted({
    operation: 'tag.update',
    path: '/cgi-bin/tag/update',
    permission: 'tag-write',
    fields: { tagid: 'number', tagname: 'text' },
    needsField: true,
    answer: async (request) => {
      const { members, caller } = request;
      const { tagid, tagname = '' } = members as { readonly tagid?: number; readonly tagname?: string };
      return written(await writeAs(request, 'tag.update', () => renameTag(caller, tagid, tagname)), 'updated');
    },
  }),
  ...queried({
    operation: 'tag.delete',
    path: '/cgi-bin/tag/delete',
    permission: 'tag-write',
    answer: async (request) =>
      written(await writeAs(request, 'tag.delete', () => deleteTag(request.caller, tagidIn(request))), 'deleted'),
  }),
  ...queried({ operation: 'tag.get', path: '/cgi-bin/tag/get', permission: 'any', answer: get }),
  ...queried({
    operation: 'tag.list',
    path: '/cgi-bin/tag/list',
    permission: 'any',
    answer: ({ caller }) => {
      const taglist = settingsIn(caller.tenant).tags.map(({ tag_id, name }) => ({ tagid: tag_id, tagname: name }));
      return Promise.resolve({ done: 'ok', body: { taglist } });
    },
  }),
  ...posted({
    operation: 'tag.addtagusers',
    path: '/cgi-bin/tag/addtagusers',
    permission: 'tag-write',
    fields: USERS,
    needsField: true,
    answer: (request) => changeUsers(request, 'add'),
  }),
  ...posted({
    operation: 'tag.deltagusers',
    path: '/cgi-bin/tag/deltagusers',
    permission: 'tag-write',
    fields: USERS,
    needsField: true,
    answer: (request) => changeUsers(request, 'remove'),
  }),
];

/** https://developer.work.weixin.qq.com/document/path/90210 */
async function create(request: PostedRequest): Promise<Answer> {
  const { members, unreadable, caller } = request;
  const { tagid, tagname = '' } = members as { readonly tagid?: number; readonly tagname?: string };
  // An empty text is absent, any other that is no number is no tag's. [live; ruling 7]
  if (unreadable.has('tagid') && unreadable.get('tagid') !== '') return { refusal: INVALID_TAG };
  const result = await writeAs(request, 'tag.create', () => createTag(caller, tagname, tagid));
  return 'refusal' in result ? result : { done: 'created', body: { tagid: result.tagid } };
}

/** https://developer.work.weixin.qq.com/document/path/90213: only what the app may see. */
async function get(request: Request): Promise<Answer> {
  const { caller, context } = request;
  const tag = tagNumbered(caller.tenant, tagidIn(request));
  if (tag === undefined) return { refusal: INVALID_TAG };
  const { users: userlist, parties: partylist } = await tagRows(caller, tag, context.store);
  return { done: 'ok', body: { tagname: tag.name, userlist, partylist } };
}

/** https://developer.work.weixin.qq.com/document/path/90214 and 90215 */
async function changeUsers(request: PostedRequest, what: 'add' | 'remove'): Promise<Answer> {
  const { members, unreadable, caller } = request;
  const {
    tagid,
    userlist = [],
    partylist = [],
  } = members as {
    readonly tagid?: number;
    readonly userlist?: readonly string[];
    readonly partylist?: readonly number[];
  };
  if (tagNumbered(caller.tenant, tagid) === undefined) return { refusal: INVALID_TAG };
  const isFit =
    !unreadable.has('userlist') &&
    !unreadable.has('partylist') &&
    userlist.length + partylist.length > 0 &&
    userlist.length <= MAX_USERS &&
    partylist.length <= MAX_PARTIES;
  if (!isFit) return { refusal: invalidValue('userlist', errcodes.invalidParameterList) };
  const asked = { tagid, userids: userlist, parties: partylist };
  const result = await writeAs(request, what === 'add' ? 'tag.addtagusers' : 'tag.deltagusers', () =>
    changeTagUsers(caller, asked, what),
  );
  if ('refusal' in result) return result;
  const { invalidlist, invalidparty } = result;
  const body = {
    ...(invalidlist.length === 0 ? {} : { invalidlist: invalidlist.join('|') }),
    ...(invalidparty.length === 0 ? {} : { invalidparty }),
  };
  return { done: what === 'add' ? 'ok' : 'deleted', body };
}

/** In a URL nothing is warned of: what is no number is no tag's. (ruling 7) */
function tagidIn({ call }: Request): number | undefined {
  const text = call.query.get('tagid') ?? '';
  return /^[0-9]{1,10}$/.test(text) ? Number(text) : undefined;
}

function written(result: TagWritten, done: Done): Answer {
  return 'refusal' in result ? result : { done };
}
