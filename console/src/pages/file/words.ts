/** Words of the page of the company file. */
export const fileWords = {
  title: { zh: '公司文件', en: 'Company file' },
  failed: { zh: '无法读取公司文件。', en: 'The company file cannot be read.' },
  readOnly: {
    zh: '公司文件含有密钥，只读密钥不能看。',
    en: 'The company file has secrets in it, which a read-only key does not see.',
  },
  copy: { zh: '复制文件', en: 'Copy the file' },
  how: {
    zh: '改文件，先看计划，再应用：应用的就是看到的。',
    en: 'Change the file, look at the plan, apply it: what is applied is what was shown.',
  },
  keys: {
    zh: 'Ctrl+空格 补全 · Ctrl+F 查找 · Ctrl+回车 计划 · 错误在它的那一行。',
    en: 'Ctrl+Space completes · Ctrl+F finds · Ctrl+Enter plans · mistakes are at their lines.',
  },
  plan: { zh: '计划', en: 'Plan' },
  apply: { zh: '应用计划', en: 'Apply the plan' },
  confirm: { zh: '输入 {n} 以删除这 {n} 名员工', en: 'Type {n} to remove the {n} {n|person|people}' },
  planFailed: { zh: '没有做出计划。', en: 'No plan was made.' },
  applyFailed: { zh: '没有应用。', en: 'Not applied.' },
  moved: {
    zh: '没有应用：通讯录在此期间有变更。重新计划，再看一次。',
    en: 'Not applied: the directory changed meanwhile. Plan again, and look once more.',
  },
  applied: { zh: '已应用 {n} 处变更。', en: '{n} {n|change|changes} applied.' },
  nothing: { zh: '与通讯录一致，没有要做的。', en: 'The directory is as the file says; nothing to do.' },
  mistakes: { zh: '{n} 个问题', en: '{n} {n|mistake|mistakes}' },
  line: { zh: '第 {n} 行', en: 'line {n}' },
  meant: { zh: '你是否想写 {names}？', en: 'Did you mean {names}?' },
  warnings: { zh: '提醒', en: 'Warnings' },
  add: { zh: '新增 {n}', en: '{n} added' },
  change: { zh: '更改 {n}', en: '{n} changed' },
  remove: { zh: '删除 {n}', en: '{n} removed' },
  brake: { zh: '⚠ 会删除 {n} 名员工。', en: '⚠ {n} {n|employee|employees} would be removed.' },
} as const;
