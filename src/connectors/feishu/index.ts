import type { WritingConnector } from '../writing.ts';
import { judge, tokenOf } from './answers.ts';
import { fields } from './fields.ts';
import { limits } from './limits.ts';
import { probe } from './probe.ts';
import { readAll } from './reads.ts';
import { tenantToken } from './requests.ts';
import { writes } from './writes.ts';

/** The connector of Feishu (飞书). */
export const feishu: WritingConnector = {
  platform: 'feishu',
  ids: ['app_id'],
  secrets: [
    {
      name: 'app_secret',
      isRequired: true,
      purpose: { en: 'reads and writes as its scopes and range allow', zh: '按其权限与范围读写' },
    },
  ],
  baseUrl: 'https://open.feishu.cn',
  spaces: { person: 'feishu.employee_id', department: 'feishu.open_department_id', field: 'feishu.field_key' },
  fields,
  limits,
  tokenRequest: tenantToken,
  tokenOf,
  judge,
  probe,
  readAll,
  writes,
};
