/** The platforms' parts of a generated company, with credentials. */
export interface PlausibleSection {
  readonly section: object;
  /** As printed: what the credentials are called, and what they are. */
  readonly credential: string;
}

/** The secret of every generated app: it protects no real data. */
export const GENERATED_SECRET = 'mingce-generated-secret';

/**
 * The part of each platform that is known here; a company is plausible without the others. Nothing limits how fast the
 * company may be asked: it is there to be measured.
 */
export const sections: Readonly<Record<string, (key: string) => PlausibleSection>> = {
  feishu: (key) => ({
    section: {
      plan: 'business_flagship',
      certified: true,
      rate_limit_enabled: false,
      apps: [{ app_id: `cli_generated_${key}`, app_secret: GENERATED_SECRET }],
    },
    credential: `app_id cli_generated_${key}  app_secret ${GENERATED_SECRET}`,
  }),
  wecom: (key) => ({
    section: {
      corpid: `ww_generated_${key}`,
      limits: { corp_per_minute: 0, corp_per_hour: 0, ip_per_minute: 0, ip_per_hour: 0 },
      apps: [{ agentid: 1000001, secret: GENERATED_SECRET, kind: 'self_built', hr_callable: true }],
    },
    credential: `corpid ww_generated_${key}  corpsecret ${GENERATED_SECRET}`,
  }),
  hose: (key) => ({
    section: {
      corporation_id: `generated-${key}`,
      apps: [{ app_key: `generated-${key}`, app_security: GENERATED_SECRET }],
    },
    credential: `appKey generated-${key}  appSecurity ${GENERATED_SECRET}`,
  }),
};
