import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EMPLOYEE_CODES } from '../../../src/dialects/feishu/protocol/codes.ts';
import { openTestDirectory, type Answer, type TestDirectory } from '../../support/test-directory.ts';
import { codeFiles, CODES, companyOf, type Body, type Fragment } from './code-cases.ts';
import { tokenOf } from './feishu-client.ts';

/* Every code of the page, got from the state and by the request that its file tells, and no more once that is mended. */

let world: TestDirectory;
beforeAll(async () => {
  world = await openTestDirectory({ companies: [] });
});
afterAll(() => world.close());

async function apply(key: string, ...fragments: readonly (Fragment | undefined)[]): Promise<void> {
  await world.companies.apply(key, companyOf(key, fragments), { plan: false, request: 'test' });
}

async function send(key: string, { method, path }: { method: string; path: string }, body: Body): Promise<Answer> {
  const token = await tokenOf(world, `cli_${key}`, 'secret');
  return world.send(method, path, { headers: { authorization: `Bearer ${token}` }, body });
}

const accepted = { code: 0, msg: 'success', data: {} };

const files = codeFiles.map(([file, contents]) => ({ file, ...contents, code: contents.response.body.code }));

test('there is a file for each code of the page, named by it, and a code for each file', () => {
  expect(CODES).toHaveLength(58);
  expect(new Set(files.map(({ code }) => code))).toEqual(new Set(CODES));
  expect(files.map(({ file }) => file)).toEqual(files.map(({ code }) => `codes/${String(code)}.yaml`));
  expect(Object.values(EMPLOYEE_CODES).map(({ code }) => code)).toEqual(expect.arrayContaining([...CODES]));
});

test.each(files)('$code has its sentence, a source and a way out', ({ code, source, response, cases }) => {
  expect(source).toMatch(/错误码/);
  expect(Object.values(EMPLOYEE_CODES)).toContainEqual({ status: response.status, code, msg: response.body.msg });
  expect(response.status).toBe(400);
  expect(cases[0]?.mended).toBeDefined();
});

describe.each(files)('$code', ({ code, request, response, cases }) => {
  const numbered = cases.map((one, index) => ({ ...one, key: `c${String(code)}-${String(index)}` }));

  test.each(numbered)('is the answer when $when', async ({ key, company, body }) => {
    await apply(key, company);
    const before = await world.employee(key, 'him');
    const answer = await send(key, request, body);
    expect([answer.status, answer.json.code, answer.json.msg]).toEqual([
      response.status,
      response.body.code,
      response.body.msg,
    ]);
    expect(await world.history(key, 'him')).toEqual([]);
    expect(await world.employee(key, 'him')).toEqual(before);
  });

  const ended = numbered.flatMap(({ mended, ...one }) => (mended === undefined ? [] : [{ ...one, mended }]));
  test.each(ended)('is not when that is mended: $when', async ({ key, company, body, mended }) => {
    await apply(key, company, mended.company);
    const before = await world.employee(key, 'him');
    const past = await world.history(key, 'him');
    const answer = await send(key, request, mended.body ?? body);
    expect([answer.status, answer.json]).toEqual([200, accepted]);
    expect(await world.history(key, 'him')).toHaveLength(past.length + 1);
    expect(await world.employee(key, 'him')).not.toEqual(before);
  });

  const alike = numbered.flatMap(({ passes, ...one }) => (passes === undefined ? [] : [{ ...one, passes }]));
  test.each(alike)('is not for something else although $when', async ({ key, company, passes }) => {
    await apply(key, company);
    const answer = await send(key, request, passes);
    expect([answer.status, answer.json]).toEqual([200, accepted]);
  });
});
