import type { Words } from '../../words/language.tsx';

/* Words for what live tenants are written: the server names each by a code. */

/** Fields of a person or a department. */
export const FIELD_WORDS: Words = {
  name: { zh: '姓名', en: 'Name' },
  englishName: { zh: '英文名', en: 'English name' },
  alias: { zh: '别名', en: 'Alias' },
  gender: { zh: '性别', en: 'Gender' },
  mobile: { zh: '手机号', en: 'Mobile' },
  email: { zh: '工作邮箱', en: 'Work mail' },
  jobNumber: { zh: '工号', en: 'Job number' },
  department: { zh: '部门', en: 'Departments' },
  mainDepartment: { zh: '主部门', en: 'Main department' },
  leader: { zh: '直属上级', en: 'Direct leader' },
  jobTitle: { zh: '职务', en: 'Job title' },
  jobLevel: { zh: '职级', en: 'Job level' },
  workPlace: { zh: '工作地点', en: 'Work place' },
  workStation: { zh: '工位', en: 'Work station' },
  extensionNumber: { zh: '分机号', en: 'Extension' },
  joinDate: { zh: '入职日期', en: 'Join date' },
  employmentType: { zh: '人员类型', en: 'Employment type' },
  note: { zh: '备注', en: 'Note' },
  enterpriseEmail: { zh: '企业邮箱', en: 'Company mail' },
  frozen: { zh: '停用', en: 'Frozen' },
  status: { zh: '在职状态', en: 'Status' },
  parent: { zh: '上级部门', en: 'Parent department' },
  code: { zh: '部门编码', en: 'Department code' },
};

/** What is done to a person or a department, and what the brake counts. */
export const DONE_WORDS: Words = {
  update: { zh: '更新', en: 'update' },
  create: { zh: '新建人员', en: 'create' },
  return: { zh: '恢复在职', en: 'return' },
  leave: { zh: '离职', en: 'leave' },
  freeze: { zh: '停用账号', en: 'freeze' },
  'department-create': { zh: '新建部门', en: 'new department' },
  'department-update': { zh: '变更部门', en: 'department changed' },
  'department-remove': { zh: '删除部门', en: 'department removed' },
  login: { zh: '登录账号变更', en: 'login' },
  rename: { zh: '改名', en: 'rename' },
  move: { zh: '调动部门', en: 'move' },
  overwrite: { zh: '覆盖平台的值', en: 'overwrite' },
  clear: { zh: '清空平台的值', en: 'clear' },
  message: { zh: '短信或邮件', en: 'message' },
  headcount: { zh: '人数减少', en: 'headcount' },
};

/** What became of a field, or is predicted to. */
export const FATE_WORDS: Words = {
  written: { zh: '写入', en: 'written' },
  dropped: { zh: '平台未采用', en: 'dropped' },
  refused: { zh: '被拒绝', en: 'refused' },
  limit: { zh: '超过平台限额', en: 'over the limit' },
  wait: { zh: '须等待', en: 'has to wait' },
  token: { zh: '凭证失效', en: 'token not taken' },
  'not-sent': { zh: '未发出', en: 'not sent' },
  doubt: { zh: '不确定', en: 'in doubt' },
  verified: { zh: '已核实', en: 'verified' },
  partial: { zh: '部分写入', en: 'partly written' },
  dead: { zh: '已放弃', en: 'given up' },
};

/** What a person notices. */
export const EFFECT_WORDS: Words = {
  sms: { zh: '短信', en: 'SMS' },
  mail: { zh: '邮件', en: 'mail' },
  login: { zh: '登录账号变更', en: 'another log-in' },
  'reset-activation': { zh: '须重新激活', en: 'has to activate again' },
  lock: { zh: '平台页面不再可改', en: 'the platform’s page no longer changes it' },
  mailbox: { zh: '邮箱及邮件被删除', en: 'the mailbox and its mails go' },
  always: { zh: '必定发送', en: 'in any case' },
  'not-activated': { zh: '仅未激活时', en: 'unless already activated' },
};

/** Why a difference stays, and what is said of who left there. */
export const REPORT_WORDS: Words = {
  'only-theirs': { zh: '仅平台有值，保留', en: 'only theirs, kept' },
  'theirs-counts': { zh: '以平台为准', en: 'theirs counts' },
  conflict: { zh: '双方均有改动', en: 'both changed' },
  'never-agreed': { zh: '从未一致过，不知道是哪一方改动', en: 'never agreed on, so not known who changed it' },
  'given-once': { zh: '仅首次写入，之后以平台为准', en: 'given once, theirs since' },
  accept: { zh: '应采用平台的值', en: 'theirs belongs in our record' },
  'changed-since': { zh: '此后已被修改，保持不变', en: 'changed since: it stays' },
  'unknown-before': { zh: '不知道之前的值', en: 'the value before is unknown' },
  unreadable: { zh: '无法读取', en: 'no read shows it' },
  'not-wanted': { zh: '公司文件设为 no', en: 'the company file says no' },
  undecided: {
    zh: '无法确定是平台上的哪一位，不发送：请在「对应关系」中决定',
    en: 'ambiguous, so nothing is sent: decide it among the links',
  },
  lost: {
    zh: '曾关联，但平台上已不存在，不发送：请在「对应关系」中决定',
    en: 'was linked and is no longer there, so nothing is sent: decide it among the links',
  },
  'comes-back': {
    zh: '曾在平台离职：按 people.return 恢复原记录，不新建第二条',
    en: 'left there: that record comes back, as people.return says, instead of a second one',
  },
  'left-alike': {
    zh: '平台上有离职人员的标识、手机号、邮箱或工号与此人相同，但姓名不同或已不可恢复：新建将产生第二条记录',
    en: 'somebody who left there has the same id, mobile, mail or job number, under another name or for too long to come back: create makes a second record',
  },
  'maybe-left': {
    zh: '可能曾在平台离职，但无法查询：新建可能产生第二条记录',
    en: 'may have left there, which could not be looked up: create may make a second record',
  },
};

/** Whose value counts. */
export const AUTHORITY_WORDS: Words = {
  ours: { zh: '通讯录', en: 'ours' },
  theirs: { zh: '平台', en: 'theirs' },
  newest: { zh: '较新的一方', en: 'newest' },
  initial: { zh: '仅首次写入', en: 'initial' },
  'hands-off': { zh: '不处理', en: 'hands-off' },
};

/** Why a run stopped. */
export const STOP_WORDS: Words = {
  staged: { zh: '等待确认', en: 'waits for approval' },
  stale: { zh: '做计划之后数据已变化', en: 'changed since the plan was made' },
  surprise: { zh: '回应与预测不符', en: 'an answer was not the predicted one' },
  doubt: { zh: '无法确认是否生效', en: 'it cannot be seen whether it was done' },
  unreachable: { zh: '无法连接平台', en: 'the platform could not be reached' },
  limit: { zh: '平台要求等待', en: 'the platform asks to wait' },
  asked: { zh: '按要求停止', en: 'it was asked for' },
  credentials: { zh: '密钥失效', en: 'the platform takes the secret no longer' },
  'The process that made it is gone; make another plan.': {
    zh: '生成计划的进程已结束，请重新生成',
    en: 'The process that made it is gone; make another plan.',
  },
  'it broke off; the log has the reason': { zh: '中断，原因见日志', en: 'it broke off; the log has the reason' },
};

/** Why a delivery did not arrive, where the platform gave no code. */
export const REASON_WORDS: Words = {
  refused: { zh: '平台拒绝', en: 'refused' },
  foreseen: { zh: '副本上已预见拒绝，未发送', en: 'foreseen to be refused; not sent' },
  'gave-up': { zh: '多次失败', en: 'tried too often' },
  'in-doubt': { zh: '不确定是否生效', en: 'in doubt' },
  ambiguous: { zh: '无法确定是谁', en: 'ambiguous' },
  lost: { zh: '平台已无此人', en: 'gone there' },
  taken: { zh: '值仍属于同事', en: 'a colleague still has the value' },
  'not-composed': { zh: '无法提交', en: 'cannot be asked' },
  brake: { zh: '超过限额，待放行', en: 'over the brake' },
  held: { zh: '引用的部门或上级尚未对应', en: 'a department or leader is not linked yet' },
  left: { zh: '已离职', en: 'left' },
  equal: { zh: '本来一致', en: 'was equal' },
  unlinked: { zh: '没有对应关系', en: 'no link' },
};

/** Why a field waits, or could not be sent. */
export const WAIT_WORDS: Words = {
  'not-linked': { zh: '引用的部门或人员尚未对应', en: 'names a department or person that is not linked yet' },
  'not-clearable': { zh: '平台不支持清空', en: 'cannot be made empty there' },
  'not-writable': { zh: '平台没有可写入的接口', en: 'no call of the platform writes it' },
  'no-entry': { zh: '平台上没有该条目，或有多个同名条目', en: 'no entry of this name there, or several' },
  'of-left': { zh: '值属于平台上的离职人员', en: 'somebody who left there has it' },
  'no-right': { zh: '缺少所需的密钥', en: 'needs a secret that the target has not' },
  incomplete: { zh: '平台要求同时提供其他字段', en: 'the platform wants another value with it' },
  'not-found-out': {
    zh: '平台未返回此人是否已存在',
    en: 'the platform does not say whether the person is there already',
  },
};

/** Values of fields that are known by a number or a code. */
export const VALUE_WORDS: Readonly<Record<string, Words>> = {
  gender: {
    '0': { zh: '未设置', en: 'not set' },
    '1': { zh: '男', en: 'man' },
    '2': { zh: '女', en: 'woman' },
    '3': { zh: '其他', en: 'other' },
  },
  employmentType: {
    '1': { zh: '正式', en: 'regular' },
    '2': { zh: '实习', en: 'intern' },
    '3': { zh: '外包', en: 'outsourced' },
    '4': { zh: '劳务', en: 'contractor' },
    '5': { zh: '顾问', en: 'consultant' },
  },
  frozen: { true: { zh: '已停用', en: 'frozen' }, false: { zh: '未停用', en: 'not frozen' } },
  status: { 'in service': { zh: '在职', en: 'in service' }, left: { zh: '已离职', en: 'left' } },
};

/** The states of a delivery. */
export const DELIVERY_STATE_WORDS = {
  waiting: { zh: '待写入', en: 'waiting' },
  staged: { zh: '超过限额，待放行', en: 'held by the brake' },
  held: { zh: '搁置', en: 'held' },
  sending: { zh: '正在写入', en: 'being sent' },
  doubt: { zh: '不确定', en: 'in doubt' },
  written: { zh: '已写入', en: 'written' },
  verified: { zh: '已核实', en: 'verified' },
  partial: { zh: '部分写入', en: 'partly written' },
  equal: { zh: '本来一致', en: 'was equal' },
  dead: { zh: '已放弃', en: 'given up' },
} as const;

/** Why delivering one person ended, as the server says it. */
export const PERSON_WORDS: Words = {
  'in service': { zh: '在职', en: 'in service' },
  left: { zh: '已离职', en: 'left' },
  missing: { zh: '平台上没有此人', en: 'not there' },
  ambiguous: { zh: '待决定', en: 'to decide' },
  ignored: { zh: '不管', en: 'left alone' },
  lost: { zh: '丢失', en: 'lost' },
  'Nothing has to change there.': { zh: '平台无需变更。', en: 'Nothing has to change there.' },
  'Everything is predicted to be refused.': {
    zh: '预测全部会被拒绝。',
    en: 'Everything is predicted to be refused.',
  },
  'The employee is outside the scope of the target, and stays there as before.': {
    zh: '该员工不在范围内，平台保持不变。',
    en: 'The employee is outside the scope of the target, and stays there as before.',
  },
  'A key finds several people there, or somebody else: decide it.': {
    zh: '按标识找到多人或他人，请先在对应关系中指定。',
    en: 'A key finds several people there, or somebody else: decide it.',
  },
};
