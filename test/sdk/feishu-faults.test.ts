import { Client, LoggerLevel } from '@larksuiteoapi/node-sdk';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startMingce, type Mingce, type NewFault } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { presets } from '../../src/dialects/feishu/auth/refuse.ts';

/* What the vendor's own client makes of each failure that is provoked by its name. */

let mingce: Mingce;
beforeAll(async () => {
  // The client follows a proxy that the machine may have; this server is not behind it.
  process.env['NO_PROXY'] = '127.0.0.1';
  mingce = await startMingce({ demo: true, log: silentLog });
});
afterEach(async () => {
  await mingce.company('demo').faults.clear();
  await mingce.company('demo').reset();
});
afterAll(() => mingce.close());

const quiet = (): void => undefined;
const silence = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };

/** A client that keeps its tokens to itself, not in the module. */
function client(): Client {
  const kept = new Map<string, unknown>();
  return new Client({
    appId: 'cli_mingce_demo',
    appSecret: 'mingce-demo-secret',
    domain: mingce.url,
    logger: silence,
    loggerLevel: LoggerLevel.fatal,
    cache: {
      get: (key) => Promise.resolve(kept.get(String(key))),
      set: (key, value) => {
        kept.set(String(key), value);
        return Promise.resolve(true);
      },
    },
  });
}

const ids = { employee_id_type: 'employee_id', department_id_type: 'department_id' } as const;
const update = (lark: Client): Promise<unknown> =>
  lark.directory.v1.employee.patch({
    path: { employee_id: 'zhangsan' },
    params: ids,
    data: { employee: { job_number: 'J-77' } },
  });
const create = (lark: Client): Promise<unknown> =>
  lark.contact.v3.user.create({
    params: { user_id_type: 'user_id', department_id_type: 'department_id' },
    data: { user_id: 'sdk-new', name: '新人', mobile: '13900139123', department_ids: ['0'], employee_type: 1 },
  });

interface Rejection {
  readonly code?: string;
  readonly name: string;
  readonly response?: { readonly status: number; readonly data: { readonly code?: number } | string };
}

/** How a call of the client ends: with an answer, by an answer that it rejects, or without one. */
async function ending(call: Promise<unknown>): Promise<unknown> {
  try {
    const answer = await call;
    return typeof answer === 'object' ? ['answered', (answer as { code?: number }).code] : ['answered', answer];
  } catch (error) {
    const { response, code } = error as Rejection;
    if (response === undefined) return ['rejected', code];
    const { status, data } = response;
    return ['rejected', status, typeof data === 'string' ? data.slice(0, 6) : data.code];
  }
}

const OF_FEISHU: readonly (readonly [preset: string, unknown])[] = [
  ['feishu-rate-limit', ['rejected', 429, 99991400]],
  ['feishu-token-invalid', ['rejected', 400, 99991663]],
  ['feishu-user-token-expired', ['rejected', 401, 99991677]],
  ['feishu-scope-missing', ['rejected', 400, 99991672]],
  ['feishu-quota', ['rejected', 400, 99991403]],
  ['feishu-internal', ['rejected', 500, 1500]],
  ['feishu-create-504', ['rejected', 504, 41027]],
];
const ON_THE_WAY: readonly (readonly [preset: string, unknown])[] = [
  ['gateway-html', ['rejected', 502, '<html>']],
  ['reset', ['rejected', 'ECONNRESET']],
  ['answered-then-reset', ['rejected', 'ECONNRESET']],
  ['slow', ['answered', 0]],
  ['slow-body', ['answered', 0]],
  // The client takes a body that is no JSON as text, and so as an answer.
  ['truncated', ['answered', '{"code']],
  ['malformed', ['answered', '{"code']],
];

test.each([...OF_FEISHU, ...ON_THE_WAY])('the client under %s ends with %j', async (preset, expected) => {
  const lark = client();
  // Its token is had without a fault.
  expect(await ending(update(lark))).toEqual(['answered', 0]);
  const rule: NewFault = preset.startsWith('feishu') ? { preset } : { preset, match: { operation: 'employee.*' } };
  await mingce.company('demo').faults.add(rule);
  const ended = await ending(preset === 'feishu-create-504' ? create(lark) : update(lark));
  expect(
    Array.isArray(ended) && typeof ended[1] === 'string' && ended[0] === 'answered'
      ? ['answered', ended[1].slice(0, 6)]
      : ended,
  ).toEqual(expected);
});

test('every preset of the platform is among them', () => {
  expect(OF_FEISHU.map(([name]) => name).toSorted()).toEqual(Object.keys(presets).toSorted());
});

test('the client in doubt asks again, and is answered as by a second call', async () => {
  const lark = client();
  const { faults } = mingce.company('demo');
  await faults.add({ preset: 'feishu-create-504', times: 1 });
  expect(await ending(create(lark))).toEqual(['rejected', 504, 41027]);
  // The person is there: the second call finds the mobile taken.
  const again = await ending(create(lark));
  expect(again).toEqual(['rejected', 400, expect.any(Number)]);
  const read = lark.contact.v3.user.get({ path: { user_id: 'sdk-new' }, params: { user_id_type: 'user_id' } });
  expect(await ending(read)).toEqual(['answered', 0]);
});
