import type { Words } from '../../words/language.tsx';

/** Words of the page of links. */
export const linkWords = {
  title: { zh: '对应关系', en: 'Links' },
  failed: { zh: '无法读取对应关系。', en: 'The links cannot be read.' },
  how: {
    zh: '通讯录与平台的人员、部门对应关系。由 mingce connect --adopt 建立；这里可以更正、忽略或删除。',
    en: 'Which of ours is which on the platform. The command mingce connect --adopt makes them; here each is corrected, left alone or removed.',
  },
  readOnly: { zh: '只读密钥不能更改。', en: 'A read-only key cannot change anything.' },
  anyState: { zh: '全部状态', en: 'All states' },
  anyKind: { zh: '全部对象', en: 'All kinds' },
  state: { zh: '状态', en: 'State' },
  kind: { zh: '对象', en: 'Kind' },
  employee: { zh: '员工', en: 'employee' },
  department: { zh: '部门', en: 'department' },
  'catalog-entry': { zh: '基础数据', en: 'catalogue entry' },
  linked: { zh: '已对应', en: 'linked' },
  ignored: { zh: '已忽略', en: 'left alone' },
  ambiguous: { zh: '待决定', en: 'to decide' },
  lost: { zh: '丢失', en: 'lost' },
  subject: { zh: '通讯录', en: 'Ours' },
  liveId: { zh: '平台上的编号', en: 'Id there' },
  matched: { zh: '依据', en: 'Matched by' },
  agreed: { zh: '上次一致', en: 'Last agreed' },
  never: { zh: '从未', en: 'never' },
  actions: { zh: '操作', en: 'Actions' },
  link: { zh: '改为', en: 'Link to' },
  linkOf: { zh: '{subject} 在平台上的编号', en: 'Id there of {subject}' },
  candidates: { zh: '查看可能是谁', en: 'See who may be meant' },
  save: { zh: '对应', en: 'Link' },
  ignore: { zh: '忽略', en: 'Leave alone' },
  ignoreAsk: { zh: '不再读写 {subject}？', en: 'Leave {subject} alone, neither read nor written?' },
  remove: { zh: '删除', en: 'Remove' },
  removeAsk: { zh: '删除 {subject} 的对应关系？', en: 'Remove the link of {subject}?' },
  changeFailed: { zh: '更改失败。', en: 'Nothing was changed.' },
  none: { zh: '没有这样的对应关系。', en: 'No link is like this.' },
  noneYet: {
    zh: '还没有对应关系。运行 mingce connect {target} --adopt，从平台读取并匹配。',
    en: 'No links yet. Run mingce connect {target} --adopt, which reads the platform and matches.',
  },
  clear: { zh: '清除条件', en: 'Clear the filters' },
  more: { zh: '更多', en: 'More' },
} as const;

/** By what a link was made. */
export const MATCHED_WORDS: Words = {
  id: { zh: '编号相同', en: 'the same id' },
  jobNumber: { zh: '工号相同', en: 'the same job number' },
  mobile: { zh: '手机号相同', en: 'the same mobile' },
  email: { zh: '邮箱相同', en: 'the same mail' },
  name: { zh: '名称相同', en: 'the same name' },
  operator: { zh: '人工指定', en: 'decided by hand' },
  made: { zh: '由写入新建', en: 'made by a delivery' },
  written: { zh: '写入时确认', en: 'seen while writing' },
};
