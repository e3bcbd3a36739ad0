import type { Code } from '../../protocol/codes.ts';
import { LOGIN_CODES as L } from '../../protocol/login-codes.ts';
import type { OwnerState } from './owner-state.ts';

/** Codes of the older log-in calls for a user that no app can call for. [contract feishu-contact.md 5.3] */
export const OWNER_CODES: Readonly<Record<OwnerState, Code>> = {
  unknown: L.userUnknown,
  resigned: L.userResigned,
  frozen: L.userFrozen,
  'not-joined': L.userNotJoined,
  // No code is published for who left the workspace by own action. [proposed]
  exited: L.userUnknown,
};
