/** Sentences about live tenants, by the English ones. */
export const TARGET_SENTENCES: Readonly<Record<string, string>> = {
  'Live tenants that commands read and compare with the company; docs/live.md has more.':
    '命令读取并与本公司比对的真实租户；详见 docs/zh-CN/live.md。',
  'The live tenant on Feishu.': '飞书上的真实租户。',
  'Address of the platform, https but for this machine; its public one when absent.':
    '平台地址，除本机外须为 https；缺省为平台的公开地址。',
  'Ids as they are; secrets by their places.': '标识直接填写，密钥只填写存放位置。',
  'The app’s id, cli_….': '应用的 ID，形如 cli_…。',
  'The app’s secret. As { env: NAME } or { file: PATH }, a file that only its owner can read (0600).':
    '应用的密钥。填 { env: NAME } 或 { file: PATH }，文件只能由所有者读取（0600）。',
  'Name of the environment variable that has the secret.': '存放密钥的环境变量名。',
  'Path of the file that has the secret, readable by its owner alone.': '存放密钥的文件路径，只能由所有者读取。',
  'Whose value counts, by field of docs/field-mapping.md; fields that are hands-off are not compared.':
    '按 docs/field-mapping.md 中的字段指定以谁为准；hands-off 的字段不比对。',
  'When everybody there is read and compared without being asked for.': '何时自动读取并比对平台上的全部人员。',
  'A window of the night in China, 02:00-05:00, in which everybody is read once; never when absent.':
    '每晚的时段（中国时间），如 02:00-05:00，在其中读取全部人员一次；缺省不读取。',
  'How much of the platform’s limits that read takes, 0.5 when absent; other clients have the rest.':
    '该读取占用平台限额的比例，缺省 0.5；其余留给其他客户端。',
  'Whether changes are delivered as they come, while the target is on; only by plans when absent.':
    '目标启用期间是否随变更持续投递；缺省仅通过计划写入。',
  'Which people are planned for; all others stay as they are there.': '计划涉及哪些人员；其他人员在平台上保持不变。',
  'With all below them; all when absent.': '含全部下级；缺省为全部部门。',
  'Own id of a department.': '部门在本系统的 ID。',
  'With all below them: left out.': '排除的部门，含全部下级。',
  'ask: a plan with such a step waits for mingce plan allow.': 'ask：计划含此类步骤时，须先执行 mingce plan allow。',
  'Whether people are made there; ask when absent.': '是否在平台上新建人员；缺省为 ask。',
  'Whether people leave there; ask when absent.': '是否在平台上办理人员离职；缺省为 ask。',
  'Whether people who left come back there; ask when absent.': '离职人员是否在平台上恢复；缺省为 ask。',
  'What is done to departments there; nothing when absent.': '对平台部门可做的操作；缺省不做。',
  'Whether departments are made there; no when absent.': '是否在平台上新建部门；缺省为 no。',
  'Whether departments are renamed and moved there; no when absent.': '是否在平台上重命名与移动部门；缺省为 no。',
  'How many of a kind one plan, and 24 hours, may have before a plan waits; docs/live.md has the defaults.':
    '一个计划及 24 小时内每类操作的上限，超过则等待确认；默认值见 docs/zh-CN/live.md。',
  'People who leave there.': '在平台上离职的人员。',
  'At most so many in one plan.': '单个计划的上限。',
  'At most so many in 24 hours.': '24 小时内的上限。',
  'Accounts that are shut there.': '在平台上停用的账号。',
  'Log-ins that change, or activations that begin again.': '变更的登录凭证，或重新开始的激活。',
  'People who get another name there.': '在平台上改名的人员。',
  'People who get other departments there.': '在平台上调整部门的人员。',
  'People who are made there.': '在平台上新建的人员。',
  'People who come back there.': '在平台上恢复的人员。',
  'Values that are written over others.': '覆盖平台已有的值。',
  'Values that are removed.': '清空的值。',
  'SMS and mails that the platform sends to people.': '平台向人员发送的短信与邮件。',
  'Departments that are made there.': '在平台上新建的部门。',
  'Departments that are renamed or moved there.': '在平台上重命名或移动的部门。',
  'The live tenant on WeCom.': '企业微信上的真实租户。',
  'The company’s id, ww….': '企业 ID，形如 ww…。',
  'Secret of 通讯录同步: ids of everybody. As { env: NAME } or { file: PATH }, a file that only its owner can read (0600).':
    '“通讯录同步”的密钥，用于读取全部成员 ID。填 { env: NAME } 或 { file: PATH }，文件只能由所有者读取（0600）。',
  'Secret of an app that 人事助手 lists: the roster. As { env: NAME } or { file: PATH }, a file that only its owner can read (0600).':
    '“人事助手”授权的应用密钥，用于花名册。填 { env: NAME } 或 { file: PATH }，文件只能由所有者读取（0600）。',
  'Secret of a self-built app that sees everybody: their details. As { env: NAME } or { file: PATH }, a file that only its owner can read (0600).':
    '可见范围为全员的自建应用密钥，用于成员详情。填 { env: NAME } 或 { file: PATH }，文件只能由所有者读取（0600）。',
  'Numbers of roster fields by our field, e.g. { note: 12022 }; found by name when absent.':
    '花名册字段编号，以本系统字段为键，如 { note: 12022 }；缺省按名称查找。',
  'The live tenant on Hose.': '合思上的真实租户。',
  '接入密码. As { env: NAME } or { file: PATH }, a file that only its owner can read (0600).':
    '接入密码。填 { env: NAME } 或 { file: PATH }，文件只能由所有者读取（0600）。',
};
