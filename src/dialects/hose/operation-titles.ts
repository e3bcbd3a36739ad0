import type { Titles } from '../dialect.ts';

/** What the platform's own pages call its operations on employees, as far as their titles are known. */
export const operationTitles: Titles = {
  'staffs.update': { zh: '修改员工', en: 'Update an employee' },
  'staffs.batchUpdate': { zh: '批量修改员工', en: 'Update several employees' },
  'staffs.list': { zh: '获取员工列表', en: 'List employees' },
};
