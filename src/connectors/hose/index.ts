import type { WritingConnector } from '../writing.ts';
import { judge, tokenOf } from './answers.ts';
import { fields } from './fields.ts';
import { limits } from './limits.ts';
import { probe } from './probe.ts';
import { readAll } from './reads.ts';
import { getAccessToken } from './requests.ts';
import { writes } from './writes.ts';

/** The connector of Hose (合思). */
export const hose: WritingConnector = {
  platform: 'hose',
  ids: ['app_key'],
  secrets: [
    {
      name: 'app_security',
      isRequired: true,
      purpose: { en: 'reads and writes everything (接入密码)', zh: '读写全部数据（接入密码）' },
    },
  ],
  baseUrl: 'https://app.ekuaibao.com',
  spaces: { person: 'hose.id', department: 'hose.id', field: 'hose.name' },
  fields,
  limits,
  tokenRequest: getAccessToken,
  tokenOf,
  judge,
  probe,
  readAll,
  writes,
};
