import type { Look } from '../support/browser.ts';

/**
 * Each page of a company's console, with words that only this page shows, in both languages: neighbours are
 * of other pages, so that a visitor goes from one to the next without loading everything again.
 */
export const PAGES = {
  '': { zh: '最近 15 分钟的调用', en: 'Calls of the last 15 minutes' },
  '/people?size=20': { zh: '周浩', en: 'Everyone' },
  '/targets': { zh: '探测结果', en: 'What the probe found' },
  '/people/zhangsan': { zh: '只看差异', en: 'Differences' },
  '/targets/feishu/links': { zh: '上次一致', en: 'Last agreed' },
  '/people/zhangsan?tab=edit': { zh: '保存前，各平台的判定', en: "Before saving: each platform's verdict" },
  '/calls': { zh: 'employee.patch', en: 'employee.patch' },
  '/people/zhangsan?tab=line': { zh: '陈建国', en: 'Reports to' },
  // Few codes and few people: the others have the same rows, and axe looks at each of them.
  '/errors?q=手机号': { zh: '手机号已存在', en: 'Mobile already exists' },
  '/people/zhangsan?tab=history': { zh: '变更历史', en: 'History' },
  '/catalogues?list=job_levels': { zh: '谁在用', en: 'Used by' },
  '/people/zhangsan?tab=ids': { zh: '登录', en: 'Login' },
  '/targets/feishu/drift': { zh: '以谁为准', en: 'Authority' },
  '/calls?q=2221103': { zh: '2221103', en: '2221103' },
  '/errors/feishu/2221103?q=2221103': { zh: '换一个手机号', en: 'What to do' },
  '/doctor': { zh: '重新检查', en: 'Examine again' },
  '/people/zhangsan?tab=targets': { zh: '试算这个人', en: 'Rehearse this person' },
  '/departments?at=backend': { zh: '查看部门员工', en: 'See the people' },
  '/history': { zh: '撤销', en: 'Undo' },
  '/file': { zh: '公司文件', en: 'Company file' },
  '/imports': { zh: '选择 CSV 或 Excel 文件', en: 'Choose a CSV or Excel file' },
  '/outbox': { zh: '什么都没有真正发出', en: 'Nothing was really sent' },
  '/catalogues?list=fields': { zh: '引用列表', en: 'reference' },
  '/apps': { zh: '换密钥', en: 'New secret' },
  '/targets/feishu/plans': { zh: '生成计划', en: 'Make a plan' },
  '/deliveries': { zh: '还没有写入过', en: 'Nothing was written to a live tenant yet' },
  '/events': { zh: '订阅的应用', en: 'Apps that receive events' },
  '/try/wecom/hr.update_staff_info?employee=zhangsan': { zh: '同样的调用', en: 'The same call' },
  '/workbench': { zh: '快照', en: 'Snapshots' },
} as const;

/** Both languages and both themes, in two looks. */
export const LOOKS: readonly Look[] = [
  { language: 'zh', theme: 'light' },
  { language: 'en', theme: 'dark' },
];
