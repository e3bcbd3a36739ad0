import type { Call, Dialect, Reply, UnhandledReason } from '../dialect.ts';
import { GENERIC_CODES } from './protocol/codes.ts';
import { client } from './client.ts';
import { readers } from './readers.ts';
import { rows } from './row-calls.ts';
import { repairs } from './repairs.ts';
import { edit } from './edit.ts';
import { start } from './start.ts';
import { codes, presets, refuse } from './auth/refuse.ts';
import { company } from './company/section.ts';
import { coverage } from './coverage.ts';
import { operationTitles } from './operation-titles.ts';
import { events } from './events/events.ts';
import { responseContext, errorReply } from './protocol/envelope.ts';
import { contactDepartmentDelete } from './routes/contact/department-delete.ts';
import { contactDepartmentIds } from './routes/contact/department-id.ts';
import { contactDepartmentWrites } from './routes/contact/department-write.ts';
import { contactDepartmentReads } from './routes/contact/department-get.ts';
import { contactDepartmentLists } from './routes/contact/department-lists.ts';
import { contactDepartmentSearch } from './routes/contact/department-search.ts';
import { departmentLists } from './routes/department-list.ts';
import { departmentWrites } from './routes/department-write.ts';
import { dueInCompany } from './employees/lifecycle/due.ts';
import { employeeCreate } from './routes/employee-create.ts';
import { employeeDelete } from './routes/employee-delete.ts';
import { employeeRegular, employeeToBeResigned } from './routes/employee-to-be-resigned.ts';
import { employeeLists } from './routes/employee-list.ts';
import { employeeMget } from './routes/employee-mget.ts';
import { employeePatch } from './routes/employee-patch.ts';
import { employeeResurrect } from './routes/employee-resurrect.ts';
import { batchGetId } from './routes/employee-batch-get-id.ts';
import { userLists } from './routes/contact/user-lists.ts';
import { userReads } from './routes/contact/user-get.ts';
import { userWrites } from './routes/contact/user-write.ts';
import { userLife } from './routes/contact/user-life.ts';
import { userSearch } from './routes/contact/user-search.ts';
import { customAttrs } from './routes/lookups/contact-custom-attrs.ts';
import { employeeTypes } from './routes/lookups/contact-employee-types.ts';
import { jobFamilies } from './routes/lookups/contact-job-families.ts';
import { jobLevels } from './routes/lookups/contact-job-levels.ts';
import { jobTitles } from './routes/lookups/contact-job-titles.ts';
import { contactScopes } from './routes/auth/contact-scopes.ts';
import { workCities } from './routes/lookups/contact-work-cities.ts';
import { longConnection } from './routes/events/long-connection.ts';
import { imageCreate, imageGet } from './routes/lookups/images.ts';
import { countryRegions } from './routes/lookups/country-regions.ts';
import { multiGeoEntity } from './routes/lookups/multi-geo-entity.ts';
import { assignInfo } from './routes/lookups/seat-info.ts';
import { companyAndBot } from './routes/auth/company-and-bot.ts';
import { loginTokens } from './routes/auth/login-tokens.ts';
import { oauthPages } from './routes/auth/oauth-authorize.ts';
import { oauthTokens } from './routes/auth/oauth-token.ts';
import { tokenRoutes } from './routes/auth/app-tokens.ts';
import { userInfos } from './routes/auth/user-info.ts';
import { DIALECT } from './model/settings.ts';
import { employeesWithId } from './model/employees-with-id.ts';
import { memberNames } from './protocol/member-names.ts';

/** Feishu (飞书), Lark outside China, as served. */
export const feishu: Dialect = {
  client,
  name: DIALECT,
  title: { zh: '飞书', en: 'Feishu' },
  // Log-in has addresses of its own, which the platform serves from other hosts. [contract feishu-contact.md 5.1, 5.2]
  hosts: [
    'open.feishu.cn',
    'accounts.feishu.cn',
    'passport.feishu.cn',
    'open.larksuite.com',
    'accounts.larksuite.com',
    'passport.larksuite.com',
  ],
  prefixes: ['/open-apis/', '/suite/passport/', '/oauth/v3/', '/callback/ws/'],
  routes: [
    ...tokenRoutes,
    ...oauthPages,
    ...oauthTokens,
    ...loginTokens,
    ...userInfos,
    ...companyAndBot,
    employeePatch,
    employeeMget,
    employeeCreate,
    employeeToBeResigned,
    employeeRegular,
    employeeDelete,
    employeeResurrect,
    ...employeeLists,
    ...departmentLists,
    ...departmentWrites,
    ...contactDepartmentReads,
    ...contactDepartmentLists,
    contactDepartmentSearch,
    ...contactDepartmentWrites,
    contactDepartmentDelete,
    ...contactDepartmentIds,
    batchGetId,
    ...userLists,
    ...userReads,
    ...userWrites,
    ...userLife,
    userSearch,
    ...jobTitles,
    ...jobLevels,
    ...jobFamilies,
    ...workCities,
    ...employeeTypes,
    customAttrs,
    contactScopes,
    countryRegions,
    assignInfo,
    multiGeoEntity,
    imageCreate,
    imageGet,
    longConnection,
  ],
  coverage,
  operationTitles,
  fallback: unhandledReply,
  memberNames,
  employeesWithId,
  facts: {
    due: dueInCompany,
    refuse,
    codes,
    limitCode: '99991400',
    addressCode: '99991401',
    presets,
    readers,
    rows,
    repairs,
    start,
    edit,
  },
  company,
  events,
};

function unhandledReply(call: Call, why: UnhandledReason): Reply {
  const exchange = responseContext(call, call.receivedAt);
  switch (why) {
    case 'not-found': // Not JSON, although the generic list has codes for it. [public: probe]
      return { status: 404, headers: { 'Content-Type': 'text/plain' }, body: '404 page not found' };
    case 'too-large':
      return errorReply(exchange, GENERIC_CODES.tooLarge);
    case 'busy':
      return errorReply(exchange, GENERIC_CODES.busy);
    case 'internal':
      return errorReply(exchange, GENERIC_CODES.internal);
    default:
      why satisfies never;
      return errorReply(exchange, GENERIC_CODES.internal);
  }
}
