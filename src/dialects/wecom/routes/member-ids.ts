import { peopleHaving } from '../../../directory/employees/people-having.ts';
import type { Route } from '../../dialect.ts';
import { Turns } from '../../../lib/turns.ts';
import type { Caller } from '../auth/caller.ts';
import { openCursor, sealCursor, type ListPlace } from '../members/list-cursor.ts';
import { departmentIdOf, foldUserid, useridOf } from '../model/ids.ts';
import { hasExited, isMember } from '../model/member-status.ts';
import { errcodes } from '../protocol/codes.ts';
import { invalidValue, wrongParameter } from '../protocol/value-errors.ts';
import { posted, type Answer, type PostedRequest } from './operation.ts';

const MAX_LIMIT = 10_000;

/** 获取成员ID列表: everybody, one row for each department, to 通讯录同步助手 alone. (wecom-more 1.5) */
export const memberIdRoutes: readonly Route[] = [
  ...posted({
    operation: 'user.list_id',
    path: '/cgi-bin/user/list_id',
    permission: 'assistant',
    fields: { cursor: 'text', limit: 'number' },
    needsField: false,
    answer: listIds,
  }),
];

interface Row {
  readonly userid: string;
  readonly department: number;
}

/** https://developer.work.weixin.qq.com/document/path/96067 */
async function listIds({ call, caller, context, members }: PostedRequest): Promise<Answer> {
  const { cursor = '', limit = MAX_LIMIT } = members as { readonly cursor?: string; readonly limit?: number };
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    return { refusal: wrongParameter('limit', 'invalid limit') };
  const token = call.query.get('access_token') ?? '';
  const from = cursor === '' ? null : openCursor(cursor, caller.app, token);
  if (cursor !== '' && from === null) return { refusal: invalidValue('cursor', errcodes.invalidCursor) };
  const dept_user: Row[] = [];
  let next_cursor = '';
  for await (const row of rowsFrom(caller, from, context.store)) {
    const last = dept_user.length === limit ? dept_user.at(-1) : undefined;
    if (last !== undefined) {
      next_cursor = sealCursor({ ...last, userid: foldUserid(last.userid) }, caller.app, token);
      break;
    }
    dept_user.push(row);
  }
  return { done: 'ok', body: { next_cursor, dept_user } };
}

/** The rows after a place: by department, then by userid without case. (ruling 18) */
async function* rowsFrom(
  { tenant }: Caller,
  from: ListPlace | null,
  store: PostedRequest['context']['store'],
): AsyncIterable<Row> {
  const departments = tenant.departments.all
    .map((department) => ({ number: departmentIdOf(department), value: department.id }))
    .filter(({ number }) => from === null || number >= from.department)
    .toSorted((one, other) => one.number - other.number);
  const turns = new Turns();
  for (const { number, value } of departments) {
    const userids: { readonly folded: string; readonly userid: string }[] = [];
    for await (const people of peopleHaving(store, tenant.number, { space: 'department', value })) {
      for (const one of people) {
        const userid = useridOf(one);
        const folded = foldUserid(userid);
        const isAfter = from === null || number > from.department || folded > from.userid;
        // Departed members are not listed. (wecom-more 1.5)
        if (isMember(one) && !hasExited(one) && isAfter) userids.push({ folded, userid });
      }
      await turns.next();
    }
    userids.sort((one, other) => (one.folded < other.folded ? -1 : 1));
    for (const { userid } of userids) yield { userid, department: number };
  }
}
