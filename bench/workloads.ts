import { request } from './load.ts';
import type { Running } from './servers.ts';

/** One kind of request, over and over. */
export interface Workload {
  readonly name: string;
  readonly next: () => Buffer;
  readonly isSuccess: (body: string) => boolean;
  /** Records that one request writes or reads. */
  readonly records: number;
}

/** The company file that the benchmark is run on: plain people under one root. */
export function benchFile(employees: number): string {
  const people = Array.from({ length: employees }, (_, index) => {
    const number = String(index);
    return `  - { id: e${number}, name: 员工${number}, job_number: "${number}", mobile: "+86${String(13_000_000_000 + index)}", email: e${number}@bench.example }`;
  });
  return `mingce: 1
key: bench
name: Bench
feishu: { certified: true, apps: [{ app_id: cli_bench, app_secret: bench }] }
wecom: { corpid: ww_bench, apps: [{ agentid: 1, secret: bench }] }
hose: { corporation_id: bench, apps: [{ app_key: bench, app_security: bench }] }
departments: [{ id: root, name: Bench, code: "001" }]
employees:
${people.join('\n')}
`;
}

/** Everything that is measured against a server that has the benchmark's company. */
export interface Workloads {
  readonly feishuPatch: Workload;
  readonly wecomUpdate: Workload;
  readonly hoseUpdate: Workload;
  readonly hoseBatch: Workload;
  readonly feishuRead: Workload;
  readonly wecomRead: Workload;
  readonly hoseList: Workload;
}

/** Fetches a token over each wire and makes the workloads. Every written value differs from the one before. */
export async function workloads(server: Running, employees: number): Promise<Workloads> {
  const url = `http://127.0.0.1:${String(server.port)}`;
  const feishu = await post(`${url}/open-apis/auth/v3/tenant_access_token/internal`, {
    app_id: 'cli_bench',
    app_secret: 'bench',
  });
  const wecom = (await (await fetch(`${url}/cgi-bin/gettoken?corpid=ww_bench&corpsecret=bench`)).json()) as {
    access_token: string;
  };
  const hose = await post(`${url}/api/openapi/v1/auth/getAccessToken`, { appKey: 'bench', appSecurity: 'bench' });
  const bearer = { Authorization: `Bearer ${(feishu as { tenant_access_token: string }).tenant_access_token}` };
  const hoseToken = encodeURIComponent((hose as { value: { accessToken: string } }).value.accessToken);
  let serial = 0;
  const someone = (): string => `e${String(Math.floor(Math.random() * employees))}`;
  const fresh = (): string => `n${String(serial++)}`;
  const one = (name: string, records: number, next: () => Buffer, mark: string): Workload => ({
    name,
    records,
    next,
    isSuccess: (body) => body.includes(mark),
  });
  return {
    feishuPatch: one(
      'Feishu PATCH',
      1,
      () =>
        request(
          'PATCH',
          `/open-apis/directory/v1/employees/${someone()}?employee_id_type=employee_id`,
          bearer,
          JSON.stringify({ employee: { name: { name: { default_value: '张三' }, another_name: fresh() } } }),
        ),
      '"code":0',
    ),
    wecomUpdate: one(
      'WeCom update_staff_info',
      1,
      () =>
        request(
          'POST',
          `/cgi-bin/hr/update_staff_info?access_token=${wecom.access_token}`,
          {},
          JSON.stringify({ userid: someone(), update_items: [{ fieldid: 11002, value_string: fresh() }] }),
        ),
      '"result":1',
    ),
    hoseUpdate: one(
      'Hose staffs/update',
      1,
      () =>
        request(
          'PUT',
          `/api/openapi/v1.1/staffs/update/$bench:${someone()}?accessToken=${hoseToken}`,
          {},
          JSON.stringify({ name: 'Zhang', nickName: fresh() }),
        ),
      '{"value"',
    ),
    hoseBatch: one(
      'Hose staffs/batch/update, 100 a request',
      100,
      () => {
        const staffList = Array.from({ length: 100 }, () => ({
          id: `bench:${someone()}`,
          name: 'Zhang',
          nickName: fresh(),
        }));
        return request(
          'PUT',
          `/api/openapi/v1.1/staffs/batch/update?accessToken=${hoseToken}`,
          {},
          JSON.stringify({ staffList }),
        );
      },
      '{"items"',
    ),
    feishuRead: one(
      'Feishu mget of one',
      1,
      () =>
        request(
          'POST',
          '/open-apis/directory/v1/employees/mget?employee_id_type=employee_id',
          bearer,
          JSON.stringify({
            employee_ids: [someone()],
            required_fields: ['base_info.name', 'base_info.mobile', 'work_info.job_number'],
          }),
        ),
      '"code":0',
    ),
    wecomRead: one(
      'WeCom get_staff_info',
      1,
      () =>
        request(
          'POST',
          `/cgi-bin/hr/get_staff_info?access_token=${wecom.access_token}`,
          {},
          JSON.stringify({ userid: someone(), fieldids: [{ fieldid: 11001 }, { fieldid: 11002 }, { fieldid: 12024 }] }),
        ),
      '"errcode":0',
    ),
    hoseList: one(
      'Hose staff list, page of 100',
      100,
      () => {
        const start = Math.floor(Math.random() * Math.max(1, employees - 100));
        return request(
          'GET',
          `/api/openapi/v1.1/staffs?accessToken=${hoseToken}&start=${String(start)}&count=100`,
          {},
          '',
        );
      },
      '"items"',
    ),
  };
}

async function post(url: string, body: object): Promise<unknown> {
  return await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json();
}
