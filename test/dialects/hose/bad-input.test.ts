import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../support/test-directory.ts';
import { clientOf, corporationA, failure, type Client } from './hose-client.ts';

/* Whatever a client sends: an answer in Hose's own envelope, nothing written, never a fault of the server. */

let directory: TestDirectory;
let hose: Client;
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [corporationA()] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterAll(() => directory.close());

const ROUTES = [
  ['PUT', '/api/openapi/v1.1/staffs/update/$CorpA:li'],
  ['PUT', '/api/openapi/v1/staffs/update/$CorpA:li'],
  ['PUT', '/api/openapi/v1.1/staffs/batch/update'],
  ['POST', '/api/openapi/v1/staffs/getStaffIds'],
] as const;
const BAD_JSON = failure(412, 'JSON请求参数不正确');
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

const BODIES: readonly (readonly [string, string | Uint8Array])[] = [
  ['broken', '{"name":'],
  ['trailing comma', '{"name":"x",}'],
  ['comment', '{"name":"x"} // x'],
  ['a list', '[]'],
  ['a text', '"x"'],
  ['null', 'null'],
  ['not UTF-8', bytes(0x22, 0xff, 0x22)],
  ['too deep', '['.repeat(10_000)],
  ['half a surrogate', '{"name":"\\ud800"}'],
  ['a NUL', '{"name":"\\u0000"}'],
];

test.each(ROUTES.flatMap(([method, path]) => BODIES.map(([what, body]) => [method, path, what, body] as const)))(
  '%s %s: %s',
  async (method, path, _what, body) => {
    const answer = await hose.send(method, path, { body });
    expect([answer.status, answer.json]).toEqual([412, BAD_JSON]);
    expect(await directory.history('a', 'li')).toEqual([]);
  },
);

test.each(ROUTES)('%s %s without a body', async (method, path) => {
  for (const options of [{}, { body: ' \n' }]) {
    const answer = await hose.send(method, path, options);
    expect([answer.status, answer.json]).toEqual([400, failure(400, '输入存在错误:\n- 缺少Entity')]);
  }
});

test.each([
  { name: 1 },
  { name: 'x', enName: 1 },
  { name: 'x', nickName: {} },
  { name: 'x', code: 5 },
  { name: 'x', cellphone: 13800000000 },
  { name: 'x', email: [] },
  { name: 'x', note: false },
  { name: 'x', departments: 'CorpA' },
  { name: 'x', departments: [1] },
  { name: 'x', departments: [null] },
  { name: 'x', defaultDepartment: 1 },
  { name: 'x', modifyAccountPhone: 'true' },
  { name: 'x', modifyAccountEmail: 1 },
  { name: 'x', staffCustomForm: [] },
  { name: 'x', staffCustomForm: 'x' },
])('wrong types: %j', async (body) => {
  expect((await hose.update('CorpA:li', body)).json).toEqual(BAD_JSON);
});

test.each(['__proto__', 'constructor', 'toString'])('a key %s is a key like any other', async (key) => {
  const body = `{"name":"李雷","${key}":{"cellphone":"x","modifyAccountPhone":true}}`;
  const answer = await hose.send('PUT', '/api/openapi/v1.1/staffs/update/$CorpA:none', { body });
  expect(answer.status).toBe(200);
  expect(answer.outcome?.records[0]?.verdicts.at(-1)).toMatchObject({ field: key, verdict: 'unknown' });
});

test('of a repeated key the last one counts', async () => {
  const body = '{"name":"甲","name":"乙"}';
  const answer = await hose.send('PUT', '/api/openapi/v1.1/staffs/update/$CorpA:none', { body });
  expect(answer.json.value.name).toBe('乙');
});

test('unknown paths are told in the five-key body', async () => {
  const answer = await hose.send('GET', '/api/openapi/v1/nothing');
  expect([answer.status, answer.json]).toEqual([404, failure(404, '请求的接口不存在')]);
});

test('people’s data stay out of failures', async () => {
  const body = { name: '李雷', cellphone: '13800000002', email: 'secret@a.example', modifyAccountPhone: true };
  const answer = await hose.update('CorpA:li', body);
  expect(answer.status).toBe(412);
  expect(JSON.stringify([answer.text, answer.outcome])).not.toMatch(/13800000002|secret@|李雷/);
});
