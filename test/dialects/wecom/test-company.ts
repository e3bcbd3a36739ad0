import { openTestDirectory, type Answer, type TestDirectory } from '../../support/test-directory.ts';

/** A company whose 张三 has three educations and two emergency contacts, as in the contract's worked cases. */
export const acme = `
mingce: 1
key: acme
name: 恒信
wecom:
  corpid: ww_acme
  apps:
    - { agentid: 1, secret: hr, trusted_ips: [], visible_range: { department_ids: [1] } }
    - { agentid: 2, secret: rd, visible_range: { department_ids: [2], userids: [LiSi] } }
    - { agentid: 3, secret: contacts, kind: contact_sync }
    - { agentid: 4, secret: unlisted, hr_callable: false, sensitive_fields: false }
    - { agentid: 5, secret: off, enabled: false }
    - { agentid: 6, secret: office, trusted_ips: [10.0.0.1] }
departments:
  - { id: root, name: 恒信, leaders: [{ employee: boss }] }
  - { id: rd, name: { value: 研发, i18n: { en-US: R&D } }, parent: root, order: 10, leaders: [{ employee: zhangsan }] }
  - { id: web, name: 前端, parent: rd, order: 5, wecom: { id: 30 } }
  - { id: hr, name: 人事, parent: root }
employees:
  - id: zhangsan
    name: 张三
    mobile: "+8613800000001"
    email: zhangsan@example.com
    job_number: "10001"
    gender: male
    departments: [{ id: web, rank: 7 }, { id: hr, rank: 1 }]
    leader: boss
    wecom:
      userid: ZhangSan
      roster: { 11020: 某路一号, 11005: 631123200, 19001: [m1, m2] }
      groups:
        1: [{ 14001: 第一大学, 14002: 计算机 }, { 14001: 第二大学 }, { 14001: 第三大学 }]
        4:
          - { 17001: 张父, 17002: 2, 17003: { value_country_code: "86", value_mobile: "13800000011" } }
          - { 17001: 张母, 17003: { value_country_code: "86", value_mobile: "13800000012" } }
  - { id: lisi, name: 李四, mobile: "+8613800000002", email: lisi@example.com, job_number: "10002", extension_number: "8002", departments: [hr], wecom: { userid: LiSi } }
  - { id: boss, name: 老板, departments: [root] }
  - { id: gone, name: 走了, status: resigned, mobile: "+8613800000003" }
`;

/** A running company, and one of its apps' ways to call. */
export interface Acme {
  readonly world: TestDirectory;
  token(secret?: string, corpid?: string): Promise<string>;
  post(path: string, body: object | string, secret?: string): Promise<Answer>;
  get(path: string, query?: Readonly<Record<string, string>>, secret?: string): Promise<Answer>;
  update(body: object, secret?: string): Promise<Answer>;
  /** `get_staff_info` of one field. */
  field(fieldid: number, sub_idx?: number, userid?: string): Promise<Record<string, unknown>>;
}

export async function openTestCompany(text = acme): Promise<Acme> {
  const world = await openTestDirectory({ companies: [text] });
  const token = async (secret = 'hr', corpid = 'ww_acme'): Promise<string> => {
    const { json } = await world.send('GET', `/cgi-bin/gettoken?corpid=${corpid}&corpsecret=${secret}`);
    return String(json.access_token);
  };
  const post = async (path: string, body: object | string, secret?: string): Promise<Answer> =>
    world.send('POST', `/cgi-bin/${path}?access_token=${await token(secret)}`, { body });
  return {
    world,
    token,
    post,
    get: async (path, query = {}, secret) => {
      const search = new URLSearchParams({ access_token: await token(secret), ...query });
      return world.send('GET', `/cgi-bin/${path}?${search.toString()}`);
    },
    update: (body, secret) => post('hr/update_staff_info', body, secret),
    field: async (fieldid, sub_idx = 0, userid = 'zhangsan') => {
      const { json } = await post('hr/get_staff_info', { userid, fieldids: [{ fieldid, sub_idx }] });
      return json.field_info[0];
    },
  };
}
