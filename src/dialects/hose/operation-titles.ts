import type { Titles } from '../dialect.ts';

const create = { zh: '新增员工', en: 'Add an employee' };
const batchCreate = { zh: '批量新增员工', en: 'Add several employees' };
const update = { zh: '修改员工', en: 'Update an employee' };
const list = { zh: '获取员工列表', en: 'List employees' };
const disableOrEnable = { zh: '停启用员工', en: 'Deactivate or activate employees' };
const customFields = { zh: '更新员工自定义字段', en: 'Update own fields of an employee' };

/**
 * What the platform's own pages call its operations, as far as their titles are known: those of the update calls, those that these
 * link to, and those that the contracts name. Versions of one operation have one page.
 */
export const operationTitles: Titles = {
  'auth.getAccessToken': { zh: '获取授权', en: 'Get an access token' },
  'staffs.create': create,
  'staffs.create.v1': create,
  'staffs.batchCreate': batchCreate,
  'staffs.batchCreate.v1': batchCreate,
  'staffs.update': update,
  'staffs.update.v1': update,
  'staffs.batchUpdate': { zh: '批量修改员工', en: 'Update several employees' },
  'staffs.list': list,
  'staffs.list.v1': list,
  'staffs.disableOrEnable': disableOrEnable,
  'staffs.disableOrEnable.v1': disableOrEnable,
  'charge.authStaff': { zh: '授权员工', en: 'Give employees a seat' },
  'staffs.customProperties': { zh: '获取员工自定义字段', en: 'List own fields of employees' },
  'staffs.customFields': customFields,
  'staffs.customFields.v1': customFields,
  'staffs.code': { zh: '修改员工工号', en: 'Update the job number of an employee' },
  'dimensions.items': { zh: '获取自定义档案项', en: 'List the items of an archive' },
  'city.list': { zh: '获取城市列表数据', en: 'List cities' },
};
