import { feishu } from '../../src/connectors/feishu/index.ts';
import { hose } from '../../src/connectors/hose/index.ts';
import { wecom } from '../../src/connectors/wecom/index.ts';
import { connectorSuite } from './connector.suite.ts';
import { demo } from './live.ts';

connectorSuite('Hose', {
  connector: hose,
  file: demo,
  who: 'xgJ3wajigF25H0:zhangsan',
  department: 'xgJ3wajigF25H0:qa',
  root: 'xgJ3wajigF25H0',
  values: {
    name: '张三丰',
    englishName: 'Three Zhang',
    alias: '老张',
    mobile: '+85261234567',
    email: 'three.zhang@hengda.example',
    jobNumber: 'X-1',
    department: ['xgJ3wajigF25H0:legal', 'xgJ3wajigF25H0:qa'],
    mainDepartment: 'xgJ3wajigF25H0:qa',
    jobTitle: '测试工程师',
    jobLevel: 'P6',
    note: '出差',
  },
  custom: 'u_爱好',
  unreadable: ['englishName'],
  newcomer: {
    name: '新人',
    mobile: '+8613900000001',
    email: 'new@hengda.example',
    jobNumber: 'N-1',
    department: ['xgJ3wajigF25H0:qa'],
    mainDepartment: 'xgJ3wajigF25H0:qa',
  },
  newcomerId: 'newcomer',
  mostRequests: 1,
});

const QA = `od-${'a'.repeat(32)}`;
const LEGAL = `od-${'b'.repeat(32)}`;
const feishuFile = demo
  .replace('certified: true', 'certified: true\n  rate_limit_enabled: false')
  .replace('- { id: qa,', `- { id: qa, feishu: { open_department_id: ${QA} },`)
  .replace('- { id: legal,', `- { id: legal, feishu: { open_department_id: ${LEGAL} },`);

connectorSuite('Feishu', {
  connector: feishu,
  file: feishuFile,
  who: 'zhangsan',
  department: QA,
  root: '0',
  values: {
    name: '张三丰',
    englishName: 'Three Zhang',
    alias: '老张',
    gender: 2,
    mobile: '+8613800019999',
    email: 'three.zhang@hengda.example',
    jobNumber: 'X-1',
    department: [LEGAL, QA],
    mainDepartment: QA,
    leader: 'linfeng',
    jobTitle: '测试工程师',
    jobLevel: 'P6',
    workPlace: '上海办公室',
    workStation: 'Z-9',
    extensionNumber: '8888',
    joinDate: '2020-02-02',
    employmentType: 3,
    enterpriseEmail: 'three@test.com',
    frozen: true,
  },
  custom: 'C-1000002',
  unreadable: [],
  newcomer: {
    name: '新人',
    mobile: '+8613900000001',
    email: 'new@hengda.example',
    jobNumber: 'N-1',
    department: [QA],
    mainDepartment: QA,
  },
  newcomerId: 'newcomer',
  mostRequests: 2,
});

connectorSuite('WeCom', {
  connector: wecom,
  file: demo
    .replace('corpid: ww_mingce_demo', 'corpid: ww_mingce_demo\n  biz_mail_by_api: true')
    .replace('- { id: qa,', '- { id: qa, wecom: { id: 501 },')
    .replace('- { id: legal,', '- { id: legal, wecom: { id: 502 },'),
  who: 'zhangsan',
  department: '501',
  root: '1',
  values: {
    name: '张三丰',
    englishName: 'Three Zhang',
    alias: '老张',
    gender: 2,
    mobile: '+85261239999',
    email: 'three.zhang@hengda.example',
    jobNumber: 'X-1',
    department: ['502', '501'],
    mainDepartment: '501',
    leader: 'linfeng',
    jobTitle: '测试工程师',
    jobLevel: 'P6',
    workPlace: '上海办公室',
    workStation: 'Z-9',
    extensionNumber: '8888',
    joinDate: '2020-02-02',
    employmentType: 3,
    note: '出差',
    enterpriseEmail: 'three@hengda.example',
    frozen: true,
  },
  custom: null,
  unreadable: [],
  newcomer: {
    name: '新人',
    mobile: '+8613900000001',
    email: 'new@hengda.example',
    department: ['501'],
    mainDepartment: '501',
    note: '新',
  },
  newcomerId: 'newcomer',
  mostRequests: 3,
});
