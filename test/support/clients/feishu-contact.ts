import type { TestDirectory } from '../test-directory.ts';
import { JSON_HEADERS, keyOf, type Field, type Person, type PlatformClient } from './person.ts';

const FIELDS = [
  'name',
  'englishName',
  'alias',
  'gender',
  'mobile',
  'email',
  'jobNumber',
  'department',
  'leader',
  'jobTitle',
  'jobLevel',
  'workPlace',
  'workStation',
  'joinDate',
  'employmentType',
  'hobby',
] as const satisfies readonly Field[];

const KINDS = 'user_id_type=user_id&department_id_type=department_id';
/** 爱好 */
const HOBBY = 'C-1000002';

/** Titles and cities of the demo company, which this API knows by their names. */
const TITLE_NAMES: ReadonlyMap<string, string> = new Map([
  ['wqedsaqw', '软件工程师'],
  ['t-lead', '部门经理'],
  ['t-qa', '测试工程师'],
  ['t-ops', '运维工程师'],
  ['t-product', '产品经理'],
]);
const CITY_NAMES: ReadonlyMap<string, string> = new Map([
  ['eqwedas', '北京总部'],
  ['w-shanghai', '上海办公室'],
  ['w-shenzhen', '深圳办公室'],
]);

/** The way of Feishu's older API, contact v3, with 张三. */
export async function feishuContactClient(directory: TestDirectory): Promise<PlatformClient> {
  const credentials = { app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' };
  const token = await directory.send('POST', '/open-apis/auth/v3/tenant_access_token/internal', { body: credentials });
  const headers = { ...JSON_HEADERS, authorization: `Bearer ${token.json.tenant_access_token}` };
  const url = `/open-apis/contact/v3/users/zhangsan?${KINDS}`;
  return {
    name: 'contact',
    writes: FIELDS,
    reads: FIELDS,
    write: async (person) => {
      const answer = await directory.send('PATCH', url, { headers, body: userOf(person) });
      if (answer.json.code !== 0) throw new Error(`contact v3 refused: ${answer.text}`);
      return answer;
    },
    read: async () => {
      const { user } = (await directory.send('GET', url, { headers })).json.data;
      const hobby = user.custom_attrs.find(({ id }: { id: string }) => id === HOBBY);
      return {
        name: user.name,
        englishName: user.en_name,
        alias: user.nickname,
        gender: user.gender,
        mobile: user.mobile,
        email: user.email,
        jobNumber: user.employee_no,
        department: user.department_ids[0],
        leader: user.leader_user_id,
        jobTitle: keyOf(TITLE_NAMES, user.job_title),
        jobLevel: user.job_level_id,
        workPlace: keyOf(CITY_NAMES, user.city),
        workStation: user.work_station,
        joinDate: new Date(user.join_time * 1_000 + 8 * 3_600_000).toISOString().slice(0, 10),
        employmentType: user.employee_type,
        hobby: hobby?.value.text,
      };
    },
  };
}

function userOf(person: Person): object {
  return {
    name: person.name,
    en_name: person.englishName,
    nickname: person.alias,
    gender: person.gender,
    mobile: person.mobile,
    email: person.email,
    employee_no: person.jobNumber,
    department_ids: [person.department],
    // Weights are Feishu's alone, and its other client sends none.
    orders: [{ department_id: person.department, user_order: 0, department_order: 0 }],
    leader_user_id: person.leader,
    job_title: TITLE_NAMES.get(person.jobTitle),
    job_level_id: person.jobLevel,
    city: CITY_NAMES.get(person.workPlace),
    work_station: person.workStation,
    // Noon in China.
    join_time: Date.parse(`${person.joinDate}T12:00:00+08:00`) / 1_000,
    employee_type: person.employmentType,
    custom_attrs: [{ type: 'TEXT', id: HOBBY, value: { text: person.hobby } }],
  };
}
