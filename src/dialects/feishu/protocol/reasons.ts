/** The reasons that verdicts of Feishu give, in Chinese; messages of the platform stay as they are. */
export const REASONS_IN_CHINESE: Readonly<Record<string, string>> = {
  'changing the mobile or work email resets activation for employees who have not joined':
    '员工尚未加入，修改手机号或工作邮箱会重置激活状态',
  'the person logs in to another company with the same account': '该员工用同一账号登录另一家企业',
  'somebody else logs in with it': '已被他人用作登录凭证',
  'a department has no {}': '部门没有 {} 这一属性',
};
