import type { WritingConnector } from '../writing.ts';
import { judge, tokenOf } from './answers.ts';
import { fields } from './fields.ts';
import { limits } from './limits.ts';
import { probe } from './probe.ts';
import { readAll } from './reads.ts';
import { getToken } from './requests.ts';
import { writes } from './writes.ts';

/** The connector of WeCom (企业微信). */
export const wecom: WritingConnector = {
  platform: 'wecom',
  ids: ['corpid'],
  secrets: [
    {
      name: 'contact',
      isRequired: false,
      purpose: { en: '通讯录同步: all ids, and every write of contacts', zh: '通讯录同步：全部 ID 及通讯录写入' },
    },
    {
      name: 'hr',
      isRequired: false,
      purpose: { en: 'an app that 人事助手 lists: the roster', zh: '“人事助手”列出的应用：花名册' },
    },
    {
      name: 'reading',
      isRequired: false,
      purpose: { en: 'a self-built app that sees everybody: details', zh: '可见全员的自建应用：成员详情' },
    },
  ],
  baseUrl: 'https://qyapi.weixin.qq.com',
  spaces: { person: 'wecom.userid', department: 'wecom.id', field: null },
  fields,
  limits,
  tokenRequest: getToken,
  tokenOf,
  judge,
  probe,
  readAll,
  writes,
};
