/** Words of the page of invitations and messages. */
export const outboxWords = {
  title: { zh: '邀请与消息', en: 'Outbox' },
  failed: { zh: '无法读取发件箱。', en: 'The outbox cannot be read.' },
  nothing: {
    zh: '什么都没有真正发出。这里是各平台本来会发出的短信、邮件和消息。',
    en: 'Nothing was really sent. These are the texts, mails and messages that the platforms would have sent.',
  },
  none: {
    zh: '还没有邀请或消息。创建员工、修改未加入员工的手机号、用企业微信邀请成员或发送应用消息后，会出现在这里。',
    en: 'No invitations or messages yet. Create a person, change the mobile of one who has not joined, invite a member over WeCom or send a message of an app, and it is here.',
  },
  invitation: { zh: '邀请', en: 'Invitation' },
  message: { zh: '消息', en: 'Message' },
  join: { zh: '已加入', en: 'Joined' },
  sms: { zh: '短信', en: 'SMS' },
  mail: { zh: '邮件', en: 'Mail' },
  recalled: { zh: '已撤回', en: 'recalled' },
  call: { zh: '查看这次调用', en: 'See the call' },
  accept: { zh: '标记已接受', en: 'Accept' },
  acceptFailed: { zh: '标记失败。', en: 'Not accepted.' },
  older: { zh: '显示更早的', en: 'Show older ones' },
  content: { zh: '内容', en: 'Content' },
} as const;
