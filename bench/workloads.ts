import type { BenchCompany } from './companies.ts';
import { request } from './load.ts';
import { ReadBack } from './read-back.ts';
import type { Running } from './servers.ts';

/** One kind of request, over and over. */
export interface Workload {
  readonly name: string;
  readonly next: () => Buffer;
  readonly isSuccess: (body: string) => boolean;
  /** Records that one request writes or reads. */
  readonly records: number;
  /** Whether some of the company have left, whose updates are refused. */
  readonly someLeft: boolean;
  /** Looks whether what was written is there; there is nothing to look for after reads. */
  readonly readBack: ReadBack;
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
export async function workloads(server: Running, company: BenchCompany): Promise<Workloads> {
  const url = `http://127.0.0.1:${String(server.port)}`;
  const feishu = await post(`${url}/open-apis/auth/v3/tenant_access_token/internal`, {
    app_id: company.feishuApp,
    app_secret: company.secret,
  });
  const asked = `${url}/cgi-bin/gettoken?corpid=${company.wecomCorp}&corpsecret=${company.secret}`;
  const wecom = (await (await fetch(asked)).json()) as { access_token: string };
  const hose = await post(`${url}/api/openapi/v1/auth/getAccessToken`, {
    appKey: company.hoseApp,
    appSecurity: company.secret,
  });
  const bearer = { Authorization: `Bearer ${(feishu as { tenant_access_token: string }).tenant_access_token}` };
  const hoseToken = encodeURIComponent((hose as { value: { accessToken: string } }).value.accessToken);
  let serial = Date.now();
  const { employees, hoseCorporation } = company;
  const someone = (): string => company.idOf(Math.floor(Math.random() * employees));
  const wecomPath = `/cgi-bin/hr/get_staff_info?access_token=${wecom.access_token}`;
  const readBack = new ReadBack(async (userid) =>
    JSON.stringify(await post(`${url}${wecomPath}`, { userid, fieldids: [{ fieldid: 11_002 }] })),
  );
  const fresh = (id: string): string => {
    const value = `n${String(serial++)}`;
    readBack.wrote(id, value);
    return value;
  };
  const one = (name: string, records: number, next: () => Buffer, mark: string): Workload => ({
    name,
    records,
    next,
    isSuccess: (body) => body.includes(mark),
    someLeft: company.someLeft,
    readBack,
  });
  return {
    feishuPatch: one(
      'Feishu PATCH',
      1,
      () => {
        const id = someone();
        return request(
          'PATCH',
          `/open-apis/directory/v1/employees/${id}?employee_id_type=employee_id`,
          bearer,
          JSON.stringify({ employee: { name: { name: { default_value: '张三' }, another_name: fresh(id) } } }),
        );
      },
      '"code":0',
    ),
    wecomUpdate: one(
      'WeCom update_staff_info',
      1,
      () => {
        const userid = someone();
        return request(
          'POST',
          `/cgi-bin/hr/update_staff_info?access_token=${wecom.access_token}`,
          {},
          JSON.stringify({ userid, update_items: [{ fieldid: 11002, value_string: fresh(userid) }] }),
        );
      },
      '"result":1',
    ),
    hoseUpdate: one(
      'Hose staffs/update',
      1,
      () => {
        const id = someone();
        return request(
          'PUT',
          `/api/openapi/v1.1/staffs/update/$${hoseCorporation}:${id}?accessToken=${hoseToken}`,
          {},
          JSON.stringify({ name: 'Zhang', nickName: fresh(id) }),
        );
      },
      '{"value"',
    ),
    hoseBatch: one(
      'Hose staffs/batch/update, 100 a request',
      100,
      () => {
        const staffList = Array.from({ length: 100 }, () => {
          const id = someone();
          return { id: `${hoseCorporation}:${id}`, name: 'Zhang', nickName: fresh(id) };
        });
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
          wecomPath,
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
