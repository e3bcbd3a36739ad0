import Type from 'typebox';
import { isDepartmentInScope } from '../../auth/data-scope.ts';
import { departmentPageReply } from '../../departments/contact/page.ts';
import { contactRoute } from '../../employees/operation-routes.ts';
import { MAX_IN_QUERY } from '../../protocol/bounds.ts';
import { CONTACT_DEPARTMENT_CODES as D } from '../../protocol/contact-department-codes.ts';
import { errorReply } from '../../protocol/envelope.ts';
import { pagedList } from '../../protocol/query/query-paging.ts';

const SearchBody = Type.Object({ query: Type.String({ maxLength: MAX_IN_QUERY }) });
const LIMITS = { usual: 20, most: 50, sizeInvalid: D.searchInvalid, tokenInvalid: D.searchInvalid };

/** 搜索部门, for users alone: names with the text in them, in the order of the company. [public: c3/department/search] */
export const contactDepartmentSearch = contactRoute({
  operation: 'contact.department.search',
  method: 'POST',
  path: '/open-apis/contact/v3/departments/search',
  body: SearchBody,
  answer: async (operation, kinds, body) => {
    const { caller, exchange } = operation;
    const query = body.query.toLowerCase();
    if (query === '') return errorReply(exchange, D.searchInvalid);
    // The default name alone is looked at. [contract feishu-contact.md 3.2]
    const found = caller.tenant.departments.all.filter(
      ({ id, name, parent }) =>
        parent !== null && name.value.toLowerCase().includes(query) && isDepartmentInScope(caller, id),
    );
    const paged = pagedList(caller, 'contact.department.search', query);
    return departmentPageReply(operation, kinds, paged, LIMITS, found);
  },
});
