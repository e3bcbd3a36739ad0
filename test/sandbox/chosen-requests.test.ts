// Calls that are taken together by their ids: as a list, in a form for elsewhere, and by the doctor.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import type { SentCall } from '../../src/sandbox/acting/contract.ts';
import type { DoctorReport } from '../../src/sandbox/doctor/contract.ts';

const ADMIN = { authorization: 'Bearer chosen-requests-key', 'content-type': 'application/json' };

let mingce: Mingce;
const ids: string[] = [];
beforeAll(async () => {
  mingce = await startMingce({ demo: true, adminKey: 'chosen-requests-key', log: silentLog });
  for (const alias of ['一', '二', '三', '四']) {
    const body = {
      platform: 'feishu',
      app: 'cli_mingce_demo',
      operation: 'employee.patch',
      params: { employee_id: 'zhangsan' },
      query: { employee_id_type: 'employee_id' },
      body: { employee: { name: { another_name: alias } } },
    };
    const answer = await ask('/companies/demo/calls', { method: 'POST', body: JSON.stringify(body) });
    ids.push(((await answer.json()) as SentCall).request);
  }
});
afterAll(() => mingce.close());

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  mingce.fetch(`${mingce.url}/mingce/v1${path}`, { headers: ADMIN, ...init });
const asked = async <Answer>(path: string): Promise<Answer> => {
  const answer = await ask(path);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
};

test('the named ones are listed, the newest first, whatever order they are named in', async () => {
  const chosen = [ids[3], ids[0], ids[3], 'gone'].join(',');
  const { requests, next } = await asked<{ requests: { id: string }[]; next: string | null }>(
    `/requests?ids=${chosen}&limit=1`,
  );
  expect([requests.map(({ id }) => id), next]).toEqual([[ids[3], ids[0]], null]);
  const { requests: ofOther } = await asked<{ requests: unknown[] }>(`/requests?ids=${chosen}&company=demo-2`);
  expect(ofOther).toEqual([]);
});

test('they are exported alone, the oldest first', async () => {
  const chosen = [ids[2], ids[1]].join(',');
  const har = await asked<{ log: { entries: { request: { postData: { text: string } } }[] } }>(
    `/requests?ids=${chosen}&as=har`,
  );
  expect(har.log.entries.map(({ request }) => /another_name":"(.)/.exec(request.postData.text)?.[1])).toEqual([
    '二',
    '三',
  ]);
  const { fixtures } = await asked<{ fixtures: unknown[] }>(`/requests?ids=${chosen}&as=fixture`);
  expect(fixtures).toHaveLength(2);
});

test('the doctor examines only them', async () => {
  expect((await asked<DoctorReport>(`/doctor?company=demo&ids=${ids.slice(0, 3).join(',')}`)).calls).toBe(3);
  expect((await asked<DoctorReport>('/doctor?company=demo')).calls).toBe(4);
});

test.each(['', ',', 'x'.repeat(65), Array.from({ length: 201 }, (_one, at) => String(at)).join(',')])(
  'a list of ids that cannot be meant is refused: %#',
  async (list) => {
    for (const path of [`/requests?ids=${list}`, `/requests?as=har&ids=${list}`, `/doctor?ids=${list}`])
      expect((await ask(path)).status).toBe(400);
  },
);
