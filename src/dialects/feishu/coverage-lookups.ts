import type { Coverage } from '../dialect.ts';

/** A page of the contact API. */
export const contact = (name: string): string =>
  `https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/${name}`;

/** A page of the vendor's reference. */
export const documentation = (name: string): string => `https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/${name}`;

const CONTACT = '/open-apis/contact/v3';

const ownTypes = 'the code for an unknown or built-in type, 40001, is made up';

function lookUp(operation: string, path: string, source: string, note?: string): Coverage {
  const how = { operation, method: 'GET', path, source } as const;
  return note === undefined ? { ...how, status: 'same' } : { ...how, status: 'partial', note };
}

/** What a client looks up before it updates someone: how far each is imitated. */
export const lookUps: readonly Coverage[] = [
  {
    operation: 'contact.user.batch-get-id',
    method: 'POST',
    path: `${CONTACT}/users/batch_get_id`,
    status: 'same',
    source: contact('user/batch_get_id'),
  },
  lookUp('contact.job-title.list', `${CONTACT}/job_titles`, contact('job_title/list')),
  lookUp('contact.job-title.get', `${CONTACT}/job_titles/:job_title_id`, contact('job_title/get')),
  lookUp('contact.job-level.list', `${CONTACT}/job_levels`, contact('job_level/list')),
  lookUp('contact.job-level.get', `${CONTACT}/job_levels/:job_level_id`, contact('job_level/get')),
  {
    operation: 'contact.job-level.create',
    method: 'POST',
    path: `${CONTACT}/job_levels`,
    status: 'partial',
    source: contact('job_level/create'),
    note: 'a company has at most 1,000 levels, deleted ones among them (42300); 42302 and 42307 have no cause here',
  },
  {
    operation: 'contact.job-level.update',
    method: 'PUT',
    path: `${CONTACT}/job_levels/:job_level_id`,
    status: 'same',
    source: contact('job_level/update'),
  },
  {
    operation: 'contact.job-level.delete',
    method: 'DELETE',
    path: `${CONTACT}/job_levels/:job_level_id`,
    status: 'same',
    source: contact('job_level/delete'),
  },
  lookUp('contact.job-family.list', `${CONTACT}/job_families`, contact('job_family/list')),
  lookUp('contact.job-family.get', `${CONTACT}/job_families/:job_family_id`, contact('job_family/get')),
  {
    operation: 'contact.job-family.create',
    method: 'POST',
    path: `${CONTACT}/job_families`,
    status: 'partial',
    source: contact('job_family/create'),
    note:
      'a company has at most 1,000 families, deleted ones among them (42401), 10 of them one below another (42413); 42400, ' +
      '42403 and 42412 have no cause here',
  },
  {
    operation: 'contact.job-family.update',
    method: 'PUT',
    path: `${CONTACT}/job_families/:job_family_id`,
    status: 'same',
    source: contact('job_family/update'),
  },
  {
    operation: 'contact.job-family.delete',
    method: 'DELETE',
    path: `${CONTACT}/job_families/:job_family_id`,
    status: 'same',
    source: contact('job_family/delete'),
  },
  lookUp('contact.work-city.list', `${CONTACT}/work_cities`, contact('work_city/list')),
  lookUp('contact.work-city.get', `${CONTACT}/work_cities/:work_city_id`, contact('work_city/get')),
  lookUp('contact.employee-type-enum.list', `${CONTACT}/employee_type_enums`, contact('employee_type_enum/list')),
  {
    operation: 'contact.employee-type-enum.create',
    method: 'POST',
    path: `${CONTACT}/employee_type_enums`,
    status: 'partial',
    source: contact('employee_type_enum/create'),
    note: 'contents have at most 100 characters, which the page does not state',
  },
  {
    operation: 'contact.employee-type-enum.update',
    method: 'PUT',
    path: `${CONTACT}/employee_type_enums/:enum_id`,
    status: 'partial',
    source: contact('employee_type_enum/update'),
    note: ownTypes,
  },
  {
    operation: 'contact.employee-type-enum.delete',
    method: 'DELETE',
    path: `${CONTACT}/employee_type_enums/:enum_id`,
    status: 'partial',
    source: contact('employee_type_enum/delete'),
    note: `${ownTypes}; employees keep a type that is deleted`,
  },
  lookUp(
    'contact.custom-attr.list',
    `${CONTACT}/custom_attrs`,
    contact('custom_attr/list'),
    'no field has a default option, and a picture is returned by its name',
  ),
  lookUp('contact.scope.list', `${CONTACT}/scopes`, contact('scope/list'), 'there are no user groups'),
  lookUp(
    'mdm.country-region.list',
    '/open-apis/mdm/v3/country_regions',
    documentation('mdm-v3/country_region/list'),
    'the countries are those of the company file, else of ISO 3166-1 with MDM codes as far as they are on public record; each has one name',
  ),
  lookUp(
    'tenant.assign-info-list.query',
    '/open-apis/tenant/v2/tenant/assign_info_list/query',
    documentation('tenant-v2/tenant-product_assign_info/query'),
  ),
  lookUp(
    'multi-geo-entity.tenant.get',
    '/open-apis/security_and_compliance/v1/multi_geo_entity/tenant',
    documentation('security_and_compliance-v1/multi_geo_entity-tenant/get'),
    'the sentence of 1781003 is made up',
  ),
  {
    operation: 'im.image.create',
    method: 'POST',
    path: '/open-apis/im/v1/images',
    status: 'partial',
    source: documentation('reference/im-v1/image/create'),
    note:
      'TIFF and HEIC are kept as they are instead of as JPG, and their resolution is not looked at; ' +
      'every app has the bot feature',
  },
  {
    operation: 'im.image.get',
    method: 'GET',
    path: '/open-apis/im/v1/images/:image_key',
    status: 'partial',
    source: documentation('reference/im-v1/image/get'),
    note: 'any app of the company may download, not only the one that uploaded; pictures have one size',
  },
];
