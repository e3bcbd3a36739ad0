import { errcodes } from './codes.ts';
import { malformed, type Refusal } from './errors.ts';

/** What a path that is posted to refuses another method with: its first required field is missing. (wecom-more 2.4, [proposed]) */
export function refuseMethod(path = ''): Refusal {
  const field = FIRST_FIELD[path];
  return field === undefined
    ? { problem: { kind: 'invalid', subject: 'method' }, returned: errcodes.invalidParameter }
    : malformed({ kind: 'missing', subject: field }, `missing field \`${field}\``);
}

const FIRST_FIELD: Readonly<Record<string, string>> = {
  '/cgi-bin/user/create': 'userid',
  '/cgi-bin/user/update': 'userid',
  '/cgi-bin/user/batchdelete': 'useridlist',
  '/cgi-bin/user/getuserid': 'mobile',
  '/cgi-bin/user/get_userid_by_email': 'email',
  '/cgi-bin/user/convert_to_openid': 'userid',
  '/cgi-bin/user/convert_to_userid': 'openid',
  '/cgi-bin/user/get_active_stat': 'date',
  '/cgi-bin/auth/get_tfa_info': 'code',
  '/cgi-bin/user/tfa_succ': 'userid',
  '/cgi-bin/auth/getuserdetail': 'user_ticket',
  '/cgi-bin/user/getuserdetail': 'user_ticket',
  '/cgi-bin/batch/syncuser': 'media_id',
  '/cgi-bin/batch/replaceuser': 'media_id',
  '/cgi-bin/batch/replaceparty': 'media_id',
  '/cgi-bin/batch/invite': 'user',
  '/cgi-bin/media/upload': 'media',
  '/cgi-bin/message/send': 'agentid',
  '/cgi-bin/export/simple_user': 'encoding_aeskey',
  '/cgi-bin/export/user': 'encoding_aeskey',
  '/cgi-bin/export/department': 'encoding_aeskey',
  '/cgi-bin/export/taguser': 'encoding_aeskey',
  '/cgi-bin/message/recall': 'msgid',
  '/cgi-bin/tag/create': 'tagname',
  '/cgi-bin/tag/update': 'tagid',
  '/cgi-bin/tag/addtagusers': 'tagid',
  '/cgi-bin/tag/deltagusers': 'tagid',
  '/cgi-bin/department/create': 'name',
  '/cgi-bin/department/update': 'id',
};
