import type { Words } from '../../words/language.tsx';

/** What comes due with time, by the code of the server. */
export const DUE_WORDS: Words = {
  'token.tenant': { zh: '租户令牌', en: 'Tenant token' },
  'token.app': { zh: '应用令牌', en: 'App token' },
  'token.access': { zh: '访问令牌', en: 'Access token' },
  'token.refresh': { zh: '刷新令牌', en: 'Refresh token' },
  'token.provisional': { zh: '临时授权', en: 'Provisional grant' },
  'rate-window': { zh: '频率限制', en: 'Rate limit' },
  licence: { zh: '许可', en: 'Licence' },
  subscription: { zh: '订阅', en: 'Subscription' },
  'recycled-mail': { zh: '已回收的邮箱', en: 'Recycled mail address' },
  resignation: { zh: '离职处理', en: 'Resignation' },
  return: { zh: '恢复在职', en: 'Return of the employee' },
  exit: { zh: '退出', en: 'Exit' },
};

/** How something is before and after it is due. */
export const DUE_STATES: Words = {
  valid: { zh: '有效', en: 'valid' },
  expired: { zh: '已失效', en: 'expired' },
  usable: { zh: '可用', en: 'usable' },
  'in force': { zh: '有效', en: 'in force' },
  ended: { zh: '已到期', en: 'ended' },
  taken: { zh: '占用', en: 'taken' },
  free: { zh: '可用', en: 'free' },
  'in process': { zh: '处理中', en: 'in process' },
  done: { zh: '完成', en: 'done' },
  possible: { zh: '可以', en: 'possible' },
  'too late': { zh: '已过期限', en: 'too late' },
  exited: { zh: '已退出', en: 'exited' },
  resigned: { zh: '已离职', en: 'left' },
  'none counted': { zh: '重新计数', en: 'counted from none' },
};
