import type { Employee } from '../../../../directory/employees/employee.ts';

/** The status of a user, as five flags that are always there. [contract feishu-contact.md 2.3] */
export interface UserStatus {
  readonly is_frozen: boolean;
  readonly is_resigned: boolean;
  readonly is_activated: boolean;
  readonly is_exited: boolean;
  readonly is_unjoin: boolean;
}

/** The flags of a record. */
export function statusOf({ frozen, status, activation }: Employee): UserStatus {
  return {
    is_frozen: frozen,
    is_resigned: status === 'resigned',
    is_activated: activation === 'active',
    is_exited: activation === 'exited',
    is_unjoin: activation === 'not-joined',
  };
}
