import { afterAll, beforeAll, expect, test } from 'vitest';
import { EMPLOYEE_CODES } from '../../../src/dialects/feishu/protocol/codes.ts';
import { openTestDirectory, type Answer, type TestDirectory } from '../../support/test-directory.ts';
import { codeFiles, CODES, companyOf, type Body, type Fragment } from './code-cases.ts';
import { tokenOf } from './feishu-client.ts';

/* The codes of the page: complete, worded as the page has them, and not sent for what looks alike (catalogue.test.ts provokes them). */

let directory: TestDirectory;
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [] });
});
afterAll(() => directory.close());

async function apply(key: string, ...fragments: readonly (Fragment | undefined)[]): Promise<void> {
  await directory.companies.apply(key, companyOf(key, fragments), { plan: false, request: 'test' });
}

async function send(key: string, { method, path }: { method: string; path: string }, body: Body): Promise<Answer> {
  const token = await tokenOf(directory, `cli_${key}`, 'secret');
  return directory.send(method, path, { headers: { authorization: `Bearer ${token}` }, body });
}

const accepted = { code: 0, msg: 'success', data: {} };

const files = codeFiles.map(([file, contents]) => ({ file, ...contents, code: contents.response.body.code }));

test('there is a file for each code of the page, named by it, and a code for each file', () => {
  expect(CODES).toHaveLength(58);
  expect(new Set(files.map(({ code }) => code))).toEqual(new Set(CODES));
  expect(files.map(({ file }) => file)).toEqual(files.map(({ code }) => `codes/${String(code)}.yaml`));
  expect(Object.values(EMPLOYEE_CODES).map(({ code }) => code)).toEqual(expect.arrayContaining([...CODES]));
});

test.each(files)(
  '$code has its sentence, a section of the contract and a way out',
  ({ code, contract, response, cases }) => {
    expect(contract).toMatch(/^feishu\.md 3/);
    expect(Object.values(EMPLOYEE_CODES)).toContainEqual({ status: response.status, code, msg: response.body.msg });
    expect(response.status).toBe(400);
    expect(cases[0]?.mended).toBeDefined();
  },
);

const alike = files.flatMap(({ code, request, cases }) =>
  cases.flatMap(({ passes, when, company }, index) =>
    passes === undefined ? [] : [{ key: `c${String(code)}-${String(index)}`, code, request, when, company, passes }],
  ),
);
test.each(alike)('$code is not for something else although $when', async ({ key, request, company, passes }) => {
  await apply(key, company);
  const answer = await send(key, request, passes);
  expect([answer.status, answer.json]).toEqual([200, accepted]);
});
