/** One group of roles. */
export interface RoleGroup {
  readonly id: string;
  readonly name: string;
}

/** The people who have a role somewhere. */
export interface RoleRow {
  /** Own id of a department, or of an item of the role's dimension; null for a role that is not of a place. */
  readonly at: string | null;
  /** Own ids of employees; those who left stay until the row is written again [public: corporation/question-answer.md]. */
  readonly staffs: readonly string[];
}

/** One role as kept; what is absent is as usual. */
export interface RoleSetting {
  readonly id: string;
  readonly name: string;
  readonly code?: string;
  readonly group?: string;
  /** `普通角色`, `部门角色`, or the name of a dimension and `角色` (hose-more 3.1). */
  readonly scope?: string;
  readonly source?: RoleSource;
  readonly active?: boolean;
  readonly contents?: readonly RoleRow[];
  /** Counts its changes. */
  readonly version?: number;
  /** Epoch milliseconds; absent: as old as the company. */
  readonly createdAt?: number;
  readonly updatedAt?: number;
}

/** Who keeps a role: people in Hose's own interface, or the API. */
export type RoleSource = 'MANUAL' | 'API';

/** Of no place. */
export const PLAIN_SCOPE = '普通角色';
/** Of departments. */
export const DEPARTMENT_SCOPE = '部门角色';

/** The ids of what every corporation has (hose-more 3.1) [proposed]. */
export const builtInIds = {
  group: (corporationId: string) => `${corporationId}:group:default`,
  admin: (corporationId: string) => `${corporationId}:admin`,
  leader: (corporationId: string) => `${corporationId}:leader`,
} as const;

/** The roles of every corporation. */
export function builtInRoles(corporationId: string): readonly RoleSetting[] {
  return [
    { id: builtInIds.admin(corporationId), name: '主管理员' },
    { id: builtInIds.leader(corporationId), name: '部门主管', scope: DEPARTMENT_SCOPE },
  ];
}

/** Bounds of our own: no page states any [proposed]. */
export const roleBounds = {
  /** Roles of one company. */
  roles: 1_000,
  /** Rows of one role, and of one call. */
  rows: 1_000,
  /** People of one role, over all rows. */
  staffs: 10_000,
} as const;
