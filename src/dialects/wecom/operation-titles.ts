import type { Titles } from '../dialect.ts';
import { coverage } from './coverage.ts';

/** Titles by the method that the page names. */
const pages: Titles = {
  gettoken: { zh: '获取access_token', en: 'Get an access_token' },
  'hr.update_staff_info': { zh: '更新员工花名册信息', en: 'Update the roster of an employee' },
  'hr.get_fields': { zh: '获取员工字段配置', en: 'Get the fields of the roster' },
  'hr.get_staff_info': { zh: '获取员工花名册信息', en: 'Get the roster of an employee' },
  'user.get': { zh: '读取成员', en: 'Get a member' },
  'user.create': { zh: '创建成员', en: 'Create a member' },
  'user.update': { zh: '更新成员', en: 'Update a member' },
  'user.delete': { zh: '删除成员', en: 'Delete a member' },
  'user.batchdelete': { zh: '批量删除成员', en: 'Delete several members' },
  'user.simplelist': { zh: '获取部门成员', en: 'List the members of a department' },
  'user.list': { zh: '获取部门成员详情', en: 'List the members of a department with their details' },
  'user.list_id': { zh: '获取成员ID列表', en: 'List the ids of members' },
  'department.list': { zh: '获取部门列表', en: 'List departments' },
  'department.simplelist': { zh: '获取子部门ID列表', en: 'List the ids of departments below one' },
  'department.get': { zh: '获取单个部门详情', en: 'Get a department' },
  'department.create': { zh: '创建部门', en: 'Create a department' },
  'department.update': { zh: '更新部门', en: 'Update a department' },
  'department.delete': { zh: '删除部门', en: 'Delete a department' },
};

/** What the platform's own pages call its operations, as far as their titles are known; the same by either method. */
export const operationTitles: Titles = Object.fromEntries(
  coverage.flatMap(({ operation }) => {
    const title = pages[operation.replace(/\.by-(?:get|post)$/, '')];
    return title === undefined ? [] : [[operation, title]];
  }),
);
