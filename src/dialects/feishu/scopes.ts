/** API permissions by what they allow; any one of a list is enough. [seed] for the update, [public] for the rest */
export const SCOPE = {
  'employee.patch': ['directory:employee.update:write', 'directory:employee:write'],
  'employee.mget': ['directory:employee:read'],
  /** To name employees by their employee_id. */
  employeeId: ['directory:employee.base.external_id:read'],
  /** To say where an employee's data lies. */
  geoWrite: ['directory:employee.base.geo:write'],
  /** To give an employee seats. */
  seatsWrite: ['directory:employee.base.subscription_ids:write'],
} as const;

/** Operations that are guarded by scopes. */
export type Operation = 'employee.patch' | 'employee.mget';
