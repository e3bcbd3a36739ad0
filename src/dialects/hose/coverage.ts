import type { Coverage } from '../dialect.ts';
import { V1, V11, V2 } from './protocol/api-paths.ts';

/** Returns the address of a page of the public repository ekuaibao/open-platform-docs, under docs/open-api. */
function page(path: string): string {
  return `https://docs.ekuaibao.com/docs/open-api/${path}`;
}

/** Returns the address of a page of the same repository's archived version 2.0. */
function archived(path: string): string {
  return `https://docs.ekuaibao.com/docs/v2.0/open-api/${path}`;
}

function same(operation: string, method: Coverage['method'], path: string, source: string): Coverage {
  return { operation, method, path, source, status: 'same' };
}

function partial(operation: string, method: Coverage['method'], path: string, source: string, note: string): Coverage {
  return { operation, method, path, source, status: 'partial', note };
}

function absent(operation: string, method: Coverage['method'], path: string, source: string, note: string): Coverage {
  return { operation, method, path, source, status: 'absent', note };
}

const RAW_ITEM =
  'nameSpell and form are null, payAccountIds is empty; sourceCorpId, taxpayerType and permissions are absent';
const RAW_ITEM_WITH_ORIGIN = `${RAW_ITEM}, as are pipeline, grayver, sourceCorporationId and dataCorporationId`;
const PRESET_MEMBERS = 'what only preset archives have (form, payAccountIds, departments) is passed over';
const RAW_ROLE = 'nameSpell, source and data corporation, sourcePlat, sourceId, suffixName are null';
const ABROAD =
  'places in China only; ids beyond those of the vendor’s samples are national codes; nameSpell, enName and enFullName are null, and flights and trains are absent';

/** Every operation of the contract, whether served or not. */
export const coverage: readonly Coverage[] = [
  same('auth.getAccessToken', 'POST', `${V1}/auth/getAccessToken`, page('getting-started/auth')),
  same('auth.refreshToken', 'POST', `${V2}/auth/refreshToken`, page('getting-started/refresh-auth')),
  same(
    'auth.refreshToken.expireDate',
    'POST',
    `${V2}/auth/refreshToken/expireDate`,
    page('getting-started/refresh-auth-expireDate'),
  ),
  partial(
    'auth.v3.getAccessToken',
    'POST',
    '/auth/openApi/v3/getAccessToken',
    page('getting-started/authV3'),
    'the token is one like those of v1, not a JWT; keys are a company’s, so scope is always tenant',
  ),
  same('location', 'GET', `${V2}/location`, page('getting-started/origin')),
  same('corporations', 'GET', `${V1}/corporations`, page('corporation/corporation-info')),

  same('staffs.update', 'PUT', `${V11}/staffs/update/:staffId`, page('contacts/update-staffs')),
  partial(
    'staffs.update.v1',
    'PUT',
    `${V1}/staffs/update/:staffId`,
    page('contacts/update-staffs'),
    'answers the staff object of v1.1; a phone is kept by its digits',
  ),
  same('staffs.batchUpdate', 'PUT', `${V11}/staffs/batch/update`, page('contacts/batch-update-staffs')),
  same('staffs.list', 'GET', `${V11}/staffs`, page('corporation/get-all-staffs')),
  same('staffs.list.v1', 'GET', `${V1}/staffs`, page('corporation/get-all-staffs')),
  same('staffs.authorized', 'GET', `${V1}/staffs/authorized`, page('corporation/get-all-auth-staffs')),
  same('staffs.getStaffIds', 'POST', `${V1}/staffs/getStaffIds`, page('corporation/get-staff-ids')),

  same('staffs.create', 'POST', `${V11}/staffs`, page('contacts/add-staffs')),
  partial('staffs.create.v1', 'POST', `${V1}/staffs`, page('contacts/add-staffs'), 'a phone is kept by its digits'),
  same('staffs.batchCreate', 'POST', `${V11}/staffs/batch/create`, page('contacts/batch-add-staffs')),
  partial(
    'staffs.batchCreate.v1',
    'POST',
    `${V1}/staffs/batch/create`,
    archived('contacts/batch-add-staffs'),
    'a phone is kept by its digits',
  ),
  same(
    'staffs.disableOrEnable.v1',
    'PUT',
    `${V1}/staffs/disableOrEnableStaff/:staffIds`,
    archived('contacts/active-staffs'),
  ),
  same(
    'staffs.backlogCount.v1',
    'GET',
    `${V1}/staffs/getBacklogCount/:type`,
    archived('corporation/get-staff-backLog'),
  ),
  same('staffs.disableOrEnable', 'PUT', `${V11}/staffs/disableOrEnableStaff/:staffIds`, page('contacts/active-staffs')),
  same('charge.authStaff', 'POST', `${V1}/charge/powers/authStaff`, page('contacts/auth-staffs')),
  same('staffs.backlogCount', 'GET', `${V11}/staffs/getBacklogCount/:type`, page('corporation/get-staff-backLog')),
  same('staffs.customProperties', 'GET', `${V1}/staffs/getAllCustomeProperty`, page('contacts/get-allCustomeProperty')),
  partial(
    'property.addPropertySet',
    'POST',
    `${V2}/property/addPropertySet`,
    page('inside/create-custom-field'),
    'fields of staff; useField DEPARTMENT is 412, as fields of departments have no definitions',
  ),
  same(
    'staffs.customFields',
    'PUT',
    `${V11}/staffs/:staffId/customFields`,
    page('contacts/update-staffs-customFields'),
  ),
  same(
    'staffs.customFields.v1',
    'PUT',
    `${V1}/staffs/:staffId/customFields`,
    page('contacts/update-staffs-customFields'),
  ),
  same('staffs.code', 'PUT', `${V1}/staffs/:staffId/code`, page('corporation/update-staffs-code')),

  same('departments.list', 'GET', `${V1}/departments`, page('corporation/get-departments')),
  same('departments.get', 'GET', `${V1}/departments/:idOrCode`, page('contacts/get-departments-idOrCode')),
  same('departments.byName', 'GET', `${V1}/departments/getDepartmentByName`, page('contacts/get-department-byName')),
  same('departments.byPath', 'GET', `${V1}/departments/getDepartmentByPath`, page('contacts/get-department-byPath')),
  same(
    'departments.external',
    'GET',
    `${V1}/departments/external/department`,
    page('corporation/get-external-department'),
  ),
  partial(
    'departments.create',
    'POST',
    `${V1}/departments`,
    page('contacts/add-departments'),
    'the form is kept as it is sent: what costCenter, legalEntity and u_ fields name is not looked up',
  ),
  partial(
    'departments.batchCreate',
    'POST',
    `${V1}/departments/batch/create`,
    page('contacts/batch-add-departments'),
    'the form is kept as it is sent: what costCenter, legalEntity and u_ fields name is not looked up',
  ),
  partial(
    'departments.update',
    'PUT',
    `${V1}/departments/update/:departmentId`,
    page('contacts/update-departments'),
    'the form is kept as it is sent: what costCenter, legalEntity and u_ fields name is not looked up',
  ),
  same(
    'departments.disableOrEnable',
    'PUT',
    `${V1}/departments/disableOrEnableDepartment/:departmentId`,
    page('contacts/active-departments'),
  ),

  same('dimensions.list', 'GET', `${V1}/dimensions`, page('dimensions/get-dimensions')),
  same('dimensions.create', 'POST', `${V1}/dimensions`, page('dimensions/create-dimensions')),
  same('dimensions.items', 'GET', `${V1}/dimensions/items`, page('dimensions/get-dimension-items')),
  same(
    'dimensions.items.withVisibility',
    'GET',
    `${V1}/dimensions/items/withVisibility`,
    page('dimensions/get-dimension-items-visibility'),
  ),
  partial(
    'dimensions.items.withAll',
    'GET',
    `${V1}/dimensions/items/withAll`,
    page('dimensions/get-dimension-items-withAll'),
    RAW_ITEM_WITH_ORIGIN,
  ),
  partial(
    'dimensions.items.byId',
    'GET',
    `${V1}/dimensions/getDimensionById`,
    page('dimensions/get-dimension-items-byId'),
    RAW_ITEM_WITH_ORIGIN,
  ),
  partial(
    'dimensions.items.byCode',
    'GET',
    `${V1}/dimensions/getDimensionByCode`,
    page('dimensions/get-dimension-items-byCode'),
    RAW_ITEM,
  ),
  partial(
    'dimensions.items.byName',
    'GET',
    `${V1}/dimensions/getDimensionByName`,
    page('dimensions/get-dimension-items-byName'),
    RAW_ITEM,
  ),
  partial(
    'dimensions.items.create',
    'POST',
    `${V11}/dimensions/items`,
    page('dimensions/creat-dimension-items'),
    PRESET_MEMBERS,
  ),
  partial(
    'dimensions.items.batchCreate',
    'POST',
    `${V11}/dimensions/items/batch`,
    page('dimensions/batch-creat-dimension-items'),
    PRESET_MEMBERS,
  ),
  partial(
    'dimensions.items.update',
    'PUT',
    `${V11}/dimensions/items/:id`,
    page('dimensions/update-dimension-items'),
    PRESET_MEMBERS,
  ),
  same(
    'dimensions.items.disable',
    'PUT',
    `${V11}/dimensions/items/:id/disable`,
    page('dimensions/disable-dimension-items'),
  ),
  same(
    'dimensions.items.enable',
    'PUT',
    `${V11}/dimensions/items/:id/enable`,
    page('dimensions/enable-dimension-items'),
  ),

  partial(
    'dimensions.items.create.v1',
    'POST',
    `${V1}/dimensions/items`,
    archived('dimensions/creat-dimension-items'),
    PRESET_MEMBERS,
  ),
  partial(
    'dimensions.items.batchCreate.v1',
    'POST',
    `${V1}/dimensions/items/batch`,
    archived('dimensions/batch-creat-dimension-items'),
    PRESET_MEMBERS,
  ),
  partial(
    'dimensions.items.update.v1',
    'PUT',
    `${V1}/dimensions/items/:id`,
    archived('dimensions/update-dimension-items'),
    PRESET_MEMBERS,
  ),
  same(
    'dimensions.items.disable.v1',
    'PUT',
    `${V1}/dimensions/items/:id/disable`,
    archived('dimensions/disable-dimension-items'),
  ),
  same(
    'dimensions.items.enable.v1',
    'PUT',
    `${V1}/dimensions/items/:id/enable`,
    archived('dimensions/enable-dimension-items'),
  ),

  same('roleDefGroups.list', 'GET', `${V1}/roleDefGroups`, page('corporation/get-roles-group')),
  same('roledefs.create', 'POST', `${V1}/roledefs`, page('corporation/create-roledefs')),
  partial('roledefs.update', 'PUT', `${V1}/roledefs/:id`, page('corporation/update-roledefs'), RAW_ROLE),
  same('roledefs.get', 'GET', `${V1}/roledefs/:id`, page('corporation/get-roles')),
  same('roledefs.staffs.update', 'PUT', `${V11}/roledefs/:id/staffs`, page('corporation/update-roles')),
  same('roledefs.staffs.update.v1', 'PUT', `${V1}/roledefs/:id/staffs`, page('corporation/update-roles')),
  same('roledefs.staffs.delete', 'DELETE', `${V11}/roledefs/:id/staffs`, page('corporation/delete-roles')),
  same('roledefs.staffs.delete.v1', 'DELETE', `${V1}/roledefs/:id/staffs`, page('corporation/delete-roles')),

  same('staffs.clearInfo', 'GET', `${V1}/staffs/clearInfo`, page('tools/staffs-clearInfo')),
  partial(
    'staffs.certificate.get',
    'GET',
    `${V11}/staffs/certificate/:staffId`,
    page('contacts/get-certificate-byStaffId'),
    'threadId, source and data corporation are null; form.certificate of the staff object does not list the ids',
  ),
  same(
    'staffs.certificate.update',
    'POST',
    `${V11}/staffs/certificate/:staffId`,
    page('contacts/update-certificate-byStaffId'),
  ),
  same('staffs.staffCustom', 'POST', `${V11}/staffs/staffCustom`, page('inside/get-staffs-staffCustom')),
  same(
    'departments.departmentCustom',
    'POST',
    `${V1}/departments/departmentCustom`,
    page('inside/get-departments-deptCustom'),
  ),
  same('staffs.phone', 'PUT', `${V1}/staffs/:staffId/phone`, page('inside/update-staffs-phone')),
  partial(
    'staffs.getOpenUserId',
    'POST',
    `${V1}/staffs/getOpenUserId`,
    page('tools/staffs-getOpenUserId'),
    'an id that the company file does not give is made up from corporation and userid, not by WeCom',
  ),
  same(
    'auth.getAppAccessToken',
    'POST',
    `${V1}/auth/getAppAccessToken`,
    page('getting-started/auth-getAppAccessToken'),
  ),
  same('realms.auth', 'POST', '/api/realms/auth', page('getting-started/platform-auth')),
  partial(
    'provisional.getProvisionalAuth',
    'POST',
    `${V11}/provisional/getProvisionalAuth`,
    page('getting-started/temp-auth'),
    'of documents only the presence of what is required is looked at; pageType mall is refused',
  ),
  partial(
    'provisional.getProvisionalAuth.v1',
    'POST',
    `${V1}/provisional/getProvisionalAuth`,
    archived('getting-started/temp-auth'),
    'of documents only the presence of what is required is looked at; pageType mall is refused',
  ),
  partial(
    'provisional.open',
    'GET',
    '/applet/thirdparty.html',
    page('getting-started/temp-auth'),
    'a page that says who is let in, where and until when; nothing else of Hose lies behind it',
  ),
  absent(
    'outboundMessageLogs.list',
    'GET',
    `${V1}/outboundMessageLogs`,
    page('outbound-message/call-failed-log-list'),
    'no message is about staff or departments, so none is sent and none fails',
  ),
  absent('auth.redirect', 'GET', '/api/openapi/v3/auth/redirect', page('getting-started'), 'no page describes it'),
  absent(
    'auth.redirect.code',
    'POST',
    '/api/openapi/v3/auth/redirect/:code',
    page('getting-started'),
    'no page describes what it answers',
  ),

  partial('city.list', 'POST', `${V1}/city/getCityList`, page('basedata/get-basedata-city'), ABROAD),
  partial('city.get', 'GET', `${V1}/city/getCity`, page('basedata/get-basedata-cityById'), ABROAD),
];
