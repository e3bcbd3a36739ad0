/** API permissions that let an app call an operation; any one of a list is enough, an empty list asks for none. */
// [seed] for the update, [public] the page of each operation for the rest
const OPERATIONS = {
  'employee.patch': ['directory:employee.update:write', 'directory:employee:write'],
  'employee.mget': ['directory:employee:read'],
  'employee.create': ['directory:employee.create:write', 'directory:employee:write'],
  'employee.delete': ['directory:employee.resign:write', 'directory:employee:write'],
  'employee.resurrect': ['directory:employee.resurrect:write', 'directory:employee:write'],
  'employee.to-be-resigned': ['directory:employee.to_be_resigned:write'],
  'employee.regular': ['directory:employee.to_be_resigned:write'],
  'employee.filter': ['directory:employee:list'],
  'employee.search': ['directory:employee:search'],
  'department.create': ['directory:department.create:write', 'directory:department:write'],
  'department.patch': ['directory:department.update:write', 'directory:department:write'],
  'department.delete': ['directory:department.delete:write', 'directory:department:write'],
  'department.mget': ['directory:department:read'],
  'department.filter': ['directory:department:list'],
  'department.search': ['directory:department:search'],
  'contact.user.batch-get-id': ['contact:user.id:readonly'],
  'contact.job-title.list': ['contact:job_title:readonly'],
  'contact.job-title.get': ['contact:job_title:readonly'],
  'contact.job-level.list': ['contact:job_level:readonly'],
  'contact.job-level.get': ['contact:job_level:readonly'],
  'contact.job-level.create': ['contact:contact', 'contact:job_level'],
  'contact.job-level.update': ['contact:contact', 'contact:job_level'],
  'contact.job-level.delete': ['contact:contact', 'contact:job_level'],
  'contact.job-family.list': ['contact:job_family:readonly'],
  'contact.job-family.get': ['contact:job_family:readonly'],
  'contact.work-city.list': ['contact:work_city:readonly'],
  'contact.work-city.get': ['contact:work_city:readonly'],
  'contact.employee-type-enum.list': ['contact:contact.base:readonly'],
  'contact.custom-attr.list': ['contact:contact.base:readonly'],
  'contact.scope.list': [],
  'contact.department.children': [],
  'mdm.country-region.list': ['mdm:country_region:read'],
  'tenant.assign-info-list.query': ['tenant:tenant.product_assign_info:read'],
  'multi-geo-entity.tenant.get': [
    'security_and_compliance:multi_geo_entity.tenant:readonly',
    'security_and_compliance:user_migration:multi-geo',
  ],
  'im.image.create': ['im:resource', 'im:resource:upload'],
  'im.image.get': ['im:resource'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Operations that only a caller with a token may ask for. */
export type Operation = keyof typeof OPERATIONS;

/** Operations that take no user tokens, only those of apps. [public] the page of each operation, as contract 4.7 marks it */
export const TENANT_ONLY: ReadonlySet<Operation> = new Set<Operation>([
  'contact.user.batch-get-id',
  'contact.job-level.list',
  'contact.job-level.create',
  'contact.job-level.update',
  'contact.job-level.delete',
  'contact.job-family.list',
  'contact.employee-type-enum.list',
  'contact.custom-attr.list',
  'contact.scope.list',
  'mdm.country-region.list',
  'tenant.assign-info-list.query',
  'im.image.create',
]);

/** API permissions by what they allow; any one of a list is enough. */
export const SCOPE: Readonly<
  Record<Operation | 'employeeId' | 'userId' | 'geoWrite' | 'seatsWrite', readonly string[]>
> = {
  ...OPERATIONS,
  /** To name employees by their employee_id. */
  employeeId: ['directory:employee.base.external_id:read'],
  /** To be told the employee_id by the contact API, which calls it user_id. [public: contact/user/batch_get_id] */
  userId: ['contact:user.employee_id:readonly'],
  /** To say where an employee's data lies. */
  geoWrite: ['directory:employee.base.geo:write'],
  /** To give an employee seats. */
  seatsWrite: ['directory:employee.base.subscription_ids:write'],
};
