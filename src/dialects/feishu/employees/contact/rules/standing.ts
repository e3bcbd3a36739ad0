import type { UserBody } from '../../../protocol/contact/user-body.ts';
import { isInScope } from '../../../auth/data-scope.ts';
import { settingsOf } from '../../../model/settings.ts';
import type { UserFacts, UserRule } from '../facts.ts';

/* Who may write, and whether the person can be written at all. [contract feishu-contact.md 2.6, 2.7, 9.1, 9.2] */

/** Users write their own record, or, as administrators, those of their range. 41050, 41056 */
export const userReached: UserRule = ({ caller, before }) => {
  const { user } = caller;
  if (user?.employee === before.id) return null;
  // A user who administers no employee is refused by the next rule.
  if (user !== null && !user.isAllowed) return null;
  return isInScope(caller, before) ? null : { problem: { kind: 'forbidden', subject: 'employee' }, fields: [] };
};

const OF_USERS: ReadonlySet<keyof UserBody> = new Set(['name', 'en_name', 'avatar_key']);

/** With a user token three fields may be changed, of others by administrators alone. 41056 */
export const fieldsPermitted: UserRule = ({ caller: { user }, body, before }) => {
  if (user === null) return null;
  const isOwn = user.employee === before.id;
  const beyond = membersOf(body).filter((member) => !OF_USERS.has(member));
  return (isOwn || user.isAllowed) && beyond.length === 0
    ? null
    : { problem: { kind: 'forbidden', subject: 'fields' }, fields: beyond };
};

/** 44053 */
export const sourceOpen: UserRule = ({ settings, extensionBefore }) =>
  settings.external_source_locked && extensionBefore.dataSource !== 1
    ? { problem: { kind: 'locked', subject: 'source' }, fields: [] }
    : null;

/** Of somebody who resigned only the portrait may be changed. 42006, 44003 */
export const departedKept: UserRule = ({ before, body, write }) => {
  if (before.status !== 'resigned') return null;
  const members = membersOf(body);
  if (write === 'put' || members.some((member) => member !== 'avatar_key'))
    return { problem: { kind: 'left', subject: 'employee' }, fields: members };
  return body.avatar_key === '' ? { problem: { kind: 'missing', subject: 'avatarKey' }, fields: ['avatar_key'] } : null;
};

/** 44011 */
export const workspaceKept: UserRule = ({ before }) =>
  before.activation === 'exited' ? { problem: { kind: 'locked', subject: 'exited' }, fields: [] } : null;

/** By the page, employees who have not joined cannot be changed; a setting enables that. 44010 */
export const joinedFirst: UserRule = ({ before, settings }) =>
  settings.contact_unjoined_readonly && before.activation === 'not-joined'
    ? { problem: { kind: 'locked', subject: 'unjoined' }, fields: [] }
    : null;

/** Departments and freezing change once a second where a company is strict. 44025 */
export const movedSlowly: UserRule = ({ tenant, fields, isTooFast }) => {
  const isCounted = settingsOf(tenant).contact_strict_patch_rate && ('departments' in fields || 'frozen' in fields);
  return isCounted && isTooFast() ? { problem: { kind: 'locked', subject: 'rate' }, fields: [] } : null;
};

/** Members that a request names. */
function membersOf(body: UserFacts['body']): readonly (keyof UserBody)[] {
  return Object.keys(body) as readonly (keyof UserBody)[];
}
