/** Words of the page of a call. */
export const callWords = {
  title: { zh: '调用', en: 'Call' },
  calls: { zh: '全部调用', en: 'All calls' },
  failed: {
    zh: '无法读取这次调用。',
    en: 'The call cannot be read.',
  },
  id: { zh: '请求号', en: 'request id' },
  injected: {
    zh: '此结果由故障规则「{rule}」注入，平台规则未执行。',
    en: 'The fault rule “{rule}” made this answer; the platform’s rules did not run.',
  },
  nearest: { zh: '最近可通过的改动：{text}', en: 'Nearest request that passes: {text}' },
  refusedWhole: { zh: '整个请求被拒绝，什么都没有写入。', en: 'Refused as a whole; nothing was written.' },
  silent: { zh: '平台答成功，但有 {n} 处没有生效。', en: 'Answered success, but part of it had no effect: {n}.' },
  request: { zh: '请求', en: 'Request' },
  response: { zh: '响应', en: 'Response' },
  noBody: { zh: '没有请求体。', en: 'The request has no body.' },
  noAnswer: { zh: '没有保留响应体。', en: 'No body of an answer is kept.' },
  cut: { zh: '已断开', en: 'cut' },
  headers: { zh: '头部', en: 'Headers' },
  client: { zh: '客户端 {agent} · 地址 {address}', en: 'Client {agent} · address {address}' },
  changes: { zh: '变更', en: 'Changes' },
  noChange: { zh: '这次调用没有改变任何档案。', en: 'The call changed no record.' },
} as const;
