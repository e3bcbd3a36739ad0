import type { World } from './world.ts';

/** What all three platforms know of a person, in nobody's dialect. */
export interface Person {
  readonly name: string;
  /** E.164. */
  readonly mobile: string;
  readonly email: string;
  readonly jobNumber: string;
  /** Own id in the demo company's file. */
  readonly department: string;
  readonly jobTitle: string;
  readonly jobLevel: string;
}

/** One platform's client code: writes a person, and reads one, over its own wire. */
export interface Speaker {
  readonly name: string;
  /** The departments cannot be written over the WeCom calls served. */
  readonly writesDepartment: boolean;
  write(person: Person): Promise<unknown>;
  read(): Promise<Person>;
}

/** The titles, levels and departments of the demo company that the tests choose from, by own id. */
export const TITLES = ['wqedsaqw', 't-lead', 't-qa', 't-ops', 't-product'] as const;
export const LEVELS = ['asdfghjk', 'l-p6', 'l-p7', 'l-m1'] as const;
export const DEPARTMENTS = ['frontend', 'backend', 'qa', 'east'] as const;

const json = (headers: Record<string, string> = {}): Record<string, string> => ({
  'content-type': 'application/json',
  ...headers,
});

/** Feishu's way with 张三. */
export async function feishuSpeaker(world: World): Promise<Speaker> {
  const credentials = { app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' };
  const token = await world.send('POST', '/open-apis/auth/v3/tenant_access_token/internal', { body: credentials });
  const headers = json({ authorization: `Bearer ${token.json.tenant_access_token}` });
  const kinds = 'employee_id_type=employee_id&department_id_type=department_id';
  return {
    name: 'feishu',
    writesDepartment: true,
    write: async (person) => {
      const employee = {
        name: { name: { default_value: person.name } },
        mobile: person.mobile,
        email: person.email,
        job_number: person.jobNumber,
        employee_order_in_departments: [{ department_id: person.department }],
        job_title_id: person.jobTitle,
        job_level_id: person.jobLevel,
      };
      const answer = await world.send('PATCH', `/open-apis/directory/v1/employees/zhangsan?${kinds}`, {
        headers,
        body: { employee },
      });
      if (answer.json.code !== 0) throw new Error(`feishu refused: ${answer.text}`);
      return answer;
    },
    read: async () => {
      const body = {
        employee_ids: ['zhangsan'],
        required_fields: ['base_info.*', 'work_info.*', 'work_info.job_level.*'],
      };
      const answer = await world.send('POST', `/open-apis/directory/v1/employees/mget?${kinds}`, { headers, body });
      const { base_info: base, work_info: work } = answer.json.data.employees[0];
      return {
        name: base.name.name.default_value,
        mobile: base.mobile,
        email: base.email,
        jobNumber: work.job_number,
        department: base.employee_order_in_departments[0].department_id,
        jobTitle: work.job_title.job_title_id,
        jobLevel: work.job_level.job_level_id,
      };
    },
  };
}

/** WeCom's way with 张三. */
export async function wecomSpeaker(world: World): Promise<Speaker> {
  const token = await world.send('GET', '/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret');
  const access = `access_token=${token.json.access_token}`;
  const headers = json();
  const titleNames = await namesOf(world, 'job-title');
  const levelNames = await namesOf(world, 'job-level');
  const departments = await departmentNumbers(world);
  const options = async (): Promise<readonly { id: number; value: string }[]> => {
    const fields = await world.send('GET', `/cgi-bin/hr/get_fields?${access}`);
    return fields.json.group_list
      .flatMap((group: { field_list: object[] }) => group.field_list)
      .find((field: { fieldid: number }) => field.fieldid === 12010).option_list;
  };
  return {
    name: 'wecom',
    writesDepartment: false,
    write: async (person) => {
      const title = (await options()).find(({ value }) => value === titleNames.get(person.jobTitle));
      const [country, number] = person.mobile.startsWith('+86')
        ? ['86', person.mobile.slice(3)]
        : ['852', person.mobile.slice(4)];
      const update_items = [
        { fieldid: 11001, value_string: person.name },
        { fieldid: 11003, value_mobile: { value_country_code: country, value_mobile: number } },
        { fieldid: 12001, value_string: person.email },
        { fieldid: 12024, value_string: person.jobNumber },
        { fieldid: 12010, value_uint32: title?.id },
        { fieldid: 12011, value_string: levelNames.get(person.jobLevel) },
      ];
      const answer = await world.send('POST', `/cgi-bin/hr/update_staff_info?${access}`, {
        headers,
        body: { userid: 'zhangsan', update_items },
      });
      const refused = answer.json.update_results.filter(({ result }: { result: number }) => result !== 1);
      if (answer.json.errcode !== 0 || refused.length > 0) throw new Error(`wecom refused: ${answer.text}`);
      return answer;
    },
    read: async () => {
      const answer = await world.send('POST', `/cgi-bin/hr/get_staff_info?${access}`, {
        headers,
        body: { userid: 'zhangsan', get_all: true },
      });
      // oxlint-disable-next-line typescript/no-explicit-any -- the wire's value keys differ by field
      const field = (id: number): any =>
        answer.json.field_info.find(({ fieldid }: { fieldid: number }) => fieldid === id);
      const { json: contact } = await world.send('GET', `/cgi-bin/user/get?${access}&userid=zhangsan`);
      const title = (await options()).find(({ id }) => id === field(12010).value_uint32)?.value;
      const phone = field(11003).value_mobile;
      return {
        name: field(11001).value_string,
        mobile: `+${phone.value_country_code}${phone.value_mobile}`,
        email: field(12001).value_string,
        jobNumber: field(12024).value_string,
        department: keyOf(departments, contact.main_department),
        jobTitle: keyOf(titleNames, title),
        jobLevel: keyOf(levelNames, field(12011).value_string),
      };
    },
  };
}

/** Hose's way with 张三. */
export async function hoseSpeaker(world: World): Promise<Speaker> {
  const credentials = { appKey: 'mingce-demo-key', appSecurity: 'mingce-demo-security' };
  const token = await world.send('POST', '/api/openapi/v1/auth/getAccessToken', { headers: json(), body: credentials });
  const access = `accessToken=${encodeURIComponent(token.json.value.accessToken)}`;
  const corporation = 'xgJ3wajigF25H0';
  const itemIds = { 'job-title': await hoseIds(world, 'job-title'), 'job-level': await hoseIds(world, 'job-level') };
  return {
    name: 'hose',
    writesDepartment: true,
    write: async (person) => {
      const body = {
        name: person.name,
        cellphone: person.mobile.startsWith('+86') ? person.mobile.slice(3) : `(852)${person.mobile.slice(4)}`,
        email: person.email,
        code: person.jobNumber,
        departments: [`${corporation}:${person.department}`],
        defaultDepartment: `${corporation}:${person.department}`,
        staffCustomForm: {
          postType: itemIds['job-title'].get(person.jobTitle),
          rankType: itemIds['job-level'].get(person.jobLevel),
        },
      };
      const answer = await world.send('PUT', `/api/openapi/v1.1/staffs/update/$${corporation}:zhangsan?${access}`, {
        headers: json(),
        body,
      });
      if (answer.status !== 200) throw new Error(`hose refused: ${answer.text}`);
      return answer;
    },
    read: async () => {
      const body = { type: 'STAFFID', conditionIds: [`${corporation}:zhangsan`] };
      const answer = await world.send('POST', `/api/openapi/v1/staffs/getStaffIds?${access}`, {
        headers: json(),
        body,
      });
      const staff = answer.json.items[0];
      return {
        name: staff.name,
        mobile: staff.cellphone.startsWith('(') ? `+${staff.cellphone.replace(/[()]/g, '')}` : `+86${staff.cellphone}`,
        email: staff.showEmail,
        jobNumber: staff.code,
        department: staff.defaultDepartment.slice(corporation.length + 1),
        jobTitle: keyOf(itemIds['job-title'], staff.staffCustomForm.postType),
        jobLevel: keyOf(itemIds['job-level'], staff.staffCustomForm.rankType),
      };
    },
  };
}

type List = 'job-title' | 'job-level';

async function namesOf(world: World, list: List): Promise<ReadonlyMap<string, string>> {
  const tenant = await world.store.tenantByKey('demo');
  return new Map(tenant?.catalog(list).all.map((entry) => [entry.id, entry.name.value]));
}

async function hoseIds(world: World, list: List): Promise<ReadonlyMap<string, string>> {
  const tenant = await world.store.tenantByKey('demo');
  return new Map(tenant?.catalog(list).all.map((entry) => [entry.id, entry.ids['hose.id'] ?? '']));
}

async function departmentNumbers(world: World): Promise<ReadonlyMap<string, number>> {
  const tenant = await world.store.tenantByKey('demo');
  return new Map(tenant?.departments.all.map((department) => [department.id, Number(department.ids['wecom.id'])]));
}

function keyOf<Value>(map: ReadonlyMap<string, Value>, value: Value | undefined): string {
  return [...map].find(([, one]) => one === value)?.[0] ?? `no such thing: ${String(value)}`;
}
