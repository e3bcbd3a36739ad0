/** What became of a write: kept, or not now, in the platform's own words for that. */
export type WriteOutcome = 'kept' | 'busy';

/** How employees are written over one platform's wire: two fields that every write sets, known to all platforms. */
export interface PlatformClient {
  readonly name: string;
  /** Gives everyone the text as name, and a job number that begins with their id and ends in it. */
  write(text: string): Promise<WriteOutcome>;
}

/** Opens a wire that writes these people. */
export type OpenWire = (url: string, people: readonly string[]) => Promise<PlatformClient>;

/** Name and job number of a person as one platform shows them. */
export interface Shown {
  readonly platform: string;
  readonly person: string;
  readonly name: string;
  readonly jobNumber: string;
}

type Json = Readonly<Record<string, unknown>>;

interface HttpAnswer {
  readonly status: number;
  readonly body: Json;
}

const CORPORATION = 'xgJ3wajigF25H0';

async function call(url: string, init?: RequestInit): Promise<HttpAnswer> {
  const response = await fetch(url, init);
  return { status: response.status, body: (await response.json()) as Json };
}

function send(method: string, value: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

function jobNumber(person: string, text: string): string {
  return `${person}-${text}`;
}

/** Tells kept from busy; anything else is a fault of the server's. */
function outcome(name: string, isKept: boolean, isBusy: boolean, heard: HttpAnswer): WriteOutcome {
  if (isKept) return 'kept';
  if (isBusy) return 'busy';
  throw new UnexpectedAnswer(`${name} answered ${String(heard.status)} ${JSON.stringify(heard.body)}`);
}

/** An answer that neither keeps nor puts off. */
export class UnexpectedAnswer extends Error {}

async function feishuToken(url: string): Promise<Record<string, string>> {
  const credentials = { app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' };
  const { body } = await call(`${url}/open-apis/auth/v3/tenant_access_token/internal`, send('POST', credentials));
  return { authorization: `Bearer ${String(body['tenant_access_token'])}` };
}

async function wecomToken(url: string): Promise<string> {
  const { body } = await call(`${url}/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret`);
  return String(body['access_token']);
}

async function hoseToken(url: string): Promise<string> {
  const credentials = { appKey: 'mingce-demo-key', appSecurity: 'mingce-demo-security' };
  const { body } = await call(`${url}/api/openapi/v1/auth/getAccessToken`, send('POST', credentials));
  return encodeURIComponent((body['value'] as { accessToken: string }).accessToken);
}

/** Feishu: one employee after another. */
export const feishuWire: OpenWire = async (url, people) => {
  const headers = await feishuToken(url);
  const name = `feishu ${people.join('+')}`;
  return {
    name,
    write: async (text) => {
      for (const person of people) {
        const employee = { name: { name: { default_value: text } }, job_number: jobNumber(person, text) };
        const path = `/open-apis/directory/v1/employees/${person}?employee_id_type=employee_id`;
        const heard = await call(url + path, send('PATCH', { employee }, headers));
        if (outcome(name, heard.body['code'] === 0, heard.status === 503, heard) === 'busy') return 'busy';
      }
      return 'kept';
    },
  };
};

/** WeCom: one employee after another. */
export const wecomWire: OpenWire = async (url, people) => {
  const path = `${url}/cgi-bin/hr/update_staff_info?access_token=${await wecomToken(url)}`;
  const name = `wecom ${people.join('+')}`;
  return {
    name,
    write: async (text) => {
      for (const person of people) {
        const update_items = [
          { fieldid: 11001, value_string: text },
          { fieldid: 12024, value_string: jobNumber(person, text) },
        ];
        const heard = await call(path, send('POST', { userid: person, update_items }));
        const results = (heard.body['update_results'] ?? []) as readonly { readonly result: number }[];
        const isKept = heard.body['errcode'] === 0 && results.every(({ result }) => result === 1);
        if (outcome(name, isKept, heard.body['errcode'] === -1, heard) === 'busy') return 'busy';
      }
      return 'kept';
    },
  };
};

/** Hose: everyone in one batch. */
export const hoseWire: OpenWire = async (url, people) => {
  const path = `${url}/api/openapi/v1.1/staffs/batch/update?accessToken=${await hoseToken(url)}`;
  const name = `hose ${people.join('+')}`;
  return {
    name,
    write: async (text) => {
      const staffList = people.map((person) => ({
        id: `${CORPORATION}:${person}`,
        name: text,
        code: jobNumber(person, text),
      }));
      const heard = await call(path, send('PUT', { staffList }));
      return outcome(name, 'items' in heard.body, heard.status === 503, heard);
    },
  };
};

/** A look at people, as one platform or several show them. */
export type Look = (people: readonly string[]) => Promise<readonly Shown[]>;

/** Connects to every platform; answers how everyone is as all of them show it. */
export async function openLook(url: string): Promise<Look> {
  const looks = await Promise.all([feishuLook(url), wecomLook(url), hoseLook(url)]);
  return async (people) => (await Promise.all(looks.map((look) => look(people)))).flat();
}

async function feishuLook(url: string): Promise<Look> {
  const headers = await feishuToken(url);
  return async (people) => {
    const wanted = { employee_ids: people, required_fields: ['base_info.name', 'work_info.job_number'] };
    const path = `${url}/open-apis/directory/v1/employees/mget?employee_id_type=employee_id`;
    const { body } = await call(path, send('POST', wanted, headers));
    const { employees } = body['data'] as {
      employees: readonly {
        base_info: { employee_id: string; name: { name: { default_value: string } } };
        work_info: { job_number: string };
      }[];
    };
    return employees.map(({ base_info: base, work_info: work }) => ({
      platform: 'feishu',
      person: base.employee_id,
      name: base.name.name.default_value,
      jobNumber: work.job_number,
    }));
  };
}

async function wecomLook(url: string): Promise<Look> {
  const path = `${url}/cgi-bin/hr/get_staff_info?access_token=${await wecomToken(url)}`;
  const fieldids = [{ fieldid: 11001 }, { fieldid: 12024 }];
  return (people) =>
    Promise.all(
      people.map(async (person) => {
        const { body } = await call(path, send('POST', { userid: person, fieldids }));
        const [name, jobNumber] = body['field_info'] as readonly { readonly value_string?: string }[];
        return {
          platform: 'wecom',
          person,
          name: name?.value_string ?? '',
          jobNumber: jobNumber?.value_string ?? '',
        };
      }),
    );
}

async function hoseLook(url: string): Promise<Look> {
  const path = `${url}/api/openapi/v1/staffs/getStaffIds?accessToken=${await hoseToken(url)}`;
  return async (people) => {
    const conditionIds = people.map((person) => `${CORPORATION}:${person}`);
    const { body } = await call(path, send('POST', { type: 'STAFFID', conditionIds }));
    const items = body['items'] as readonly { readonly id: string; readonly name: string; readonly code: string }[];
    return items.map(({ id, name, code }) => ({
      platform: 'hose',
      person: id.slice(CORPORATION.length + 1),
      name,
      jobNumber: code,
    }));
  };
}
