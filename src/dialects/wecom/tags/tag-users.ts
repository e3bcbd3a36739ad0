import { load, type Decision, type StoreTask } from '../../../directory/store.ts';
import { isRejected, reloadCaller, type Caller } from '../auth/caller.ts';
import { checkMemberVisible } from '../auth/member-access.ts';
import { seesDepartment, visibleRange } from '../auth/visible-range.ts';
import { DEPARTMENT_ID, foldUserid, useridOf } from '../model/ids.ts';
import { MAX_NODES, type ScopeMembers } from '../model/scope-members.ts';
import { settingsIn } from '../model/settings.ts';
import { errcodes } from '../protocol/codes.ts';
import { refusalOf, type Refusal } from '../protocol/errors.ts';
import { decide, membersNamed, ownTag, withTag } from './tag.ts';

/** Members and departments of a request. */
export interface TagUsers {
  readonly tagid: number | undefined;
  readonly userids: readonly string[];
  readonly parties: readonly number[];
}

/** What of a request was bad, or why all of it was refused. */
export type TagUsersWritten =
  | { readonly invalidlist: readonly string[]; readonly invalidparty: readonly number[] }
  | { readonly refusal: Refusal };

/** Nodes of all tags: they are kept in one record with the company. Our own bound. */
const MAX_IN_ALL = 300_000;

/** 增加标签成员 and 删除标签成员: what is bad, or out of the app's range, is reported, and the rest is done. (wecom-more 7) */
export function* changeTagUsers(
  asking: Caller,
  { tagid, userids, parties }: TagUsers,
  what: 'add' | 'remove',
): StoreTask<Decision<TagUsersWritten>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  const tag = ownTag(caller, tagid);
  if ('problem' in tag) return refuse(tag);
  const members = yield* membersNamed(caller, userids);
  const isMember = (userid: string): boolean => checkMemberVisible(caller, members.get(foldUserid(userid))) === null;
  const range = visibleRange(caller.tenant, caller.app);
  const isParty = (id: number): boolean => {
    const department = caller.tenant.departments.by(DEPARTMENT_ID, String(id));
    return department !== undefined && seesDepartment(range, department.id);
  };
  const invalidlist = userids.filter((userid) => !isMember(userid));
  const invalidparty = parties.filter((id) => !isParty(id));
  if (invalidlist.length + invalidparty.length === userids.length + parties.length)
    return refuse({
      problem: { kind: 'unknown', subject: 'userlist', value: '' },
      returned: what === 'add' ? errcodes.allListInvalid : errcodes.allUserlistInvalid,
    });
  const named = userids.flatMap((userid) => {
    const member = isMember(userid) ? members.get(foldUserid(userid)) : undefined;
    return member === undefined ? [] : [useridOf(member)];
  });
  const changed = {
    ...tag,
    userids: changedList(tag.userids, named, what, foldUserid),
    department_ids: changedList(tag.department_ids, parties.filter(isParty), what, String),
  };
  const { tags } = settingsIn(caller.tenant);
  const isGrowing = nodesOf(changed) > nodesOf(tag);
  const inAll = tags.reduce((sum, one) => sum + nodesOf(one), nodesOf(changed) - nodesOf(tag));
  if (isGrowing && (nodesOf(changed) > MAX_NODES || inAll > MAX_IN_ALL))
    return refuse({
      problem: { kind: 'too-long', subject: 'tagid', limit: MAX_NODES },
      returned: errcodes.tooManyTagNodes,
    });
  const { effects } = decide(caller.tenant, withTag(tags, changed), tag.tag_id);
  return { answer: { invalidlist, invalidparty }, effects };
}

function nodesOf({ userids, department_ids }: ScopeMembers): number {
  return userids.length + department_ids.length;
}

/** Already in it, or not in it, is fine and not reported. [proposed] */
function changedList<Item>(
  before: readonly Item[],
  named: readonly Item[],
  what: 'add' | 'remove',
  keyOf: (item: Item) => string,
): readonly Item[] {
  const keys = new Set(named.map(keyOf));
  const others = before.filter((item) => !keys.has(keyOf(item)));
  if (what === 'remove') return others;
  const known = new Set(before.map(keyOf));
  const added = new Map(named.filter((item) => !known.has(keyOf(item))).map((item) => [keyOf(item), item]));
  return [...before, ...added.values()];
}

function refuse(refusal: Refusal): Decision<TagUsersWritten> {
  return { answer: { refusal }, effects: [] };
}
