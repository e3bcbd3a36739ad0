import type { ConnectorWrites } from '../writing.ts';
import { assumptionOf } from './assumptions.ts';
import { compose, halves } from './compose.ts';
import { judgeWrite } from './judge-writes.ts';
import { findLeft } from './left.ts';
import { readTree } from './reads.ts';
import { find, readDepartments, readPeople, setup } from './read-back.ts';

/** The half of the connector of Hose that writes. */
export const writes: ConnectorWrites = {
  operations: {
    update: { calls: 'staffs.update, staffs.batchUpdate', effects: [{ effect: 'lock', when: 'always' }] },
    create: {
      calls: 'staffs.create',
      effects: [
        { effect: 'lock', when: 'always' },
        { effect: 'mail', when: 'on-request' },
      ],
      lasting: {
        en: 'The person can be made to leave, and stays listed as having left.',
        zh: '可停用该员工，但会一直保留离职记录。',
      },
    },
    return: { calls: 'staffs.enable, staffs.authorise, staffs.update', effects: [{ effect: 'lock', when: 'always' }] },
    leave: { calls: 'staffs.disable', effects: [] },
    'department-create': { calls: 'departments.create', effects: [] },
    'department-update': { calls: 'departments.update', effects: [] },
    'department-remove': {
      calls: 'departments.disable',
      effects: [],
      lasting: {
        en: 'All below it goes with it, and comes back one by one only.',
        zh: '下级部门会一并停用，重新启用须逐个操作。',
      },
    },
  },
  setup,
  compose,
  judge: judgeWrite,
  assumptionOf,
  halves,
  readPeople,
  readDepartments,
  readTree,
  find,
  left: { returnDays: Infinity, isListed: true, find: findLeft },
};
