import Type from 'typebox';
import type { Route } from '../../../dialect.ts';
import { isDepartmentInScope } from '../../auth/data-scope.ts';
import { contactIdKindsOf, validationErrorReply } from '../../auth/guarded-route.ts';
import { departmentPageReply } from '../../departments/contact/page.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { MAX_IN_QUERY } from '../../protocol/bounds.ts';
import { createBodyReader } from '../../protocol/body-validation.ts';
import { CONTACT_DEPARTMENT_CODES as D } from '../../protocol/contact-department-codes.ts';
import { errorReply } from '../../protocol/envelope.ts';
import { pagedList } from '../../protocol/query-paging.ts';

const SearchBody = Type.Object({ query: Type.String({ maxLength: MAX_IN_QUERY }) });
const readBody = createBodyReader(SearchBody);
const LIMITS = { usual: 20, most: 50, sizeInvalid: D.searchInvalid, tokenInvalid: D.searchInvalid };

/** 搜索部门, for users alone: names with the text in them, in the order of the company. [public: c3/department/search] */
export const contactDepartmentSearch: Route = {
  operation: 'contact.department.search',
  method: 'POST',
  path: '/open-apis/contact/v3/departments/search',
  body: SearchBody,
  answer: authenticated('contact.department.search', async (guarded) => {
    const { call, caller, exchange } = guarded;
    const { violations, ...kinds } = contactIdKindsOf(call.query);
    const { body, ...read } = readBody(call.body);
    if (body === null || violations.length > 0)
      return validationErrorReply(exchange, 'violations' in read ? read.violations : [], violations);
    const query = body.query.toLowerCase();
    if (query === '') return errorReply(exchange, D.searchInvalid);
    // The default name alone is looked at. [contract feishu-contact.md 3.2]
    const found = caller.tenant.departments.all.filter(
      ({ id, name, parent }) =>
        parent !== null && name.value.toLowerCase().includes(query) && isDepartmentInScope(caller, id),
    );
    const paged = pagedList(caller, 'contact.department.search', query);
    return departmentPageReply(guarded, kinds, paged, LIMITS, found);
  }),
};
