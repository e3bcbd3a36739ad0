import { hose } from '../../src/connectors/hose/index.ts';
import { staffErrors, type HoseError } from '../../src/dialects/hose/protocol/codes.ts';
import { connectorSuite } from './connector.suite.ts';
import { demo } from './live.ts';

/** Every text of a table of failures, as the platform would answer it. */
const hoseAnswers = Object.values(staffErrors).map((error) => {
  const { status, message } =
    typeof error === 'function' ? (error as (...words: readonly string[]) => HoseError)('u_项目', '002') : error;
  return {
    status,
    headers: {},
    body: JSON.stringify({ errorCode: status, errorMessage: message, errorDetails: null, code: null, data: null }),
  };
});

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
  answers: hoseAnswers,
  mostRequests: 1,
});
