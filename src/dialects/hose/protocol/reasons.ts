/** The reasons that verdicts of Hose give, in Chinese. */
export const REASONS_IN_CHINESE: Readonly<Record<string, string>> = {
  'equal, or changed once': '与原值相同，或只能修改一次',
  'there is nothing to log in with beside it': '没有同时给出可用于登录的手机号或邮箱',
  'null counts as not sent': 'null 视为未传',
  'a job number cannot be taken away': '工号不能清空',
  'the person is known by another id': '该员工已有另一个 id',
  'a text without a digit is no phone': '不含数字的文本不是手机号',
  'answers print it, and no request writes it': '只出现在应答里，请求不能写入',
  'says who is meant': '用于指定员工',
  'says whose record it is to be': '用于指定归属哪个账号',
  'says whether word is sent': '用于指定是否发送通知',
  'no active staff is named so': '没有这个名称的在职员工',
  'several staff are named so': '有多名员工用这个名称',
  'not as many seats are free': '空闲席位不足',
};
