import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../hostile-input/test-server.ts';
import { send, type Answer } from '../hostile-input/socket.ts';

/* Ids that no text can be: each platform answers as for an unknown id. */

let context: TestServer;
beforeAll(async () => {
  context = await startTestServer();
});
afterAll(() => context.close());

const SPOILT = ['wang%00', 'wa%00ng', '%00', 'wang%ff', '%E5%BC', '%ED%A0%80', 'wang%zz', 'wang%'];

const feishu = (method: string, path: string, body?: object): Promise<Answer> =>
  send(context.port, {
    method,
    target: `/open-apis/directory/v1/${path}`,
    headers: { authorization: `Bearer ${context.alpha.feishu}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const wecom = (path: string, token = context.alpha.wecom): Promise<Answer> =>
  send(context.port, { method: 'GET', target: `/cgi-bin/${path}&access_token=${token}` });
const hose = (method: string, path: string, body?: object): Promise<Answer> =>
  send(context.port, {
    method,
    target: `/api/openapi/${path}accessToken=${context.alpha.hose}`,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

describe.each(SPOILT)('%s', (id) => {
  test('in a path of Feishu is an id that is not existed', async () => {
    const employee = { employee: {} };
    const of = async (kind: string): Promise<unknown> =>
      (await feishu('PATCH', `employees/${id}?employee_id_type=${kind}`, employee)).json?.code;
    expect([await of('employee_id'), await of('open_id'), await of('union_id')]).toEqual([
      99992360, 99992351, 99992364,
    ]);
    const department = async (kind: string): Promise<unknown> =>
      (await feishu('DELETE', `departments/${id}?department_id_type=${kind}`)).json?.code;
    expect([await department('department_id'), await department('open_department_id')]).toEqual([99992380, 99992357]);
  });

  test('in a query of WeCom is a userid that is not found', async () => {
    expect((await wecom(`user/get?userid=${id}`)).json?.errcode).toBe(60111);
    expect((await wecom(`user/delete?userid=${id}`, context.alpha.contacts)).json?.errcode).toBe(60111);
  });

  test('in a path of Hose is a member of the staff who is not there', async () => {
    const known = await hose('PUT', 'v1.1/staffs/update/$nobody?', { name: 'x' });
    const spoilt = await hose('PUT', `v1.1/staffs/update/$${id}?`, { name: 'x' });
    expect(known.status).not.toBe(404);
    expect([spoilt.status, spoilt.json?.errorCode]).toEqual([known.status, known.json?.errorCode]);
  });
});

test.each(['wang\u0000', '\ud800', '\udc00wang'])(
  '%j in a body is answered in the code for a body that cannot be kept',
  async (id) => {
    const people = { employee_ids: [id], required_fields: ['base_info.name'] };
    expect((await feishu('POST', 'employees/mget?employee_id_type=employee_id', people)).json?.code).toBe(9499);
    const member = await send(context.port, {
      method: 'POST',
      target: `/cgi-bin/hr/get_staff_info?access_token=${context.alpha.wecom}`,
      body: JSON.stringify({ userid: id }),
    });
    expect(member.json?.errcode).toBe(40058);
    const asked = await hose('POST', 'v1/staffs/getStaffIds?', { type: 'STAFFID', conditionIds: [id] });
    expect([asked.status, asked.json?.errorCode]).toEqual([412, 412]);
  },
);
