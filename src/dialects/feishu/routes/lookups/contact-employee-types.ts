import type { Route } from '../../../dialect.ts';
import { pageErrorReply } from '../../auth/guarded-route.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { catalogWriteRoutes } from '../../lookups/catalog-writes.ts';
import {
  employeeTypesIn,
  ownTypeNamed,
  showType,
  showTypeEntry,
  TypeBody,
  typeFrom,
} from '../../lookups/employee-types.ts';
import { LOOK_UP_CODES } from '../../protocol/codes.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';
import { pageOf, readPageRequest, serializePage } from '../../protocol/list-paging.ts';
import { pagedList } from '../../protocol/query/query-paging.ts';

const OPERATION = 'contact.employee-type-enum.list';
const path = '/open-apis/contact/v3/employee_type_enums';

const list: Route = {
  operation: OPERATION,
  method: 'GET',
  path,
  answer: authenticated(OPERATION, async ({ call, caller, exchange }) => {
    const paged = pagedList(caller, OPERATION);
    const wanted = readPageRequest(call.query, paged, { usual: 20, most: 100 });
    if (!('asked' in wanted)) return pageErrorReply(exchange, wanted);
    const page = pageOf(employeeTypesIn(caller.tenant), ({ id }) => id, paged, wanted.asked);
    return page === null
      ? errorReply(exchange, LOOK_UP_CODES.paramsInvalid)
      : successReply(exchange, serializePage(page, showType));
  }),
};

/** 人员类型: the list of employee types, and writes of the company's own. [public: contact/employee_type_enum/list] */
export const employeeTypes: readonly Route[] = [
  list,
  ...catalogWriteRoutes({
    catalog: 'employee-type',
    name: 'employee-type-enum',
    path,
    parameter: 'enum_id',
    member: 'employee_type_enum',
    idPrefix: 't',
    body: TypeBody,
    nameIn: ({ content }) => content,
    find: ownTypeNamed,
    entryFrom: typeFrom,
    show: showTypeEntry,
  }),
];
