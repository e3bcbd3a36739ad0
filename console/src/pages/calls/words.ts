/** Words of the list of calls. */
export const callsWords = {
  title: { zh: '调用', en: 'Calls' },
  failed: { zh: '无法读取调用。', en: 'The calls cannot be read.' },
  pause: { zh: '暂停 (s)', en: 'Pause (s)' },
  resume: { zh: '继续 (s)', en: 'Resume (s)' },
  clear: { zh: '清空', en: 'Clear' },
  clearAsk: { zh: '清空所有公司的调用记录？', en: 'Clear the calls of all companies?' },
  search: { zh: '搜索调用', en: 'Search calls' },
  example: {
    zh: 'platform:feishu code:2221103 employee:zhangsan since:15m "任意文字"',
    en: 'platform:feishu code:2221103 employee:zhangsan since:15m "any text"',
  },
  try: { zh: '常用：', en: 'Often used:' },
  none: {
    zh: '还没有调用。把客户端的基础地址指向这里，调用会立即出现。',
    en: 'No calls yet. Point a client here; its calls appear at once.',
  },
  noneFound: { zh: '没有符合条件的调用。', en: 'No call fits the search.' },
  time: { zh: '时间', en: 'Time' },
  platform: { zh: '平台', en: 'Platform' },
  operation: { zh: '操作', en: 'Operation' },
  employee: { zh: '员工', en: 'Employee' },
  result: { zh: '结果', en: 'Result' },
  verdicts: { zh: '判定', en: 'Verdicts' },
  took: { zh: '耗时', en: 'Took' },
  app: { zh: '应用', en: 'App' },
  list: { zh: '调用列表', en: 'List of calls' },
} as const;
