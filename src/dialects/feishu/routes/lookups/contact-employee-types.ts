import { createHash } from 'node:crypto';
import type { LocalText } from '../../../../directory/text.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import type { Route } from '../../../dialect.ts';
import { pageErrorReply } from '../../auth/guarded-route.ts';
import { LOOK_UP_CODES } from '../../protocol/codes.ts';
import { BUILT_IN_TYPES, enumValueOf } from '../../model/employee-types.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { entryIdOf } from '../../model/ids.ts';
import { readPageRequest, pageOf, serializePage } from '../../protocol/list-paging.ts';
import { pagedList } from '../../protocol/query-paging.ts';
import { translationsOf } from '../../protocol/localized-text.ts';

const OPERATION = 'contact.employee-type-enum.list';

interface EmployeeType {
  readonly id: string;
  readonly number: number;
  readonly name: LocalText;
  readonly isActive: boolean;
}

/** 人员类型: the five of every company, then the company's own. [public: contact/employee_type_enum/list] */
export const employeeTypes: Route = {
  operation: OPERATION,
  method: 'GET',
  path: '/open-apis/contact/v3/employee_type_enums',
  answer: authenticated(OPERATION, async ({ call, caller, exchange }) => {
    const list = pagedList(caller, OPERATION);
    const wanted = readPageRequest(call.query, list, { usual: 20, most: 100 });
    if (!('asked' in wanted)) return pageErrorReply(exchange, wanted);
    const page = pageOf(typesOf(caller.tenant), ({ id }) => id, list, wanted.asked);
    return page === null
      ? errorReply(exchange, LOOK_UP_CODES.paramsInvalid)
      : successReply(exchange, serializePage(page, shown));
  }),
};

const TYPES = Symbol('feishu employee types as listed');

function typesOf(tenant: Tenant): readonly EmployeeType[] {
  return tenant.derived(TYPES, ({ key, catalogs }) => {
    const types = new Map<number, EmployeeType>();
    for (const [number, name] of BUILT_IN_TYPES) {
      types.set(number, { id: builtInId(key, number), number, name, isActive: true });
    }
    for (const entry of catalogs) {
      const number = entry.catalog === 'employee-type' ? enumValueOf(entry) : undefined;
      if (number === undefined) continue;
      types.set(number, { id: entryIdOf(entry), number, name: entry.name, isActive: entry.enabled });
    }
    return [...types.values()].sort((a, b) => a.number - b.number);
  });
}

/** 16 bytes in base64, as in the page's example; always the same in a company. [derived] */
function builtInId(tenantKey: string, number: number): string {
  const hash = createHash('sha256')
    .update(`employee type\n${tenantKey}\n${String(number)}`)
    .digest();
  return hash.subarray(0, 16).toString('base64');
}

function shown({ id, number, name, isActive }: EmployeeType): object {
  return {
    enum_id: id,
    enum_value: String(number),
    content: name.value,
    enum_type: BUILT_IN_TYPES.has(number) ? 1 : 2,
    enum_status: isActive ? 1 : 2,
    i18n_content: translationsOf(name),
  };
}
