import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../support/test-directory.ts';
import { clientOf as feishuClientOf } from '../feishu/feishu-client.ts';
import { clientOf, corporationA, corporationB, demoFiles, failure, type Client } from './hose-client.ts';

/* Requests in the shapes in which clients are known to send them, and requests of two platforms at once. */

let directory: TestDirectory;
let hose: Client;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [corporationA(), corporationB()] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterEach(() => directory.close());

test.each(['text/plain', 'application/json;charset=GBK', 'application/octet-stream', ''])(
  'JSON is JSON whatever the content type says: %j',
  async (type) => {
    const headers = type === '' ? {} : { 'content-type': type };
    const body = JSON.stringify({ name: '新名' });
    const answer = await hose.send('PUT', '/api/openapi/v1.1/staffs/update/$CorpA:li', { headers, body });
    expect(answer.json.value.name).toBe('新名');
  },
);

test('a list takes a body and does not look at it', async () => {
  const answer = await hose.send('GET', '/api/openapi/v1.1/staffs?start=0&count=1', { body: '{' });
  expect(answer.json.items).toHaveLength(1);
});

test.each([(token: string) => token, encodeURIComponent])(
  'a token is sent with its colon raw or encoded',
  async (written) => {
    const path = `/api/openapi/v1.1/staffs?start=0&count=1&accessToken=${written(hose.token)}`;
    expect((await directory.send('GET', path)).status).toBe(200);
  },
);

test('a number is sent as a text or as one, a job number as a text alone', async () => {
  for (const size of ['42', 42]) {
    const body = { name: '李雷', staffCustomForm: { u_尺码: size } };
    expect((await hose.update('CorpA:li', body)).json.value.staffCustomForm.u_尺码).toBe('42');
  }
  const wrong = await hose.update('CorpA:li', { name: '李雷', code: 42 });
  expect(wrong.json).toEqual(failure(412, 'JSON请求参数不正确'));
});

test('a seat taken while another platform changes something else: both are kept', async () => {
  await directory.close();
  directory = await openTestDirectory({ companies: demoFiles });
  const [feishu, staffs] = [
    await feishuClientOf(directory),
    await clientOf(directory, 'mingce-demo-key', 'mingce-demo-security'),
  ];
  const { ids, seated } = await directory.employee('demo', 'u273y71');
  expect(seated).toBe(true);
  const id = ids['feishu.employee_id'] ?? '';
  const answers = await Promise.all([
    feishu.patch(id, { gender: 3 }),
    staffs.send('POST', '/api/openapi/v1/charge/powers/authStaff', {
      body: { type: 'id', addStaff: [], delStaff: [ids['hose.id']] },
    }),
  ]);
  expect(answers.map(({ json }) => json)).toEqual([{ code: 0, msg: 'success', data: {} }, { value: true }]);
  expect(await directory.employee('demo', 'u273y71')).toMatchObject({ gender: 3, seated: false });
  expect(await directory.history('demo', 'u273y71')).toHaveLength(2);
});
