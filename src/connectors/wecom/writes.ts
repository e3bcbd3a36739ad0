import type { ConnectorWrites } from '../writing.ts';
import { assumptionOf } from './assumptions.ts';
import { compose } from './compose.ts';
import { judgeWrite } from './judge-writes.ts';
import { find, readDepartments, readPeople, readTree, setup } from './read-back.ts';

/** The half of the connector of WeCom that writes. */
export const writes: ConnectorWrites = {
  operations: {
    update: { calls: 'user/update (contact), hr/update_staff_info (hr)', effects: [] },
    create: {
      calls: 'user/create (contact), hr/update_staff_info (hr)',
      // `to_invite` is false: invitations are sent on the admin pages.
      effects: [
        { effect: 'sms', when: 'on-request' },
        { effect: 'mail', when: 'on-request' },
      ],
      lasting: {
        en: 'A mailbox that was given with it cannot be changed later.',
        zh: '随创建指定的企业邮箱之后不可修改。',
      },
    },
    return: {
      calls: 'user/create (contact), hr/update_staff_info (hr)',
      effects: [{ effect: 'reset-activation', when: 'always' }],
      lasting: { en: 'It is a new member, who has to activate.', zh: '将作为新成员加入，须重新激活。' },
    },
    leave: {
      calls: 'user/delete (contact)',
      effects: [
        { effect: 'mailbox', when: 'always' },
        { effect: 'reset-activation', when: 'always' },
      ],
      lasting: {
        en: 'The member and the mailbox are deleted; a return makes a new member.',
        zh: '成员及其企业邮箱会被删除；恢复时将创建新成员。',
      },
    },
    freeze: { calls: 'user/update (contact)', effects: [] },
    'department-create': { calls: 'department/create (contact)', effects: [] },
    'department-update': { calls: 'department/update (contact)', effects: [] },
    'department-remove': { calls: 'department/delete (contact)', effects: [] },
  },
  setup,
  compose,
  judge: judgeWrite,
  assumptionOf,
  // A request is about one subject.
  halves: () => [],
  readPeople,
  readDepartments,
  readTree,
  find,
};
