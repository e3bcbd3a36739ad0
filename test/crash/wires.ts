/** How one employee is written and read over one platform's wire: two fields that every write sets to one text. */
export interface Wire {
  readonly name: string;
  /** Who is written; a write names all of them. */
  readonly people: readonly string[];
  /** Sets both fields of everyone to the text; true when the server acknowledged it. */
  write(text: string): Promise<boolean>;
  /** Both fields of everyone, as the platform shows them. */
  read(): Promise<readonly (readonly [string, string])[]>;
}

type Json = Readonly<Record<string, unknown>>;

async function json(url: string, init?: RequestInit): Promise<Json> {
  const response = await fetch(url, init);
  return (await response.json()) as Json;
}

function body(method: string, value: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** Feishu: alias and work station of one employee. */
export async function feishuWire(url: string, employee: string): Promise<Wire> {
  const credentials = { app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' };
  const { tenant_access_token: token } = await json(
    `${url}/open-apis/auth/v3/tenant_access_token/internal`,
    body('POST', credentials),
  );
  const headers = { authorization: `Bearer ${String(token)}` };
  const base = `${url}/open-apis/directory/v1/employees`;
  return {
    name: `feishu ${employee}`,
    people: [employee],
    write: async (text) => {
      const patch = {
        employee: {
          name: { name: { default_value: employee }, another_name: text },
          work_station: { default_value: text },
        },
      };
      const answer = await json(`${base}/${employee}?employee_id_type=employee_id`, body('PATCH', patch, headers));
      return answer['code'] === 0;
    },
    read: async () => {
      const wanted = {
        employee_ids: [employee],
        required_fields: ['base_info.name', 'base_info.name.another_name', 'work_info.work_station'],
      };
      const answer = await json(`${base}/mget?employee_id_type=employee_id`, body('POST', wanted, headers));
      const { data } = answer as {
        data: {
          employees: {
            base_info: { name: { another_name: string } };
            work_info: { work_station: { default_value: string } };
          }[];
        };
      };
      return data.employees.map(
        (one) => [one.base_info.name.another_name, one.work_info.work_station.default_value] as const,
      );
    },
  };
}

/** WeCom: home address and note of one employee. */
export async function wecomWire(url: string, employee: string): Promise<Wire> {
  const { access_token: token } = await json(
    `${url}/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret`,
  );
  const call = (path: string): string => `${url}/cgi-bin/hr/${path}?access_token=${String(token)}`;
  return {
    name: `wecom ${employee}`,
    people: [employee],
    write: async (text) => {
      const update_items = [11020, 12022].map((fieldid) => ({ fieldid, value_string: text }));
      const answer = await json(call('update_staff_info'), body('POST', { userid: employee, update_items }));
      const { update_results: results } = answer as { update_results?: readonly { result: number }[] };
      return answer['errcode'] === 0 && (results ?? []).every(({ result }) => result === 1);
    },
    read: async () => {
      const fieldids = [{ fieldid: 11020 }, { fieldid: 12022 }];
      const answer = await json(call('get_staff_info'), body('POST', { userid: employee, fieldids }));
      const { field_info: info } = answer as { field_info: readonly { value_string?: string }[] };
      return [[info[0]?.value_string ?? '', info[1]?.value_string ?? '']];
    },
  };
}

/** Hose: alias and note of several staff, in one batch call. */
export async function hoseWire(url: string, people: readonly string[]): Promise<Wire> {
  const credentials = { appKey: 'mingce-demo-key', appSecurity: 'mingce-demo-security' };
  const { value } = await json(`${url}/api/openapi/v1/auth/getAccessToken`, body('POST', credentials));
  const token = encodeURIComponent((value as { accessToken: string }).accessToken);
  const ids = people.map((person) => `xgJ3wajigF25H0:${person}`);
  return {
    name: `hose ${people.join('+')}`,
    people,
    write: async (text) => {
      const staffList = ids.map((id) => ({ id, name: id, nickName: text, note: text }));
      const answer = await json(
        `${url}/api/openapi/v1.1/staffs/batch/update?accessToken=${token}`,
        body('PUT', { staffList }),
      );
      return 'items' in answer;
    },
    read: async () => {
      const answer = await json(
        `${url}/api/openapi/v1/staffs/getStaffIds?accessToken=${token}`,
        body('POST', { type: 'STAFFID', conditionIds: ids }),
      );
      const { items } = answer as { items: readonly { id: string; nickName: string; note: string }[] };
      return ids.map((id) => {
        const found = items.find((item) => item.id === id);
        return [found?.nickName ?? '', found?.note ?? ''] as const;
      });
    },
  };
}
