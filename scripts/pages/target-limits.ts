// What the live platforms forbid whatever is configured, for the pages of targets; each with the contract that says so.

import type { Words } from '../../src/connectors/connector.ts';

/** Something that a platform forbids, and what is done about it. */
export interface Forbidden {
  readonly what: Words;
  readonly instead: Words;
}

/** By platform: contracts wecom 1.5, 3, 6, wecom-more 1; feishu 1.5, 2.7, 4; hose 1.5, 2.2, 2.7, 2.8. */
export const FORBIDDEN: Readonly<Record<string, readonly Forbidden[]>> = {
  wecom: [
    {
      what: {
        en: 'Reading details with the contact secret from an address that was added since August 2022 (48009).',
        zh: '用通讯录 secret 从 2022 年 8 月后新增的地址读取详情（48009）。',
      },
      instead: {
        en: 'Details are read with `reading`, an app of the company’s own that sees everybody, or with `hr`.',
        zh: '用 `reading`（可见全员的自建应用）或 `hr` 读取详情。',
      },
    },
    {
      what: {
        en: 'Mobile, mail, gender and 企业邮箱 of members for an app made since 2022-06-20.',
        zh: '2022-06-20 之后创建的应用读取成员的手机号、邮箱、性别与企业邮箱。',
      },
      instead: {
        en: 'The roster (`hr`) has the first three; 企业邮箱 is not compared.',
        zh: '前三项从花名册（`hr`）读取；企业邮箱不比较。',
      },
    },
    {
      what: {
        en: 'Changing the mobile of a member who has activated: `user/update` answers errcode 0 and ignores it.',
        zh: '修改已激活成员的手机号：`user/update` 返回 errcode 0 但忽略。',
      },
      instead: {
        en: 'The rehearsal shows it as dropped, and the read-back proves it. The member changes it in the app.',
        zh: '演练显示为未生效，回读可证实。须由成员在客户端修改。',
      },
    },
    {
      what: {
        en: 'Fields that only the admin pages write: the roster’s groups, activation, an invitation that was refused.',
        zh: '只能在管理后台填写的内容：花名册分组、激活、被拒绝的邀请。',
      },
      instead: {
        en: 'They are not in the matrix above, and never compared.',
        zh: '不在上表中，也不比较。',
      },
    },
    {
      what: {
        en: 'Giving a member another 企业邮箱 a second time (60144).',
        zh: '第二次修改成员的企业邮箱（60144）。',
      },
      instead: {
        en: 'The run of the plan says it; nothing else is lost by it.',
        zh: '执行结果会注明；不影响其他字段。',
      },
    },
    {
      what: {
        en: 'Calls from an address that is not in 企业可信IP of the app (60020).',
        zh: '从不在应用“企业可信IP”中的地址调用（60020）。',
      },
      instead: {
        en: 'The probe shows the address that the platform saw.',
        zh: '探测会显示平台看到的地址。',
      },
    },
  ],
  feishu: [
    {
      what: {
        en: 'Reading `employee_id` without `directory:employee.base.external_id:read`.',
        zh: '没有 `directory:employee.base.external_id:read` 时读取 `employee_id`。',
      },
      instead: {
        en: 'People are read by `open_id` and matched by job number, mobile and mail.',
        zh: '改用 `open_id` 读取，按工号、手机号与邮箱匹配。',
      },
    },
    {
      what: {
        en: 'Reading people who are outside the contact range of the app.',
        zh: '读取应用权限范围之外的人员。',
      },
      instead: {
        en: 'They look as if they were missing there. No one is made for that reason without a word.',
        zh: '视为平台缺少。未经确认不会因此创建人员。',
      },
    },
    {
      what: { en: 'A list of people who left.', zh: '列出已离职人员。' },
      instead: {
        en: 'They are looked up by id, mobile and mail (`contact:user.id:readonly`), and come back by `people.return`.',
        zh: '按标识、手机号与邮箱查询（`contact:user.id:readonly`），按 `people.return` 恢复。',
      },
    },
    {
      what: {
        en: 'Clearing a mainland mobile (2221114), or the mobile of an employee without a mail address (2221113).',
        zh: '清空中国大陆手机号（2221114），或没有邮箱者的手机号（2221113）。',
      },
      instead: { en: 'The plan reports it as not clearable.', zh: '计划中报告为不可清空。' },
    },
    {
      what: {
        en: 'Changing the mobile or mail of a verified or joined member as a login.',
        zh: '变更已验证或已加入成员的登录手机号或邮箱。',
      },
      instead: {
        en: 'Of those who have not activated it does change the login and sends a message: the plan lists both.',
        zh: '未激活者会变更登录凭证并收到消息：计划会列出。',
      },
    },
    {
      what: {
        en: 'Making job titles, levels, places and own fields with the directory calls.',
        zh: '用组织架构接口创建职务、职级、地点与自定义字段。',
      },
      instead: {
        en: 'An entry that is not there is named in the plan, with the admin page that makes it.',
        zh: '计划会指出缺少的条目，须在管理后台创建。',
      },
    },
    {
      what: { en: 'Bringing an employee back later than 30 days after leaving.', zh: '离职 30 天后恢复员工。' },
      instead: { en: 'The rehearsal shows the refusal.', zh: '演练会显示拒绝。' },
    },
  ],
  hose: [
    {
      what: { en: 'Reading `enName`: no answer has it.', zh: '读取 `enName`：任何应答均不返回。' },
      instead: {
        en: 'It is written only where it changed here, and reported as unproven.',
        zh: '仅在本地改动时写入，并报告为未证实。',
      },
    },
    {
      what: { en: 'Clearing a job number or a mail address by the interface.', zh: '通过接口清空工号或邮箱。' },
      instead: { en: 'The plan reports it as not clearable.', zh: '计划中报告为不可清空。' },
    },
    {
      what: {
        en: 'Making somebody with the mobile of a leaver: the leaver’s record comes back and becomes the newcomer’s.',
        zh: '用离职员工的手机号新增员工：离职员工的记录会被重新启用并变成新员工的。',
      },
      instead: {
        en: 'Each newcomer is made with `useNewAccount` and gets a record of their own. Its staff id is the platform’s; the id that was sent is its `userId`.',
        zh: '新增时发送 `useNewAccount`，新员工总有自己的记录；员工 ID 由平台生成，所发送的 ID 为其 `userId`。',
      },
    },
    {
      what: {
        en: 'Making somebody with the mail of a leaver: the same, and it is not said that `useNewAccount` prevents it.',
        zh: '用离职员工的邮箱新增员工：同上，且文档未说明 `useNewAccount` 能否避免。',
      },
      instead: {
        en: 'The newcomer is made without the mail, and gets it afterwards where `authority` names it. Without a mobile, none is made.',
        zh: '新增时不带该邮箱；若 `authority` 指定了邮箱，之后再写入。没有手机号则不新增。',
      },
    },
    {
      what: {
        en: 'Changing the login with an update: the mobile and mail there are contact data.',
        zh: '通过更新接口修改登录：其手机号与邮箱为联系信息。',
      },
      instead: { en: 'Logins are left alone.', zh: '不改动登录凭证。' },
    },
    {
      what: {
        en: 'Changing an employee on Hose’s own pages after an update by the interface.',
        zh: '接口更新后在合思界面修改该员工。',
      },
      instead: { en: 'The plan says it once for each employee.', zh: '计划对每名员工提示一次。' },
    },
    {
      what: {
        en: 'Updates of employees who are exempt from synchronisation: answered 200 with the old values.',
        zh: '更新不参与同步的员工：返回 200 但保持旧值。',
      },
      instead: {
        en: 'The comparison of the answer finds it: the field is shown as dropped.',
        zh: '比较应答即可发现：字段显示为未生效。',
      },
    },
  ],
};
