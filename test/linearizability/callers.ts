import { call, type HttpAnswer } from '../support/clients/http.ts';
import type { Action, Person } from './people.ts';

/** One caller's ways to one node; each answers what happened, null where the answer says neither yes nor no. */
export interface Caller {
  /** Sets one field, over a platform that can. */
  setName(id: string, name: string): Promise<Action | null>;
  setJobNumber(id: string, jobNumber: string): Promise<Action | null>;
  /** Sets both fields of everyone in one call. */
  setBatch(people: Readonly<Record<string, Pick<Person, 'name' | 'jobNumber'>>>): Promise<Action | null>;
  claim(id: string, mobile: string): Promise<Action | null>;
  look(ids: readonly string[]): Promise<Action | null>;
}

/** Connects to the apps of the company in `histories.ts`; `dialect` picks the platform where there is a choice. */
export async function callerOf(url: string, dialect: 'feishu' | 'wecom'): Promise<Caller> {
  const feishu = await feishuAt(url);
  const wecom = await wecomAt(url);
  const hose = await hoseAt(url);
  const narrow = dialect === 'feishu' ? feishu : wecom;
  return {
    ...narrow,
    setBatch: hose.setBatch,
    look: (ids) => (ids.length === 1 ? narrow.look(ids) : dialect === 'feishu' ? feishu.look(ids) : hose.look(ids)),
  };
}

type Narrow = Omit<Caller, 'setBatch'>;

async function feishuAt(url: string): Promise<Narrow> {
  const token = await call('POST', `${url}/open-apis/auth/v3/tenant_access_token/internal`, {
    app_id: 'cli_lin',
    app_secret: 's',
  });
  const headers = { authorization: `Bearer ${token.json.tenant_access_token}` };
  const employees = `${url}/open-apis/directory/v1/employees`;
  const patch = (id: string, employee: object): Promise<HttpAnswer> =>
    call('PATCH', `${employees}/${id}?employee_id_type=employee_id`, { employee }, headers);
  const settled = ({ status, json }: HttpAnswer, action: Action): Action | null => {
    if (status === 503) return null;
    if (json.code !== 0) throw new Error(`Feishu answered ${JSON.stringify(json)}`);
    return action;
  };
  return {
    setName: async (id, name) =>
      settled(await patch(id, { name: { name: { default_value: name } } }), { set: { [id]: { name } } }),
    setJobNumber: async (id, jobNumber) =>
      settled(await patch(id, { job_number: jobNumber }), { set: { [id]: { jobNumber } } }),
    claim: async (id, mobile) => {
      const heard = await patch(id, { mobile });
      const isTaken = heard.json.code === 2221103;
      return isTaken ? { claim: id, mobile, isTaken } : settled(heard, { claim: id, mobile, isTaken });
    },
    look: async (ids) => {
      const required_fields = ['base_info.name', 'base_info.mobile', 'work_info.job_number'];
      const path = `${employees}/mget?employee_id_type=employee_id`;
      const heard = await call('POST', path, { employee_ids: ids, required_fields }, headers);
      if (heard.status === 503) return null;
      const saw: Record<string, Person> = {};
      for (const { base_info: base, work_info: work } of heard.json.data.employees) {
        const { employee_id: id, name, mobile } = base;
        saw[id] = { name: name.name.default_value, jobNumber: work.job_number, mobile: mobile ?? '' };
      }
      return { saw };
    },
  };
}

async function wecomAt(url: string): Promise<Narrow> {
  const token = await call('GET', `${url}/cgi-bin/gettoken?corpid=ww_lin&corpsecret=s`);
  const path = (name: string): string => `${url}/cgi-bin/hr/${name}?access_token=${token.json.access_token}`;
  const set = (userid: string, item: object): Promise<HttpAnswer> =>
    call('POST', path('update_staff_info'), { userid, update_items: [item] });
  const settled = ({ json }: HttpAnswer, action: Action): Action | null => {
    if (json.errcode === -1) return null;
    if (json.errcode !== 0 || json.update_results[0].result !== 1)
      throw new Error(`WeCom answered ${JSON.stringify(json)}`);
    return action;
  };
  return {
    setName: async (id, name) =>
      settled(await set(id, { fieldid: 11001, value_string: name }), { set: { [id]: { name } } }),
    setJobNumber: async (id, jobNumber) =>
      settled(await set(id, { fieldid: 12024, value_string: jobNumber }), { set: { [id]: { jobNumber } } }),
    claim: async (id, mobile) => {
      const heard = await set(id, { fieldid: 11003, value_mobile: { value_mobile: mobile.slice('+86'.length) } });
      const isTaken = heard.json.errcode === 0 && heard.json.update_results[0].result === 2;
      return isTaken ? { claim: id, mobile, isTaken } : settled(heard, { claim: id, mobile, isTaken });
    },
    look: async ([userid = '']) => {
      const fieldids = [11001, 12024, 11003].map((fieldid) => ({ fieldid }));
      const { json } = await call('POST', path('get_staff_info'), { userid, fieldids });
      if (json.errcode === -1) return null;
      const [name, number, phone] = json.field_info;
      const { value_country_code: country, value_mobile: mobile } = phone?.value_mobile ?? {};
      return {
        saw: {
          [userid]: {
            name: name.value_string,
            jobNumber: number.value_string,
            mobile: mobile === undefined || mobile === '' ? '' : `+${country}${mobile}`,
          },
        },
      };
    },
  };
}

async function hoseAt(url: string): Promise<Pick<Caller, 'setBatch' | 'look'>> {
  const reply = await call('POST', `${url}/api/openapi/v1/auth/getAccessToken`, { appKey: 'lin', appSecurity: 's' });
  const access = `accessToken=${encodeURIComponent(reply.json.value.accessToken)}`;
  return {
    setBatch: async (people) => {
      const staffList = Object.entries(people).map(([id, { name, jobNumber }]) => {
        return { id: `lin:${id}`, name, code: jobNumber };
      });
      const heard = await call('PUT', `${url}/api/openapi/v1.1/staffs/batch/update?${access}`, { staffList });
      if (heard.status === 503) return null;
      if (heard.status !== 200) throw new Error(`Hose answered ${heard.text}`);
      return { set: people };
    },
    look: async (ids) => {
      const conditionIds = ids.map((id) => `lin:${id}`);
      const body = { type: 'STAFFID', conditionIds };
      const heard = await call('POST', `${url}/api/openapi/v1/staffs/getStaffIds?${access}`, body);
      if (heard.status === 503) return null;
      const saw: Record<string, Person> = {};
      for (const { id, name, code, cellphone } of heard.json.items) {
        const mobile = cellphone === '' || cellphone === undefined || cellphone === null ? '' : `+86${cellphone}`;
        saw[id.slice('lin:'.length)] = { name, jobNumber: code, mobile };
      }
      return { saw };
    },
  };
}
