/** What a company of these tests is called on each platform; everything follows from its key. */
export interface Names {
  readonly key: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly corpid: string;
  readonly corpsecret: string;
  /** Of 通讯录同步助手. */
  readonly contactsecret: string;
  readonly corporation: string;
  readonly appKey: string;
  readonly appSecurity: string;
  /** What only the company's own people may ever be shown: no refusal and no line of the log has any of it. */
  readonly secrets: readonly string[];
}

/** The second to last digits of the company's mobiles. */
const DIGIT: Readonly<Record<string, string>> = { alpha: '1', beta: '2', gamma: '3' };

export function namesOf(key: string): Names {
  return {
    key,
    appId: `cli_${key}`,
    appSecret: `feishu-secret-of-${key}`,
    corpid: `ww_${key}`,
    corpsecret: `wecom-secret-of-${key}`,
    contactsecret: `contacts-secret-of-${key}`,
    corporation: `Corp_${key}`,
    appKey: `key-${key}`,
    appSecurity: `hose-secret-of-${key}`,
    secrets: [
      ...['feishu', 'wecom', 'contacts', 'hose'].map((platform) => `${platform}-secret-of-${key}`),
      ...['01', '02', '03'].map((last) => mobileOf(key, last)),
      ...['wang', 'li', 'boss'].map((who) => `${who}-mail@${key}.example`),
      `Private Name ${key}`,
    ],
  };
}

/** A mobile of the company without its dialling code. */
export function mobileOf(key: string, last: string): string {
  return `1390000${DIGIT[key] ?? '9'}0${last}`;
}

/**
 * A company with something of everything the three platforms can update. Two of them differ in nothing but their names:
 * own ids are the same, so that an id of the one that is taken for the other's finds somebody.
 */
export function companyFile(key: string): string {
  const { appId, appSecret, corpid, corpsecret, contactsecret, corporation, appKey, appSecurity } = namesOf(key);
  return `mingce: 1
key: ${key}
name: Company ${key}
feishu:
  rate_limit_enabled: false
  plan: business_flagship
  certified: true
  mail_service_enabled: true
  mail_domains: [{ domain: ${key}.example, enabled: true }]
  founder: boss
  multi_geo_enabled: true
  geos: [cn]
  apps: [{ app_id: ${appId}, app_secret: ${appSecret} }]
wecom:
  corpid: ${corpid}
  apps:
    - { agentid: 1, secret: ${corpsecret}, hr_callable: true, visible_range: { department_ids: [1] } }
    - { agentid: contacts, secret: ${contactsecret}, kind: contact_sync }
hose:
  corporation_id: ${corporation}
  apps: [{ app_key: ${appKey}, app_security: ${appSecurity} }]
departments:
  - { id: root, name: Root, code: "001" }
  - { id: d-one, name: One, parent: root, code: "${key}-100", feishu: { department_id: ${key}-one }, wecom: { id: ${String(1_000 * Number(DIGIT[key]))} } }
  - { id: d-two, name: Two, parent: root, code: "${key}-200" }
job_titles: [{ id: t-one, name: Engineer, code: T1 }, { id: t-two, name: Tester, code: T2 }]
job_levels: [{ id: l-one, name: P5, code: L1 }, { id: l-two, name: P6, code: L2 }]
job_families: [{ id: f-one, name: Technology }, { id: f-two, name: Sales }]
employee_types: [{ id: e-one, name: Volunteer }, { id: e-two, name: Trainee }]
work_places: [{ id: w-one, name: Beijing }]
countries: [{ id: c-one, name: China, code: CN }]
dimensions:
  project: [{ id: p-one, name: One, code: P1 }]
custom_fields:
  - { id: motto, name: Motto, type: text, feishu: { field_key: C-1 }, wecom: { fieldid: 100001 }, hose: { name: u_motto } }
  - { id: link, name: Link, type: link, feishu: { field_key: C-2 } }
  - { id: size, name: Size, type: choice, options: [{ id: s, name: S }, { id: m, name: M }], feishu: { field_key: C-3 } }
  - { id: buddy, name: Buddy, type: person, feishu: { field_key: C-4 } }
  - { id: desk, name: Desk, type: phone, feishu: { field_key: C-9 } }
  - { id: skills, name: Skills, type: choices, options: [{ id: a, name: A }, { id: b, name: B }], feishu: { field_key: C-10 } }
  - { id: friends, name: Friends, type: people, feishu: { field_key: C-11 } }
  - { id: count, name: Count, type: number, hose: { name: u_count } }
  - { id: day, name: Day, type: date, hose: { name: u_day } }
  - { id: budget, name: Budget, type: money, hose: { name: u_budget } }
  - { id: project, name: Project, type: reference, catalog: "dimension:project", hose: { name: u_project } }
employees:
  - id: wang
    name: { value: Wang, i18n: { en-US: Wang } }
    alias: Private Name ${key}
    mobile: "+86${mobileOf(key, '01')}"
    email: wang-mail@${key}.example
    departments: [d-one]
    leader: boss
    job_number: "${key}-1"
    job_title: t-one
    join_date: 2021-03-01
    account: { id: a-${key}-wang, mobile: "+86${mobileOf(key, '01')}", email: wang-mail@${key}.example }
    wecom:
      roster: { "11020": Some street }
      groups: { "1": [{ "14001": First }, { "14001": Second }], "4": [{ "17001": Father, "17002": 2 }] }
  - { id: li, name: Li, mobile: "+86${mobileOf(key, '02')}", email: li-mail@${key}.example, departments: [d-two], leader: wang, job_number: "${key}-2", account: { id: a-${key}-li, mobile: "+86${mobileOf(key, '02')}" } }
  - { id: boss, name: Boss, mobile: "+86${mobileOf(key, '03')}", email: boss-mail@${key}.example, departments: [root], job_number: "${key}-3" }
  - { id: gone, name: Gone, status: resigned, job_number: "${key}-4" }
`;
}
