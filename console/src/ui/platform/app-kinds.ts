/** What kinds of apps there are, as the company file names them. */
export const appKinds = {
  self_built: { zh: '自建应用', en: 'self-built app' },
  contact_sync: { zh: '通讯录同步', en: 'contact sync' },
  provider: { zh: '服务商', en: 'provider' },
  corporation: { zh: '企业', en: 'company' },
  app: { zh: '自建应用', en: 'app' },
  third_party: { zh: '第三方应用', en: 'third-party app' },
} as const;
