import type { TestDirectory } from '../test-directory.ts';
import { JSON_HEADERS, type Field, type Person, type PlatformClient } from './person.ts';

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
  'extensionNumber',
  'joinDate',
  'employmentType',
  'hobby',
] as const satisfies readonly Field[];

const KINDS = 'employee_id_type=employee_id&department_id_type=department_id';
/** 爱好 */
const HOBBY = 'C-1000002';

/** Feishu's way with 张三. */
export async function feishuClient(directory: TestDirectory): Promise<PlatformClient> {
  const credentials = { app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' };
  const token = await directory.send('POST', '/open-apis/auth/v3/tenant_access_token/internal', { body: credentials });
  const headers = { ...JSON_HEADERS, authorization: `Bearer ${token.json.tenant_access_token}` };
  return {
    name: 'feishu',
    writes: FIELDS,
    reads: FIELDS,
    write: async (person) => {
      const body = { employee: employeeOf(person) };
      const answer = await directory.send('PATCH', `/open-apis/directory/v1/employees/zhangsan?${KINDS}`, {
        headers,
        body,
      });
      if (answer.json.code !== 0) throw new Error(`feishu refused: ${answer.text}`);
      return answer;
    },
    read: async () => {
      const required_fields = ['base_info.*', 'work_info.*', 'work_info.job_level.*'];
      const answer = await directory.send('POST', `/open-apis/directory/v1/employees/mget?${KINDS}`, {
        headers,
        body: { employee_ids: ['zhangsan'], required_fields },
      });
      const { base_info: base, work_info: work } = answer.json.data.employees[0];
      const hobby = base.custom_field_values.find(({ field_key }: { field_key: string }) => field_key === HOBBY);
      return {
        name: base.name.name.default_value,
        englishName: base.name.name.i18n_value.en_us,
        alias: base.name.another_name,
        gender: base.gender,
        mobile: base.mobile,
        email: base.email,
        jobNumber: work.job_number,
        department: base.employee_order_in_departments[0].department_id,
        leader: base.leader_id,
        jobTitle: work.job_title.job_title_id,
        jobLevel: work.job_level.job_level_id,
        workPlace: work.work_place.place_id,
        workStation: work.work_station.default_value,
        extensionNumber: work.extension_number,
        joinDate: work.join_date,
        employmentType: work.employment_type,
        hobby: hobby?.text_value.default_value,
      };
    },
  };
}

function employeeOf(person: Person): object {
  return {
    name: {
      name: { default_value: person.name, i18n_value: { en_us: person.englishName } },
      another_name: person.alias,
    },
    gender: person.gender,
    mobile: person.mobile,
    email: person.email,
    job_number: person.jobNumber,
    employee_order_in_departments: [{ department_id: person.department }],
    leader_id: person.leader,
    job_title_id: person.jobTitle,
    job_level_id: person.jobLevel,
    work_place_id: person.workPlace,
    work_station: { default_value: person.workStation },
    extension_number: person.extensionNumber,
    join_date: person.joinDate,
    employment_type: person.employmentType,
    custom_field_values: [{ field_key: HOBBY, text_value: { default_value: person.hobby } }],
  };
}
