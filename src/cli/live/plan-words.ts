import type { EffectName } from '../../connectors/connector.ts';
import type { Braked } from '../../delivery/targets/plan/brake.ts';
import type { PlanMessage } from '../../delivery/targets/plan/plan.ts';

/** What the brake counts, as it is shown. The word before the Chinese one is what `plan allow` takes. */
export const COUNTED: Readonly<Record<Braked, string>> = {
  leave: 'leave 离职',
  freeze: 'freeze 停用账号',
  login: 'login 登录账号变更',
  rename: 'rename 改名',
  move: 'move 调动部门',
  create: 'create 新建人员',
  return: 'return 恢复在职',
  overwrite: 'overwrite 覆盖平台的值',
  clear: 'clear 清空平台的值',
  message: 'message 短信或邮件',
  'department-create': 'department-create 新建部门',
  'department-update': 'department-update 变更部门',
  'department-remove': 'department-remove 删除部门',
  headcount: 'headcount 人数减少',
};

/** What a step does beside the write. */
export const EFFECTS: Readonly<Record<EffectName, string>> = {
  sms: 'SMS 短信',
  mail: 'mail 邮件',
  login: 'another log-in 登录账号变更',
  'reset-activation': 'has to activate again 须重新激活',
  lock: 'the platform’s page no longer changes the person 平台页面不再可改',
  mailbox: 'the mailbox and its mails go 邮箱及邮件被删除',
};

/** Who gets the message. */
export const WHEN: Readonly<Record<PlanMessage['when'], string>> = {
  always: 'in any case 必定发送',
  'not-activated': 'unless already activated 仅未激活时',
};
