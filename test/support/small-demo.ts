/**
 * The demo company with a few of its people, and little of what is known of them. Tests that write to a live tenant read it again and
 * again: it is short enough to be read at once, where a longer file has a thread begin (`SHORT` in `src/company/reading/reading.ts`).
 */
export const smallDemo = `mingce: 1
key: demo
name: 恒达科技
feishu:
  plan: business_flagship
  founder: chenjianguo
  apps:
    - { app_id: cli_mingce_demo, app_secret: mingce-demo-secret }
wecom:
  corpid: ww_mingce_demo
  apps:
    - { agentid: 1000001, secret: mingce-demo-secret, kind: self_built, hr_callable: true, visible_range: { department_ids: [1] } }
    - { agentid: 1000002, secret: mingce-demo-contact-secret, kind: contact_sync }
hose:
  corporation_id: xgJ3wajigF25H0
  apps:
    - { app_key: mingce-demo-key, app_security: mingce-demo-security }
  roles:
    - { id: "xgJ3wajigF25H0:admin", name: 主管理员, contents: [{ staffs: [chenjianguo] }] }
departments:
  - { id: root, name: 恒达科技, code: "001" }
  - { id: rd, name: 研发中心, parent: root, code: "100", order: 1 }
  - { id: backend, name: { value: 后端组, i18n: { en-US: Backend } }, parent: rd, code: "102", order: 3 }
  - { id: qa, name: { value: 测试组, i18n: { en-US: Quality } }, parent: rd, code: "103", order: 4 }
job_titles:
  - { id: wqedsaqw, name: 软件工程师, code: CODE1 }
job_levels:
  - { id: asdfghjk, name: P5, code: CODE1, order: 1 }
employees:
  - id: zhangsan
    name: { value: 张三, i18n: { zh-CN: 张三, en-US: Zhang San } }
    alias: 小张
    gender: male
    mobile: "+8613800010001"
    email: zhangsan@hengda.example
    departments: [backend]
    leader: zhouhao
    job_number: "10001"
    job_title: wqedsaqw
    job_level: asdfghjk
    employment_type: 1
    join_date: 2021-03-01
    account: { mobile: "+8613800010001", email: zhangsan@hengda.example }
    feishu: { employee_id: zhangsan }
    wecom: { userid: zhangsan }
    hose: { id: "xgJ3wajigF25H0:zhangsan", user_id: zhangsan }
${[
  ['eeasdqwwe', '王磊', 'rd', '10003'],
  ['chenjianguo', '陈建国', 'root', '10009'],
  ['linfeng', '林峰', 'rd', '10010'],
  ['zhouhao', '周浩', 'backend', '10011'],
  ['xiaoling', '肖玲', 'qa', '10012'],
  ['pengtao', '彭涛', 'rd', '10013'],
  ['panwei', '潘伟', 'qa', '10032'],
]
  .map(
    ([id, name, department, number]) =>
      `  - { id: ${id}, name: ${name}, mobile: "+86138000${number}", email: ${id}@hengda.example, departments: [${department}], job_number: "${number}", join_date: 2020-01-06 }`,
  )
  .join('\n')}
`;
