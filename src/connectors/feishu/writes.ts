import type { Effect } from '../connector.ts';
import type { ConnectorWrites } from '../writing.ts';
import { assumptionOf } from './assumptions.ts';
import { compose } from './compose.ts';
import { judgeWrite } from './judge-writes.ts';
import { findLeft } from './left.ts';
import { readTree } from './reads.ts';
import { find, readDepartments, readPeople, setup } from './read-back.ts';

const INVITED: readonly Effect[] = [
  { effect: 'sms', when: 'always' },
  { effect: 'mail', when: 'always' },
];

/** The half of the connector of Feishu that writes. */
export const writes: ConnectorWrites = {
  operations: {
    update: { calls: 'directory.employees.patch, contact.users.patch', effects: [] },
    // A new person gets an invitation, to the mobile or, without one, to the mail address (contract 4.1).
    create: {
      calls: 'directory.employees.create',
      effects: INVITED,
      lasting: { en: 'The invitation stays sent.', zh: '已发出的邀请无法撤回。' },
    },
    return: { calls: 'directory.employees.resurrect, directory.employees.patch', effects: [] },
    leave: {
      calls: 'directory.employees.delete',
      effects: [{ effect: 'mailbox', when: 'always' }],
      lasting: {
        en: 'A return is possible for 30 days; departments, leaders and seats do not come back by themselves.',
        zh: '30 天内可恢复；部门、上级关系与席位不会自动恢复。',
      },
    },
    freeze: { calls: 'directory.employees.patch', effects: [] },
    'department-create': { calls: 'directory.departments.create', effects: [] },
    'department-update': { calls: 'directory.departments.patch', effects: [] },
    'department-remove': {
      calls: 'directory.departments.delete',
      effects: [],
      lasting: { en: 'Made again it has another id.', zh: '重新创建后 ID 会改变。' },
    },
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
  // The same record comes back within thirty days (contract 4.3).
  left: { returnDays: 30, isListed: false, find: findLeft },
};
