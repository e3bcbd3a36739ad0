import type { Department } from '../../../../directory/departments/department.ts';
import type { Reply } from '../../../dialect.ts';
import { pageErrorReply, type OperationContext } from '../../auth/guarded-route.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';
import { readPageSize, type PageLimits } from '../../protocol/list-paging.ts';
import { decodeCursor, encodeCursor, pageAfter, type PagedList } from '../../protocol/query/query-paging.ts';
import { contactDepartments, type ShownKinds } from './view.ts';

/** The answer with one page of a list of departments. [contract feishu-contact.md 1.3] */
export async function departmentPageReply(
  { call, caller, context, exchange }: OperationContext,
  kinds: ShownKinds,
  list: PagedList,
  limits: PageLimits & Required<Pick<PageLimits, 'tokenInvalid'>>,
  departments: readonly Department[],
): Promise<Reply> {
  const read = readPageSize(call.query, limits);
  if (!('size' in read)) return pageErrorReply(exchange, read);
  const after = decodeCursor(call.query.get('page_token'), list);
  if (after === undefined) return errorReply(exchange, limits.tokenInvalid);
  const { things, next } = pageAfter(departments, after, read.size);
  return successReply(exchange, {
    has_more: next !== null,
    ...(next === null ? {} : { page_token: encodeCursor(list, next) }),
    items: await context.store.read(() => contactDepartments(caller, kinds, things)),
  });
}
