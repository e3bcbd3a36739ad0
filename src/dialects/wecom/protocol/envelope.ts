import type { Call, Outcome, Reply, UnhandledReason } from '../../dialect.ts';
import { errcodes, type Errcode } from './codes.ts';
import { hintFor } from './hint.ts';
import { malformed } from './errors.ts';
import { refuseMethod } from './refuse-method.ts';
import type { JsonList } from '../../../lib/turns.ts';

/** The largest body that is looked at. [proposed] */
export const MAX_BODY = 1024 * 1024;

/**
 * The lists that a reply of each path has, also empty when it failed [public: WxJava#3906, WxJava#3911]; a path that is
 * not here is none of ours.
 */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  '/cgi-bin/gettoken': [],
  '/cgi-bin/hr/get_fields': ['group_list'],
  '/cgi-bin/hr/get_staff_info': ['field_info'],
  '/cgi-bin/hr/update_staff_info': ['update_results', 'remove_results', 'insert_result'],
  '/cgi-bin/user/get': ['department', 'order', 'is_leader_in_dept', 'direct_leader'],
  '/cgi-bin/user/create': [],
  '/cgi-bin/user/update': [],
  '/cgi-bin/user/delete': [],
  '/cgi-bin/user/batchdelete': [],
  '/cgi-bin/user/getuserid': [],
  '/cgi-bin/user/get_userid_by_email': [],
  '/cgi-bin/user/convert_to_openid': [],
  '/cgi-bin/user/convert_to_userid': [],
  '/cgi-bin/user/authsucc': [],
  '/cgi-bin/user/get_active_stat': [],
  '/cgi-bin/user/getuserinfo': [],
  '/cgi-bin/user/getuserdetail': [],
  '/cgi-bin/auth/getuserinfo': [],
  '/cgi-bin/auth/getuserdetail': [],
  '/cgi-bin/auth/get_tfa_info': [],
  '/cgi-bin/user/tfa_succ': [],
  '/cgi-bin/corp/get_join_qrcode': [],
  '/cgi-bin/batch/syncuser': [],
  '/cgi-bin/batch/replaceuser': [],
  '/cgi-bin/batch/replaceparty': [],
  '/cgi-bin/batch/getresult': ['result'],
  '/cgi-bin/batch/invite': ['invaliduser', 'invalidparty', 'invalidtag'],
  '/cgi-bin/media/upload': [],
  '/cgi-bin/media/get': [],
  '/cgi-bin/message/send': [],
  '/cgi-bin/message/recall': [],
  '/cgi-bin/agent/get': [],
  '/cgi-bin/agent/list': ['agentlist'],
  '/cgi-bin/get_api_domain_ip': ['ip_list'],
  '/cgi-bin/getcallbackip': ['ip_list'],
  '/cgi-bin/export/simple_user': [],
  '/cgi-bin/export/user': [],
  '/cgi-bin/export/department': [],
  '/cgi-bin/export/taguser': [],
  '/cgi-bin/export/get_result': ['data_list'],
  '/cgi-bin/tag/create': [],
  '/cgi-bin/tag/update': [],
  '/cgi-bin/tag/delete': [],
  '/cgi-bin/tag/get': ['userlist', 'partylist'],
  '/cgi-bin/tag/list': ['taglist'],
  '/cgi-bin/tag/addtagusers': [],
  '/cgi-bin/tag/deltagusers': [],
  '/cgi-bin/user/list': ['userlist'],
  '/cgi-bin/user/simplelist': ['userlist'],
  '/cgi-bin/user/list_id': ['dept_user'],
  '/cgi-bin/department/create': [],
  '/cgi-bin/department/update': [],
  '/cgi-bin/department/delete': [],
  '/cgi-bin/department/list': ['department'],
  '/cgi-bin/department/simplelist': ['department_id'],
  // One object, so there is no empty list.
  '/cgi-bin/department/get': [],
};

/** The beginning of `errmsg` where a value had another JSON type than its field (wecom-more 2.3, seen live). */
const WARNING = 'Warning: wrong json format. ';

/** The code with the warning in front of its sentence (wecom-more 2.3). */
export function withWarning(code: Errcode): Errcode {
  return { ...code, errmsg: `${WARNING}${code.errmsg}` };
}

/** What a request succeeded with: `errcode` 0, `errmsg` exactly `ok`, which a client in the field compares [public: OA-client]. */
export function successReply(body: object, outcome?: Outcome): Reply {
  return reply(errcodes.ok, { ...errcodes.ok, ...body }, outcome);
}

/** The same, with its own members before `errcode`. */
export function repliedFirst(body: object): Reply {
  return reply(errcodes.ok, { ...body, ...errcodes.ok }, undefined);
}

/** The same with one list that was put together before. */
export function answeredWith(member: string, list: JsonList): Reply {
  return doneWith({}, member, list);
}

/** The same with further members. */
export function doneWith(body: object, member: string, list: JsonList): Reply {
  const text = JSON.stringify({ ...errcodes.ok, ...body });
  return { ...reply(errcodes.ok, {}, undefined), body: list.between(`${text.slice(0, -1)},"${member}":`, '}') };
}

/** What `errmsg` says of a call that succeeded. [public: 90195, 90197, 90198] */
export type Done = 'ok' | 'created' | 'updated' | 'deleted';

/** What a call of the contacts succeeded with: `errcode` 0, and in `errmsg` what was done, with the warning if one is due. */
export function done(what: Done, body: object, { warned, outcome }: ReplyDetails): Reply {
  const code = { errcode: errcodes.ok.errcode, errmsg: warned ? `${what}. ${WARNING}` : what };
  return reply(code, { ...code, ...body }, outcome);
}

/** What else an answer says. */
export interface ReplyDetails {
  /** Whether a value had another JSON type than its field. */
  readonly warned: boolean;
  readonly outcome?: Outcome | undefined;
}

/** What a request failed with: HTTP 200 all the same, the code and its sentence, and the path's lists empty. */
export function refused(call: Call, code: Errcode, outcome?: Outcome, members: object = {}): Reply {
  const errmsg = code.bare === true ? code.errmsg : withTrail(call, code);
  const lists = Object.fromEntries((listsOf(call) ?? []).map((list) => [list, []]));
  return reply({ errcode: code.errcode, errmsg }, { errcode: code.errcode, errmsg, ...lists, ...members }, outcome);
}

/** Answers what no route answered. */
export function fallback(call: Call, why: UnhandledReason): Reply {
  switch (why) {
    case 'not-found':
      // 404 with an empty body for an unknown path [public: probe]; a method the path does not take is a parameter.
      if (listsOf(call) === undefined) return { status: 404, headers: {}, body: '' };
      return refused(call, refuseMethod(call.routePath).returned);
    case 'too-large':
      return refused(
        call,
        malformed(
          { kind: 'too-long', subject: 'body', limit: MAX_BODY },
          `request body exceed max size ${String(MAX_BODY)}`,
        ).returned,
      );
    case 'busy':
    case 'internal':
      return refused(call, errcodes.systemBusy);
    default:
      return why satisfies never;
  }
}

/** By the route's path: the caller's own may be written otherwise. */
function listsOf({ routePath }: Call): readonly string[] | undefined {
  return routePath === undefined ? undefined : LISTS[routePath];
}

/** The address of the caller, an IPv4 one without its IPv6 clothing. */
export function addressOf(call: Call): string {
  return call.peer.startsWith('::ffff:') ? call.peer.slice(7) : call.peer;
}

/** `<text>, hint: […], from ip: …, more info at …` as seen live [public: WxJava#3906]; 40014 is seen bare [public: probe]. */
function withTrail(call: Call, { errcode, errmsg }: Errcode): string {
  return `${errmsg}, hint: [${hintFor(call)}], from ip: ${addressOf(call)}, more info at https://open.work.weixin.qq.com/devtool/query?e=${String(errcode)}`;
}

function reply({ errcode, errmsg }: Errcode, body: object, outcome: Outcome | undefined): Reply {
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/json; charset=UTF-8',
      'Error-Code': String(errcode),
      // A sentence may repeat what the caller sent; a header takes no other characters.
      'Error-Msg': errmsg.replaceAll(/[^\x20-\x7e]/g, '?'),
    },
    body: JSON.stringify(body),
    code: errcode,
    ...(outcome === undefined ? {} : { outcome }),
  };
}
