/** Three old scopes, which open nearly every read of the contact API. [contract feishu-contact.md 1.2] */
export const LEGACY = [
  'contact:contact:readonly_as_app',
  'contact:contact:access_as_app',
  'contact:contact:readonly',
] as const;
const CONTACT_WRITE = ['contact:contact'] as const;
/** Lists of departments and of their people. [contract feishu-contact.md 2, 3] */
const CONTACT_LISTS = ['contact:contact.base:readonly', 'contact:department.organize:readonly', ...LEGACY] as const;

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
  'contact.user.create': ['contact:contact'],
  'contact.user.patch': ['contact:contact', 'contact:user.base'],
  'contact.user.put': ['contact:contact'],
  'contact.user.get': ['contact:contact.base:readonly', ...LEGACY],
  'contact.user.batch': ['contact:contact.base:readonly'],
  'contact.user.list': CONTACT_LISTS,
  'contact.user.find-by-department': CONTACT_LISTS,
  'contact.user.delete': ['contact:contact'],
  'contact.user.resurrect': ['contact:contact'],
  'contact.user.update-user-id': ['contact:contact:update_user_id'],
  'contact.user.batch-get-id': ['contact:user.id:readonly'],
  'contact.user.basic-batch': ['contact:user.basic_profile:readonly'],
  'search.user': ['contact:user:search'],
  'contact.job-title.list': ['contact:job_title:readonly'],
  'contact.job-title.get': ['contact:job_title:readonly'],
  'contact.job-level.list': ['contact:job_level:readonly'],
  'contact.job-level.get': ['contact:job_level:readonly'],
  'contact.job-level.create': ['contact:contact', 'contact:job_level'],
  'contact.job-level.update': ['contact:contact', 'contact:job_level'],
  'contact.job-level.delete': ['contact:contact', 'contact:job_level'],
  'contact.job-family.list': ['contact:job_family:readonly'],
  'contact.job-family.get': ['contact:job_family:readonly'],
  'contact.job-family.create': ['contact:contact', 'contact:job_family'],
  'contact.job-family.update': ['contact:contact', 'contact:job_family'],
  'contact.job-family.delete': ['contact:contact', 'contact:job_family'],
  'contact.work-city.list': ['contact:work_city:readonly'],
  'contact.work-city.get': ['contact:work_city:readonly'],
  'contact.employee-type-enum.list': ['contact:contact.base:readonly'],
  // [public: spec]
  'contact.employee-type-enum.create': CONTACT_WRITE,
  'contact.employee-type-enum.update': CONTACT_WRITE,
  'contact.employee-type-enum.delete': CONTACT_WRITE,
  'contact.custom-attr.list': ['contact:contact.base:readonly'],
  // [public: c3/scope/list]
  'contact.scope.list': [
    'contact:contact.base:readonly',
    'contact:contact:access_as_app',
    'contact:contact:readonly_as_app',
  ],
  // [public: c3/department/*, contract feishu-contact.md 3]
  'contact.department.create': CONTACT_WRITE,
  'contact.department.patch': CONTACT_WRITE,
  'contact.department.put': CONTACT_WRITE,
  'contact.department.delete': CONTACT_WRITE,
  'contact.department.unbind-chat': CONTACT_WRITE,
  'contact.department.update-id': ['contact:contact:update_department_id'],
  'contact.department.get': ['contact:contact.base:readonly', ...LEGACY],
  'contact.department.batch': ['contact:contact.base:readonly'],
  'contact.department.children': CONTACT_LISTS,
  'contact.department.list': CONTACT_LISTS,
  'contact.department.parent': CONTACT_LISTS,
  'contact.department.search': [
    'contact:contact.base:readonly',
    'contact:contact:access_as_app',
    'contact:contact:readonly_as_app',
    'search:department:read',
  ],
  // The log-in calls ask for no scope: members of what they tell do. [contract feishu-contact.md 5]
  'authen.access-token': [],
  'authen.refresh-access-token': [],
  'authen.oidc-access-token': [],
  'authen.oidc-refresh-access-token': [],
  'authen.user-info': [],
  'passport.user-info': [],
  'tenant.query': ['tenant:tenant:readonly'],
  'bot.info': [],
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
  'contact.user.create',
  'contact.user.put',
  'contact.user.delete',
  'contact.user.resurrect',
  'contact.user.update-user-id',
  'contact.user.batch-get-id',
  'contact.job-level.list',
  'contact.job-level.create',
  'contact.job-level.update',
  'contact.job-level.delete',
  'contact.job-family.list',
  'contact.job-family.create',
  'contact.job-family.update',
  'contact.job-family.delete',
  'contact.employee-type-enum.list',
  'contact.employee-type-enum.create',
  'contact.employee-type-enum.update',
  'contact.employee-type-enum.delete',
  'contact.custom-attr.list',
  'contact.scope.list',
  'contact.department.create',
  'contact.department.patch',
  'contact.department.put',
  'contact.department.delete',
  'contact.department.unbind-chat',
  'contact.department.update-id',
  'authen.access-token',
  'authen.refresh-access-token',
  'authen.oidc-access-token',
  'authen.oidc-refresh-access-token',
  'tenant.query',
  'bot.info',
  'mdm.country-region.list',
  'tenant.assign-info-list.query',
  'im.image.create',
]);

/** Operations that take no tokens of apps, only those of users. [contract feishu-contact.md 9.1] */
export const USER_ONLY: ReadonlySet<Operation> = new Set<Operation>([
  'contact.department.search',
  'search.user',
  'authen.user-info',
  'passport.user-info',
]);

/** Operations that say what is wrong with the owner of a token, where others do not know the token any more. [contract feishu-contact.md 9.1] */
export const TELLS_OWNER_STATE: ReadonlySet<Operation> = new Set<Operation>(['authen.user-info', 'passport.user-info']);

/** Operations whose `user_id_type` says how people are named: `user_id` needs a scope of its own. [contract feishu-contact.md 1.1] */
export const NAMES_USERS: ReadonlySet<Operation> = new Set<Operation>([
  'contact.user.create',
  'contact.user.patch',
  'contact.user.put',
  'contact.user.get',
  'contact.user.batch',
  'contact.user.list',
  'contact.user.find-by-department',
  'contact.user.delete',
  'contact.user.resurrect',
  'contact.user.update-user-id',
  'contact.user.batch-get-id',
  'contact.user.basic-batch',
  'contact.department.create',
  'contact.department.patch',
  'contact.department.put',
  'contact.department.get',
  'contact.department.batch',
  'contact.department.children',
  'contact.department.list',
  'contact.department.parent',
  'contact.department.search',
  'contact.scope.list',
]);

/** API permissions by what they allow; any one of a list is enough. */
export const SCOPE: Readonly<
  Record<
    Operation | 'employeeId' | 'userId' | 'geoWrite' | 'seatsWrite' | 'userGeoWrite' | 'userSeatsWrite',
    readonly string[]
  >
> = {
  ...OPERATIONS,
  /** To name employees by their employee_id. */
  employeeId: ['directory:employee.base.external_id:read'],
  /** To read the employee_id over the contact API, which calls it user_id. [public: contact/user/batch_get_id] */
  userId: ['contact:user.employee_id:readonly'],
  /** To say where an employee's data lies. */
  geoWrite: ['directory:employee.base.geo:write'],
  /** To give an employee seats. */
  seatsWrite: ['directory:employee.base.subscription_ids:write'],
  /** The same two of the contact API. [contract feishu-contact.md 9.1] */
  userGeoWrite: ['contact:user.user_geo'],
  userSeatsWrite: ['contact:user.subscription_ids:write'],
};
